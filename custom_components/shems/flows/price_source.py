"""Pages of the price sources: what each is asked through, and a try before it is kept."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    ConfigEntrySelector,
    EntitySelector,
    SelectSelector,
    TemplateSelector,
    TextSelector,
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
    yes_or_no,
)
from ..sources.error import SourceError
from ..sources.prices import OFFERED_AS, PROVIDERS, WITHOUT_MARKET, async_source
from ..sources.prices.omie import COUNTRIES
from ..sources.prices.question import ALL_IN, SELL

CHOICES: Final = (*(each for each in PROVIDERS if each not in OFFERED_AS), *WITHOUT_MARKET)
"""What may be chosen; an entity of its own for selling is read as what it shows."""
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "nordpool": ("config_entry", "area"),
    "tibber": ("home",),
    "energyzero": ("config_entry", "interval", "price_type"),
    "easyenergy": ("config_entry", "interval", "price_type"),
    "omie": ("country",),
    "green_planet": ("config_entry",),
    "amber": ("config_entry",),
    "entsoe": ("config_entry",),
    "template": ("template", "unit"),
    **dict.fromkeys(WITHOUT_MARKET, ()),
}
"""What sources are told beside their type; all others are told an entity."""
_INTEGRATIONS: Final = {
    "nordpool_hacs": "nordpool",
    "energidata": "energidataservice",
    "epex": "epex_spot",
    "octopus": "octopus_energy",
    "pvpc": "pvpc_hourly_pricing",
}


def source_of(data: Data) -> dict[str, Any]:
    """Return the price source that was entered."""
    keys = _KEYS.get(data["source"], ("entity",))
    return {"type": data["source"], **{key: data[key] for key in keys if key in data}}


def sell_source_of(data: Data) -> dict[str, Any] | None:
    """Return the source of what selling brings, None where it follows what buying costs."""
    if entity := data.get("sell_entity"):
        return {"type": "entity", "entity": entity}
    provider = PROVIDERS.get(str(data.get("source")))
    if provider is not None and provider.sells and data.get("sell_apart"):
        return {**source_of(data), "side": SELL}
    return None


def sell_entered(source: Mapping[str, Any], sells: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what must have been entered for a source of what selling brings."""
    if sells is not None and "side" not in sells:
        return {"sell_entity": sells.get("entity")}
    provider = PROVIDERS.get(str(source.get("type")))
    if provider is not None and provider.sells:
        return {"sell_apart": sells is not None}
    return {}


async def async_test(hass: HomeAssistant, data: Data) -> None:
    """Ask the source for prices, as the plan will, and that of selling where it is apart."""
    await _async_try(hass, source_of(data))
    if (sells := sell_source_of(data)) is not None:
        await _async_try(hass, sells)


async def async_test_selling(hass: HomeAssistant, data: Data) -> None:
    """Ask the entity that tells what selling brings."""
    if data.get("sell_entity"):
        await _async_try(hass, {"type": "entity", "entity": data["sell_entity"]})


async def _async_try(hass: HomeAssistant, source: Mapping[str, Any]) -> None:
    """Ask a source; one that lacks the price of now may be the wrong one of several."""
    now = dt_util.utcnow().timestamp()
    found = await async_source(
        hass, source, now, zone=hass.config.time_zone, currency=hass.config.currency
    )
    if found.at(now) is None:
        raise SourceError("price_empty", source=str(source.get("entity", source["type"])))


def nothing_wrong(hass: HomeAssistant, data: Data) -> Errors:
    """Return no error."""
    return {}


def _source_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {vol.Required("source"): choice(CHOICES, "price_source")}


def _entry(integration: str) -> Fields:
    return {vol.Required("config_entry"): ConfigEntrySelector({"integration": integration})}


def _of_entry(integration: str) -> Callable[[HomeAssistant, Data], Fields]:
    def fields(hass: HomeAssistant, data: Data) -> Fields:
        return _entry(integration)

    return fields


