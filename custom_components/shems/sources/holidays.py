"""Public holidays of the home's country, from the library that Home Assistant brings along."""

import importlib
from datetime import date, timedelta
from typing import Any, Final

from homeassistant.const import CONF_COUNTRY
from homeassistant.core import HomeAssistant

from ..const import LOGGER

_EPOCH: Final = date(1970, 1, 1)
_REGIONAL: Final = ("workday", "holiday")
"""Integrations in which a household has told where it lives, more closely than its country."""


async def async_holidays(hass: HomeAssistant, first: date, last: date) -> frozenset[int]:
    """Return the holidays between two days, numbered from 1970; none where they are unknown."""
    country, province, without, beside = _place(hass)
    if country is None:
        return frozenset()
    # The library is Python code by the country, read from the disk on first use; it cannot
    # be imported in two threads at once.
    days = await hass.async_add_import_executor_job(
        _holidays, country, province, range(first.year, last.year + 1)
    )
    days = (days - _dates(without)) | _dates(beside)
    return frozenset((day - _EPOCH).days for day in days if first <= day <= last)


def _place(hass: HomeAssistant) -> tuple[str | None, str | None, list[str], list[str]]:
    """Return country, province, and the days a household takes out and adds."""
    country = hass.config.country
    for domain in _REGIONAL:
        for entry in hass.config_entries.async_entries(domain):
            data = {**entry.data, **entry.options}
            if data.get(CONF_COUNTRY) and country in (None, data[CONF_COUNTRY]):
                return (
                    data[CONF_COUNTRY],
                    data.get("province"),
                    data.get("remove_holidays") or [],
                    data.get("add_holidays") or [],
                )
    return country, None, [], []


def _holidays(country: str, province: str | None, years: range) -> set[date]:
    try:
        library: Any = importlib.import_module("holidays")
    except ImportError:
        LOGGER.debug("No library of holidays is installed")
        return set()
    try:
        return set(library.country_holidays(country, subdiv=province, years=years))
    except NotImplementedError:  # What the library says of a country that it lacks.
        LOGGER.debug("The holidays of %s are not known", country)
        return set()


def _dates(given: list[str]) -> set[date]:
    """Return dates written alone or as a range; names of holidays are left aside."""
    days: set[date] = set()
    for each in given:
        begin, _, end = each.partition(",")
        try:
            day, last = date.fromisoformat(begin), date.fromisoformat(end or begin)
        except ValueError:
            continue
        while day <= last:
            days.add(day)
            day += timedelta(days=1)
    return days
