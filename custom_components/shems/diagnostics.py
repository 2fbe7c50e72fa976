"""Diagnostics: everything a run was made from, without what tells who lives there."""

from typing import Any, Final

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.const import __version__
from homeassistant.core import HomeAssistant

from .community.diagnostics import community_diagnostics
from .core.replay.codec import encode
from .data import ShemsConfigEntry, is_community
from .insight.redacted import async_redaction
from .provenance import learning, provenance
from .values import phrase, problems

TO_REDACT: Final = {
    "battery",
    "device",
    "home",
    "latitude",
    "longitude",
    "name",
    "presence",
    "seed",
    "template",
    "title",
    "unique_id",
    "weather",
}


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: ShemsConfigEntry
) -> dict[str, Any]:
    """Return the diagnostics; `scenario` replays as a test."""
    if is_community(entry):
        return community_diagnostics(entry.runtime_data)
    home = entry.runtime_data.coordinator
    memory, data = home.store.memory, home.data
    scenario = home.planner.scenario
    devices = home.configuration.devices
    told = {
        "home_assistant": __version__,
        "entry": async_redact_data(
            {
                "data": dict(entry.data),
                "options": dict(entry.options),
                "subentries": [
                    {"type": each.subentry_type, "id": each.subentry_id, "data": dict(each.data)}
                    for each in entry.subentries.values()
                ],
            },
            TO_REDACT,
        ),
        "status": data.status,
        "problem": async_redact_data({"problem": phrase(data.problem)}, TO_REDACT)["problem"],
        "problems": async_redact_data({"problems": problems(home)}, TO_REDACT)["problems"],
        "control": encode(home.store.control),
        "readings": encode(data.readings, 4),
        "commands": encode(data.commands, 4),
        "moves": encode(data.moves, 4),
        "audit": encode(tuple(home.actuator.audit), 4),
        "plan": encode(data.plan, 4),
        "learning": learning(home),
        "health": home.health.diagnostics(),
        "provenance": provenance(home),
        "usage": home.usages.diagnostics(),
        "inference": home.inference.diagnostics(),
        "strategy": {
            "choice": encode(home.strategist.choice, 4),
            "shadow": encode(home.strategist.shadow, 4),
        },
        "ledger": memory.ledger.to_json(),
        "slots": encode(memory.slots, 4),
    }
    names = [entry.title, *(each.title for each in entry.subentries.values())]
    redaction = await async_redaction(
        hass, [*names, *(each.name for each in devices)], [each.data for each in devices]
    )
    replayed = None if scenario is None else scenario.anonymous().to_json()
    # Codes in a scenario may read like a name: it has none since it is anonymous.
    plain: dict[str, Any] = redaction.all(told)
    return plain | {"scenario": redaction.ids(replayed)}
