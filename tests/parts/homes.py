"""A SHEMS home on real parts, set up and used as its owner would."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from homeassistant.components.energy.data import async_get_manager
from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import async_import_statistics
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from custom_components.shems.coordinator import HomeCoordinator

from .walking import every, labelled, walk

TARIFF = {
    "buy_fee": 0.4,
    "buy_windows": [{"begin": "00:00:00", "end": "11:00:00", "fee": 0.1}],
    "sell_fee": 0.05,
}
"""Cheap until 11:00, dear afterwards: what can be charged is charged now."""
DAYS = 3
HOURLY_KWH = 0.5


def grid(bought: str, sold: str, power: str) -> dict[str, Any]:
    """Return a grid connection as the Energy dashboard keeps it."""
    priced = (
        "stat_cost",
        "entity_energy_price",
        "number_energy_price",
        "stat_compensation",
        "entity_energy_price_export",
        "number_energy_price_export",
    )
    return {
        "type": "grid",
        "stat_energy_from": bought,
        "stat_energy_to": sold,
        "stat_rate": power,
        "cost_adjustment_day": 0.0,
        **dict.fromkeys(priced),
    }


async def dashboard(hass: HomeAssistant, *sources: dict[str, Any]) -> None:
    """Tell the Energy dashboard what there is."""
    assert await async_setup_component(hass, "energy", {})
    manager = await async_get_manager(hass)
    await manager.async_update({"energy_sources": list(sources), "device_consumption": []})  # type: ignore[typeddict-item]  # Sources are kept as they are.


async def remember(hass: HomeAssistant, bought: str, *others: str) -> None:
    """Give the recorder days in which the house bought what it used."""
    hour = dt_util.utcnow().replace(minute=0, second=0, microsecond=0)
    for counter in (bought, *others):
        growth = HOURLY_KWH if counter == bought else 0.0
        metadata = StatisticMetaData(
            mean_type=StatisticMeanType.NONE,
            has_sum=True,
            name=None,
            source="recorder",
            statistic_id=counter,
            unit_class="energy",
            unit_of_measurement="kWh",
        )
        rows = [
            StatisticData(
                start=hour - timedelta(hours=24 * DAYS - count),
                state=50.0 + growth * count,
                sum=growth * count,
            )
            for count in range(24 * DAYS)
        ]
        async_import_statistics(hass, metadata, rows)
    await get_instance(hass).async_block_till_done()


async def set_up(
    hass: HomeAssistant, fields: Mapping[str, Mapping[str, Any]]
) -> tuple[ConfigEntry, str]:
    """Go through the flow of a home that the Energy dashboard knows, and look at every page.

    Return its entry and what the review said was understood.
    """
    flows = hass.config_entries.flow
    answers: dict[str, Mapping[str, Any]] = {
        "user": {"next_step_id": "home"},
        "devices": {"check": every},
        "price_source": {"source": "tou"},
        "tariff_tou": TARIFF,
        "review": {"next_step_id": "finish"},
        **fields,
    }
    first = await flows.async_init("shems", context={"source": "user"})
    result, pages = await walk(flows, first, answers)
    return result["result"], pages[-1]["description_placeholders"]["understood"]


class PartsHome:
    """A home as its owner sees it."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, review: str) -> None:
        """Take over its entry and what the review told of it."""
        self.hass, self.entry, self.review = hass, entry, review

    async def add(self, kind: str, hardware: str | None = None, **fields: Any) -> str:
        """Add a device through its flow, as its hardware is proposed; return its subentry's id."""
        flows = self.hass.config_entries.subentries
        handler = (self.entry.entry_id, kind)
        first = await flows.async_init(handler, context={"source": "user"})
        known = set(self.entry.subentries)
        chosen = {} if hardware is None else {"hardware": labelled(hardware)}
        await walk(flows, first, {"hardware": chosen, kind: fields})
        (subentry_id,) = set(self.entry.subentries) - known
        return subentry_id

    def entity(self, domain: str, key: str, device_id: str | None = None) -> str:
        """Return the id of an entity that SHEMS made, of a device or of the home itself."""
        (found,) = (
            each.entity_id
            for each in er.async_entries_for_config_entry(
                er.async_get(self.hass), self.entry.entry_id
            )
            if each.domain == domain
            and each.config_subentry_id == device_id
            and each.translation_key == key
        )
        return found

    async def allow(self, *device_ids: str) -> None:
        """Let SHEMS drive devices."""
        for each in device_ids:
            await self._call("switch", "turn_on", self.entity("switch", "allow_control", each))

    async def choose(self, device_id: str, mode: str) -> None:
        """Choose a device's mode."""
        entity_id = self.entity("select", "mode", device_id)
        await self._call("select", "select_option", entity_id, option=mode)

    async def _call(self, domain: str, service: str, entity_id: str, **data: Any) -> None:
        await self.hass.services.async_call(
            domain, service, {"entity_id": entity_id, **data}, blocking=True
        )

    @property
    def coordinator(self) -> HomeCoordinator:
        """The clocks of the home."""
        return self.entry.runtime_data.coordinator

    @property
    def loaded(self) -> bool:
        """Whether the home is set up."""
        return self.entry.state is ConfigEntryState.LOADED

    @property
    def status(self) -> str:
        """How the plan came about, empty while the home is not set up."""
        return self.coordinator.data.status if self.loaded else ""

    @property
    def moved(self) -> set[str]:
        """The devices for which there are commands, apart from batteries."""
        return set(self.coordinator.data.moves) if self.loaded else set()

    @property
    def overridden(self) -> set[str]:
        """The devices that are left to who took them."""
        return set(self.coordinator.store.control.overrides)

    @property
    def acknowledged(self) -> bool:
        """Whether SHEMS has seen that its last command was followed."""
        *_, last = self.coordinator.actuator.audit
        return last.outcome == "acknowledged"

    @property
    def problem(self) -> str:
        """The code of what is wrong, empty where nothing is."""
        found = self.coordinator.data.problem
        return "" if found is None else found.code
