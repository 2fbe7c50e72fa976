"""What a battery is besides its meters and limits, and what is asked of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Final

import probatio as vol
from homeassistant.helpers.selector import ObjectSelector, TimeSelector

from ..core.assets.battery import Battery
from ..core.assets.curve import Segment
from ..core.assets.goal import Goal
from ..core.plan.result import Mode
from .battery_control import forces
from .device import Device
from .form import Data, Errors, number, percent, table, wired, yes_or_no
from .look import at_minute, local
from .settings import DeviceSettings

_AHEAD_DAYS: Final = 4
"""Further than any plan looks."""
_DC_EFFICIENCY: Final = 0.97
"""Of the converter between modules and battery in common hybrid inverters."""


def details(currency: str) -> vol.Schema:
    """Make the fields."""
    return vol.Schema(
        {
            vol.Required("charge_efficiency", default=95.0): number("%", lowest=50, highest=100),
            vol.Required("discharge_efficiency", default=95.0): number("%", lowest=50, highest=100),
            vol.Optional("charge_segments"): _segments(),
            vol.Optional("discharge_segments"): _segments(),
            vol.Required("min_soc", default=0.0): percent(),
            vol.Required("max_soc", default=100.0): percent(),
            vol.Required("reserve_soc", default=10.0): percent(),
            vol.Required("wear_per_kwh", default=0.01): number(f"{currency}/kWh", highest=1000),
            vol.Required("may_charge_from_grid", default=True): yes_or_no(),
            vol.Required("may_discharge_to_grid", default=True): yes_or_no(),
            vol.Optional("phase"): wired(),
            vol.Optional("blackout_soc"): percent(),
            vol.Optional("full_by"): TimeSelector(),
            vol.Optional("full_soc"): percent(),
            vol.Optional("standby_w"): number("W", highest=1000),
            vol.Optional("idle_w"): number("W", highest=5000),
            vol.Optional("taper_soc"): percent(),
            vol.Optional("taper_kw"): number("kW", highest=1000),
            vol.Optional("inverter_kw"): number("kW", lowest=0.01, highest=1000),
            vol.Optional("solar_share"): percent(),
        }
    )


def _segments() -> ObjectSelector:
    """Make a table of efficiencies that change with power."""
    return table(
        "segments",
        {
            "up_to_kw": number("kW", lowest=0.01, highest=1000),
            "efficiency": number("%", lowest=30, highest=100),
        },
    )


def check_details(data: Data) -> Errors:
    """Return what is wrong with them."""
    errors: Errors = {}
    if (data.get("taper_kw") or 0.0) > (data.get("charge_kw") or 0.0):
        errors["base"] = "taper_above_charge"
    for way in ("charge", "discharge"):
        if _unfit(data.get(f"{way}_segments") or (), data.get(f"{way}_kw") or 0.0):
            errors["base"] = "segments_unfit"
    if data.get("min_soc", 0) >= data.get("max_soc", 100):
        errors["base"] = "min_above_max"
    return errors


def _unfit(rows: Iterable[Data], most_kw: float) -> bool:
    """Return whether rows of efficiencies do not rise to the limit, or one is better than before.

    What is lost at low power is the idle draw's.
    """
    ends = [float(row["up_to_kw"]) for row in rows]
    shares = [float(row["efficiency"]) for row in rows]
    rising = all(a < b for a, b in pairwise(ends)) and ends[-1:] >= [most_kw][: len(ends)]
    return not rising or any(a < b for a, b in pairwise(shares))


def asset(device: Device) -> Battery:
    """Return the battery; raise InputError for parameters that none has."""
    return Battery(
        device.id,
        device.name,
        capacity_kwh=device.number("capacity_kwh", 0.0),
        charge_kw=device.number("charge_kw", 0.0),
        discharge_kw=device.number("discharge_kw", 0.0),
        charge_efficiency=device.fraction("charge_efficiency", 0.95),
        discharge_efficiency=device.fraction("discharge_efficiency", 0.95),
        min_soc=device.fraction("min_soc", 0.0),
        max_soc=device.fraction("max_soc", 1.0),
        reserve_soc=device.fraction("reserve_soc", 0.0),
        wear_per_kwh=device.number("wear_per_kwh", 0.0),
        may_charge_from_grid=device.flag("may_charge_from_grid", True)
        and forces(device, Mode.CHARGE),
        may_discharge_to_grid=device.flag("may_discharge_to_grid", True)
        and forces(device, Mode.DISCHARGE),
        blackout_soc=device.fraction("blackout_soc", 0.0),
        charge_segments=_segments_of(device, "charge_segments"),
        discharge_segments=_segments_of(device, "discharge_segments"),
        standby_kw=device.number("standby_w", 0.0) / 1000,
        idle_kw=device.number("idle_w", 0.0) / 1000,
        taper_soc=device.fraction("taper_soc", 1.0),
        taper_kw=device.number("taper_kw", 0.0),
        inverter_kw=device.number("inverter_kw", 0.0) or None,
        solar_share=device.fraction("solar_share", 0.0),
        # The way from the modules is never worse than that from the grid.
        dc_efficiency=max(_DC_EFFICIENCY, device.fraction("charge_efficiency", 0.95)),
    )


def _segments_of(device: Device, key: str) -> tuple[Segment, ...]:
    return tuple(
        Segment(row.number("up_to_kw", 0.0), row.fraction("efficiency", 1.0))
        for row in device.rows(key)
    )


def asked_of(
    device: Device, battery: Battery, settings: DeviceSettings, zone: str, at: float
) -> Battery:
    """Return a battery with the reserve its user chose, and with what is asked of it from now on.

    What its form wants every day is asked for the coming days.
    """
    reserve = battery.reserve_soc if settings.reserve is None else settings.reserve
    goals = [each for each in settings.goals if each.at > at]
    if device.data.get("full_by") is not None:
        minute, today = device.minutes("full_by", 0), local(at, zone).date()
        wanted = device.fraction("full_soc", 1.0) * battery.capacity_kwh
        daily = (at_minute(today + timedelta(days=day), minute, zone) for day in range(_AHEAD_DAYS))
        goals += [Goal(time, wanted) for time in daily if time > at]
    demands = tuple(each for each in settings.demands if each.end > at)
    return replace(battery, reserve_soc=reserve, goals=tuple(goals), demands=demands)
