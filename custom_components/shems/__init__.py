"""Plan and drive a home's energy."""
