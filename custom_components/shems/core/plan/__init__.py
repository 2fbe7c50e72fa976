"""What to do: a home and beliefs become a plan."""
