"""How honest the posteriors of `core/infer` are, on homes whose parameters are known."""

from .. import simulation

# Importing it registers the bare package through which the core is reached.
__all__ = ["simulation"]
