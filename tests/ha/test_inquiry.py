"""What-if questions: asked, followed, cancelled, one at a time, beside everything else."""

import asyncio
import threading
from collections.abc import Callable, Generator, Mapping
from typing import Any

import pytest
from homeassistant.auth.models import User
from homeassistant.auth.permissions import PolicyPermissions
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.shems import what_if_actions
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.units import InputError
from custom_components.shems.inquiry import Stage
from custom_components.shems.sources.error import SourceError

from .conftest import settle

PIECES = 8
ANSWER = {"saving": {"low": 1.0, "median": 2.0, "high": 3.0}}


class Gate:
    """A work of some pieces, of which each waits to be let through."""

    def __init__(self, error: Exception | None = None) -> None:
        self.open = threading.Event()
        self.begun = threading.Event()
        self.pieces = 0
        self.threads: set[int] = set()
        self.error = error
        self.asked: list[Mapping[str, Any]] = []

    async def async_prepare(
        self, _hass: HomeAssistant, _home: HomeCoordinator, asked: Mapping[str, Any]
    ) -> Generator[float, None, Mapping[str, Any]]:
        self.asked.append(asked)
        return self._played()

    def _played(self) -> Generator[float, None, Mapping[str, Any]]:
        for piece in range(PIECES):
            self.begun.set()
            self.threads.add(threading.get_ident())
            assert self.open.wait(10)
            self.pieces += 1
            if self.error is not None:
                raise self.error
            yield (piece + 1) / PIECES
        return ANSWER


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """Put a work that waits in the place of every question's."""
    gate = Gate()
    monkeypatch.setattr(what_if_actions, "async_prepare", gate.async_prepare)
    return gate


@pytest.fixture
def ask(hass: HomeAssistant) -> Callable[..., Any]:
    """Return a function that asks about a battery."""

    async def asked(**data: Any) -> Any:
        context = data.pop("context", None)
        return await hass.services.async_call(
            DOMAIN,
            "what_if",
            {"battery_kwh": 10, **data},
            blocking=True,
            return_response=True,
            context=context,
        )

    return asked


async def test_the_answer_comes_with_the_action(
    home: HomeCoordinator, gate: Gate, ask: Callable[..., Any]
) -> None:
    gate.open.set()
    told = await ask(price=5000)
    assert told == {"stage": "done", "progress": 100, "answer": ANSWER}
    assert gate.asked[0]["battery_kwh"] == 10
    assert gate.asked[0]["price"] == 5000
    assert threading.get_ident() not in gate.threads
    assert home.inquirer.asked.cpu_s >= 0
    assert home.inquirer.asked.ended is not None


async def test_who_waits_no_longer_is_told_how_far_it_is_and_it_goes_on(
    hass: HomeAssistant, home: HomeCoordinator, gate: Gate, ask: Callable[..., Any]
) -> None:
    told = await ask(timeout=0)
    assert told["stage"] in ("reading", "playing")
    assert told["answer"] is None
    gate.open.set()
    await settle(hass)
    assert home.inquirer.asked.stage is Stage.DONE
    assert home.inquirer.asked.answer == ANSWER
    shown = hass.states.get("sensor.home_what_if")
    assert shown.state == "done"
    assert shown.attributes["progress"] == 100
    assert shown.attributes["saving"] == ANSWER["saving"]


async def test_there_is_one_question_at_a_time(
    hass: HomeAssistant, home: HomeCoordinator, gate: Gate, ask: Callable[..., Any]
) -> None:
    await ask(timeout=0)
    with pytest.raises(ServiceValidationError) as refused:
        await ask()
    assert refused.value.translation_key == "what_if_busy"
    gate.open.set()
    await settle(hass)
    assert (await ask())["stage"] == "done"
    assert len(gate.asked) == 2


async def test_a_cancelled_question_ends_with_its_piece_and_says_so(
    hass: HomeAssistant, home: HomeCoordinator, gate: Gate, ask: Callable[..., Any]
) -> None:
    waiting = hass.async_create_task(ask())
    await hass.async_add_executor_job(gate.begun.wait, 10)
    told = await hass.services.async_call(
        DOMAIN, "cancel_what_if", {}, blocking=True, return_response=True
    )
    assert told == {"cancelled": True}
    with pytest.raises(ServiceValidationError) as ended:
        await waiting
    assert ended.value.translation_key == "what_if_cancelled"
    gate.open.set()
    await settle(hass)
    assert gate.pieces <= 1
    assert home.inquirer.asked.stage is Stage.CANCELLED
    told = await hass.services.async_call(
        DOMAIN, "cancel_what_if", {}, blocking=True, return_response=True
    )
    assert told == {"cancelled": False}


