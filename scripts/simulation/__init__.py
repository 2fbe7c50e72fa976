"""The closed loop without Home Assistant.

The core is reached past the integration's own `__init__`, which would load Home Assistant:
a bare package that only knows its path stands in for it, under the same name.
"""

import sys
from pathlib import Path
from types import ModuleType

_REPOSITORY = Path(__file__).resolve().parents[2]

for _name in ("custom_components", "custom_components.shems"):
    if _name not in sys.modules:
        _package = ModuleType(_name)
        _package.__path__ = [str(_REPOSITORY.joinpath(*_name.split(".")))]
        sys.modules[_name] = _package
