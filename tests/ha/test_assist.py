"""Questions to Assist and to language models are answered for who may know."""

from collections.abc import Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import conversation
from homeassistant.components.conversation.util import get_config_intents
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import intent, llm
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.report.ledger import Totals

from .conftest import ENTRY_ID, PUMP, advance, settle

ASSISTANT = "conversation"
WASHER: dict[str, Any] = {"programme_min": 60, "programme_kwh": 1.0}
SAVINGS = "shems__get_savings"


@pytest.fixture(autouse=True)
async def assist(hass: HomeAssistant) -> None:
    """Set up Assist."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    assert await async_setup_component(hass, "llm", {})


async def say(hass: HomeAssistant, text: str, context: Context | None = None) -> str:
    """Return what Assist answers."""
    result = await conversation.async_converse(
        hass, text, None, context or Context(), language="en"
    )
    return str(result.response.speech["plain"]["speech"])


def expose(hass: HomeAssistant, *, exposed: bool) -> None:
    """Expose every entity of SHEMS, or none."""
    for each in er.async_entries_for_config_entry(er.async_get(hass), ENTRY_ID):
        async_expose_entity(hass, ASSISTANT, each.entity_id, exposed)


async def test_how_full_the_battery_is(hass: HomeAssistant, home: HomeCoordinator) -> None:
    said = await say(hass, "How full is the battery?")
    assert said.startswith("Battery is at 50 %, that is 5.0 kWh. Grid energy at €0.100/kWh")
    assert await say(hass, "what's the home battery level") == said


async def test_why_it_does_this(hass: HomeAssistant, home: HomeCoordinator) -> None:
    assert await say(hass, "Why is the battery charging?") == (
        "Nothing of that is exposed to Assist for you."
    ), "only what belongs to the home itself is exposed at first"
    expose(hass, exposed=True)
    said = await say(hass, "Why is the battery charging?")
    assert said.startswith("Battery: Grid energy at")


async def test_what_was_saved(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    assert await say(hass, "What did we save last week?") == "Nothing was counted last week."
    for _ in range(4):
        await advance(hass, frozen, 300)
    said = await say(hass, "How much have we saved today?")
    assert "today" in said
    assert "Electricity cost €" in said or "cost" in said


@pytest.mark.parametrize(
    ("left_out_hours", "answer"),
    [
        (48.0, "It is not known what SHEMS saved last week. Electricity cost €3.00."),
        (5.0, "SHEMS saved €1.00 last week. Electricity cost €3.00. Of 5.0 hours it is not known"),
        (0.0, "SHEMS saved €1.00 last week. Electricity cost €3.00."),
    ],
)
async def test_what_is_not_known_to_be_saved_is_not_told_as_nothing(
    hass: HomeAssistant,
    home: HomeCoordinator,
    monkeypatch: pytest.MonkeyPatch,
    left_out_hours: float,
    answer: str,
) -> None:
    async def totals(*_: float) -> Totals:
        saved = 0.0 if left_out_hours == 48.0 else 1.0
        return Totals(
            cost=3.0, cost_self_consumption=3.0 + saved, hours=48.0, left_out_hours=left_out_hours
        )

    monkeypatch.setattr(home.insight.ledger, "async_totals", totals)
    said = await say(hass, "What did we save last week?")
    assert said.startswith(answer)
    assert ("it is not known" in said) == (left_out_hours == 5.0)


async def test_when_it_is_cheap(hass: HomeAssistant, home: HomeCoordinator) -> None:
    said = await say(hass, "When is electricity cheapest?")
    assert said == "Electricity costs €0.100/kWh now and is cheap until 11:00."


async def test_when_to_start_an_appliance(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    """It is cheap until 11:00 and from midnight on; its usual time is seven in the morning."""
    home = await begin("appliance", WASHER)
    expose(hass, exposed=True)
    assert await say(hass, "When should I start the thing?") == (
        "Start Thing now for €0.10: it will not get cheaper in time."
    )
    await advance(hass, frozen, 3 * 3600)
    await advance(hass, frozen, 5)
    said = await say(hass, "what is the best time for the thing")
    assert said == "Start Thing at Thursday 00:00: it then costs €0.10, €0.30 less than now."
    device = home.configuration.device(PUMP)
    await hass.services.async_call(
        DOMAIN, "run_appliance", {"device_id": _registry_id(home, device.id)}, blocking=True
    )
    await home.async_plan_now()
    said = await say(hass, "when should I start the thing")
    assert said.startswith("Thing is planned from Thursday 00:00 to Thursday 01:00.")


def _registry_id(home: HomeCoordinator, device_id: str) -> str:
    found = home.config_entry.runtime_data.moments.registry_id(device_id)
    assert found is not None
    return found


async def test_what_the_battery_is_planned_to_do(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    """It is cheap until eleven."""
    expose(hass, exposed=True)
    said = await say(hass, "What is the plan for the battery?")
    assert said.startswith("Battery charges from the grid from ")
    assert " to 11:00: " in said
    assert await say(hass, "what will the battery do tonight") == said


async def test_whether_anything_is_wrong(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """An alert is told until somebody has seen it, a meter that is silent with what to do."""
    assert await say(hass, "Is anything wrong?") == "SHEMS knows of nothing that is wrong."
    for watts in range(5):
        meters(grid_kw=16.5 + 0.001 * watts)
        await advance(hass, frozen, 30)
    carried = "The connection carries 97 % of what its fuses allow."
    assert await say(hass, "Is something wrong with the energy?") == carried
    await hass.services.async_call(DOMAIN, "acknowledge_alert", {}, blocking=True)
    assert carried not in await say(hass, "Is anything wrong?")
    meters(grid_kw=1.0, solar_kw="unavailable")
    for _ in range(3):
        await advance(hass, frozen, 300)
    assert "sensor.sun" in await say(hass, "Is anything wrong?")


async def test_german_questions_are_answered_in_german(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    """In a Home Assistant that is set to German."""
    hass.config.language = "de"
    await hass.config_entries.async_reload(ENTRY_ID)
    await settle(hass)
    expose(hass, exposed=True)
    for asked, answered in (
        ("Was ist für die Battery geplant?", "Battery lädt von"),
        ("Läuft etwas schief?", "SHEMS weiß von nichts, was nicht in Ordnung wäre."),
        ("Wie viel haben wir letzte Woche gespart?", "letzte Woche wurde nichts gezählt."),
    ):
        result = await conversation.async_converse(hass, asked, None, Context(), language="de")
        assert str(result.response.speech["plain"]["speech"]).startswith(answered)


# Intents


async def ask(hass: HomeAssistant, name: str, user: MockUser | None = None, **slots: str) -> str:
    """Return what an intent answers, as a sentence of the household's own would have it asked."""
    response = await intent.async_handle(
        hass,
        "test",
        name,
        {key: {"value": value} for key, value in slots.items()},
        context=Context(user_id=None if user is None else user.id),
        language="en",
        assistant=ASSISTANT,
    )
    assert response.response_type is intent.IntentResponseType.QUERY_ANSWER
    return str(response.speech["plain"]["speech"])


