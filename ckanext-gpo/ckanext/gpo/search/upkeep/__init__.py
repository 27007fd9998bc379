"""The care of the index: filling, rebuilding, comparing."""
