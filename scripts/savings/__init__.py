"""How right savings are where a home is not what its forms say."""
