"""The strategy: the last days replayed after learning, and the style that runs from then on."""

from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.shems import learning, strategy
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.forecast.learned import Learned
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.plan.style import STANDARD, Rule, Style
from custom_components.shems.core.replay.rehearsal import CANDIDATES, RUN, Day
from custom_components.shems.core.replay.scenario import Scenario
from custom_components.shems.core.replay.shadow import KEPT_DAYS, Shadow, replay
from custom_components.shems.core.series import Series
from custom_components.shems.sources.inputs import Inputs

from .conftest import BATTERY, ENTRY_ID, advance

SENSOR = "sensor.home_strategy"
FILE = f"{DOMAIN}.{ENTRY_ID}.strategy"
TIMER = Style(Rule.TIMER)
NOTHING = dict.fromkeys(CANDIDATES, 0.0)


@pytest.fixture(autouse=True)
def past(monkeypatch: pytest.MonkeyPatch, frozen: FrozenDateTimeFactory) -> History:
    """Give the home four days of history, learned at no cost."""
    end = dt_util.utcnow().timestamp() // HOUR_S * HOUR_S
    start = end - 4 * DAY_S + HOUR_S * np.arange(96)
    hour = start / HOUR_S % 24
    load = 0.5 + 1.5 * (np.abs(hour - 19) < 2)
    solar = np.maximum(0.0, 3 * np.sin((hour - 5) / 14 * np.pi))
    made = History(
        load=Series(start, start + HOUR_S, load), solar=Series(start, start + HOUR_S, solar)
    )

    async def history(inputs: Inputs, now: float) -> History:
        return made

    monkeypatch.setattr(Inputs, "async_learning_history", history)
    monkeypatch.setattr(learning, "learn", lambda *_args, **_given: (Learned(), 1.0))
    return made


def costing(monkeypatch: pytest.MonkeyPatch, costs: dict[str, float]) -> None:
    """Let the replay come to these daily costs."""

    def played(shadow: Shadow | None, past: Any, _believe: Any, until: float, **_: Any) -> Shadow:
        today = Days(past.tariff.zone, HOUR_S).day(until)
        days = tuple(
            Day(day, 4.0, 0.05, {name: costs.get(name, 3.0) for name in CANDIDATES}, NOTHING)
            for day in range(today - KEPT_DAYS, today)
        )
        return Shadow(past.key, today, {name: {BATTERY: 5.0} for name in CANDIDATES}, {}, days)

    monkeypatch.setattr(strategy, "replay", played)


async def learn(hass: HomeAssistant, frozen: FrozenDateTimeFactory) -> None:
    await hass.services.async_call(DOMAIN, "learn", {}, blocking=True, return_response=True)
    await advance(hass, frozen, 2)


async def get_plan(hass: HomeAssistant) -> Any:
    return await hass.services.async_call(
        DOMAIN, "get_plan", {}, blocking=True, return_response=True
    )


