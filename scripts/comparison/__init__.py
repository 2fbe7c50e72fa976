"""The simulated population beside real homes, without Home Assistant."""

from .. import simulation

# Importing it registers the bare package through which the core is reached.
__all__ = ["simulation"]
