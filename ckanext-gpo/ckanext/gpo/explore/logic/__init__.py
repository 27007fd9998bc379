"""The API of what is explored."""
