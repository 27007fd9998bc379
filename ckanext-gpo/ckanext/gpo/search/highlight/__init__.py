"""Where in a document's values stands what a query has found."""
