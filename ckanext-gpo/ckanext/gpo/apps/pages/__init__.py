"""The pages of apps: for readers, for builders, for those who review."""
