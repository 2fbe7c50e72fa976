"""Pages of the contract: where prices come from and what is added to them."""

from collections.abc import Mapping
from datetime import time
from typing import Any, Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    ConfigEntrySelector,
    DateSelector,
    NumberSelector,
    ObjectSelector,
    SelectSelector,
    TextSelector,
    TimeSelector,
)
from homeassistant.util import dt as dt_util

from ..devices.form import (
    MEASURES,
    Data,
    Errors,
    Fields,
    Form,
    check_known,
    choice,
    entities,
    number,
    yes_or_no,
)
from ..sources.prices import PROVIDERS, WITHOUT_MARKET, async_source

_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PERCENT: Final = 100.0
_NETTING: Final = ("net_metering", "net_year")
_OWN_PAGE: Final = ("nordpool", "tibber", "energyzero")


def forms(data: Data) -> tuple[Form, ...]:
    """Return the pages for the source chosen so far."""
    source = str(data.get("source", "fixed"))
    if source in WITHOUT_MARKET:
        return (_SOURCE, _TARIFFS[source])
    return (_SOURCE, _PAGES[source if source in _OWN_PAGE else "entity"], _TARIFFS["market"])


def options(data: Data, currency: str) -> dict[str, Any]:
    """Return the entry's options for what was entered."""
    source = {
        key: data[key]
        for key in ("config_entry", "area", "home", "interval", "entity")
        if key in data
    }
    market = data["source"] not in WITHOUT_MARKET
    return {
        "currency": currency,
        "price_source": {"type": data["source"], **source},
        "buy": _rule(data, "buy", market),
        "sell": _rule(data, "sell", market),
        **{key: data[key] for key in _NETTING if data.get(key) is not None},
    }


def _rule(data: Data, side: str, market: bool) -> dict[str, Any]:
    return {
        "factor": data.get(f"{side}_factor", 1.0) if market else 0.0,
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
    data: dict[str, Any] = {"source": source.pop("type"), **source}
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


def _nothing_wrong(hass: HomeAssistant, data: Data) -> Errors:
    """Return no error."""
    return {}


async def _test(hass: HomeAssistant, data: Data) -> None:
    """Ask the source for prices, as the plan will."""
    source = options(data, hass.config.currency)["price_source"]
    await async_source(
        hass,
        source,
        dt_util.utcnow().timestamp(),
        zone=hass.config.time_zone,
        currency=hass.config.currency,
    )


def _source_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {vol.Required("source"): choice((*PROVIDERS, *WITHOUT_MARKET), "price_source")}


def _nordpool_fields(hass: HomeAssistant, data: Data) -> Fields:
    areas = {
        str(area)
        for entry in hass.config_entries.async_entries("nordpool")
        for area in entry.data.get("areas", ())
    }
    return {
        vol.Required("config_entry"): ConfigEntrySelector({"integration": "nordpool"}),
        vol.Optional("area"): SelectSelector({"options": sorted(areas), "custom_value": True}),
    }


def _tibber_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {vol.Optional("home"): TextSelector()}


def _energyzero_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        vol.Required("config_entry"): ConfigEntrySelector({"integration": "energyzero"}),
        vol.Required("interval", default="hour"): choice(("hour", "quarter"), "price_interval"),
    }


def _entity_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {vol.Required("entity"): entities(*MEASURES, "event")}


def _entity_check(hass: HomeAssistant, data: Data) -> Errors:
    return check_known(hass, data, "entity")


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
        vol.Required("buy_fee"): _money(hass),
        vol.Required("sell_fee", default=0.0): _money(hass),
        **_netting(),
    }


def _tou_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {
        vol.Required("buy_fee"): _money(hass),
        vol.Required("buy_windows"): _windows(hass),
        vol.Required("sell_fee", default=0.0): _money(hass),
        **_netting(),
    }


def _netting() -> Fields:
    return {vol.Optional("net_metering"): yes_or_no(), vol.Optional("net_year"): DateSelector()}


def _windows_check(hass: HomeAssistant, data: Data) -> Errors:
    for window in data.get("buy_windows") or ():
        begin, end = (time.fromisoformat(str(window[key])) for key in ("begin", "end"))
        if begin == end:
            return {"buy_windows": "window_empty"}
    return {}


def _tou_check(hass: HomeAssistant, data: Data) -> Errors:
    if not data.get("buy_windows"):
        return {"buy_windows": "window_missing"}
    return _windows_check(hass, data)


_SOURCE: Final = Form("price_source", _source_fields, _nothing_wrong)
_PAGES: Final = {
    "nordpool": Form("price_nordpool", _nordpool_fields, _nothing_wrong, _test),
    "tibber": Form("price_tibber", _tibber_fields, _nothing_wrong, _test),
    "energyzero": Form("price_energyzero", _energyzero_fields, _nothing_wrong, _test),
    "entity": Form("price_entity", _entity_fields, _entity_check, _test),
}
_TARIFFS: Final = {
    "market": Form("tariff_market", _market_fields, _windows_check),
    "fixed": Form("tariff_fixed", _fixed_fields, _nothing_wrong),
    "tou": Form("tariff_tou", _tou_fields, _tou_check),
}
