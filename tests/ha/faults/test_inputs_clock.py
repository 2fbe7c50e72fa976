"""The clock is set, or the hour is: nothing stops, nothing is repeated, nothing is lost."""

import itertools
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from custom_components.shems import clock
from custom_components.shems.coordinator import HomeCoordinator
from tests.ha.conftest import BATTERY, PRICES, SPOT, advance, make_entry, start
from tests.ha.faults.watching import arm, mode, pass_time, problems, status

HOUR_S = 3600.0


@pytest.fixture
def set_clock(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, frozen: FrozenDateTimeFactory
) -> Callable[[float], None]:
    """Return a function that sets the clock by seconds, while no time passes for the loop."""
    skipped = 0.0

    def steady_s() -> float:
        return time.monotonic() - skipped

    monkeypatch.setattr(clock, "steady_s", steady_s)
    monkeypatch.setattr(hass.loop, "time", steady_s)

    def set_by(seconds: float) -> None:
        nonlocal skipped
        skipped += seconds
        frozen.tick(seconds)

    return set_by


@pytest.mark.parametrize("hours", [2.0, -2.0])
async def test_a_clock_that_is_set_by_two_hours(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    set_clock: Callable[[float], None],
    caplog: pytest.LogCaptureFixture,
    hours: float,
) -> None:
    """Old plans give no command, devices are written to again, and the ledger goes on."""
    await arm(hass, frozen)
    await pass_time(hass, frozen, 10, meters)
    before = home.data.plan
    counted = home.store.memory.ledger.total.bought_kwh
    assert before is not None
    set_clock(hours * HOUR_S)
    at = dt_util.utcnow().timestamp()
    for _ in range(4):
        await advance(hass, frozen, 2)
        meters()
    assert home.data.plan is not None
    assert abs(home.data.plan.created - at) < 30, "it is planned anew at once"
    assert caplog.text.count("the clock was set by") == 1
    assert status(hass) == "optimal"
    assert not problems(hass)
    # Charging is cheap until 11:00.
    assert (mode(hass) == "charge") == (hours < 0)
    created = set()
    for _ in range(4):
        await pass_time(hass, frozen, 5, meters)
        created.add(home.data.plan.created)
    assert len(created) == 4, "plans are made every five minutes again"
    added = home.store.memory.ledger.total.bought_kwh - counted
    assert added == pytest.approx(2.0 * 20 / 60, rel=0.35), "the ledger goes on at once"


async def test_a_clock_that_is_put_right_by_seconds_is_no_event(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    set_clock: Callable[[float], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    await advance(hass, frozen, 10)
    plan = home.data.plan
    set_clock(-2.0)
    await advance(hass, frozen, 10)
    meters()
    await advance(hass, frozen, 2)
    assert home.data.plan is plan
    assert "the clock was set" not in caplog.text


@pytest.mark.parametrize(
    ("begin", "day_h"), [("2026-03-29T00:20:30+00:00", 23), ("2026-10-25T00:20:30+00:00", 25)]
)
async def test_the_hour_that_is_skipped_or_comes_twice(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    begin: str,
    day_h: int,
) -> None:
    """Prices, plans and slots go on by the quarter hour as on any day."""
    await hass.config.async_set_time_zone("Europe/Amsterdam")
    frozen.move_to(begin)
    midnight = dt_util.start_of_local_day()
    first = dt_util.as_utc(midnight).timestamp()
    rows = [
        {
            "start": dt_util.utc_from_timestamp(first + HOUR_S * hour).isoformat(),
            "end": dt_util.utc_from_timestamp(first + HOUR_S * (hour + 1)).isoformat(),
            "value": 0.01 * (hour + 1),
        }
        for hour in range(day_h)
    ]
    hass.states.async_set(PRICES, "0.1", {"unit_of_measurement": "EUR/kWh", "prices": rows})
    home = await start(hass, make_entry(SPOT), frozen)
    await arm(hass, frozen)
    seen, plans, soc = [], [], 10.0
    told = {mode(hass)}

    def live(step: int) -> None:
        nonlocal soc
        charges = mode(hass) == "charge"
        soc += 5.0 / 60 / 10 * 100 if charges else 0.0
        told.add(mode(hass))
        meters(
            grid_kw=2.1 + 0.01 * step + 5.0 * charges,
            battery_kw=-5.0 * charges,
            soc=round(soc, 2),
        )

    for step in range(20):
        await pass_time(hass, frozen, 5, partial(live, step))
        assert home.data.price is not None
        seen.append(round(home.data.price[1], 4))
        plans.append(home.data.plan.created if home.data.plan else None)
        assert not problems(hass)
    hours = [int((each - first) // HOUR_S) + 1 for each in plans if each is not None]
    assert len(set(plans)) == 20
    assert seen[-1] == pytest.approx(0.01 * hours[-1])
    assert max(seen) - min(seen) == pytest.approx(0.02), "an hour lasts an hour"
    slots = home.store.memory.slots[-18:]
    assert all(each.end - each.start == 300 for each in slots)
    assert all(a.end == b.start for a, b in itertools.pairwise(slots))
    assert told >= {"charge"}, "the cheapest hours of the day are used"
    assert BATTERY in home.store.control.owned
    assert home.store.control.overrides == {}
