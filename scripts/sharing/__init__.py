"""Communities of seeded homes: what sharing saves, and planning with it besides."""

from .. import simulation

# Importing it registers the bare package through which the core is reached.
__all__ = ["simulation"]
