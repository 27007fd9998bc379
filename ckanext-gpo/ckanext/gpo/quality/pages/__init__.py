"""What the pages of the gate show, made of what its actions answer."""
