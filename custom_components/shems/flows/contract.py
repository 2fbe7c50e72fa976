"""Pages of the contract: where prices come from and what is added to them."""

from collections.abc import Mapping
from datetime import time
from typing import Any, Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    DateSelector,
    NumberSelector,
    ObjectSelector,
    SelectSelector,
    TimeSelector,
)

from ..devices.form import (
    MEASURES,
    Data,
    Errors,
    Fields,
    Form,
    check_known,
    entities,
    number,
    yes_or_no,
)
from ..sources.prices import WITHOUT_MARKET
from .price_source import (
    PAGES,
    SOURCE,
    async_test_selling,
    sell_entered,
    sell_source_of,
    source_of,
)

_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PERCENT: Final = 100.0
_NETTING: Final = ("net_metering", "net_year")
OPTIONS: Final = ("currency", "price_source", "sell_source", "buy", "sell", *_NETTING)
"""The options that are a contract's: a new one leaves none of the old behind."""


def forms(data: Data) -> tuple[Form, ...]:
    """Return the pages for the source chosen so far."""
    source = str(data.get("source", "fixed"))
    if source in WITHOUT_MARKET:
        return (SOURCE, _TARIFFS[source])
    return (SOURCE, PAGES[source], _TARIFFS["market"])


def options(data: Data, currency: str) -> dict[str, Any]:
    """Return the entry's options for what was entered."""
    market = data["source"] not in WITHOUT_MARKET
    sells = sell_source_of(data)
    return {
        "currency": currency,
        "price_source": source_of(data),
        **({} if sells is None else {"sell_source": sells}),
        "buy": _rule(data, "buy", 1.0 if market else 0.0),
        "sell": _rule(data, "sell", 1.0 if market or sells else 0.0),
        **{key: data[key] for key in _NETTING if data.get(key) is not None},
    }


def _rule(data: Data, side: str, factor: float) -> dict[str, Any]:
    return {
        "factor": data.get(f"{side}_factor", factor) if factor else factor,
        "fee": data.get(f"{side}_fee", 0.0),
        "vat": data.get(f"{side}_vat", 0.0) / _PERCENT,
        "windows": [
            {**window, "weekdays": [_WEEKDAYS.index(day) for day in window.get("weekdays", ())]}
            for window in data.get(f"{side}_windows") or ()
        ],
    }


def entered(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what must have been entered for an entry's options."""
    source = dict(options.get("price_source", {"type": "fixed"}))
    data: dict[str, Any] = sell_entered(source, options.get("sell_source"))
    data |= {"source": source.pop("type"), **source}
    data |= {key: options[key] for key in _NETTING if key in options}
    for side in ("buy", "sell"):
        rule = options.get(side, {})
        data |= {
            f"{side}_factor": rule.get("factor", 1.0),
            f"{side}_fee": rule.get("fee", 0.0),
            f"{side}_vat": rule.get("vat", 0.0) * _PERCENT,
            f"{side}_windows": [
                {**window, "weekdays": [_WEEKDAYS[day] for day in window.get("weekdays", ())]}
                for window in rule.get("windows", ())
            ],
        }
    return data


def _money(hass: HomeAssistant) -> NumberSelector:
    return number(f"{hass.config.currency}/kWh", lowest=-1000, highest=1000)


def _windows(hass: HomeAssistant) -> ObjectSelector:
    days = SelectSelector(
        {"options": list(_WEEKDAYS), "multiple": True, "translation_key": "weekday"}
    )
    return ObjectSelector(
        {
            "fields": {
                "begin": {"selector": TimeSelector(), "required": True},
                "end": {"selector": TimeSelector(), "required": True},
                "fee": {"selector": _money(hass), "required": True},
                "weekdays": {"selector": days},
            },
            "multiple": True,
            "label_field": "begin",
            "description_field": "fee",
            "translation_key": "tariff_window",
        }
    )


def _market_fields(hass: HomeAssistant, data: Data) -> Fields:
    factor = number(None, lowest=-10, highest=10)
    vat = number("%", highest=100)
    selling = {
        vol.Required("sell_factor", default=1.0): factor,
        vol.Required("sell_fee", default=0.0): _money(hass),
        vol.Required("sell_vat", default=0.0): vat,
        vol.Optional("sell_windows"): _windows(hass),
        **_sell_entity(),
    }
    return {
        vol.Required("buy_factor", default=1.0): factor,
        vol.Required("buy_fee", default=0.0): _money(hass),
        vol.Required("buy_vat", default=0.0): vat,
        vol.Optional("buy_windows"): _windows(hass),
        vol.Required("selling"): section(vol.Schema(selling), {"collapsed": False}),
        **_netting(),
    }


def _fixed_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        vol.Optional("buy_fee"): _money(hass),  # Required, it would begin at the lowest.
        vol.Required("sell_fee", default=0.0): _money(hass),
        **_sell_entity(),
        **_netting(),
    }


def _tou_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        vol.Optional("buy_fee"): _money(hass),  # Required, it would begin at the lowest.
        vol.Required("buy_windows"): _windows(hass),
        vol.Required("sell_fee", default=0.0): _money(hass),
        vol.Optional("sell_windows"): _windows(hass),
        **_sell_entity(),
        **_netting(),
    }


def _sell_entity() -> Fields:
    return {vol.Optional("sell_entity"): entities(*MEASURES, "event")}


def _netting() -> Fields:
    return {vol.Optional("net_metering"): yes_or_no(), vol.Optional("net_year"): DateSelector()}


def _sell_check(hass: HomeAssistant, data: Data) -> Errors:
    return check_known(hass, data, "sell_entity")


def _windows_check(hass: HomeAssistant, data: Data) -> Errors:
    for key in ("buy_windows", "sell_windows"):
        for window in data.get(key) or ():
            begin, end = (time.fromisoformat(str(window[each])) for each in ("begin", "end"))
            if begin == end:
                return {key: "window_empty"}
    return _sell_check(hass, data)


def _fixed_check(hass: HomeAssistant, data: Data) -> Errors:
    if data.get("buy_fee") is None:
        return {"buy_fee": "price_needed"}
    return _sell_check(hass, data)


def _tou_check(hass: HomeAssistant, data: Data) -> Errors:
    if not data.get("buy_windows"):
        return {"buy_windows": "window_missing"}
    return _fixed_check(hass, data) or _windows_check(hass, data)


_TARIFFS: Final = {
    "market": Form("tariff_market", _market_fields, _windows_check, async_test_selling),
    "fixed": Form("tariff_fixed", _fixed_fields, _fixed_check, async_test_selling),
    "tou": Form("tariff_tou", _tou_fields, _tou_check, async_test_selling),
}
