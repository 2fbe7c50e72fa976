"""Where a simulated home stands, on disk and through the time it was switched off."""

import math
from dataclasses import dataclass, field
from typing import Any, Final

from homeassistant.components.recorder.const import DOMAIN as RECORDER
from homeassistant.components.recorder.history import get_last_state_changes
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance

from ..core.horizon import DAY_S, FINE_S, HOUR_S
from ..core.replay.codec import decode, encode
from ..core.units import Floats
from ..core.world.home import Trace, history
from ..core.world.household import Household
from ..core.world.plant import Controls, Powers, State
from ..files import HomeFile

_LONGEST_S: Final = 14 * DAY_S
"""A home that slept longer goes on from there: its meters need not have run."""

METERS: Final = (
    "grid_import",
    "grid_export",
    "solar",
    "battery_charge",
    "battery_discharge",
    "car",
    "heat_pump",
    "heating",
    "hot_water",
    "dishwasher",
    "washing_machine",
    "refrigerator",
    "dehumidifier",
    "living_room",
    "kitchen",
    "bedroom",
)
ANNEX_METERS: Final = (
    "plug_battery_charge",
    "plug_battery_discharge",
    "small_car",
    "air_conditioner",
    "pool_pump",
    "freezer",
)
"""What a complete home has more."""

_LAMPS: Final = ("living_room", "kitchen", "bedroom")


@dataclass(frozen=True)
class Standing:
    """Where everything stands at one moment.

    Attributes:
        at: epoch seconds.
        totals: kWh on each of the meters.
    """

    at: float
    state: State = field(default_factory=State)
    controls: Controls = field(default_factory=Controls)
    totals: dict[str, float] = field(default_factory=dict)


def meters(household: Household) -> tuple[str, ...]:
    """Return the names of a home's meters."""
    return METERS if household.annex is None else (*METERS, *ANNEX_METERS)


def energy(household: Household, powers: Powers, hours: float) -> dict[str, float]:
    """Return what each of the meters counts while these powers flow."""
    lamps = dict(zip(_LAMPS, powers.lamps, strict=True))
    annex = powers.annex
    flows = {
        "grid_import": max(powers.grid, 0.0),
        "grid_export": max(-powers.grid, 0.0),
        "solar": powers.solar,
        "battery_charge": max(-powers.battery, 0.0),
        "battery_discharge": max(powers.battery, 0.0),
        "heating": powers.heat_pump - powers.hot_water,
        "plug_battery_charge": max(-annex.battery, 0.0),
        "plug_battery_discharge": max(annex.battery, 0.0),
        "small_car": annex.car,
        "air_conditioner": annex.air_conditioner,
        "pool_pump": annex.pool_pump,
        "freezer": annex.freezer,
        **lamps,
    }
    return {
        name: (flows[name] if name in flows else getattr(powers, name)) * hours
        for name in meters(household)
    }


def counted(household: Household, trace: Trace, hours: float) -> dict[str, Floats]:
    """Return what each of the meters counts in each step of a past, kWh, (N,)."""
    flows = {
        "grid_import": trace.grid_kw.clip(min=0.0),
        "grid_export": (-trace.grid_kw).clip(min=0.0),
        "solar": trace.solar_kw,
        "battery_charge": (-trace.battery_kw).clip(min=0.0),
        "battery_discharge": trace.battery_kw.clip(min=0.0),
        "heating": trace.devices_kw["heat_pump"] - trace.hot_water_kw,
        "hot_water": trace.hot_water_kw,
        "plug_battery_charge": (-trace.plug_battery_kw).clip(min=0.0),
        "plug_battery_discharge": trace.plug_battery_kw.clip(min=0.0),
    }
    flows |= trace.devices_kw
    return {name: flows[name] * hours for name in meters(household)}


def lived_through(household: Household, standing: Standing, until: float) -> Standing:
    """Return where the home stands after it went on alone, as meters and people do."""
    begin = max(standing.at, until - _LONGEST_S)
    steps = max(1, math.ceil((until - begin) / FINE_S))
    step_s = (until - begin) / steps
    trace = history(
        household, begin, until, step_s, state=standing.state, controls=standing.controls
    )
    more = counted(household, trace, step_s / HOUR_S)
    totals = {name: standing.totals.get(name, 0.0) + float(kwh.sum()) for name, kwh in more.items()}
    return Standing(until, trace.state, standing.controls, totals)


class Memory:
    """The file of one simulated home."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Name the file after the entry."""
        self._store = HomeFile(hass, entry_id, "simulated")

    async def async_load(self) -> Standing | None:
        """Return where the home stood, None where it is new."""
        return await self._store.async_read(lambda data: decode(Standing, dict(data)))

    async def async_save(self, standing: Standing) -> None:
        """Write and return when it is on disk."""
        data: Any = encode(standing)
        await self._store.async_save(data)

    async def async_remove(self) -> None:
        """Delete the file."""
        await self._store.async_remove()


async def async_never_less(
    hass: HomeAssistant, standing: Standing, shown: dict[str, str]
) -> Standing:
    """Return a standing whose meters show no less than the recorder has seen of them.

    After a crash the file is some seconds older than the last recorded states.

    Args:
        hass: Home Assistant.
        standing: as it was loaded.
        shown: entity of each of the meters.
    """
    if RECORDER not in hass.config.components:
        return standing

    def read() -> dict[str, float]:
        seen: dict[str, float] = {}
        for name, entity_id in shown.items():
            for state in get_last_state_changes(hass, 1, entity_id).get(entity_id, []):
                try:
                    seen[name] = float(state.state)
                except ValueError:
                    continue
        return seen

    seen = await get_instance(hass).async_add_executor_job(read)
    totals = {name: max(total, seen.get(name, 0.0)) for name, total in standing.totals.items()}
    return Standing(standing.at, standing.state, standing.controls, totals)
