"""What counts how much, and the order that comes of it."""
