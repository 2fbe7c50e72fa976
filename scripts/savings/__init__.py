"""How right savings are where a home is not what its forms say."""

from .. import simulation

# Importing it registers the bare package through which the core is reached.
__all__ = ["simulation"]
