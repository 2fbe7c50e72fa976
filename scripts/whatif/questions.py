"""Questions as words of a command line."""

import argparse
import re
from collections.abc import Callable
from typing import Final

from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.replay.run import protocol_tariff
from custom_components.shems.core.replay.whatif.question import (
    Car,
    Change,
    Community,
    HeatPump,
    Insulation,
    MoreStorage,
    MoreSun,
    OtherTariff,
    Setpoint,
    Trip,
    WithoutShems,
)

from ..simulation.arguments import battery

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBER: Final = r"(-?\d+(?:\.\d+)?)"
HELP: Final = """what is changed, several at once if repeated:
battery=10kWh:5kW | solar=5kWp:35:180 (tilt, direction) | tariff=spot (tou, flat) |
tariff=tou:peaks=50 (a month's highest kW) | car=mon-fri@7-17.5:8kWh,sat@10-14:15kWh |
heat-pump=12000kWh:0.11 (heat a year, price of the fuel) | heat-pump=12000kWh:direct |
insulation=20%% | setpoint=-1K | community=0.15:0.10 (price, fee) | without-shems"""


def change(text: str) -> Callable[[str], Change]:
    """Return a change of the home, which still asks for the home's zone."""
    kind, _, value = text.partition("=")
    if kind not in _KINDS:
        raise argparse.ArgumentTypeError(f"{text!r} asks for none of {', '.join(_KINDS)}")
    _KINDS[kind](value, "UTC")  # What cannot be read is told before any file is opened.
    return lambda zone: _KINDS[kind](value, zone)


def _battery(value: str, _zone: str) -> Change:
    return MoreStorage(*battery(value))


def _solar(value: str, _zone: str) -> Change:
    peak, tilt, azimuth = _numbers("solar", f"{_NUMBER}kWp(?::{_NUMBER}:{_NUMBER})?", value)
    return MoreSun(
        peak or 0.0, 35.0 if tilt is None else tilt, 180.0 if azimuth is None else azimuth
    )


def _tariff(value: str, zone: str) -> Change:
    name, _, peaks = value.partition(":peaks=")
    priced = (PeakTariff(float(peaks)),) if peaks else ()
    return OtherTariff(protocol_tariff(name, zone, "EUR"), priced)


def _car(value: str, _zone: str) -> Change:
    trips = []
    for part in value.split(","):
        match = re.fullmatch(r"(\w{3})(?:-(\w{3}))?@([\d.]+)-([\d.]+):([\d.]+)kWh", part)
        if not match or match[1] not in _DAYS or (match[2] or match[1]) not in _DAYS:
            raise argparse.ArgumentTypeError(f"{part!r} is no trip like mon-fri@7-17.5:8kWh")
        first, last = _DAYS.index(match[1]), _DAYS.index(match[2] or match[1])
        trips += [
            Trip(day, float(match[3]), float(match[4]), float(match[5]))
            for day in range(first, last + 1)
        ]
    return Car(tuple(trips))


def _heat_pump(value: str, _zone: str) -> Change:
    if value.endswith(":direct"):
        (heat,) = _numbers("heat-pump", f"{_NUMBER}kWh", value.removesuffix(":direct"))
        return HeatPump(heat or 0.0, "direct")
    heat, price = _numbers("heat-pump", f"{_NUMBER}kWh:{_NUMBER}", value)
    return HeatPump(heat or 0.0, fuel_price=price or 0.0)


def _insulation(value: str, _zone: str) -> Change:
    share, heating = _numbers("insulation", f"{_NUMBER}%(?::{_NUMBER}kWh)?", value)
    return Insulation((share or 0.0) / 100, heating)


def _setpoint(value: str, _zone: str) -> Change:
    warmer, heating = _numbers("setpoint", f"{_NUMBER}K(?::{_NUMBER}kWh)?", value)
    return Setpoint(warmer or 0.0, heating)


def _community(value: str, _zone: str) -> Change:
    price, fee = _numbers("community", f"{_NUMBER}(?::{_NUMBER})?", value)
    return Community(price or 0.0, fee or 0.0)


def _numbers(kind: str, pattern: str, value: str) -> list[float | None]:
    match = re.fullmatch(pattern, value)
    if not match:
        raise argparse.ArgumentTypeError(f"{kind}={value} cannot be read; see --help")
    return [None if each is None else float(each) for each in match.groups()]


_KINDS: Final[dict[str, Callable[[str, str], Change]]] = {
    "battery": _battery,
    "solar": _solar,
    "tariff": _tariff,
    "car": _car,
    "heat-pump": _heat_pump,
    "insulation": _insulation,
    "setpoint": _setpoint,
    "community": _community,
    "without-shems": lambda _value, _zone: WithoutShems(),
}
