"""Every block of parameters that can be inferred: the one list of them."""

from typing import Any, Final

from .battery import BatteryBlock
from .block import Block
from .living import Living
from .solar import SolarBlock
from .thermal import Thermal

BLOCKS: Final[tuple[Block[Any], ...]] = (
    SolarBlock(),
    Living(),
    BatteryBlock(),
    Thermal(),
)
"""Each with a home of its own kind to look at, which only the block itself knows."""
