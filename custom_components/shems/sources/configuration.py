"""The configuration: entry and subentries as one frozen value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import cached_property, partial
from typing import Any, Final, TypeIs

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ..conflicts import Claim, refused
from ..core.assets.battery import Battery
from ..core.assets.connection import Connection
from ..core.assets.home import Home
from ..core.assets.kinds import Movable
from ..core.assets.load import Load
from ..core.assets.solar import Solar
from ..core.tariff import PriceRule, Tariff, Window
from ..core.units import InputError
from ..devices import KINDS, Device
from ..devices.controls import without_controls
from ..devices.kind import Asset
from ..devices.setpoint import level_of, range_of
from ..devices.timetable import TIMETABLES
from .error import SourceError
from .surroundings import Surroundings

KIND_HOME: Final = "home"
KIND_SIMULATED: Final = "simulated"

type Subentry = tuple[str, str, str, Mapping[str, Any]]
"""Id, kind, title and data of a device, or of what surrounds the home."""


@dataclass(frozen=True)
class Configuration:
    """All that is configured for one home.

    Attributes:
        entry_id: the config entry's id.
        name: what the household calls the home.
        kind: `home` or `simulated`.
        home: the assets, in the core's terms.
        tariff: the contract.
        zone: IANA name of the home's zone.
        devices: every subentry that is one, in order.
        sell_source: likewise of what selling follows; None where that is what buying follows.
        net_year: first day of any year of net metering; None where none was entered.
        price_source: the type of the price source and its arguments.
        watched: entities of devices whose changes matter to the plan or to dispatch.
        surroundings: see there.
        habits: what the household has said of itself, by the parameters of `Living`.
        contested: devices that are only measured, because another drives their entities, each
            with who does.
    """

    entry_id: str
    name: str
    kind: str
    home: Home
    tariff: Tariff
    zone: str
    devices: tuple[Device, ...]
    price_source: Mapping[str, Any]
    watched: frozenset[str]
    surroundings: Surroundings = field(default_factory=Surroundings)
    net_year: date | None = None
    sell_source: Mapping[str, Any] | None = None
    contested: Mapping[str, Claim] = field(default_factory=dict)
    habits: Mapping[str, float] = field(default_factory=dict)

    @property
    def simulated(self) -> bool:
        """Whether this is a simulated home."""
        return self.kind == KIND_SIMULATED

    def device(self, device_id: str) -> Device | None:
        """Return the device with this id, None where there is none."""
        return next((each for each in self.devices if each.id == device_id), None)

    def of_kind(self, kind: str) -> tuple[Device, ...]:
        """Return the devices of one kind."""
        return tuple(each for each in self.devices if each.kind == kind)

    @cached_property
    def moved(self) -> tuple[Device, ...]:
        """Return the devices that are moved in time."""
        return tuple(each for each in self.devices if KINDS[each.kind].movement is not None)

    @cached_property
    def in_load(self) -> frozenset[str]:
        """The ids of those whose consumption is forecast with the household's load."""
        return frozenset(
            each.id
            for each in self.moved
            if (movement := KINDS[each.kind].movement) is not None and movement.in_load
        )

    def on_one_meter(self, device: Device) -> tuple[Device, ...]:
        """Return the devices that share a heat pump and its meter with one, itself among them."""
        group = next((each for each in self.home.shared if device.id in each), None)
        if group is None:
            return (device,)
        own = _meters(device)
        return tuple(each for each in self.moved if each.id in group and own & _meters(each))

    @property
    def counted_elsewhere(self) -> frozenset[str]:
        """The ids of those whose meter also counts a device before them, as with one pump."""
        return frozenset(
            each.id for each in self.moved if self.on_one_meter(each)[:1] not in ((), (each,))
        )

    @property
    def connection(self) -> Device:
        """The grid connection with its meters."""
        return self.of_kind("connection")[0]


def configuration(hass: HomeAssistant, entry: ConfigEntry) -> Configuration:
    """Return what is configured for a home.

    Raises:
        SourceError: something in it cannot be; the message names the subentry.
    """
    kind = str(entry.data.get("kind", KIND_HOME))
    contested = refused(hass)
    made = configured(
        hass,
        entry.entry_id,
        str(entry.data.get("name", entry.title)),
        entry.options,
        (
            (key, each.subentry_type, each.title, _drivable(each.data, contested.get(key)))
            for key, each in entry.subentries.items()
        ),
        kind=kind,
    )
    own = {key: claim for key, claim in contested.items() if key in entry.subentries}
    return replace(made, contested=own)


def _drivable(data: Mapping[str, Any], contested: Claim | None) -> Mapping[str, Any]:
    """Return a device's fields; without those that drive it where somebody else does."""
    return data if contested is None else without_controls(data)


