"""What the pages about the API show."""
