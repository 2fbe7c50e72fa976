"""A battery's recorded past becomes windows, and these a posterior."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.infer.battery import BatteryBlock
from custom_components.shems.core.infer.battery_home import BatteryPast, infer_battery
from custom_components.shems.core.infer.posterior import Verdict

from .networks import untrained

BLOCK = BatteryBlock()
DRAWN = BLOCK.simulate(3, 2).observed
ALARMS = BLOCK.check(
    DRAWN, BLOCK.prior.draw(np.random.default_rng(1), 8)[np.newaxis].repeat(2, 0)
).names
NETWORK = untrained(BLOCK, DRAWN, ALARMS)


def past(hours: int) -> BatteryPast:
    """Return so many hours of a battery."""
    shown = [
        np.concatenate([each[0], each[1]])[-hours:]
        for each in (DRAWN.charge_kw, DRAWN.discharge_kw, DRAWN.soc)
    ]
    return BatteryPast(3600.0 * np.arange(hours, dtype=np.float64), *shown)


@pytest.mark.parametrize("days", [20, 50])
def test_a_past_of_weeks_is_judged_with_its_days(days: int) -> None:
    found = infer_battery(past(24 * days), NETWORK, np.random.default_rng(2))
    assert found.block == "battery"
    assert found.draws.shape == (1000, 4)
    assert found.verdict is not Verdict.PRIOR
    assert 5 < found.days <= days
    assert found.window[1] == 3600.0 * 24 * days


def test_some_days_leave_the_prior() -> None:
    found = infer_battery(past(24 * 4), NETWORK, np.random.default_rng(2))
    assert found.verdict is Verdict.PRIOR


def test_what_no_check_bears_out_says_why() -> None:
    strict = replace(NETWORK, thresholds=np.full(len(ALARMS), -np.inf))
    found = infer_battery(past(24 * 40), strict, np.random.default_rng(2))
    assert found.verdict is Verdict.REJECTED
    assert found.alarms
