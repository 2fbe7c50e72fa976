"""One battery's history to its posterior."""

from dataclasses import dataclass

import numpy as np

from ..units import Floats
from .battery import BatteryBlock, BatteryHistory
from .judge import Seen, infer
from .network import Network
from .posterior import Posterior, Verdict, pool
from .windows import windows


@dataclass(frozen=True)
class BatteryPast:
    """What was recorded of a battery, by the hour without a gap, (H,) each; NaN where unknown.

    Attributes:
        times: when each hour begins, epoch seconds.
        charge_kw, discharge_kw: mean AC powers, both positive.
        soc: mean state of charge, a share.
    """

    times: Floats
    charge_kw: Floats
    discharge_kw: Floats
    soc: Floats


def infer_battery(past: BatteryPast, network: Network, random: np.random.Generator) -> Posterior:
    """Return what 7 to 400 days say of a battery.

    The most telling windows that may be believed are pooled; where none may, the last window
    says why.
    """
    cut = windows(past.times)
    nothing = np.zeros((len(cut.times), 0))
    observed = BatteryHistory(
        cut.cut(past.charge_kw),
        cut.cut(past.discharge_kw),
        cut.cut(past.soc),
        nothing,
        nothing,
        nothing,
    )
    seen = [Seen(*span) for span in cut.spans(past.charge_kw + past.discharge_kw + past.soc)]
    block = BatteryBlock()
    found = infer(block, network, observed, seen, random)
    judged = [each for each in found if each.verdict is not Verdict.PRIOR]
    return pool(found, block.prior) or (judged or found)[0]
