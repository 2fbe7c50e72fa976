"""The Energy dashboard's preferences: what the household has told Home Assistant already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from homeassistant.components.energy.data import async_get_manager
from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import ATTR_DEVICE_CLASS
from homeassistant.core import HomeAssistant, valid_entity_id
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er

type Source = Mapping[str, Any]


@dataclass(frozen=True)
class Proposal:
    """A device found in the preferences.

    Attributes:
        kind: one of the kinds of devices.
        name: what the household calls it.
        data: the fields of its form that are known.
        part: whether another device's meter counts it already.
    """

    kind: str
    name: str
    data: dict[str, Any]
    part: bool = False


@dataclass(frozen=True)
class Found:
    """What the Energy dashboard knows of the home.

    Attributes:
        connection: fields of the connection's form.
        devices: solar arrays, batteries and consumers.
        price_entity, price: how the dashboard prices what is bought.
        export_price: what it counts for a kilowatt-hour sold.
    """

    connection: dict[str, Any] = field(default_factory=dict)
    devices: tuple[Proposal, ...] = ()
    price_entity: str | None = None
    price: float | None = None
    export_price: float | None = None


async def async_found(hass: HomeAssistant) -> Found | None:
    """Return what the dashboard knows; None where it is absent or empty."""
    if "energy" not in hass.config.components:
        return None
    data = (await async_get_manager(hass)).data
    if data is None:
        return None
    sources: list[Source] = [*data["energy_sources"]]
    consumers: list[Source] = [*data["device_consumption"]]
    if not sources and not consumers:
        return None
    grids = [each for each in sources if each["type"] == "grid"]
    priced = next((each for each in grids if _price(each) != (None, None)), {})
    entity, price = _price(priced)
    return Found(
        connection=_connection(hass, grids, sources),
        devices=(
            *(_solar(hass, each) for each in sources if each["type"] == "solar"),
            *(_battery(hass, each) for each in sources if each["type"] == "battery"),
            *(_load(hass, each) for each in consumers),
        ),
        price_entity=entity,
        price=price,
        export_price=priced.get("number_energy_price_export"),
    )


def _price(grid: Source) -> tuple[str | None, float | None]:
    return grid.get("entity_energy_price"), grid.get("number_energy_price")


def _connection(
    hass: HomeAssistant, grids: Iterable[Source], sources: Iterable[Source]
) -> dict[str, Any]:
    """Return one connection for all grids; without the power of each there is no sum."""
    powers = [_power(hass, each, "stat_energy_from") for each in grids]
    known = [power for power in powers if power]
    home = next((each for each in sources if each["type"] == "home"), {})
    return _given(
        grid_power=known if len(known) == len(powers) else [],
        import_energy=[each["stat_energy_from"] for each in grids if each.get("stat_energy_from")],
        export_energy=[each["stat_energy_to"] for each in grids if each.get("stat_energy_to")],
        load_power=_entity(hass, home.get("stat_rate")),
    )


def _solar(hass: HomeAssistant, source: Source) -> Proposal:
    data = _given(
        power=_power(hass, source, "stat_energy_from"),
        energy=source["stat_energy_from"],
        forecast_entries=source.get("config_entry_solar_forecast"),
    )
    return Proposal("solar", _name(hass, source, "stat_energy_from"), data)


def _battery(hass: HomeAssistant, source: Source) -> Proposal:
    data = _given(
        soc=_entity(hass, source.get("stat_soc"))
        or _sibling(hass, source["stat_energy_from"], SensorDeviceClass.BATTERY),
        power=_power(hass, source, "stat_energy_from"),
        charged_energy=source["stat_energy_to"],
        discharged_energy=source["stat_energy_from"],
        capacity_kwh=source.get("capacity"),
    )
    return Proposal("battery", _name(hass, source, "stat_energy_from"), data)


def _load(hass: HomeAssistant, source: Source) -> Proposal:
    data = _given(power=_power(hass, source, "stat_consumption"), energy=source["stat_consumption"])
    name = _name(hass, source, "stat_consumption", of_device=False)
    return Proposal("load", name, data, part="included_in_stat" in source)


def _given(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value}


def _entity(hass: HomeAssistant, statistic_id: str | None) -> str | None:
    """Return a statistic's entity; an external statistic has none."""
    if statistic_id is None or not valid_entity_id(statistic_id):
        return None
    exists = hass.states.get(statistic_id) or er.async_get(hass).async_get(statistic_id)
    return statistic_id if exists else None


def _power(hass: HomeAssistant, source: Source, meter: str) -> str | None:
    """Return the power sensor of a source, else the only one of its meter's device.

    With an inverted or a pair of sensors the dashboard has made one with the right sign,
    and `stat_rate` names it.
    """
    return _entity(hass, source.get("stat_rate")) or _sibling(
        hass, source.get(meter), SensorDeviceClass.POWER
    )


def _sibling(
    hass: HomeAssistant, statistic_id: str | None, device_class: SensorDeviceClass
) -> str | None:
    registry = er.async_get(hass)
    entry = registry.async_get(statistic_id) if statistic_id else None
    if entry is None or entry.device_id is None:
        return None
    found = [
        each.entity_id
        for each in er.async_entries_for_device(registry, entry.device_id)
        if each.domain == "sensor" and _class(hass, each) == device_class
    ]
    return found[0] if len(found) == 1 else None


def _class(hass: HomeAssistant, entry: er.RegistryEntry) -> str | None:
    state = hass.states.get(entry.entity_id)
    given = state.attributes.get(ATTR_DEVICE_CLASS) if state else None
    return given or entry.device_class or entry.original_device_class


def _name(hass: HomeAssistant, source: Source, meter: str, *, of_device: bool = True) -> str:
    """Return the dashboard's name for a source, else its device's or its meter's."""
    statistic_id = str(source[meter])
    state = hass.states.get(statistic_id)
    entry = er.async_get(hass).async_get(statistic_id)
    device_id = entry.device_id if entry and of_device else None
    device = dr.async_get(hass).async_get(device_id) if device_id else None
    names = (
        source.get("name"),
        device and (device.name_by_user or device.name),
        state and state.name,
        entry and (entry.name or entry.original_name),
    )
    return next((str(name) for name in names if name), statistic_id)
