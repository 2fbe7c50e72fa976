"""What if: questions about a home answered from files, and the check of such answers."""

from .. import simulation

# Importing it registers the bare package through which the core is reached.
__all__ = ["simulation"]
