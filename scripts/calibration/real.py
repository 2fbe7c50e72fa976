"""Checks of blocks on real homes: each block's own, in the one list of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from custom_components.shems.core.infer.network import Network
from scripts.forecasting.verdict import Verdict

from . import flexhouse, lived, roofs

type Check = Callable[[Network, Path], list[Verdict]]
"""Judge a block's networks on the homes in a folder of data; none where these are absent."""

CHECKS: Final[dict[str, tuple[Check, ...]]] = {
    "solar": (roofs.norway, roofs.fontana),
    "thermal": (flexhouse.check,),
    "living": (lived.check,),
}
"""By the name of the block."""
