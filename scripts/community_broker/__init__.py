"""Write the configuration of a community's Mosquitto, and of the bridges to it."""

from .. import simulation

# Importing it registers the bare package through which the core is reached.
__all__ = ["simulation"]
