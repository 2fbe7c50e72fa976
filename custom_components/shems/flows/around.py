"""Pages of the surroundings: weather, presence and carbon."""

from collections.abc import Callable, Mapping
from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import EntitySelector

from ..convert import celsius
from ..core.units import carbon_g_per_kwh
from ..devices import KINDS
from ..devices.form import MEASURES, Data, Errors, Fields, Form, check_known, check_units, entities
from ..sources import presence
from ..sources.carbon import listed
from ..sources.surroundings import SURROUNDINGS


def forms_of(kind: str) -> Callable[[Data], tuple[Form, ...]]:
    """Return the pages of a kind of subentry: a device's, or what surrounds the home."""
    form = FORMS.get(kind)
    return KINDS[kind].forms if form is None else lambda _: (form,)


def _weather(_hass: HomeAssistant, _data: Data) -> Fields:
    thermometers = EntitySelector({"filter": [{"domain": "sensor", "device_class": "temperature"}]})
    return {
        vol.Optional("weather"): entities("weather"),
        vol.Optional("temperature"): thermometers,
    }


def _check_weather(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_units(hass, data, ("temperature",), celsius, "not_temperature")
    return errors | check_known(hass, data, "weather") | _check_any("weather", data)


def _presence(_hass: HomeAssistant, _data: Data) -> Fields:
    return {vol.Required("presence"): entities(*presence.DOMAINS)}


def _check_presence(hass: HomeAssistant, data: Data) -> Errors:
    return check_known(hass, data, "presence")


def _carbon(_hass: HomeAssistant, _data: Data) -> Fields:
    return {
        vol.Optional("carbon"): entities(*MEASURES),
        vol.Optional("carbon_forecast"): entities(*MEASURES, "event"),
    }


def _check_carbon(hass: HomeAssistant, data: Data) -> Errors:
    errors = check_units(hass, data, ("carbon",), carbon_g_per_kwh, "not_carbon")
    listing = data.get("carbon_forecast")
    if listing and not len(listed(hass, listing, hass.config.time_zone)):
        errors["carbon_forecast"] = "carbon_without_forecast"
    return errors | check_known(hass, data, "carbon_forecast") | _check_any("carbon", data)


def _check_any(kind: str, data: Data) -> Errors:
    """Return an error where nothing is chosen: to have none of it, it is deleted."""
    return {} if any(data.get(each) for each in SURROUNDINGS[kind]) else {"base": "nothing_chosen"}


FORMS: Final[Mapping[str, Form]] = {
    each.step: each
    for each in (
        Form("weather", _weather, _check_weather),
        Form("presence", _presence, _check_presence),
        Form("carbon", _carbon, _check_carbon),
    )
}
"""The page of each kind."""
