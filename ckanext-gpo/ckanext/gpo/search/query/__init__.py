"""What is asked, into conditions of the engine."""
