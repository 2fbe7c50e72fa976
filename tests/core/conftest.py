"""The core alone: its tests do not run the integration's own `__init__`."""

import sys
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from hypothesis import HealthCheck, settings

SHEMS = Path(__file__).resolve().parents[2] / "custom_components" / "shems"
NAME = "custom_components.shems"


def _bare_package() -> None:
    """Let a package that only knows its path stand in for the integration.

    Should Home Assistant ask for the integration in the same run, it is loaded then.
    """
    package = ModuleType(NAME)
    package.__path__ = [str(SHEMS)]

    def missing(attribute: str) -> object:
        # A part that is asked for by its name is imported alone: the whole asks for it in turn.
        if attribute.startswith("__") or find_spec(f"{NAME}.{attribute}") is not None:
            raise AttributeError(attribute)
        del package.__dict__["__getattr__"]
        SourceFileLoader(NAME, str(SHEMS / "__init__.py")).exec_module(package)
        return getattr(package, attribute)

    package.__dict__["__getattr__"] = missing
    sys.modules[NAME] = package


if NAME not in sys.modules:
    _bare_package()

# The same examples in every run, as many as the half minute allows, on machines of any speed.
settings.register_profile(
    "core",
    derandomize=True,
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("core")
