"""Actions of the search besides CKAN's own, their auth and their schemas."""
