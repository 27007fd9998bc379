"""What the pages of the search show, made of what its actions answer."""
