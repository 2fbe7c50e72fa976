"""Who we are: the home's own parameters, inferred from its history with trained networks."""
