"""What days and months cost beside their plans, over the websocket."""

from typing import Any

import pytest
from homeassistant.auth.models import User
from homeassistant.auth.permissions import PolicyPermissions
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.forecast.journal import Score, Scores
from custom_components.shems.core.report.planned import Course, PlannedDay
from custom_components.shems.sources.error import SourceError

from .conftest import ENTRY_ID
from .lived_home import DAY_S, MIDNIGHT, lived


async def ask(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, **more: str
) -> dict[str, Any]:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "shems/history", **more})
    answer: dict[str, Any] = await client.receive_json()
    return answer


async def test_days_are_told_with_what_they_were_planned_to_cost(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_ws_client: WebSocketGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await lived(home, days=3)
    begin = MIDNIGHT - DAY_S
    kept = {
        "yesterday": PlannedDay(begin, begin + DAY_S, Course(cost=4.0), Course(cost=4.3)),
        "today": PlannedDay(MIDNIGHT, MIDNIGHT + DAY_S, Course(cost=5.0)),
    }
    monkeypatch.setattr(home.insight.reports, "_planned", kept)
    told = (await ask(hass, hass_ws_client))["result"]
    assert (told["entry_id"], told["currency"], told["step"]) == (ENTRY_ID, "EUR", "day")
    *_, yesterday, today = told["rows"]
    assert yesterday["start"] == begin
    assert yesterday["cost"] == pytest.approx(288 * 0.05 * 0.3, rel=0.01)
    assert yesterday["saving"] is not None
    assert (yesterday["expected"], yesterday["happened"]) == (4.0, 4.3)
    # What is not over is not compared.
    assert (today["expected"], today["happened"]) == (None, None)


async def test_months_are_sums_of_their_days(
    hass: HomeAssistant, home: HomeCoordinator, hass_ws_client: WebSocketGenerator
) -> None:
    await lived(home, days=12)
    days = (await ask(hass, hass_ws_client))["result"]["rows"]
    months = (await ask(hass, hass_ws_client, step="month"))["result"]["rows"]
    assert len(months) == 2
    assert sum(each["cost"] for each in months) == pytest.approx(
        sum(each["cost"] for each in days), abs=0.01
    )


async def test_how_good_forecasts_were_is_told_where_it_is_known(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_ws_client: WebSocketGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (await ask(hass, hass_ws_client))["result"]["scores"] == {}
    score = Score(0, 48, 100, 0.3, 0.05, 0.2, 0.5, 0.81, 0.9, 0.12)
    monkeypatch.setattr(home.scorekeeper, "_scores", {"load": Scores(14, score, ())})
    told = (await ask(hass, hass_ws_client))["result"]["scores"]
    assert told == {
        "load": {"days": 14, "mae": 0.3, "bias": 0.05, "coverage_80": 0.81, "skill": 0.12}
    }


async def test_a_ledger_that_cannot_be_read_is_an_error(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_ws_client: WebSocketGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fail(*_: object) -> None:
        raise SourceError("ledger_unreadable")

    monkeypatch.setattr(home.insight.ledger, "async_rows", fail)
    answer = await ask(hass, hass_ws_client)
    assert answer["error"]["code"] == "unknown_error"


async def test_who_may_not_read_the_home_is_told_nothing(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: User,
) -> None:
    client = await hass_ws_client(hass)
    hass_admin_user.groups = []
    hass_admin_user.permissions = PolicyPermissions({}, None)
    await client.send_json_auto_id({"type": "shems/history"})
    assert (await client.receive_json())["error"]["code"] == "unauthorized"
