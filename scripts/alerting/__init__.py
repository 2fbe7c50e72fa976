"""Learned alerts tried on households' measured past, without Home Assistant."""

from .. import simulation

# Importing it registers the bare package through which the core is reached.
__all__ = ["simulation"]
