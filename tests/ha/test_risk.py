"""What is bought ahead at home: no more than the replayed days and today's purchases allow."""

from dataclasses import replace
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant

from custom_components.shems import strategy
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.plan.result import Mode, Plan
from custom_components.shems.core.plan.risk import RiskBudget
from custom_components.shems.core.plan.style import STANDARD, Rule, Style
from custom_components.shems.core.replay.rehearsal import CANDIDATES, RUN, Day
from custom_components.shems.core.replay.run import protocol_battery
from custom_components.shems.core.replay.shadow import KEPT_DAYS, Shadow
from custom_components.shems.core.report.slot import SlotRecord
from custom_components.shems.risk import risk_now

from .conftest import BATTERY, ENTRY_ID, advance, call
from .test_strategy import NOTHING, learn, past

__all__ = ["past"]  # The home's history, for all tests of this file.
LATELY = 14
EFFICIENCY = protocol_battery().loop_efficiency


def shadow_of(key: int, today: int, lately: float) -> Shadow:
    """Return days of which the standard won all but the last fortnight, at so much a day then."""
    days = tuple(
        Day(
            day,
            4.0,
            0.05,
            dict.fromkeys(CANDIDATES, 3.0)
            | {STANDARD.name: lately if day >= today - LATELY else 1.0},
            NOTHING,
        )
        for day in range(today - KEPT_DAYS, today)
    )
    return Shadow(key, today, {name: {BATTERY: 5.0} for name in CANDIDATES}, {}, days)


def costing(monkeypatch: pytest.MonkeyPatch, lately: float) -> None:
    def played(_shadow: Shadow | None, past: Any, _believe: Any, until: float, **_: Any) -> Shadow:
        today = Days(past.tariff.zone, HOUR_S).day(until)
        return shadow_of(past.key, today, lately)

    monkeypatch.setattr(strategy, "replay", played)


def buys(plan: Plan | None) -> bool:
    assert plan is not None
    assert plan.style == STANDARD
    return Mode.CHARGE in plan.batteries[0].mode


async def test_a_home_that_has_lost_lately_buys_nothing_ahead_and_says_so(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    costing(monkeypatch, 2.0)
    await learn(hass, frozen)
    assert buys(home.data.plan)
    costing(monkeypatch, 3.4)
    await learn(hass, frozen)
    plan = home.data.plan
    assert not buys(plan)
    assert plan is not None
    assert "risk_limit" in {each.code for each in plan.batteries[0].reason}
    await hass.config_entries.async_reload(ENTRY_ID)
    await advance(hass, frozen, 2)
    assert not buys(home.config_entry.runtime_data.coordinator.data.plan)


async def test_who_wants_other_than_the_least_cost_is_not_held_to_it(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    costing(monkeypatch, 3.4)
    await learn(hass, frozen)
    assert home.planner.scenario is not None
    assert home.planner.scenario.risk is not None
    await call(hass, "select", "select_option", "select.home_objective", option="self_sufficiency")
    await advance(hass, frozen, 2)
    assert home.planner.scenario.risk is None


def slot(start: float, charged_kwh: float, bought_kwh: float) -> SlotRecord:
    return SlotRecord(start, start + 300.0, bought_kwh, 0.0, 0.0, charged_kwh, 0.0, 0.2, 0.05)


def test_what_was_bought_since_the_last_night_counts() -> None:
    days = Days("Europe/Berlin", HOUR_S)
    today = 20_000
    now = days.midnight(today) + 30 * 3600.0
    slots = (
        slot(days.midnight(today) - 300.0, 5.0, 5.0),  # Played by the night.
        slot(days.midnight(today), 0.4, 0.3),  # A part came from the roof.
        slot(days.midnight(today + 1), 0.2, 0.5),  # A part went to the load.
    )
    home = Home(batteries=(protocol_battery(),))
    shadow = shadow_of(1, today, 2.5)
    found = risk_now(shadow, STANDARD, home, slots, days, now)
    assert found.load_cost == pytest.approx(14 * 4.0)
    assert found.won == pytest.approx(14 * 0.5)
    assert found.paid == pytest.approx(0.5 * 0.2)
    assert found.returns_kwh == pytest.approx(0.5 * EFFICIENCY)
    # What the home's own course won is known: what a style would have won says nothing then.
    own = tuple(
        replace(each, cost=each.cost | {RUN: 3.1}, gained_kwh=each.gained_kwh | {RUN: 0.0})
        for each in shadow.days
    )
    run = replace(shadow, days=own, energy_kwh=shadow.energy_kwh | {RUN: {BATTERY: 1.0}})
    for style in (STANDARD, Style(Rule.TIMER)):
        assert risk_now(run, style, home, slots, days, now).won == pytest.approx(14 * -0.1)
    before = risk_now(None, STANDARD, home, slots, days, now)
    assert before.days == 0
    assert (before.paid, before.returns_kwh) == pytest.approx((0.04, 0.2 * EFFICIENCY))
    assert risk_now(None, STANDARD, Home(), slots, days, now) == RiskBudget()
