"""What a user may ask of a year with something changed: as a question, and its answer in words."""

from collections.abc import Mapping
from datetime import time
from typing import Any, Final

import probatio as vol
from homeassistant.helpers import config_validation as cv

from .core.peak import PeakTariff
from .core.replay.whatif.question import (
    Answer,
    Band,
    Car,
    Change,
    Community,
    Figures,
    HeatPump,
    Insulation,
    MoreStorage,
    MoreSun,
    OtherTariff,
    Question,
    Setpoint,
    Trip,
    WithoutShems,
)
from .core.series import Series
from .core.tariff import PriceRule, Tariff, Window
from .offers import CAPACITY_SD

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CONTRACTS: Final = ("fixed", "dynamic")
REPLACED: Final = ("fuel", "direct")
_PERCENT: Final = 100.0
_HOURS_TO_FILL: Final = 2.0
"""A battery of which only the capacity is named is filled in two hours, as most are."""
_DIGITS: Final = 4

_AMOUNT: Final = vol.All(vol.Coerce(float), vol.Range(min=0, max=1e6))
_MONEY: Final = vol.All(vol.Coerce(float), vol.Range(min=-1000, max=1000))
_SHARE: Final = vol.All(vol.Coerce(float), vol.Range(min=0, max=100))
_DAYS: Final = vol.All(cv.ensure_list, [vol.In(WEEKDAYS)])
_WINDOW: Final = vol.Schema(
    {
        vol.Required("begin"): cv.time,
        vol.Required("end"): cv.time,
        vol.Required("price"): _MONEY,
        vol.Optional("weekdays", default=[]): _DAYS,
    }
)
_TRIP: Final = vol.Schema(
    {
        vol.Required("leave"): cv.time,
        vol.Required("back"): cv.time,
        vol.Required("energy_kwh"): _AMOUNT,
        vol.Optional("weekdays", default=[]): _DAYS,
    }
)

FIELDS: Final[dict[vol.Marker, Any]] = {
    vol.Optional("battery_kwh"): _AMOUNT,
    vol.Optional("battery_kw"): _AMOUNT,
    vol.Optional("solar_kw"): _AMOUNT,
    vol.Optional("solar_tilt", default=35.0): vol.All(vol.Coerce(float), vol.Range(0, 90)),
    vol.Optional("solar_azimuth", default=180.0): vol.All(vol.Coerce(float), vol.Range(0, 360)),
    vol.Optional("solar_limit_kw"): _AMOUNT,
    vol.Optional("contract"): vol.In(CONTRACTS),
    vol.Optional("buy_price"): _MONEY,
    vol.Optional("sell_price"): _MONEY,
    vol.Optional("windows", default=[]): vol.All(cv.ensure_list, [_WINDOW]),
    vol.Optional("vat", default=0.0): _SHARE,
    vol.Optional("price_entity"): cv.entity_id,
    vol.Optional("peak_price"): _AMOUNT,
    vol.Optional("yearly_fee", default=0.0): vol.Coerce(float),
    vol.Optional("trips"): vol.All(cv.ensure_list, [_TRIP]),
    vol.Optional("charger_kw", default=11.0): _AMOUNT,
    vol.Optional("fuel_cost", default=0.0): _AMOUNT,
    vol.Optional("heat_kwh"): _AMOUNT,
    vol.Optional("replaces", default="fuel"): vol.In(REPLACED),
    vol.Optional("fuel_price", default=0.0): _AMOUNT,
    vol.Optional("fuel_efficiency", default=90.0): vol.All(
        vol.Coerce(float), vol.Range(min=10, max=120)
    ),
    vol.Optional("insulation"): _SHARE,
    vol.Optional("setpoint"): vol.All(vol.Coerce(float), vol.Range(min=-6, max=6)),
    vol.Optional("without_shems", default=False): cv.boolean,
    vol.Optional("community_price"): _AMOUNT,
    vol.Optional("community_fee", default=0.0): _AMOUNT,
    vol.Optional("community_sells", default=50.0): _SHARE,
    vol.Optional("community_buys", default=30.0): _SHARE,
    vol.Optional("price"): vol.All(vol.Coerce(float), vol.Range(min=0, max=1e9)),
    vol.Optional("years", default=64): vol.All(vol.Coerce(int), vol.Range(min=8, max=1024)),
}
"""What may be changed, all at once, and what it costs."""


