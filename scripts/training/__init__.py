"""Networks trained on simulated homes, for `core/infer` to evaluate with numpy."""

from .. import simulation

# Importing it registers the bare package through which the core is reached.
__all__ = ["simulation"]
