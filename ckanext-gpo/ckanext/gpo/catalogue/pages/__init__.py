"""What the pages of the catalogue show, gathered from the actions of all rooms."""
