"""Every block of parameters that can be inferred: the one list of them."""

from typing import Any, Final

from .block import Block
from .living import Living

BLOCKS: Final[tuple[Block[Any], ...]] = (Living(),)
"""Each with a home of its own kind to look at, which only the block itself knows."""