async def test_before_any_night_the_standard_runs(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    state = hass.states.get(SENSOR)
    assert state is not None
    assert state.state == STANDARD.method
    assert state.attributes["days"] == 0
    assert state.attributes["costs"] == {}
    assert home.data.plan is not None
    assert home.data.plan.style == STANDARD


@pytest.mark.parametrize(
    ("rule", "reasons"),
    [
        ("self_consumption", {"self_consumption_chosen"}),
        ("timer", {"timer_charges", "timer_chosen"}),
    ],
)
async def test_a_rule_that_beats_every_plan_runs_and_is_shown(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    rule: str,
    reasons: set[str],
) -> None:
    costing(monkeypatch, {rule: 2.0})
    await learn(hass, frozen)
    state = hass.states.get(SENSOR)
    assert state is not None
    assert state.state == rule
    assert state.attributes["days"] == KEPT_DAYS
    assert state.attributes["costs"][rule] == pytest.approx(56.0)
    assert state.attributes["reason"] == {
        "code": "style_lost",
        "args": {"days": KEPT_DAYS, "saved": pytest.approx(28.0)},
    }
    plan = home.data.plan
    assert plan is not None
    assert plan.style == Style(Rule(rule))
    assert {each.code for each in plan.batteries[0].reason} == reasons
    response = await get_plan(hass)
    assert response["strategy"]["strategy"] == rule


async def test_the_choice_outlives_a_restart_and_replays_from_diagnostics(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    hass_client: ClientSessionGenerator,
    hass_storage: dict[str, Any],
) -> None:
    costing(monkeypatch, {"point_8": 2.0})
    await learn(hass, frozen)
    assert hass_storage[FILE]["data"]["choice"]["style"]["margin_share"] == 0.08
    await hass.config_entries.async_reload(ENTRY_ID)
    await advance(hass, frozen, 2)
    again = home.config_entry.runtime_data.coordinator
    assert again.strategist.style == CANDIDATES["point_8"]
    assert again.data.plan.style == CANDIDATES["point_8"]

    assert await async_setup_component(hass, "diagnostics", {})
    data = await get_diagnostics_for_config_entry(hass, hass_client, home.config_entry)
    assert data["strategy"]["choice"]["days"] == KEPT_DAYS
    assert len(data["strategy"]["shadow"]["days"]) == KEPT_DAYS
    plan = Scenario.from_json(data["scenario"]).make().plan
    assert plan.style == CANDIDATES["point_8"]
    assert plan.cost == pytest.approx(again.data.plan.cost, abs=1e-3)


async def test_the_days_are_played_in_slices(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(strategy, "replay", replay)
    await learn(hass, frozen)
    shadow = home.strategist.shadow
    assert shadow is not None
    assert len(shadow.days) == 4
    assert [each.cost[RUN] for each in shadow.days] == [
        each.cost[STANDARD.name] for each in shadow.days
    ]
    assert shadow.days[-1].cost["self_consumption"] != shadow.days[-1].cost["timer"]
    state = hass.states.get(SENSOR)
    assert state is not None
    assert state.attributes["reason"]["code"] == "style_new"
    assert state.attributes["days"] == 4


async def test_a_night_plays_the_home_as_it_was_run_until_then(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    costing(monkeypatch, {"timer": 2.0})
    chosen = strategy.replay
    ran: list[Style] = []

    def played(*args: Any, running: Style, **given: Any) -> Shadow:
        ran.append(running)
        return chosen(*args, **given)

    monkeypatch.setattr(strategy, "replay", played)
    await learn(hass, frozen)
    assert home.strategist.style == TIMER
    await learn(hass, frozen)
    assert ran == [STANDARD, TIMER]


async def test_a_replay_that_fails_changes_nothing_and_is_logged_once(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    costing(monkeypatch, {"timer": 2.0})
    await learn(hass, frozen)

    def broken(*_args: Any, **_given: Any) -> Shadow:
        raise ArithmeticError("broken")

    monkeypatch.setattr(strategy, "replay", broken)
    await learn(hass, frozen)
    await learn(hass, frozen)
    assert home.strategist.style == TIMER
    assert home.learner.run.problem is None
    assert caplog.text.count("could not be played again") == 1
    costing(monkeypatch, {"self_consumption": 2.0})
    await learn(hass, frozen)
    assert home.strategist.style == Style(Rule.SELF_CONSUMPTION)
    assert "can be played again" in caplog.text


async def test_a_disk_that_is_full_costs_only_the_next_restart(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def full(_data: Any) -> None:
        raise OSError("full")

    monkeypatch.setattr(home.store.strategy_file, "async_save", full)
    costing(monkeypatch, {"timer": 2.0})
    await learn(hass, frozen)
    assert home.strategist.style == TIMER
    assert "could not be kept" in caplog.text


async def test_what_cannot_be_read_is_played_anew(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    costing(monkeypatch, {"timer": 2.0})
    await learn(hass, frozen)
    hass_storage[FILE]["data"] = {"shadow": {"key": 1}, "choice": []}
    await hass.config_entries.async_reload(ENTRY_ID)
    again = home.config_entry.runtime_data.coordinator
    assert again.strategist.style == STANDARD
    assert "could not be read" in caplog.text
