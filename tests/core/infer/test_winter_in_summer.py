"""What a winter told of the rooms is still known in August, by the networks that are shipped."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.posterior import Verdict
from custom_components.shems.core.infer.thermal import PRIOR
from custom_components.shems.core.infer.thermal_home import Heated, infer_thermal
from custom_components.shems.core.units import Floats
from custom_components.shems.core.world.home import Trace, history
from custom_components.shems.core.world.household import Household

FILE = Path(__file__).parents[3] / "custom_components/shems/core/infer/weights/npe_thermal.npz"
HOUSEHOLD = Household(seed=3)
PEAK_KW = 5.3
SUMMER_DAYS = 84
LOSS_KW_PER_K = 0.039
"""The house's 0.15 kW/K over the heat pump's COP at 7 °C."""


@pytest.fixture(name="trace", scope="module")
def fixture_trace() -> Trace:
    begin, end = datetime(2025, 1, 6, tzinfo=UTC), datetime(2025, 8, 25, tzinfo=UTC)
    return history(HOUSEHOLD, begin.timestamp(), end.timestamp(), HOUR_S)


def interval(trace: Trace, days: int | None = None) -> Floats:
    """Return what the loss lies between with four chances in five, from the last days."""
    last = slice(None if days is None else -24 * days, None)
    seen = Heated(
        trace.times[last],
        trace.devices_kw["heat_pump"][last],
        trace.indoor_c[last],
        trace.outdoor_c[last],
        trace.solar_kw[last] / PEAK_KW,
        longitude=10.0,
        water=True,
    )
    network = Network.read(FILE.read_bytes(), PRIOR)
    found = infer_thermal(network, seen, np.random.default_rng(6))
    assert found.verdict is Verdict.TRUSTED
    ends: Floats = np.quantile(found.draw_of("loss"), [0.1, 0.9]).astype(np.float64)
    return ends


def test_a_winter_is_known_in_summer(trace: Trace) -> None:
    low, high = interval(trace)
    assert low < LOSS_KW_PER_K < high < 1.8 * low
    low, high = interval(trace, SUMMER_DAYS)
    assert low < LOSS_KW_PER_K < high
    assert high > 3.0 * low
