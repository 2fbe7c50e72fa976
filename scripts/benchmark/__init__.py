"""How good and how fast plans are, against programs written by hand."""

from .. import simulation

# Importing it registers the bare package through which the core is reached.
__all__ = ["simulation"]
