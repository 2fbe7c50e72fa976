"""Solar forecasts of any provider: widths from their neighbours, nights as zeros."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from astral import Observer
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    mock_integration,
    mock_platform,
)

from custom_components.shems.core.series import Series
from custom_components.shems.sources import solar
from custom_components.shems.sources.configuration import Configuration, configuration
from custom_components.shems.sources.solcast import spread

UTRECHT = Observer(52.1, 5.1, 0)


def points(*items: tuple[str, float]) -> solar.Points:
    return solar.parse({"wh_hours": dict(items)})


def test_widths_come_from_the_next_key_up_to_an_hour() -> None:
    found = points(
        ("2026-06-10T06:40:00+02:00", 100.0),
        ("2026-06-10T07:00:00+02:00", 300.0),
        ("2026-06-10T07:30:00+02:00", 400.0),
        ("2026-06-10T10:00:00+02:00", 500.0),
    )
    assert [round((end - start) / 60) for start, end, _ in found] == [20, 30, 60, 60]
    assert [round(power, 6) for _, _, power in found] == [0.3, 0.6, 0.4, 0.5]


def test_what_is_no_forecast_is_left_out() -> None:
    assert points(("soon", 1.0)) == []
    assert solar.parse({}) == []
    text: dict[str, Any] = {"2026-06-10T07:00:00Z": "much", "2026-06-10T08:00:00Z": float("nan")}
    assert solar.parse({"wh_hours": text}) == []
    ((_, _, power),) = points(("2026-06-10T07:00:00Z", -5.0))
    assert power == 0.0


def test_a_night_is_zero_but_a_hole_in_the_day_is_unknown() -> None:
    found = points(
        ("2026-06-10T12:00:00+02:00", 900.0),
        ("2026-06-10T15:00:00+02:00", 800.0),
        ("2026-06-10T21:00:00+02:00", 50.0),
        ("2026-06-11T06:00:00+02:00", 50.0),
    )
    filled = Series.of(solar.with_nights(found, UTRECHT))

    def at(text: str) -> float | None:
        return filled.at(datetime.fromisoformat(text).timestamp())

    assert at("2026-06-11T01:00:00+02:00") == 0.0
    assert at("2026-06-10T14:00:00+02:00") is None
    assert at("2026-06-10T12:30:00+02:00") == 0.9


def test_the_sum_of_arrays_is_known_where_all_are() -> None:
    hour = 3600.0
    one = Series.of([(0, hour, 1.0), (hour, 2 * hour, 2.0)])
    two = Series.of([(hour / 2, 2 * hour, 3.0)])
    total = solar.summed([one, two])
    assert total.start.tolist() == [hour / 2, hour]
    assert total.value.tolist() == [4.0, 5.0]
    assert solar.summed([one]) is one


FORECAST = {"wh_hours": {"2026-06-10T12:00:00+02:00": 900.0, "2026-06-10T13:00:00+02:00": 700.0}}


def configured(hass: HomeAssistant, *forecasts: list[str]) -> Configuration:
    entry = MockConfigEntry(
        domain="shems",
        data={"kind": "home", "name": "Home"},
        options={"buy": {}, "sell": {}},
        subentries_data=[
            ConfigSubentryData(
                data={"grid_power": ["sensor.grid"]},
                subentry_type="connection",
                title="Grid",
                unique_id=None,
            ),
            *(
                ConfigSubentryData(
                    data={"power": "sensor.sun", "forecast_entries": each},
                    subentry_type="solar",
                    title="Roof",
                    unique_id=None,
                )
                for each in forecasts
            ),
        ],
    )
    return configuration(hass, entry)


class Provider:
    """An integration's energy platform."""

    def __init__(self, answer: dict[str, Any] | Exception | None) -> None:
        self.answer = answer
        self.asked: list[str] = []

    async def async_get_solar_forecast(
        self, hass: HomeAssistant, config_entry_id: str
    ) -> dict[str, Any] | None:
        self.asked.append(config_entry_id)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def provide(
    hass: HomeAssistant, domain: str, answer: dict[str, Any] | Exception | None
) -> tuple[Provider, str]:
    provider = Provider(answer)
    if domain != "shems":
        mock_integration(hass, MockModule(domain))
    mock_platform(hass, f"{domain}.energy", provider)  # type: ignore[arg-type]  # Only the function is looked for.
    for name in ("energy", domain):
        hass.config.components.add(name)
    entry = MockConfigEntry(domain=domain, entry_id=f"{domain}_entry")
    entry.add_to_hass(hass)
    return provider, entry.entry_id


