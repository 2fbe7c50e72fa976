"""Hot water is expected as it was seldom exceeded, and not while nobody is at home."""

import numpy as np
import pytest

from custom_components.shems.core.assets.draws import USUAL, drawn_kwh
from custom_components.shems.core.forecast.water import draws_of, usual_day
from custom_components.shems.core.horizon import DAY_S, HOUR_S, Horizon

ZONE = "Europe/Copenhagen"
NOW = 1_780_000_200.0
AHEAD = Horizon.uniform(NOW // HOUR_S * HOUR_S, HOUR_S, 48)


def test_four_days_of_five_draw_no_more() -> None:
    past = np.zeros((14, 24))
    past[:4, 7] = 2.0  # A shower on four days of fourteen, and on two.
    past[:2, 20] = 2.0
    found = usual_day(past)
    assert found[7] == pytest.approx(2.0)
    assert found[20] == 0.0
    assert sum(found) == pytest.approx(2.0)


def test_hours_that_are_unknown_are_left_out() -> None:
    past = np.ones((10, 24))
    past[3, 5] = np.nan
    past[:, 9] = np.nan
    found = usual_day(past)
    assert found[5] == 1.0
    assert found[9] == 0.0


def test_a_usual_day_is_expected_by_the_local_clock() -> None:
    draws = draws_of(USUAL, NOW, ZONE, ())
    alike = drawn_kwh((), USUAL, AHEAD, ZONE)
    assert drawn_kwh(draws, USUAL, AHEAD, ZONE) == pytest.approx(alike)


def test_nothing_is_drawn_while_nobody_is_at_home() -> None:
    back = NOW + DAY_S
    draws = draws_of(USUAL, NOW, ZONE, ((NOW - DAY_S, back),))
    drawn = drawn_kwh(draws, USUAL, AHEAD, ZONE)
    gone = AHEAD.end <= back
    assert drawn[gone].sum() == 0.0
    assert drawn[~gone].sum() == pytest.approx(sum(USUAL), abs=0.5)
    forever = draws_of(USUAL, NOW, ZONE, ((NOW - DAY_S, NOW + 99 * DAY_S),))
    assert drawn_kwh(forever, USUAL, AHEAD, ZONE).sum() == 0.0
