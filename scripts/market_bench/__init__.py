"""Measure how fast a market is cleared."""

from .. import simulation

# Importing it registers the bare package through which the core is reached.
__all__ = ["simulation"]
