"""What several rooms share, each thing under its own name."""