async def test_intents_say_what_the_sentences_say(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    expose(hass, exposed=True)
    for name, slots, sentence in (
        ("ShemsBattery", {}, "How full is the battery?"),
        ("ShemsPrice", {}, "When is electricity cheapest?"),
        ("ShemsProblems", {}, "Is anything wrong?"),
        ("ShemsPlan", {"device": "battery"}, "What is the plan for the battery?"),
        ("ShemsWhy", {"device": "Battery"}, "Why is the battery charging?"),
        ("ShemsWhenToStart", {"device": "plug"}, "When should I start the plug?"),
        ("ShemsSavings", {"period": "last_week"}, "What did we save last week?"),
    ):
        said = await ask(hass, name, **slots)
        assert said == await say(hass, sentence), name
    with pytest.raises(intent.InvalidSlotInfo):
        await ask(hass, "ShemsSavings", period="the stone age")
    assert await ask(hass, "ShemsWhy", device="submarine") == (
        "Nothing of that is exposed to Assist for you."
    )


async def test_an_intent_tells_a_stranger_nothing(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    expose(hass, exposed=True)
    user = MockUser(groups=[]).add_to_hass(hass)
    user.mock_policy({"entities": {"entity_ids": {"light.other": True}}})
    assert await ask(hass, "ShemsBattery", user) == "Nothing of that is exposed to Assist for you."


async def test_a_sentence_of_ones_own_asks_by_an_intent(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    """As in a configuration of one's own, which Home Assistant reads them from."""
    config = {"conversation": {"intents": {"ShemsBattery": ["juice check"]}}}
    sentences = get_config_intents(config, hass.config.path())
    conversation.get_agent_manager(hass).update_config_intents(sentences)
    assert (await say(hass, "juice check")).startswith("Battery is at 50 %")


async def test_what_is_not_exposed_is_not_told(hass: HomeAssistant, home: HomeCoordinator) -> None:
    expose(hass, exposed=False)
    assert await say(hass, "How full is the battery?") == (
        "Nothing of that is exposed to Assist for you."
    )
    expose(hass, exposed=True)
    assert "50 %" in await say(hass, "How full is the battery?")


async def test_who_may_not_read_a_home_is_not_told(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    user = MockUser(groups=[]).add_to_hass(hass)
    user.mock_policy({"entities": {"entity_ids": {"light.other": True}}})
    said = await say(hass, "How full is the battery?", Context(user_id=user.id))
    assert said == "Nothing of that is exposed to Assist for you."


async def test_a_home_that_is_gone_is_asked_no_more(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    await hass.config_entries.async_unload(ENTRY_ID)
    await settle(hass)
    said = await say(hass, "Why is the battery charging?")
    assert "Grid energy" not in said
    assert await say(hass, "How full is the battery?") == (
        "Nothing of that is exposed to Assist for you."
    )


# Language models


def asked_by(user: MockUser | None = None) -> llm.LLMContext:
    context = Context(user_id=None if user is None else user.id)
    return llm.LLMContext("test", context, "en", ASSISTANT, None)


async def tools(hass: HomeAssistant, user: MockUser | None = None) -> llm.APIInstance:
    return await llm.async_get_api(hass, llm.LLM_API_ASSIST, asked_by(user))


def ours(api: llm.APIInstance) -> set[str]:
    return {each.name for each in api.tools if each.name.startswith(DOMAIN)}


async def use(api: llm.APIInstance, name: str, **args: Any) -> Any:
    answer = await api.async_call_tool(llm.ToolInput(name, args))
    return getattr(answer, "data", answer)


async def test_a_model_has_tools_for_what_is_exposed(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    expose(hass, exposed=True)
    api = await tools(hass)
    assert ours(api) == {
        SAVINGS,
        "shems__get_batteries",
        "shems__get_prices",
        "shems__get_problems",
        "shems__get_plan",
        "shems__when_to_start",
        "shems__why",
    }
    (told,) = (await use(api, "shems__get_batteries"))["homes"]
    assert told["batteries"][0]["soc_percent"] == 50
    (told,) = (await use(api, "shems__get_prices"))["homes"]
    assert told["cheap_now"] is True
    assert told["cheap_periods"][0]["end"] == "2026-06-10T11:00:00+00:00"
    (told,) = (await use(api, SAVINGS, period="today"))["homes"]
    assert told["period"] == "today"
    told = await use(api, "shems__why", device="Battery")
    assert told["reason"]["code"] in ("charge_for", "charge_cheap")
    told = await use(api, "shems__get_plan", device="Battery")
    assert told["runs"][0]["doing"] == "charge"
    (told,) = (await use(api, "shems__get_problems"))["homes"]
    assert (told["problems"], told["alerts"]) == ([], [])
    told = await use(api, "shems__when_to_start", device="Plug")
    assert told["start"] is None
    expose(hass, exposed=False)
    assert ours(await tools(hass)) == set()


async def test_a_model_asks_for_a_run_in_the_name_of_who_may(
    hass: HomeAssistant, begin: Callable[..., Any]
) -> None:
    home = await begin("appliance", WASHER)
    expose(hass, exposed=True)
    user = MockUser(groups=[]).add_to_hass(hass)
    own = er.async_entries_for_config_entry(er.async_get(hass), ENTRY_ID)
    readable = {each.entity_id: {"read": True} for each in own}
    user.mock_policy({"entities": {"entity_ids": readable}})
    api = await tools(hass, user)
    told = await use(api, "shems__run_appliance", device="Thing")
    assert "error" in told
    assert home.store.control.device(PUMP).runs == ()
    told = await use(await tools(hass), "shems__run_appliance", device="Thing")
    assert told["start"] is not None
    assert len(home.store.control.device(PUMP).runs) == 1


async def test_a_model_tells_a_stranger_nothing(hass: HomeAssistant, home: HomeCoordinator) -> None:
    expose(hass, exposed=True)
    user = MockUser(groups=[]).add_to_hass(hass)
    user.mock_policy({"entities": {"entity_ids": {"light.other": True}}})
    api = await tools(hass, user)
    assert "error" in await use(api, SAVINGS, period="today")
    assert "error" in await use(api, "shems__why", device="Battery")
