"""The pages of follows."""
