"""What if: a home's own past and the year ahead, with something changed."""