async def test_a_reload_ends_the_question_and_who_waits_is_told(
    hass: HomeAssistant, home: HomeCoordinator, gate: Gate, ask: Callable[..., Any]
) -> None:
    waiting = hass.async_create_task(ask())
    await hass.async_add_executor_job(gate.begun.wait, 10)
    reloading = hass.async_create_task(hass.config_entries.async_reload(home.config_entry.entry_id))
    await asyncio.sleep(0)
    gate.open.set()
    assert await reloading
    with pytest.raises(ServiceValidationError) as ended:
        await waiting
    assert ended.value.translation_key == "what_if_cancelled"
    again = home.config_entry.runtime_data.coordinator
    assert again.inquirer.asked.stage is Stage.IDLE
    assert (await ask())["stage"] == "done"


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (InputError("what_if_history", days=3, least=7), "what_if_history"),
        (SourceError("recorder_failed", detail="full"), "recorder_failed"),
        (RuntimeError("ours"), "what_if_failed"),
    ],
)
async def test_what_stands_in_the_way_is_told(
    home: HomeCoordinator, gate: Gate, ask: Callable[..., Any], error: Exception, key: str
) -> None:
    gate.error = error
    gate.open.set()
    with pytest.raises(ServiceValidationError) as told:
        await ask()
    assert told.value.translation_key == key
    assert home.inquirer.asked.stage is Stage.FAILED


async def test_plans_are_made_meanwhile(
    hass: HomeAssistant, home: HomeCoordinator, gate: Gate, ask: Callable[..., Any]
) -> None:
    await ask(timeout=0)
    before = home.data.plan
    planning = hass.async_create_task(home.async_plan_now())
    await asyncio.sleep(0)
    gate.open.set()
    assert (await planning).plan is not None
    assert before is not None
    await settle(hass)


async def test_who_may_not_control_the_home_may_not_ask(
    hass: HomeAssistant,
    home: HomeCoordinator,
    gate: Gate,
    ask: Callable[..., Any],
    hass_admin_user: User,
) -> None:
    reader = await hass.auth.async_create_user("Reader", group_ids=[])
    reader.permissions = PolicyPermissions({"entities": {"all": {"read": True}}}, None)
    with pytest.raises(Unauthorized):
        await ask(context=Context(user_id=reader.id))
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN, "cancel_what_if", {}, blocking=True, context=Context(user_id=reader.id)
        )
    assert not gate.asked


async def test_the_dashboard_asks_follows_and_cancels(
    hass: HomeAssistant, home: HomeCoordinator, gate: Gate, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json({"id": 1, "type": "shems/what_if/subscribe"})
    assert (await client.receive_json())["success"]
    first = (await client.receive_json())["event"]
    assert first["stage"] == "idle"
    assert first["may_ask"] is True
    assert first["currency"] == "EUR"
    trip = {"leave": "08:00", "back": "17:00", "energy_kwh": 8, "weekdays": ["mon"]}
    begin = {"type": "shems/what_if/begin", "question": {"trips": [trip]}}
    await client.send_json({"id": 2, **begin})
    seen = [await client.receive_json() for _ in range(2)]
    assert any(each.get("success") for each in seen)
    await client.send_json({"id": 3, **begin})
    refused = await _until(client, lambda each: each["id"] == 3)
    assert refused["error"]["code"] == "what_if_busy"
    await client.send_json({"id": 4, "type": "shems/what_if/cancel"})
    ended = await _until(
        client, lambda each: each["id"] == 1 and each["event"]["stage"] == "cancelled"
    )
    assert ended["event"]["question"]["trips"] == [
        {**trip, "leave": "08:00:00", "back": "17:00:00"}
    ]
    gate.open.set()
    await settle(hass)
    await client.send_json({"id": 5, **begin})
    done = await _until(client, lambda each: each["id"] == 1 and each["event"]["stage"] == "done")
    assert done["event"]["answer"] == ANSWER
    assert done["event"]["progress"] == 1.0
    await client.send_json({"id": 6, "type": "shems/what_if/begin", "question": {"none": 1}})
    assert (await _until(client, lambda each: each["id"] == 6))["error"]["code"] == "invalid_format"


async def _until(client: Any, wanted: Callable[[Any], bool]) -> Any:
    while True:
        message = await client.receive_json()
        if wanted(message):
            return message


async def test_who_may_only_read_may_follow_but_not_ask(
    hass: HomeAssistant,
    home: HomeCoordinator,
    gate: Gate,
    hass_ws_client: WebSocketGenerator,
    hass_admin_user: User,
) -> None:
    client = await hass_ws_client(hass)
    hass_admin_user.groups = []
    hass_admin_user.permissions = PolicyPermissions({"entities": {"all": {"read": True}}}, None)
    await client.send_json({"id": 1, "type": "shems/what_if/subscribe"})
    assert (await client.receive_json())["success"]
    assert (await client.receive_json())["event"]["may_ask"] is False
    for number, message in enumerate(
        (
            {"type": "shems/what_if/begin", "question": {"battery_kwh": 5}},
            {"type": "shems/what_if/cancel"},
        )
    ):
        await client.send_json({"id": 2 + number, **message})
        assert (await client.receive_json())["error"]["code"] == "unauthorized"
