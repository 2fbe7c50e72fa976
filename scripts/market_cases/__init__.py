"""Clear order books and share energy that stand in files."""

from .. import simulation

# Importing it registers the bare package through which the core is reached.
__all__ = ["simulation"]
