"""The logbook tells in plain words what SHEMS did and noticed."""

from collections.abc import Callable
from typing import Any

import pytest
from homeassistant.core import Event, HomeAssistant
from homeassistant.util import dt as dt_util

from custom_components.shems import logbook
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.plan.result import Reason
from custom_components.shems.insight.moments import OF_DEVICE, OF_HOME
from custom_components.shems.insight.wording import Wording, async_tongue

from .conftest import ENTRY_ID

UNTIL = "2026-06-10T11:00:00+00:00"
TOMORROW = "2026-06-11T06:30:00+00:00"
SAID: list[tuple[str, dict[str, Any], str]] = [
    (
        "plan_changed",
        {
            "changes": [
                {"device": "Washer", "change": "moved", "before": UNTIL, "after": TOMORROW},
                {"device": "Car", "change": "added", "before": None, "after": UNTIL},
                {"device": "Pump", "change": "dropped", "before": UNTIL, "after": None},
            ]
        },
        (
            "Washer is planned for Thursday 06:30 instead of 11:00; Car is planned for 11:00; "
            "Pump is no longer planned for 11:00"
        ),
    ),
    (
        "status_changed",
        {"before": "optimal", "status": "safe"},
        "the plan was “Optimised” and is “Safe mode”",
    ),
    (
        "cheap_period_started",
        {"price": 0.1, "until": UNTIL},
        "electricity is cheap until 11:00: €0.100/kWh",
    ),
    ("cheap_period_started", {"price": -0.1, "until": None}, "electricity is cheap: -€0.100/kWh"),
    (
        "cheap_period_ended",
        {"price": 0.4, "until": None},
        "electricity is no longer cheap: €0.400/kWh",
    ),
    ("surplus_available", {"power_kw": 1.5}, "there is 1.50 kW of surplus"),
    ("surplus_ended", {"power_kw": 0.0}, "there is no more surplus"),
    (
        "device_told",
        {
            "order": "charge",
            "reason": "charge_cheap",
            "arguments": {"price": 0.1, "value": 0.3, "until": 0.0},
        },
        (
            "is charged from the grid. Grid energy at €0.100/kWh is stored because it is worth "
            "€0.300/kWh later."
        ),
    ),
    ("device_told", {"order": "on", "reason": "", "arguments": {}}, "is on"),
    ("device_returned", {}, "was given back and goes its own way"),
    (
        "device_taken",
        {"reason": "user"},
        "was taken over by a person; SHEMS leaves it alone for a while",
    ),
    ("alert", {"message": "The freezer is off."}, "The freezer is off."),
    ("device_refused", {}, "did not follow SHEMS"),
]


@pytest.fixture
def described(hass: HomeAssistant) -> dict[str, Callable[[Any], dict[str, Any]]]:
    """Return how each event is described, as Home Assistant asks for it."""
    found: dict[str, Callable[[Any], dict[str, Any]]] = {}
    logbook.async_describe_events(hass, lambda _, kind, describe: found.update({kind: describe}))
    return found


def test_all_moments_are_described(
    described: dict[str, Callable[[Any], dict[str, Any]]],
) -> None:
    assert set(described) >= {f"shems_{each}" for each in (*OF_HOME, *OF_DEVICE)}


@pytest.mark.parametrize(("kind", "data", "said"), SAID)
async def test_what_happened_is_said(
    home: HomeCoordinator,
    described: dict[str, Callable[[Any], dict[str, Any]]],
    kind: str,
    data: dict[str, Any],
    said: str,
) -> None:
    told = {"config_entry_id": ENTRY_ID, "name": "Thing", **data}
    event = Event(f"shems_{kind}", told, time_fired_timestamp=dt_util.utcnow().timestamp())
    assert described[f"shems_{kind}"](event) == {"name": "Thing", "message": said}


async def test_of_a_home_that_does_not_run_the_bare_fact_is_told(
    hass: HomeAssistant, described: dict[str, Callable[[Any], dict[str, Any]]]
) -> None:
    event = Event("shems_device_refused", {"config_entry_id": "gone", "name": "Thing"})
    assert described["shems_device_refused"](event)["message"] == "device refused"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Sold, stored energy earns €0.050/kWh; kept, it is worth €0.021/kWh."),
        ("xx", "Sold, stored energy earns €0.050/kWh; kept, it is worth €0.021/kWh."),
    ],
)
async def test_reasons_have_the_cards_words(
    hass: HomeAssistant, home: HomeCoordinator, language: str, said: str
) -> None:
    wording = Wording(await async_tongue(hass, language), "EUR", "UTC", 0.0)
    assert (
        wording.reason(Reason("discharge_export", {"export_price": 0.05, "value": 0.021})) == said
    )


async def test_other_languages_write_their_own_way(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    wording = Wording(await async_tongue(hass, "de-CH"), "CHF", "Europe/Zurich", 0.0)
    assert wording.price(0.1) == "0,100\N{NO-BREAK SPACE}CHF/kWh"
    assert wording.money(-0.001) == "0,00\N{NO-BREAK SPACE}CHF"
    assert wording.power(12.34) == "12,3 kW"
    assert wording.reason(Reason("full")) != Wording(
        await async_tongue(hass, "en"), "CHF", "UTC", 0.0
    ).reason(Reason("full"))


async def test_a_reason_lacks_what_nobody_knows(hass: HomeAssistant, home: HomeCoordinator) -> None:
    wording = Wording(await async_tongue(hass, "en"), "EUR", "UTC", 0.0)
    assert wording.reason(Reason("charge_cheap")) == "Grid energy is cheap and worth more later."
    assert "of tomorrow" in wording.reason(Reason("of_tomorrow"))
    assert wording.reason(Reason("empty", {"reserve": 0.1})).endswith("reserve of 10 %.")
    held = {"since": 0.0, "until": 3600.0, "cause": "user"}
    assert wording.reason(Reason("override", held)) == (
        "Overridden by a person since 00:00, until 01:00."
    )
    limited = wording.reason(Reason("limit_grid", {"limit_kw": 4.2}))
    assert limited.endswith("below 4.20 kW.")
