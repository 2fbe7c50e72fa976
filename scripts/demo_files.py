"""The files of the demo's Home Assistant: user, simulated home, dashboard and network."""

import asyncio
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from homeassistant.auth import auth_manager_from_config, models
from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.auth.models import User
from homeassistant.auth.providers.homeassistant import HassAuthProvider
from homeassistant.components.energy import data as energy
from homeassistant.components.http import config as http
from homeassistant.components.lovelace import dashboard as lovelace
from homeassistant.components.onboarding import STORAGE_VERSION as ONBOARDING_VERSION
from homeassistant.components.onboarding.const import STEPS
from homeassistant.config_entries import (
    STORAGE_KEY,
    STORAGE_VERSION,
    STORAGE_VERSION_MINOR,
    ConfigEntries,
    ConfigEntry,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

SIMPLE: Final = "simple"
COMPLETE: Final = "complete"
HOMES: Final = {
    "both": (SIMPLE, COMPLETE),
    SIMPLE: (SIMPLE,),
    COMPLETE: (COMPLETE,),
}
"""What the demo may begin with, by the word for it on the command line."""

ROOT: Final = Path(__file__).resolve().parent.parent
USER: Final = "demo"
DASHBOARD: Final = "shems-home"
_NAMES: Final = {SIMPLE: "Simulated home", COMPLETE: "Complete home"}
_ICONS: Final = {SIMPLE: "mdi:home-lightning-bolt", COMPLETE: "mdi:home-group"}

CONFIGURATION: Final = """\
# The demo's Home Assistant: what a home needs and nothing that asks the internet.
frontend:
history:
logbook:
energy:
config:
person:

logger:
  default: warning
  logs:
    homeassistant.core: info
    custom_components.shems: info
    # There is no camera here, so nobody misses what serves them.
    haffmpeg: critical
    homeassistant.components.camera.img_util: critical
"""

_METERS: Final = (
    "car",
    "heat_pump",
    "dishwasher",
    "washing_machine",
    "refrigerator",
    "dehumidifier",
)
_LAMPS: Final = ("living_room", "kitchen", "bedroom")
_ADDED: Final = ("small_car", "air_conditioner", "pool_pump", "freezer")
"""What a complete home meters beside what a simple one does."""


@dataclass(frozen=True)
class Access:
    """Who may enter the demo.

    Attributes:
        password: of the user `demo`.
        token: a long-lived one of the same user, by which this script asks what it needs.
    """

    password: str
    token: str


async def prepare(config: Path, homes: tuple[str, ...]) -> Access:
    """Write everything a first start needs: user, place, simulated homes and dashboards.

    Args:
        config: the folder to write to.
        homes: sizes of the homes; the first one's dashboard is the first page, and the Energy
            dashboard is about it.
    """
    hass = HomeAssistant(str(config))
    hass.config_entries = ConfigEntries(hass, {})
    await hass.config_entries.async_initialize()
    dr.async_setup(hass)
    await asyncio.gather(dr.async_load(hass), er.async_load(hass))
    await hass.config.async_update(
        latitude=52.1,
        longitude=5.1,
        elevation=5,
        unit_system="metric",
        location_name="Demo home",
        time_zone="Europe/Amsterdam",
        currency="EUR",
        country="NL",
        language="en",
    )
    user, access = await _user(hass)
    await _store(hass, 2, "person", {"items": [_person(user)]})
    await _store(hass, ONBOARDING_VERSION, "onboarding", {"done": STEPS})
    await _store(hass, 1, "core.analytics", {"onboarded": True, "preferences": {}, "uuid": None})
    entries = {size: _simulated_home(size) for size in homes}
    await Store[dict[str, Any]](
        hass, STORAGE_VERSION, STORAGE_KEY, minor_version=STORAGE_VERSION_MINOR
    ).async_save({"entries": [entry.as_dict() for entry in entries.values()]})
    await _dashboards(hass, {size: entry.entry_id for size, entry in entries.items()})
    await Store[Any](
        hass, energy.STORAGE_VERSION, energy.STORAGE_KEY, minor_version=energy.STORAGE_MINOR_VERSION
    ).async_save(_energy_dashboard(homes[0]))
    # Only this writes what the user's store still holds back.
    await hass.async_stop(force=True)
    return access


def remember(config: Path, access: Access) -> None:
    """Keep who may enter for the next start."""
    (config / "access.json").write_text(json.dumps(asdict(access)))
    (config / "access.json").chmod(0o600)


async def _store(hass: HomeAssistant, version: int, key: str, data: dict[str, Any]) -> None:
    await Store[dict[str, Any]](hass, version, key).async_save(data)


async def _user(hass: HomeAssistant) -> tuple[User, Access]:
    hass.auth = await auth_manager_from_config(hass, [{"type": "homeassistant"}], [])
    (provider,) = hass.auth.auth_providers
    if not isinstance(provider, HassAuthProvider):
        raise TypeError("Home Assistant has no users of its own")
    await provider.async_initialize()
    password = secrets.token_hex(4)
    await provider.async_add_auth(USER, password)
    user = await hass.auth.async_create_user("Demo", group_ids=[GROUP_ID_ADMIN])
    credentials = await provider.async_get_or_create_credentials({"username": USER})
    await hass.auth.async_link_user(user, credentials)
    refresh = await hass.auth.async_create_refresh_token(
        user,
        client_name="scripts/demo",
        token_type=models.TOKEN_TYPE_LONG_LIVED_ACCESS_TOKEN,
        access_token_expiration=timedelta(days=3650),
    )
    return user, Access(password, hass.auth.async_create_access_token(refresh))


def _person(user: User) -> dict[str, Any]:
    return {"id": USER, "name": "Demo", "user_id": user.id, "device_trackers": []}


def _simulated_home(size: str) -> ConfigEntry:
    """Return the entry that the config flow makes for a simulated home."""
    name = _NAMES[size]
    return ConfigEntry(
        domain="shems",
        title=name,
        data={"kind": "simulated", "name": name, "size": size, "seed": 1},
        options={},
        source="user",
        unique_id=None,
        version=1,
        minor_version=1,
        discovery_keys={},  # type: ignore[arg-type]  # A plain mapping is what it becomes.
        subentries_data=None,
    )


async def _dashboards(hass: HomeAssistant, entries: dict[str, str]) -> None:
    """Write a dashboard for each home and open on the first one; one alone is about all homes.

    Args:
        hass: Home Assistant.
        entries: id of the entry by the home's size.
    """
    items: list[dict[str, Any]] = []
    for size, entry_id in entries.items():
        path = DASHBOARD if not items else f"{DASHBOARD}-{size}"
        items.append(
            {
                "id": path.replace("-", "_"),
                "url_path": path,
                "title": "SHEMS" if len(entries) == 1 else _NAMES[size],
                "icon": _ICONS[size],
                "mode": "storage",
                "require_admin": False,
                "show_in_sidebar": True,
            }
        )
        strategy = {"type": "custom:shems"}
        if len(entries) > 1:
            strategy["entry_id"] = entry_id
        await _store(
            hass,
            lovelace.CONFIG_STORAGE_VERSION,
            lovelace.CONFIG_STORAGE_KEY.format(items[-1]["id"]),
            {"config": {"strategy": strategy}},
        )
    await _store(
        hass,
        lovelace.DASHBOARDS_STORAGE_VERSION,
        lovelace.DASHBOARDS_STORAGE_KEY,
        {"items": items},
    )
    await _store(hass, 1, "frontend.system_data", {"core": {"default_panel": DASHBOARD}})


def _energy_dashboard(size: str) -> dict[str, Any]:
    """Return the Energy dashboard's preferences for a simulated home's meters."""
    own = "sim" if size == SIMPLE else f"sim_{size}"
    hub = _NAMES[size].lower().replace(" ", "_")
    grid = {
        "type": "grid",
        "stat_energy_from": f"sensor.{own}_grid_import_energy",
        "stat_energy_to": f"sensor.{own}_grid_export_energy",
        "stat_cost": None,
        "entity_energy_price": f"sensor.{hub}_import_price",
        "number_energy_price": None,
        "stat_compensation": None,
        "entity_energy_price_export": f"sensor.{hub}_export_price",
        "number_energy_price_export": None,
        "stat_rate": f"sensor.{own}_meter_power",
        "cost_adjustment_day": 0.0,
    }
    solar = {
        "type": "solar",
        "stat_energy_from": f"sensor.{own}_solar_energy",
        "stat_rate": f"sensor.{own}_solar_power",
        "config_entry_solar_forecast": None,
    }
    batteries = [_battery(f"sensor.{own}_battery", 10.0)]
    meters: tuple[str, ...] = (*_METERS, *_LAMPS)
    if size == COMPLETE:
        batteries.append(_battery(f"sensor.{own}_plug_battery", 2.0))
        meters = (*meters, *_ADDED)
    devices = [
        {"stat_consumption": f"sensor.{own}_{key}_energy", "stat_rate": f"sensor.{own}_{key}_power"}
        for key in meters
    ]
    return {
        "energy_sources": [grid, solar, *batteries],
        "device_consumption": devices,
        "device_consumption_water": [],
    }


def _battery(sensor: str, capacity_kwh: float) -> dict[str, Any]:
    return {
        "type": "battery",
        "stat_energy_from": f"{sensor}_discharge_energy",
        "stat_energy_to": f"{sensor}_charge_energy",
        "stat_rate": f"{sensor}_power",
        "stat_soc": f"{sensor}_soc",
        "capacity": capacity_kwh,
    }


def listen(config: Path, host: str, port: int) -> None:
    """Write where to listen, whole: in YAML it would ask the user to confirm."""
    stable = http.HTTP_STORAGE_SCHEMA({"server_host": [host], "server_port": port})
    stable |= {
        http.HTTP_CONFIG_CREATED_AT: dt_util.utcnow().isoformat(),
        http.HTTP_CONFIG_ERROR: None,
        http.HTTP_CONFIG_ERROR_MESSAGE: None,
    }
    stored = {
        "version": http.STORAGE_VERSION,
        "minor_version": http.STORAGE_MINOR_VERSION,
        "key": http.STORAGE_KEY,
        "data": {
            http.KEY_STABLE: stable,
            http.KEY_PENDING: None,
            http.KEY_YAML_MIGRATION_DONE: True,
        },
    }
    (config / ".storage" / http.STORAGE_KEY).write_text(json.dumps(stored))


def link(config: Path) -> None:
    """Put the integration where Home Assistant looks for it."""
    folder = config / "custom_components"
    folder.mkdir(exist_ok=True)
    place = folder / "shems"
    if place.is_symlink() or not place.exists():
        place.unlink(missing_ok=True)
        place.symlink_to(ROOT / "custom_components" / "shems", target_is_directory=True)


def known_access(config: Path) -> Access | None:
    """Return who may enter a home that was prepared before."""
    try:
        return Access(**json.loads((config / "access.json").read_text()))
    except OSError, ValueError, TypeError:
        return None
