"""What is wrong with inputs is told once: by an entity, in the log and as a repair issue."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import issue_registry as ir

from custom_components import shems
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.observe.readings import Fault
from custom_components.shems.core.plan.result import Reason
from custom_components.shems.data import Lost, Stage
from custom_components.shems.problems import Problems, Sight
from custom_components.shems.sources.states import Known

from .conftest import ENTRY_ID, advance

PROBLEM = "binary_sensor.home_problem"


def problem(hass: HomeAssistant) -> State:
    state = hass.states.get(PROBLEM)
    assert state is not None
    return state


def told(hass: HomeAssistant) -> list[tuple[str, str, str | None]]:
    """Return code, stage and entity of all that is wrong."""
    return [
        (each["code"], each["stage"], each["entity"])
        for each in problem(hass).attributes["problems"]
    ]


def issues(hass: HomeAssistant) -> dict[str, ir.IssueEntry]:
    """Return the issues of inputs by their keys."""
    return {
        each.translation_key: each
        for (domain, _), each in ir.async_get(hass).issues.items()
        if domain == DOMAIN and each.translation_key and each.active
    }


async def pass_time(
    hass: HomeAssistant,
    frozen: FrozenDateTimeFactory,
    seconds: float,
    show: Callable[[], None] = lambda: None,
) -> None:
    """Let a time pass in which meters report and dispatch runs."""
    for _ in range(int(seconds // 60)):
        show()
        await advance(hass, frozen, 58)
        await advance(hass, frozen, 2)


async def test_a_home_in_which_all_is_well_has_no_problem(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    assert problem(hass).state == "off"
    assert problem(hass).attributes["device_class"] == "problem"
    assert problem(hass).attributes["problems"] == []
    assert home.data.problem is None


async def test_an_input_that_is_lost_is_told_once_and_cleared_when_it_is_back(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    lost = partial(meters, soc="unavailable")
    lost()
    await advance(hass, frozen, 30)
    assert problem(hass).state == "off", "a reload is no problem"
    await pass_time(hass, frozen, 120, lost)
    assert problem(hass).state == "on"
    assert ("input_unavailable", "held", "sensor.soc") in told(hass), "the charge is remembered"
    assert not issues(hass)
    await pass_time(hass, frozen, 660, lost)
    issue = issues(hass)["input_unavailable"]
    assert issue.translation_placeholders["entity"] == "sensor.soc"
    assert issue.translation_placeholders["device"] == "Battery"
    await pass_time(hass, frozen, 1500, lost)
    assert ("input_unavailable", "without", "sensor.soc") in told(hass)
    assert len(issues(hass)) == 1
    assert caplog.text.count("input_unavailable") == 1
    await pass_time(hass, frozen, 60, meters)
    assert not issues(hass)
    assert not [each for each in told(hass) if each[2] == "sensor.soc"]
    assert caplog.text.count("input_unavailable is over") == 1


async def test_the_status_says_the_same_as_the_problem(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    meters(grid_kw="nan")
    await pass_time(hass, frozen, 180)
    status = hass.states.get("sensor.home_plan_status")
    first = problem(hass).attributes["problems"][0]
    assert status.attributes["problem"] == {"code": first["code"], "args": first["args"]}
    assert first["code"] == "input_no_number"
    assert first["since"].startswith("2026-06-10T10:0")


async def test_issues_go_with_the_home(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    meters(solar_kw="nan")
    await pass_time(hass, frozen, 780)
    assert "input_no_number" in issues(hass)
    await hass.config_entries.async_unload(ENTRY_ID)
    assert not issues(hass)


async def test_what_is_lost_while_home_assistant_starts_is_waited_for(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    problems = Problems(hass, home.configuration)
    missing = Known(missing={"car": Reason("device_unseen", {"entity": "sensor.car"})})
    sight = Sight({}, missing, frozenset(), frozenset())
    hass.set_state(hass.state.starting)
    problems.look(0.0, sight)
    hass.set_state(hass.state.running)
    problems.look(1000.0, sight)
    assert problems.current == ()
    problems.look(1061.0, sight)
    (found,) = problems.current
    assert (found.reason.code, found.since, found.stage) == ("input_absent", 1000.0, Stage.WITHOUT)
    problems.look(500.0, sight)
    assert problems.current[0].since == 500.0, "the clock was set back"


async def test_what_no_entity_is_to_blame_for_is_told_without_an_issue(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    problems = Problems(hass, home.configuration)
    wrong = Reason("device_temperature", {"device": "Tank", "value": 500.0})
    failed = Reason("price_empty", {"source": "tibber"})
    sources = (Lost("prices_lost", failed, Stage.HELD, "tibber"),)
    refused = Reason("device_refuses", {"device": "Car"})
    sight = Sight({}, Known(missing={"tank": wrong}), frozenset(), frozenset(), sources, refused)
    problems.look(0.0, sight)
    assert [each.reason.code for each in problems.current] == ["device_refuses", "price_empty"]
    problems.look(900.0, sight)
    assert {each.reason.code for each in problems.current} == {
        "device_refuses",
        "price_empty",
        "device_temperature",
    }
    assert set(issues(hass)) == {"prices_lost"}
    facts = issues(hass)["prices_lost"].translation_placeholders
    assert facts == {"home": "Home", "source": "tibber", "detail": "price empty, tibber"}
    problems.look(960.0, Sight({}, Known(), frozenset(), frozenset()))
    assert problems.current == ()
    assert not issues(hass)


def words(language: str) -> dict[str, Any]:
    path = Path(shems.__file__).parent / "frontend" / "src" / "locales" / f"{language}.json"
    found: dict[str, Any] = json.loads(path.read_text())
    return found


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_words(fault: Fault) -> None:
    path = Path(shems.__file__).parent / "translations" / "en.json"
    issue = json.loads(path.read_text())["issues"][f"input_{fault}"]
    assert "{entity}" in issue["title"]
    assert "{device}" in issue["description"]
    for language in ("en", "de"):
        assert "{entity}" in words(language)[f"problem.input_{fault}"]
        assert "{" not in words(language)[f"problem.input_{fault}.short"]
