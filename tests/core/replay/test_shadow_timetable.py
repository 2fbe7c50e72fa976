"""The home's last days again, with a battery that may not always run."""

from dataclasses import replace

import pytest

from custom_components.shems.core.replay.rehearsal import CANDIDATES, Past
from custom_components.shems.core.replay.shadow import replay
from tests.core.replay.test_shadow import HOUR, midnight, nothing_known, past_of, totals, two_ways


def barred(past: Past, *spans: tuple[float, float]) -> Past:
    """Return a past whose battery may not run from one hour to another, from the first day on."""
    times = tuple((midnight(0) + begin * HOUR, midnight(0) + end * HOUR) for begin, end in spans)
    return replace(past, home=replace(past.home, barred={"battery": times}))


def test_a_battery_that_may_never_run_costs_the_same_under_every_style() -> None:
    past = barred(past_of(2), (-24, 240))
    shadow = replay(None, past, two_ways(past), midnight(1))
    assert len({round(cost, 9) for cost in totals(shadow).values()}) == 1
    begun = 0.5 * 0.8 * 10.0
    assert {each["battery"] for each in shadow.energy_kwh.values()} == {begun}


def test_hours_in_which_it_may_not_run_cost_every_style_something() -> None:
    free = past_of(2)
    kept = barred(free, *((day * 24 + 17.5, day * 24 + 22) for day in range(2)))
    freely, shadow = (replay(None, past, two_ways(past), midnight(1)) for past in (free, kept))
    for name in CANDIDATES:
        assert totals(shadow)[name] > totals(freely)[name] + 0.05, name


def test_a_part_of_a_slot_counts_as_such() -> None:
    whole, half = (
        replay(None, past, nothing_known, midnight(1))
        for past in (barred(past_of(2), (0, 18), (19, 24)), barred(past_of(2), (0, 18.5), (19, 24)))
    )
    begun = 0.5 * 0.8 * 10.0
    used = begun - whole.energy_kwh["self_consumption"]["battery"]
    assert used > 0.5
    assert begun - half.energy_kwh["self_consumption"]["battery"] == pytest.approx(used / 2)


def test_a_timetable_that_comes_anew_begins_anew() -> None:
    past = past_of(3)
    assert barred(past, (0, 5)).key == barred(past, (24, 29)).key != past.key
    shadow = replay(None, past, nothing_known, midnight(1))
    again = replay(shadow, barred(past, (0, 5)), nothing_known, midnight(2))
    assert len(again.days) == 2, "the first day is played again"
    assert again.days[0].cost != shadow.days[0].cost
