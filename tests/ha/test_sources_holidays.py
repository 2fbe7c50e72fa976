"""Holidays of the country, or of the region told to another integration."""

import sys
from collections.abc import Callable
from datetime import date
from types import ModuleType
from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.sources.holidays import async_holidays

FIRST, LAST = date(2025, 12, 1), date(2026, 12, 31)


def number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None]]:
    """Stand in for the library; return which places it is asked for."""
    asked: list[tuple[str, str | None]] = []

    def country_holidays(country: str, subdiv: str | None, years: range) -> dict[date, str]:
        asked.append((country, subdiv))
        if country == "XX":
            raise NotImplementedError
        days = {date(year, 12, 25): "Christmas" for year in years}
        return days | ({date(2026, 6, 4): "Corpus Christi"} if subdiv == "BY" else {})

    module = ModuleType("holidays")
    module.country_holidays = country_holidays  # type: ignore[attr-defined]  # It is made here.
    monkeypatch.setitem(sys.modules, "holidays", module)
    return asked


async def read(hass: HomeAssistant) -> frozenset[int]:
    return await async_holidays(hass, FIRST, LAST)


async def test_the_country_has_holidays(hass: HomeAssistant, library: Any) -> None:
    hass.config.country = "DE"
    found = await read(hass)
    assert found == {number(date(2025, 12, 25)), number(date(2026, 12, 25))}
    assert library == [("DE", None)]


@pytest.mark.parametrize(
    ("domain", "put"),
    [
        ("workday", lambda place: {"options": place}),
        ("holiday", lambda place: {"data": place}),
    ],
)
async def test_a_region_is_known_from_other_integrations(
    hass: HomeAssistant, library: Any, domain: str, put: Callable[[Any], dict[str, Any]]
) -> None:
    hass.config.country = "DE"
    place = {
        "country": "DE",
        "province": "BY",
        "remove_holidays": ["2025-12-25", "Christmas"],
        "add_holidays": ["2026-07-01,2026-07-03"],
    }
    MockConfigEntry(domain="workday", data={"country": "FR"}).add_to_hass(hass)
    MockConfigEntry(domain=domain, **put(place)).add_to_hass(hass)
    assert await read(hass) == {
        number(each)
        for each in (
            date(2026, 6, 4),
            date(2026, 7, 1),
            date(2026, 7, 2),
            date(2026, 7, 3),
            date(2026, 12, 25),
        )
    }
    assert library == [("DE", "BY")]


async def test_a_home_without_a_country_asks_the_others(hass: HomeAssistant, library: Any) -> None:
    hass.config.country = None
    assert await read(hass) == frozenset()
    MockConfigEntry(domain="holiday", data={"country": "FR"}).add_to_hass(hass)
    assert len(await read(hass)) == 2
    assert library == [("FR", None)]


async def test_an_unknown_country_has_none(hass: HomeAssistant, library: Any) -> None:
    hass.config.country = "XX"
    assert await read(hass) == frozenset()


async def test_without_the_library_there_are_none(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    hass.config.country = "DE"
    monkeypatch.setitem(sys.modules, "holidays", None)
    assert await read(hass) == frozenset()
