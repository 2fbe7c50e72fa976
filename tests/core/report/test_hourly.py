"""Energy by hours of the clock adds up to that of the plan."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.report.hourly import hourly_kwh

HOUR = 3600.0


@given(st.floats(0, 3599), st.lists(st.floats(0, 10), min_size=138, max_size=138))
def test_all_hours_but_the_first_have_the_energy_of_their_steps(
    past: float, power: list[float]
) -> None:
    horizon = Horizon.tiered(1_780_002_000.0 + past)
    found = hourly_kwh(np.array(power), horizon)
    assert all(each % HOUR == 0 for each in found)
    first = next(iter(found))
    inside = np.minimum(horizon.end, first + HOUR) - np.maximum(horizon.start, first)
    share = np.clip(inside, 0, None).sum() / HOUR
    whole = sum(found.values()) - (1 - share) * found[first]
    assert whole == pytest.approx(float(np.array(power) @ horizon.hours), abs=1e-6)
