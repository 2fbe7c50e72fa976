"""What Home Assistant and SHEMS are told of the simulated devices."""

from collections.abc import Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.translation import async_get_translations

from ..const import COMPLETE, DOMAIN
from ..core.world.household import Household
from ..core.world.plant import BatteryMode
from ..migration import SINGLE
from .complete import TITLES, completed
from .entity import VirtualDevice
from .movables import movables
from .told import Ids, meters, stored

_CONSUMERS: Final = (
    ("living_room", "Living room lamp", (Platform.LIGHT, "living_room")),
    ("kitchen", "Kitchen lamp", (Platform.LIGHT, "kitchen")),
    ("bedroom", "Bedroom lamp", (Platform.LIGHT, "bedroom")),
)
_PREFIX: Final = "sim_"


def is_complete(entry: ConfigEntry) -> bool:
    """Return whether a simulated home has everything there is."""
    return bool(entry.data.get("size") == COMPLETE)


def _unique_id(entry: ConfigEntry, key: str) -> str:
    return f"{entry.entry_id}_{_PREFIX}{key}"


@callback
def async_register_entities(
    hass: HomeAssistant, entry: ConfigEntry, devices: Iterable[VirtualDevice]
) -> None:
    """Register every entity under a name of its own, with what it can do."""
    registry = er.async_get(hass)
    prefix = f"{_PREFIX}{COMPLETE}_" if is_complete(entry) else _PREFIX
    for device in devices:
        for platform, key, facts in device.facts():
            registry.async_get_or_create(
                platform,
                DOMAIN,
                _unique_id(entry, key),
                suggested_object_id=f"{prefix}{key}",
                config_entry=entry,
                **facts,
            )


async def async_names(
    hass: HomeAssistant, entry: ConfigEntry, devices: Iterable[VirtualDevice]
) -> dict[str, str]:
    """Return the names of a complete home's devices, told apart from those of a simple one."""
    if not is_complete(entry):
        return {}
    words = await async_get_translations(hass, hass.config.language, "device", {DOMAIN})
    return {
        device.key: f"{words[f'component.{DOMAIN}.device.sim_{device.key}.name']}"
        f" ({entry.data['name']})"
        for device in devices
    }


def entity_ids(
    hass: HomeAssistant, entry: ConfigEntry, platform: Platform = Platform.SENSOR
) -> dict[str, str]:
    """Return the entities of one platform by key."""
    first = len(_unique_id(entry, ""))
    return {
        each.unique_id[first:]: each.entity_id
        for each in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
        if each.domain == platform and each.unique_id.startswith(_unique_id(entry, ""))
    }


@callback
def async_add_devices(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Configure SHEMS for the simulated devices."""
    ids = partial(entity_ids, hass, entry)
    sensors = ids(Platform.SENSOR)
    devices = (
        ("connection", "Grid", _connection(sensors)),
        ("solar", "Solar roof", _solar(ids)),
        ("battery", "Battery", _battery(ids)),
        *movables(ids),
        *(("load", title, _load(ids, key, switch)) for key, title, switch in _CONSUMERS),
        ("weather", "Outdoors", {"temperature": sensors["outdoor_temperature"]}),
    )
    titles: Mapping[str, str] = {}
    if is_complete(entry):
        titles, devices = TITLES, completed(devices, ids)
    for kind, title, data in devices:
        hass.config_entries.async_add_subentry(
            entry,
            ConfigSubentry(
                data=MappingProxyType(data),
                subentry_type=kind,
                title=titles.get(title, title),
                unique_id=kind if kind in SINGLE else None,
            ),
        )
    contract = {
        "currency": hass.config.currency,
        "buy": {"factor": 1.0, "fee": 0.145, "vat": 0.0, "windows": []},
        "sell": {"factor": 0.9, "fee": 0.0, "vat": 0.0, "windows": []},
        "price_source": {"type": "nordpool_hacs", "entity": sensors["price"]},
    }
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "seeded": True}, options={**contract, **entry.options}
    )


def _connection(sensors: dict[str, str]) -> dict[str, Any]:
    return {
        "grid_power": [sensors["meter_power"]],
        "import_energy": [sensors["grid_import_energy"]],
        "export_energy": [sensors["grid_export_energy"]],
        "import_limit_kw": 17.0,
        "export_limit_kw": 17.0,
    }


def _solar(ids: Ids) -> dict[str, Any]:
    return {
        **meters(ids, "solar"),
        "peak_kw": Household(0).inverter_kw,
        "limit_number": ids(Platform.NUMBER)["solar_limit"],
    }


def _battery(ids: Ids) -> dict[str, Any]:
    return {
        **stored(ids, "battery", Household(0).battery),
        "wear_per_kwh": 0.01,
        "may_discharge_to_grid": True,
        "control": "select",
        "mode_select": ids(Platform.SELECT)["battery_mode"],
        "power_number": ids(Platform.NUMBER)["battery_power"],
        "option_self_consume": BatteryMode.AUTOMATIC.value,
        "option_charge": BatteryMode.CHARGE.value,
        "option_discharge": BatteryMode.DISCHARGE.value,
        "option_hold": BatteryMode.HOLD.value,
        "option_absorb": BatteryMode.ABSORB.value,
        "option_cover": BatteryMode.COVER.value,
        "option_default": BatteryMode.AUTOMATIC.value,
    }


def _load(ids: Ids, key: str, switch: tuple[Platform, str]) -> dict[str, Any]:
    platform, name = switch
    return {**meters(ids, key), "switch": ids(platform)[name]}