def _nordpool_fields(hass: HomeAssistant, data: Data) -> Fields:
    areas = {
        str(area)
        for entry in hass.config_entries.async_entries("nordpool")
        for area in entry.data.get("areas", ())
    }
    return {
        **_entry("nordpool"),
        vol.Optional("area"): SelectSelector({"options": sorted(areas), "custom_value": True}),
    }


def _tibber_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {vol.Optional("home"): TextSelector()}


def _kinds() -> Fields:
    return {
        vol.Required("interval", default="hour"): choice(("hour", "quarter"), "price_interval"),
        vol.Required("price_type", default="market"): choice(("market", ALL_IN), "price_type"),
    }


def _energyzero_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {**_entry("energyzero"), **_kinds()}


def _apart() -> Fields:
    return {vol.Required("sell_apart", default=True): yes_or_no()}


def _easyenergy_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {**_entry("easyenergy"), **_kinds(), **_apart()}


def _amber_fields(hass: HomeAssistant, data: Data) -> Fields:
    return {**_entry("amberelectric"), **_apart()}


def _omie_fields(hass: HomeAssistant, data: Data) -> Fields:
    countries = choice(COUNTRIES, "price_country")
    return {vol.Required("country", default=COUNTRIES[0]): countries}


def _entity_fields(hass: HomeAssistant, data: Data) -> Fields:
    integration = _INTEGRATIONS.get(str(data.get("source")))
    if integration is None:
        return {vol.Required("entity"): entities(*MEASURES, "event")}
    domains = ["sensor", "event"]
    chosen = EntitySelector(
        {"domain": domains, "filter": [{"integration": integration, "domain": domains}]}
    )
    return {vol.Required("entity"): chosen}


def _entity_check(hass: HomeAssistant, data: Data) -> Errors:
    return check_known(hass, data, "entity")


def _template_fields(hass: HomeAssistant, data: Data) -> Fields:
    currency = hass.config.currency
    units = [f"{currency}/kWh", "ct/kWh", f"{currency}/MWh"]
    return {
        vol.Required("template"): TemplateSelector(),
        vol.Required("unit", default=units[0]): SelectSelector(
            {"options": units, "custom_value": True}
        ),
    }


SOURCE: Final = Form("price_source", _source_fields, nothing_wrong)
_ENTITY: Final = Form("price_entity", _entity_fields, _entity_check, async_test)
PAGES: Final = {
    "nordpool": Form("price_nordpool", _nordpool_fields, nothing_wrong, async_test),
    "tibber": Form("price_tibber", _tibber_fields, nothing_wrong, async_test),
    "energyzero": Form("price_energyzero", _energyzero_fields, nothing_wrong, async_test),
    "easyenergy": Form("price_easyenergy", _easyenergy_fields, nothing_wrong, async_test),
    "omie": Form("price_omie", _omie_fields, nothing_wrong, async_test),
    "green_planet": Form(
        "price_green_planet", _of_entry("green_planet_energy"), nothing_wrong, async_test
    ),
    "amber": Form("price_amber", _amber_fields, nothing_wrong, async_test),
    "entsoe": Form("price_entsoe", _of_entry("entsoe"), nothing_wrong, async_test),
    "pvpc": Form("price_pvpc", _entity_fields, _entity_check, async_test),
    "octopus": Form("price_octopus", _entity_fields, _entity_check, async_test),
    "energidata": Form("price_energidata", _entity_fields, _entity_check, async_test),
    "epex": Form("price_epex", _entity_fields, _entity_check, async_test),
    "nordpool_hacs": Form("price_nordpool_hacs", _entity_fields, _entity_check, async_test),
    "attributes": _ENTITY,
    "sensor": _ENTITY,
    "template": Form("price_template", _template_fields, nothing_wrong, async_test),
}
"""The page of each source."""
