"""Tips of a home: looked for at night, listed, said something to, and kept."""

from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.replay.whatif.question import Band, Subject
from custom_components.shems.core.report.tips.ground import Ground
from custom_components.shems.core.report.tips.tip import Effort, Tip
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule, Tariff
from custom_components.shems.insight import tips as tips_module
from custom_components.shems.insight.tips import DONE_S, Kept, State, Tips, merged
from tests.ha.conftest import ENTRY_ID, settle

HOUR = 3600.0
DAY = 86400.0
LIST = "todo.home_tips"
RISE = "standby"


def leaking(until: float) -> Ground:
    """Return a home in which something was left on six weeks ago."""
    end = until // HOUR * HOUR
    start = end - HOUR * np.arange(150 * 24, 0, -1.0)
    hour = (start // HOUR) % 24
    noise = np.random.default_rng(3)
    load = 0.2 + 0.6 * (hour > 16) + 0.02 * noise.random(len(start))
    load += np.where(start > end - 42 * DAY, 0.3, 0.0)
    tariff = Tariff(PriceRule(0.0, 0.3), PriceRule(0.0, 0.08), "UTC", "EUR")
    history = History(Series(start, start + HOUR, load))
    return Ground(Subject(Home(Connection()), tariff, history, "UTC", end, managed=False))


@pytest.fixture(autouse=True)
def _leaking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the home have a past: without a recorder it has none."""

    async def ground(_: HomeCoordinator) -> Ground:
        return leaking(dt_util.utcnow().timestamp())

    monkeypatch.setattr(tips_module, "async_ground", ground)


async def do(hass: HomeAssistant, what: str, **data: Any) -> dict[str, Any]:
    answer: Any = await hass.services.async_call(
        DOMAIN, "tip", {"do": what, **data}, blocking=True, return_response=True
    )
    return dict(answer)


async def test_nothing_is_told_before_the_first_search(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    told = await do(hass, "list")
    assert told["tips"] == []
    assert told["searched"] is None
    assert hass.states.get("sensor.home_tips").state == "unknown"
    assert hass.states.get("sensor.home_best_tip").state == "unknown"
    assert hass.states.get(LIST).state == "unknown"


async def test_a_search_finds_what_was_left_on(hass: HomeAssistant, home: HomeCoordinator) -> None:
    told = await do(hass, "search")
    (tip,) = [each for each in told["tips"] if each["tip"] == RISE]
    assert tip["state"] == "open"
    # 0.3 kW all year at 0.30 a kWh.
    assert tip["value"]["low"] <= 0.3 * 0.3 * 8766 <= tip["value"]["high"]
    assert tip["value"]["median"] == pytest.approx(789, rel=0.1)
    assert tip["title"] == "Standby has risen by 300 W"
    assert tip["how"]
    assert tip["confidence"] > 0.9
    assert hass.states.get("sensor.home_tips").state == "1"
    best = hass.states.get("sensor.home_best_tip")
    assert float(best.state) == pytest.approx(tip["value"]["median"], abs=0.01)
    assert best.attributes["unit_of_measurement"] == "EUR"
    assert hass.states.get(LIST).state == "1"
    items = await hass.services.async_call(
        "todo", "get_items", {"entity_id": LIST}, blocking=True, return_response=True
    )
    (item,) = items[LIST]["items"]
    assert item["summary"] == tip["title"]
    assert tip["how"] in item["description"]


@pytest.mark.parametrize("span", [{}, {"end": "2026-06-09T12:00:00"}])
async def test_erasing_everything_forgets_tips_at_once(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_storage: dict[str, Any],
    span: dict[str, str],
) -> None:
    await do(hass, "search")
    assert hass.states.get("sensor.home_tips").state == "1"
    assert RISE in str(hass_storage[f"{DOMAIN}.{ENTRY_ID}.tips"])
    home.insight.tips.async_search()
    await hass.services.async_call(
        DOMAIN,
        "erase_data",
        {"what": "everything", "confirm": True, **span},
        blocking=True,
        return_response=True,
    )
    await settle(hass)
    assert f"{DOMAIN}.{ENTRY_ID}.tips" not in hass_storage
    told = await do(hass, "list")
    assert told["tips"] == []
    assert told["searched"] is None
    assert hass.states.get("sensor.home_tips").state == "unknown"
    assert hass.states.get(LIST).state == "unknown"


@pytest.mark.parametrize(
    ("said", "state", "count"), [("dismiss", "dismissed", "0"), ("snooze", "snoozed", "0")]
)
async def test_what_is_said_to_a_tip_stays_said(
    hass: HomeAssistant, home: HomeCoordinator, said: str, state: str, count: str
) -> None:
    await do(hass, "search")
    await do(hass, said, tip=RISE)
    told = await do(hass, "search")
    (tip,) = told["tips"]
    assert tip["state"] == state
    assert hass.states.get("sensor.home_tips").state == count
    assert hass.states.get(LIST).state == count
    again = Tips(home)
    await again.async_load()
    assert [each.state.value for each in again.every] == [state]
    assert (await do(hass, "reopen", tip=RISE))["tips"][0]["state"] == "open"


async def test_a_snoozed_tip_comes_back(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await do(hass, "search")
    told = await do(hass, "snooze", tip=RISE, days=2)
    assert told["tips"][0]["state"] == "snoozed"
    frozen.tick(2 * DAY + 1)
    assert (await do(hass, "list"))["tips"][0]["state"] == "open"


async def test_the_list_ticks_puts_off_and_deletes(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    await do(hass, "search")

    async def change(action: str, **data: Any) -> str:
        await hass.services.async_call(
            "todo", action, {"entity_id": LIST, "item": RISE, **data}, blocking=True
        )
        return str((await do(hass, "list"))["tips"][0]["state"])

    assert await change("update_item", status="completed") == "done"
    assert hass.states.get(LIST).state == "0"
    assert await change("update_item", status="needs_action") == "open"
    assert await change("update_item", due_date="2099-01-01") == "snoozed"
    assert await do(hass, "reopen", tip=RISE)
    assert await change("remove_item") == "dismissed"


async def test_what_is_not_there_is_refused(hass: HomeAssistant, home: HomeCoordinator) -> None:
    with pytest.raises(ServiceValidationError) as unknown:
        await do(hass, "done", tip="nothing")
    assert unknown.value.translation_key == "tip_unknown"
    with pytest.raises(ServiceValidationError) as unnamed:
        await do(hass, "done")
    assert unnamed.value.translation_key == "tip_not_named"
    with pytest.raises(ServiceValidationError):
        await hass.services.async_call(
            "todo", "remove_item", {"entity_id": LIST, "item": RISE}, blocking=True
        )


async def test_tips_are_looked_for_at_night_once_a_week(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    tips = home.insight.tips
    midnight = dt_util.utcnow().timestamp() // DAY * DAY + DAY

    async def at(hours: float) -> bool:
        frozen.move_to(dt_util.utc_from_timestamp(midnight + hours * HOUR))
        await tips.async_on_slot(midnight + hours * HOUR)
        began = tips.searching
        await tips.async_wait()
        return began

    assert not await at(0.5)
    assert await at(2.0)
    assert tips.searched is not None
    assert not await at(2.5)
    assert not await at(26.0)
    assert not await at(7 * 24 + 12.0)
    assert await at(7 * 24 + 3.0 + 24)


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (tips_module.InputError("what_if_history", days=2, least=7), "what_if_history"),
        (tips_module.SourceError("recorder_unreadable"), "recorder_unreadable"),
        (tips_module.JobOverdueError(), "tips_overdue"),
        (ValueError("broken"), "tips_failed"),
    ],
)
async def test_a_search_that_fails_says_why(
    hass: HomeAssistant,
    home: HomeCoordinator,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    problem: str,
) -> None:
    async def ground(_: HomeCoordinator) -> Ground:
        raise error

    monkeypatch.setattr(tips_module, "async_ground", ground)
    told = await do(hass, "search")
    assert told["problem"]["code"] == problem
    assert told["searched"] is None


async def test_a_page_follows_the_tips(
    hass: HomeAssistant, home: HomeCoordinator, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "shems/tips/subscribe"})
    assert (await client.receive_json())["success"]
    first = (await client.receive_json())["event"]
    assert first["may_say"]
    assert first["tips"] == []
    await do(hass, "search")
    events = [(await client.receive_json())["event"] for _ in range(2)]
    assert events[0]["searching"]
    assert [each["tip"] for each in events[1]["tips"]] == [RISE]
    assert events[1]["tips"][0]["args"]["rise"] == 300
    await settle(hass)


async def test_unloading_ends_a_search(hass: HomeAssistant, home: HomeCoordinator) -> None:
    home.insight.tips.async_search()
    home.insight.tips.async_search()
    assert home.insight.tips.searching
    assert await hass.config_entries.async_unload(home.config_entry.entry_id)
    assert not home.insight.tips.searching


async def test_removing_forgets(hass: HomeAssistant, home: HomeCoordinator) -> None:
    await do(hass, "search")
    await home.insight.tips.async_remove()
    assert home.insight.tips.every == ()
    again = Tips(home)
    await again.async_load()
    assert again.searched is None


def kept(state: State, at: float | None = 0.0, *, current: bool = True) -> dict[str, Kept]:
    return {RISE: Kept(tip(1.0), 0.0, state, at, None, current)}


def tip(median: float) -> Tip:
    return Tip(RISE, "", Band(0.0, median, 9.0), 1.0, Effort.HABIT, {})


def test_what_is_true_no_longer_is_forgotten_unless_something_was_said() -> None:
    assert merged(kept(State.OPEN), (), 1.0) == {}
    assert merged(kept(State.DISMISSED), (), 1.0) == kept(State.DISMISSED, current=False)


def test_what_was_done_and_is_true_later_is_told_again() -> None:
    soon = merged(kept(State.DONE), (tip(2.0),), DONE_S - 1)[RISE]
    assert soon.state is State.DONE
    assert soon.tip.value.median == 2.0
    assert merged(kept(State.DONE), (tip(2.0),), DONE_S)[RISE].state is State.OPEN
