"""What a night's inference costs a home."""

import time
import tracemalloc
from typing import Any, Final

import numpy as np

from custom_components.shems.core.infer.block import Block
from custom_components.shems.core.infer.judge import Seen, infer
from custom_components.shems.core.infer.network import Network
from scripts.forecasting.verdict import Verdict, within

WINDOWS: Final = 14
"""Windows of four weeks in 400 days."""
_SECONDS: Final = 2.0
_MEGABYTES: Final = 40.0
_SEEN: Final = Seen((0.0, 28 * 86_400.0), 28.0)


def cost_of(block: Block[Any], network: Network) -> list[Verdict]:
    """Judge processor time and memory of inferring a block from 400 days."""
    homes = block.simulate(1, WINDOWS).observed
    seen = [_SEEN] * WINDOWS
    begun = time.process_time()
    infer(block, network, homes, seen, np.random.default_rng(1))
    seconds = time.process_time() - begun
    tracemalloc.start()
    infer(block, network, homes, seen, np.random.default_rng(1))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    name = f"{block.name}, 400 days"
    return [
        within(f"{name}: processor time, s", seconds, _SECONDS, form=".2f"),
        within(f"{name}: memory, MB", peak / 1e6, _MEGABYTES, form=".1f"),
    ]