async def test_any_provider_is_asked(hass: HomeAssistant) -> None:
    provider, entry_id = provide(hass, "sunny", FORECAST)
    found = await solar.async_solar_forecast(hass, configured(hass, [entry_id], [entry_id]))
    assert found is not None
    assert found.value.tolist() == [0.9, 0.7]
    assert provider.asked == [entry_id], "two arrays of one forecast are forecast once"


@pytest.mark.parametrize(
    "answer", [None, {}, {"wh_hours": {}}, HomeAssistantError("down"), KeyError("a")]
)
async def test_no_forecast_is_none(
    hass: HomeAssistant, answer: dict[str, Any] | Exception | None
) -> None:
    _, entry_id = provide(hass, "cloudy", answer)
    assert await solar.async_solar_forecast(hass, configured(hass, [entry_id])) is None


async def test_a_forecast_of_part_of_the_arrays_is_none(hass: HomeAssistant) -> None:
    _, entry_id = provide(hass, "sunny", FORECAST)
    assert await solar.async_solar_forecast(hass, configured(hass, [entry_id], [])) is None
    assert await solar.async_solar_forecast(hass, configured(hass, [entry_id], ["gone"])) is None
    assert await solar.async_solar_forecast(hass, configured(hass)) is None


async def test_our_own_forecast_is_never_asked(hass: HomeAssistant) -> None:
    provider, entry_id = provide(hass, "shems", FORECAST)
    assert await solar.async_solar_forecast(hass, configured(hass, [entry_id])) is None
    assert provider.asked == []


async def test_without_the_energy_integration_there_is_none(hass: HomeAssistant) -> None:
    assert await solar.async_solar_forecast(hass, configured(hass, ["entry"])) is None


def test_the_last_width_is_that_of_the_one_before() -> None:
    start = datetime.fromisoformat("2026-06-10T12:00:00+02:00")
    keys = [(start + each * timedelta(minutes=15)).isoformat() for each in range(3)]
    assert [end - begin for begin, end, _ in points(*((key, 100.0) for key in keys))] == [900] * 3


def half_hours(*estimates: tuple[float, object, object]) -> list[dict[str, Any]]:
    """Return rows as Solcast lists them."""
    start = datetime.fromisoformat("2026-06-10T12:00:00+02:00")
    return [
        {
            "period_start": start + number * timedelta(minutes=30),
            "pv_estimate": middle,
            "pv_estimate10": low,
            "pv_estimate90": high,
        }
        for number, (middle, low, high) in enumerate(estimates)
    ]


def solcast(hass: HomeAssistant, listed: object, key: str = "today") -> str:
    """Add a sensor of Solcast's entry; return the entry's id."""
    if (entry := hass.config_entries.async_get_entry("sc")) is None:
        entry = MockConfigEntry(domain="solcast_solar", entry_id="sc")
        entry.add_to_hass(hass)
    sensor = er.async_get(hass).async_get_or_create(
        "sensor", "solcast_solar", key, config_entry=entry
    )
    hass.states.async_set(sensor.entity_id, "5", {"detailedForecast": listed})
    return "sc"