def configured(
    hass: HomeAssistant,
    entry_id: str,
    name: str,
    options: Mapping[str, Any],
    subentries: Iterable[Subentry],
    *,
    kind: str = KIND_HOME,
) -> Configuration:
    """Return the configuration of a home that is, or is about to be, an entry.

    Raises:
        SourceError: something in it cannot be; the message names the subentry.
    """
    every = tuple(subentries)
    devices = tuple(
        Device(
            device_id,
            device_kind,
            title,
            data,
            simulated=kind == KIND_SIMULATED,
            range_of=partial(range_of, hass),
            level_of=partial(level_of, hass),
        )
        for device_id, device_kind, title, data in every
        if device_kind in KINDS
    )
    contract = tariff(options, hass.config.time_zone, hass.config.currency)
    price_source, sell_source = _sources(options, contract)
    return Configuration(
        entry_id=entry_id,
        name=name,
        kind=kind,
        home=_home(devices, hass.config.time_zone),
        tariff=contract,
        zone=hass.config.time_zone,
        devices=devices,
        price_source=price_source,
        sell_source=sell_source,
        watched=frozenset(_watched(devices)),
        surroundings=Surroundings.of((each, data) for _, each, _, data in every),
        net_year=_net_year(options),
        habits=dict(options.get("habits", {})),
    )


def _sources(
    options: Mapping[str, Any], contract: Tariff
) -> tuple[Mapping[str, Any], Mapping[str, Any] | None]:
    """Return what buying follows, and what selling follows where that is something else.

    Where buying follows no market, what selling follows is the market.
    """
    bought = dict(options.get("price_source", {"type": "fixed"}))
    sold = options.get("sell_source")
    if not sold or not contract.sell.factor:
        return bought, None
    return (bought, dict(sold)) if contract.buy.factor else (dict(sold), None)


def _net_year(options: Mapping[str, Any]) -> date | None:
    day = options.get("net_year") if options.get("net_metering") else None
    return date.fromisoformat(str(day)) if day else None


def _home(devices: tuple[Device, ...], zone: str) -> Home:
    assets = []
    for device in devices:
        try:
            assets.append(KINDS[device.kind].asset(device))
        except InputError as err:
            raise SourceError("device_invalid", device=device.name, detail=str(err)) from err
    connections = [asset for asset in assets if isinstance(asset, Connection)]
    if len(connections) != 1:
        raise SourceError("connection_count", count=len(connections))
    return Home(
        connection=connections[0],
        solar=tuple(asset for asset in assets if isinstance(asset, Solar)),
        batteries=tuple(asset for asset in assets if isinstance(asset, Battery)),
        loads=tuple(asset for asset in assets if isinstance(asset, Load)),
        devices=tuple(asset for asset in assets if is_movable(asset)),
        zone=zone,
        shared=_shared(devices),
        wired={each.id: phase for each in devices if (phase := each.phase) is not None},
    )


def _meters(device: Device) -> set[str]:
    return {*device.entities("power"), *device.entities("energy")}


def _shared(devices: tuple[Device, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the devices that name the same heat pump."""
    groups: dict[str, list[str]] = {}
    for device in devices:
        if pump := str(device.data.get("pump") or "").strip().casefold():
            groups.setdefault(pump, []).append(device.id)
    return tuple(tuple(each) for each in groups.values() if len(each) > 1)


def is_movable(asset: Asset) -> TypeIs[Movable]:
    """Return whether an asset is moved in time."""
    return not isinstance(asset, Connection | Solar | Battery | Load)


def _watched(devices: tuple[Device, ...]) -> set[str]:
    watched = {entity for device in devices for entity in KINDS[device.kind].watched(device)}
    keys = (*TIMETABLES, "confirm")
    watched |= {each for device in devices for key in keys for each in device.entities(key)}
    return watched


def tariff(options: Mapping[str, Any], zone: str, currency: str) -> Tariff:
    """Return the contract in an entry's options.

    Raises:
        SourceError: a rule is missing or a time in it is no time.
    """
    if "buy" not in options or "sell" not in options:
        raise SourceError("tariff_missing")
    return Tariff(
        _rule(options["buy"]),
        _rule(options["sell"]),
        zone,
        str(options.get("currency", currency)),
        net_metering=bool(options.get("net_metering", False)),
    )


def _rule(data: Mapping[str, Any]) -> PriceRule:
    return PriceRule(
        factor=float(data.get("factor", 0.0)),
        fee=float(data.get("fee", 0.0)),
        windows=tuple(_window(window) for window in data.get("windows", ())),
        vat=float(data.get("vat", 0.0)),
    )


def _window(data: Mapping[str, Any]) -> Window:
    try:
        begin, end = (time.fromisoformat(str(data[key])) for key in ("begin", "end"))
    except (KeyError, ValueError) as err:
        raise SourceError("tariff_window_invalid", window=str(dict(data))) from err
    weekdays = tuple(int(day) for day in data.get("weekdays") or range(7))
    end_min = end.hour * 60 + end.minute
    return Window(
        begin.hour * 60 + begin.minute,
        end_min or 24 * 60,  # Midnight as an end is the end of the day.
        float(data.get("fee", 0.0)),
        weekdays,
    )
