"""Help while typing, and other queries for one that finds nothing."""