async def test_solcast_tells_how_sure_it_is(hass: HomeAssistant) -> None:
    solcast(hass, [*half_hours((2.0, 1.0, 3.0), (2.5, "2.0", 4.0)), "nonsense"])
    later = {"period_start": "2026-06-10T13:00:00+02:00", "pv_estimate10": -1, "pv_estimate90": 1}
    entry_id = solcast(hass, [later, {"period_start": "soon"}], "tomorrow")
    found = spread(hass, configured(hass, [entry_id], [entry_id]))
    assert found is not None
    low, high = found
    assert low.value.tolist() == [1.0, 2.0, 0.0]
    assert high.value.tolist() == [3.0, 4.0, 1.0]
    assert (low.end - low.start).tolist() == [1800, 1800, 1800]


async def test_the_spread_is_unknown_unless_solcast_forecasts_all(hass: HomeAssistant) -> None:
    MockConfigEntry(domain="forecast_solar", entry_id="fs").add_to_hass(hass)
    entry_id = solcast(hass, half_hours((2.0, None, 3.0)))
    assert spread(hass, configured(hass, [entry_id], ["fs"])) is None
    assert spread(hass, configured(hass, [entry_id], ["gone"])) is None
    assert spread(hass, configured(hass)) is None
    assert spread(hass, configured(hass, [entry_id])) is None, "it lists no lower bound"
    solcast(hass, None)
    assert spread(hass, configured(hass, [entry_id])) is None


def shows(hass: HomeAssistant, domain: str, **sensors: dict[str, Any]) -> str:
    """Add an entry with sensors that list a forecast; return its id."""
    entry = MockConfigEntry(domain=domain, entry_id=f"{domain}_entry", title=domain)
    entry.add_to_hass(hass)
    for key, attributes in sensors.items():
        sensor = er.async_get(hass).async_get_or_create("sensor", domain, key, config_entry=entry)
        hass.states.async_set(sensor.entity_id, "5", attributes)
    return entry.entry_id


def by_time(*values: float, minutes: int = 60) -> dict[str, float]:
    start = datetime.fromisoformat("2026-06-10T12:00:00+02:00")
    return {
        (start + number * timedelta(minutes=minutes)).isoformat(): value
        for number, value in enumerate(values)
    }


async def test_sensors_are_read_where_the_energy_platform_has_nothing(hass: HomeAssistant) -> None:
    """Open-Meteo lists each day in a sensor of its own."""
    entry_id = shows(
        hass,
        "open_meteo_solar_forecast",
        today={"wh_period": by_time(900.0, 700.0), "watts": by_time(1.0)},
        d2={"wh_period": {"2026-06-10T14:00:00+02:00": 500, "soon": 3, "later": None}},
        plain={"friendly_name": "Peak"},
        odd={"wh_period": [1, 2]},
    )
    found = await solar.async_solar_forecast(hass, configured(hass, [entry_id]))
    assert found is not None
    assert found.value.tolist() == [0.9, 0.7, 0.5]
    _, silent = provide(hass, "silent", None)
    assert await solar.async_solar_forecast(hass, configured(hass, [entry_id], [silent])) is None


async def test_powers_and_lists_are_mean_kilowatts(hass: HomeAssistant) -> None:
    watts = shows(hass, "watts", today={"watts": by_time(800.0, 400.0, -5.0, minutes=15)})
    found = await solar.async_solar_forecast(hass, configured(hass, [watts]))
    assert found is not None
    assert found.value.tolist() == [0.8, 0.4, 0.0]
    assert (found.end - found.start).tolist() == [900, 900, 900]
    rows = half_hours((2.0, 1.0, 3.0), (2.5, 2.0, 4.0))
    hourly = [{"period_start": "2026-06-10T12:00:00+02:00", "pv_estimate": 2.25}]
    listed = shows(
        hass, "sunny", today={"detailedForecast": [*rows, "x", {}], "detailedHourly": hourly}
    )
    found = await solar.async_solar_forecast(hass, configured(hass, [listed]))
    assert found is not None
    assert found.value.tolist() == [2.0, 2.5]