def question(
    data: Mapping[str, Any],
    present: Tariff,
    peaks: tuple[PeakTariff, ...],
    market: Series | None,
) -> Question:
    """Return what is asked.

    Args:
        data: by `FIELDS`.
        present: the home's contract; what another one leaves open is as in this.
        peaks: what a month's peak costs at present.
        market: what a price entity recorded, None where none is named.

    Raises:
        InputError: nothing is changed, or something to what cannot be.
    """
    made = (
        _battery(data),
        _solar(data),
        _contract(data, present, peaks, market),
        _car(data),
        _heat_pump(data),
        Insulation(data["insulation"] / _PERCENT) if "insulation" in data else None,
        Setpoint(data["setpoint"]) if "setpoint" in data else None,
        WithoutShems() if data["without_shems"] else None,
        _community(data),
    )
    changes = tuple(each for each in made if each is not None)
    return Question(changes, data.get("price"), data["years"])


def _battery(data: Mapping[str, Any]) -> Change | None:
    if "battery_kwh" not in data:
        return None
    capacity = data["battery_kwh"]
    power = data.get("battery_kw", capacity / _HOURS_TO_FILL)
    return MoreStorage(capacity, power, deviation=CAPACITY_SD)


def _solar(data: Mapping[str, Any]) -> Change | None:
    if "solar_kw" not in data:
        return None
    limit = data.get("solar_limit_kw")
    return MoreSun(data["solar_kw"], data["solar_tilt"], data["solar_azimuth"], limit)


def _contract(
    data: Mapping[str, Any],
    present: Tariff,
    peaks: tuple[PeakTariff, ...],
    market: Series | None,
) -> Change | None:
    """Return another contract; one of which only the peak or the fee is named stays else."""
    if not data.keys() & {"contract", "peak_price"} and not data["yearly_fee"]:
        return None
    tariff = present
    if kind := data.get("contract"):
        factor = float(kind == "dynamic")
        windows = tuple(_window(each) for each in data["windows"])
        vat = data["vat"] / _PERCENT
        buy = PriceRule(factor, data.get("buy_price", 0.0), windows, vat)
        sell = PriceRule(factor, data.get("sell_price", 0.0))
        tariff = Tariff(buy, sell, present.zone, present.currency)
    if (peak := data.get("peak_price")) is not None:
        peaks = (PeakTariff(peak),) if peak else ()
    return OtherTariff(tariff, peaks, market, data["yearly_fee"])


def _window(data: Mapping[str, Any]) -> Window:
    end = _minutes(data["end"]) or 24 * 60  # Midnight as an end is the end of the day.
    return Window(_minutes(data["begin"]), end, data["price"], _weekdays(data))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _weekdays(data: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(map(WEEKDAYS.index, data["weekdays"] or WEEKDAYS))


def _car(data: Mapping[str, Any]) -> Change | None:
    if not data.get("trips"):
        return None
    week = tuple(_trip(each, day) for each in data["trips"] for day in _weekdays(each))
    return Car(week, data["charger_kw"], data["fuel_cost"])


def _trip(data: Mapping[str, Any], weekday: int) -> Trip:
    leave, back = (_minutes(data[key]) / 60 for key in ("leave", "back"))
    # Who is back before the hour of leaving is so on the next day.
    return Trip(weekday, leave, back if back > leave else back + 24, data["energy_kwh"])


def _heat_pump(data: Mapping[str, Any]) -> Change | None:
    if "heat_kwh" not in data:
        return None
    efficiency = data["fuel_efficiency"] / _PERCENT
    return HeatPump(data["heat_kwh"], data["replaces"], data["fuel_price"], efficiency)


def _community(data: Mapping[str, Any]) -> Change | None:
    if "community_price" not in data:
        return None
    return Community(
        data["community_price"],
        data["community_fee"],
        data["community_sells"] / _PERCENT,
        data["community_buys"] / _PERCENT,
    )


def told(answer: Answer, currency: str) -> dict[str, Any]:
    """Return an answer as it is told; what is not known is null, what never pays back too."""
    return {
        "currency": currency,
        "saving": _band(answer.saving),
        "payback_years": _band(answer.payback_years),
        "before": _figures(answer.before),
        "after": _figures(answer.after),
        "months": [_number(each) for each in answer.months],
        "assumptions": [
            {"code": each.code, "args": dict(each.args)} for each in answer.assumptions
        ],
        "days": answer.days,
        "years": answer.draws,
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        name: _band(getattr(figures, name))
        for name in (
            "cost",
            "bought_kwh",
            "sold_kwh",
            "self_sufficiency",
            "self_use",
            "cycles",
            "carbon_kg",
        )
    }


def _band(band: Band | None) -> dict[str, float | None] | None:
    if band is None:
        return None
    return {name: _number(getattr(band, name)) for name in ("low", "median", "high")}


def _number(value: float) -> float | None:
    return round(value, _DIGITS) if abs(value) < float("inf") else None
