"""What is read from Home Assistant."""
