"""Are tips worth what they say? What they promised is compared with what later months brought."""

from .. import simulation

# Importing it registers the bare package through which the core is reached.
__all__ = ["simulation"]
