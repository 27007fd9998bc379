"""Actions, their auth, their schemas and the validators of the catalogue's fields."""
