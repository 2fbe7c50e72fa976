"""One battery's history to its posterior."""

from dataclasses import dataclass, replace

import numpy as np

from ..assets.battery import Battery
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


def as_battery(posterior: Posterior, draw: int | None, form: Battery) -> Battery:
    """Return a battery as a draw of its posterior has it, or as the mean of all where None.

    What is lost is lost alike in both directions: from outside they cannot be told apart.
    """

    def value(name: str) -> float:
        draws = posterior.draw_of(name)
        return float(draws.mean() if draw is None else draws[draw])

    one_way = min(value("round_trip"), 1.0) ** 0.5
    return replace(
        form,
        capacity_kwh=value("capacity_kwh"),
        charge_efficiency=one_way,
        discharge_efficiency=one_way,
    )


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
    return pool(found, block.prior, network.learned) or (judged or found)[0]
