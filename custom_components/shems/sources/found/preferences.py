"""The Energy dashboard's preferences: what the household has told Home Assistant already."""

import re
from collections.abc import Container, Iterable, Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr

from ... import presets
from ...const import DOMAIN
from . import battery, powers
from .consumers import async_kinds
from .parts import entry_of, existing, recognised
from .powers import BATTERY, CONSUMER, GRID, SOLAR
from .proposal import Proposal
from .surroundings import forecasts

type Source = Mapping[str, Any]

NAME_GRID: Final = "Grid"
_HARDWARE: Final = frozenset({"solar", "battery", "vehicle", "heating", "water"})
"""Kinds that a set-up has pages for, beside the plain consumer."""
_FLOWS: Final = frozenset({"power", "charge_power", "discharge_power"})


def connection(hass: HomeAssistant, sources: Iterable[Source]) -> Proposal:
    """Return one connection for all grids; without the power of each there is no sum."""
    known = list(sources)
    grids = [each for each in known if each["type"] == "grid"]
    meters = [each.get("stat_energy_from") or each.get("stat_energy_to") for each in grids]
    found = [
        powers.Powers(both=rate)
        if (rate := existing(hass, each.get("stat_rate")))
        else powers.powers(hass, meter, GRID)
        for each, meter in zip(grids, meters, strict=True)
    ]
    home = next((each for each in known if each["type"] == "home"), {})
    sold = [each["stat_energy_to"] for each in grids if each.get("stat_energy_to")]
    signed = all(each.both for each in found)
    pairs = not signed and all(each.gives and not each.both for each in found)
    data = _given(
        grid_power=[each.both for each in found if signed],
        import_power=[each.gives for each in found if pairs],
        export_power=[each.takes for each in found if pairs and each.takes],
        import_energy=[each["stat_energy_from"] for each in grids if each.get("stat_energy_from")],
        export_energy=sold,
        load_power=existing(hass, home.get("stat_rate")),
    )
    # Where energy is sold, one direction alone is half of the truth.
    half = pairs and bool(sold) and not all(each.whole for each in found)
    return Proposal("connection", NAME_GRID, data, ask=half)


def solar(hass: HomeAssistant, source: Source) -> Proposal:
    """Return a solar array; without a forecast of its own it gets that of the whole home."""
    meter = source["stat_energy_from"]
    told = source.get("config_entry_solar_forecast") or ()
    data = _given(
        power=existing(hass, source.get("stat_rate")) or powers.powers(hass, meter, SOLAR).both,
        energy=meter,
        forecast_entries=[each for each in told if _foretells(hass, each)] or forecasts(hass),
    )
    return Proposal("solar", name_of(hass, source, meter), data)


def _foretells(hass: HomeAssistant, entry_id: str) -> bool:
    """Return whether an entry is there to be asked; our own forecast would feed on itself."""
    entry = hass.config_entries.async_get_entry(entry_id)
    return entry is not None and entry.domain != DOMAIN


def stored(hass: HomeAssistant, source: Source) -> Proposal:
    """Return a battery."""
    meter = source["stat_energy_from"]
    rate = existing(hass, source.get("stat_rate"))
    found = powers.Powers(both=rate) if rate else powers.powers(hass, meter, BATTERY)
    pair = found if found.whole else powers.Powers()
    hardware = recognised(hass, meter, "battery")
    told = hardware.data if hardware else battery.control(hass, meter)
    flow = _given(power=pair.both, charge_power=pair.takes, discharge_power=pair.gives)
    data = _given(
        soc=battery.state_of_charge(hass, meter),
        capacity_kwh=battery.capacity_kwh(hass, meter),
        **battery.limits(hass, meter),
    )
    # One sensor with a sign and a pair beside it would count the power twice.
    data |= {key: each for key, each in told.items() if key not in _FLOWS or not flow}
    data |= flow | _given(
        soc=existing(hass, source.get("stat_soc")),
        charged_energy=source["stat_energy_to"],
        discharged_energy=meter,
        capacity_kwh=source.get("capacity"),
    )
    return Proposal("battery", name_of(hass, source, meter), data)


async def async_consumers(hass: HomeAssistant, source: Source) -> list[Proposal]:
    """Return a consumer, as other kinds than a load where the registry makes that plain."""
    meter = source["stat_consumption"]
    power = existing(hass, source.get("stat_rate"))
    found = []
    for kind, known in (await async_kinds(hass, meter)).items():
        name = name_of(hass, source, meter, of_device=kind != "load")
        if "pump" in known:
            known["pump"] = name
        data = _given(
            power=power or known.get("power") or powers.powers(hass, meter, CONSUMER).both,
            energy=meter,
        )
        part = "included_in_stat" in source
        found.append(Proposal(kind, _named(hass, kind, known, name), known | data, part=part))
    return found


def _named(hass: HomeAssistant, kind: str, known: Mapping[str, Any], name: str) -> str:
    """Return a name; the tank of a pump that warms rooms too is called by its own."""
    tank = hass.states.get(known["thermostat"]) if kind == "water" and "pump" in known else None
    return tank.name if tank else name


def hardware(hass: HomeAssistant, known: Container[str]) -> list[Proposal]:
    """Return well-known hardware of the kinds that the dashboard does not name.

    Of the others a second proposal could be the same device by another meter. What is no more
    than a consumer is left to the household.
    """
    return [
        Proposal(each.kind, each.name, each.data)
        for each in presets.found(hass)
        if each.kind in _HARDWARE and each.kind not in known
    ]


def _given(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value}


def name_of(hass: HomeAssistant, source: Source, meter: str, *, of_device: bool = True) -> str:
    """Return the dashboard's name for a source, else its device's or its meter's."""
    state = hass.states.get(meter)
    entry = entry_of(hass, meter)
    device_id = entry.device_id if entry and of_device else None
    device = dr.async_get(hass).async_get(device_id) if device_id else None
    names = (
        source.get("name"),
        device and (device.name_by_user or device.name),
        state and state.name,
        entry and (entry.name or entry.original_name),
    )
    return next((_plain(str(name)) for name in names if name), meter)


def _plain(name: str) -> str:
    """Return what a meter's name says of its device: the washer of `Washer energy`."""
    return re.sub(r"[\s_]+energy(?: (?:consumption|total|used))?$", "", name, flags=re.IGNORECASE)
