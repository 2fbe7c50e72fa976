"""Reports: what a period was like, asked for by action and told at set times."""

from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.frontend.storage import async_user_store
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from pytest_homeassistant_custom_component.common import MockUser, async_capture_events

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.forecast.journal import Score, Scores

from .conftest import ENTRY_ID, SLOT_S, advance
from .lived_home import DAY_S, MIDNIGHT, NOW, enter, lived


async def report(hass: HomeAssistant, **data: Any) -> dict[str, Any]:
    answer = await hass.services.async_call(
        DOMAIN, "report", data, blocking=True, return_response=True
    )
    assert answer is not None
    return answer


async def test_today_is_told_beside_as_much_of_yesterday(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    await lived(home, days=2)
    told = await report(hass)
    slots = (NOW - MIDNIGHT) // SLOT_S
    assert told["period"] == "day"
    assert told["start"] == "2026-06-10T00:00:00+00:00"
    assert told["figures"]["bought_kwh"] == pytest.approx(0.1 * slots, rel=0.02)
    assert told["before"]["start"] == "2026-06-09T00:00:00+00:00"
    assert told["currency"] == "EUR"
    assert told["coverage"] == pytest.approx(1.0, abs=0.02)
    assert "| Bought |" in told["text"]
    assert "2026-06-10" in told["text"]


async def test_another_period_is_told_by_its_date_and_in_another_language(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    await lived(home, days=9)
    week = await report(hass, period="week", date="2026-06-03")
    assert week["start"] == "2026-06-01T00:00:00+00:00"
    assert week["end"] == "2026-06-08T00:00:00+00:00"
    assert week["before"]["figures"]["cost"] is None
    assert week["figures"]["cost"] == pytest.approx(7 * 288 * 0.05 * 0.3, rel=0.01)
    german = await report(hass, period="week", date="2026-06-03", language="de")
    assert f"{week['figures']['cost']:.2f}".replace(".", ",") in german["text"]


async def test_a_range_is_told_and_one_to_come_is_refused(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    await lived(home, days=4)
    told = await report(
        hass, period="range", start="2026-06-08T00:00:00", end="2026-06-10T00:00:00"
    )
    assert told["before"]["start"] == "2026-06-06T00:00:00+00:00"
    with pytest.raises(ServiceValidationError) as caught:
        await report(hass, period="range", start="2026-06-10T00:00:00", end="2026-06-08T00:00:00")
    assert caught.value.translation_key == "period_reversed"
    with pytest.raises(ServiceValidationError) as caught:
        await report(hass, date="2026-06-12")
    assert caught.value.translation_key == "period_to_come"


async def test_who_asks_is_answered_in_the_language_of_the_frontend(
    hass: HomeAssistant, home: HomeCoordinator, hass_admin_user: MockUser
) -> None:
    await lived(home, days=2)
    hass.config.components.add("frontend")
    store = await async_user_store(hass, hass_admin_user.id)
    await store.async_set_item("language", {"language": "nl"})
    answer = await hass.services.async_call(
        DOMAIN,
        "report",
        {},
        blocking=True,
        return_response=True,
        context=Context(user_id=hass_admin_user.id),
    )
    cost = answer["figures"]["cost"]
    assert f"{cost:.2f}".replace(".", ",") in answer["text"]


async def test_a_day_s_first_plan_is_compared_with_what_became_of_it(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    frozen.move_to("2026-06-10T10:05:00+00:00")
    await advance(hass, frozen, 0)
    planned = home.insight.reports.planned["2026-06-10"]
    assert planned.happened is None
    assert planned.expected.load_kwh == pytest.approx(2.0 * (planned.end - planned.begin) / 3600)
    frozen.move_to("2026-06-11T00:00:00+00:00")
    await enter(home, MIDNIGHT, MIDNIGHT + DAY_S, lambda _: 0.1)
    await home.insight.reports.async_on_slot(MIDNIGHT + DAY_S)
    became = home.insight.reports.planned["2026-06-10"].happened
    assert became is not None
    assert became.load_kwh == pytest.approx(0.12 * (planned.end - planned.begin) / SLOT_S, rel=0.02)
    await hass.config_entries.async_reload(ENTRY_ID)
    again = home.config_entry.runtime_data.coordinator
    assert again.insight.reports.planned["2026-06-10"].happened == became
    told = await report(hass, date="2026-06-10")
    assert told["plan"]["days"] == 1
    assert "Planned" in told["text"]


async def test_the_digest_is_told_once_a_day_and_on_mondays_of_the_week(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await lived(home, days=9)
    events = async_capture_events(hass, "shems_digest")
    listened: list[Any] = []
    cancel = home.insight.reports.async_listen(listened.append)
    await home.insight.reports.async_on_slot(MIDNIGHT + 6.9 * 3600)
    assert events == []
    for hour in (7.0, 8.0, 9.0):
        await home.insight.reports.async_on_slot(MIDNIGHT + hour * 3600)
    assert [each.data["rhythm"] for each in events] == ["daily"]
    assert events[0].data["start"] == "2026-06-09T00:00:00+00:00"
    assert events[0].data["config_entry_id"] == ENTRY_ID
    assert "2026-06-09" in events[0].data["text"]
    await home.insight.reports.async_on_slot(MIDNIGHT + 5 * DAY_S + 7 * 3600)
    assert [each.data["rhythm"] for each in events[1:]] == ["weekly"]
    assert [each.rhythm for each in listened] == ["daily", "weekly"]
    told = hass.states.get("event.home_digest")
    assert told.attributes["event_type"] == "weekly"
    assert told.attributes["text"] == events[-1].data["text"]
    cancel()


async def test_the_digest_keeps_to_what_was_chosen(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    await lived(home, days=2)
    events = async_capture_events(hass, "shems_digest")
    options = {**home.config_entry.options, "digest": ["weekly"], "digest_at": "05:30:00"}
    hass.config_entries.async_update_entry(home.config_entry, options=options)
    await home.insight.reports.async_on_slot(MIDNIGHT + 9 * 3600)
    assert events == []
    options["digest"] = ["daily"]
    hass.config_entries.async_update_entry(home.config_entry, options=options)
    await home.insight.reports.async_on_slot(MIDNIGHT + 5.6 * 3600)
    assert len(events) == 1


async def test_the_text_tells_devices_forecasts_and_what_was_not_measured(
    hass: HomeAssistant, home: HomeCoordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    await enter(home, MIDNIGHT, NOW - 3600, lambda _: 0.1)
    score = Score(0, 48, 9, 0.2, 0.0, 0.1, 0.5, 0.8, 0.9, 0.25)
    monkeypatch.setattr(
        home.scorekeeper,
        "scores",
        lambda quantity: Scores(3, score, ()) if quantity == "load" else None,
    )
    told = await report(hass)
    assert "load forecast was +25 % better" in told["text"]
    assert told["forecasts"]["load"]["skill"] == 0.25
    assert "of the time was measured" in told["text"]
    assert "**Plug**: " in told["text"]
