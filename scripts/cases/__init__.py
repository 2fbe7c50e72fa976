"""Plan cases in the form of evcc's optimizer, and score plans as it means them."""

from .. import simulation

# Importing it registers the bare package through which the core is reached.
__all__ = ["simulation"]
