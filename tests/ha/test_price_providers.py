"""Each provider's answer, on ordinary days and on those when the clock changes."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from custom_components.shems.core.series import Series
from custom_components.shems.sources.error import SourceError
from custom_components.shems.sources.prices import (
    amber,
    attributes,
    easyenergy,
    energidata,
    entsoe,
    epex,
    green_planet,
    octopus,
    omie,
    pvpc,
    template,
)
from custom_components.shems.sources.prices.interval import Row, series

FIXTURES = Path(__file__).parent / "fixtures" / "prices"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BERLIN = ZoneInfo("Europe/Berlin")
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
LONDON = ZoneInfo("Europe/London")
MADRID = ZoneInfo("Europe/Madrid")
SYDNEY = ZoneInfo("Australia/Sydney")
NOON = datetime(2026, 6, 10, 12, 0, tzinfo=AMSTERDAM)


def payload(name: str) -> dict[str, Any]:
    return json.loads((FIXTURES / f"{name}.json").read_text())


def hours(found: Series) -> float:
    return float((found.end - found.start).sum()) / 3600


def contiguous(found: Series) -> bool:
    return bool((found.end[:-1] == found.start[1:]).all())


def at(found: Series, text: str) -> float | None:
    return found.at(datetime.fromisoformat(text).timestamp())


def made(found: list[Row], zone: ZoneInfo = AMSTERDAM) -> Series:
    return series(found, zone, "s")


def test_easyenergy_tells_usage_and_return_apart() -> None:
    usage = made(easyenergy.parse(payload("easyenergy_usage")))
    returned = made(easyenergy.parse(payload("easyenergy_return")))
    invoice = made(easyenergy.parse(payload("easyenergy_invoice")))
    assert [len(each) for each in (usage, returned, invoice)] == [24, 24, 24]
    assert contiguous(usage)
    assert returned.value == pytest.approx(1.21 * usage.value, abs=2e-5)
    assert invoice.value == pytest.approx(1.21 * usage.value + 0.129, abs=2e-5)
    assert (
        at(usage, "2026-06-10T13:30:00+02:00") == payload("easyenergy_usage")["prices"][13]["price"]
    )


def test_easyenergy_quarters_of_a_day_of_25_hours() -> None:
    found = made(easyenergy.parse(payload("easyenergy_autumn")))
    assert (len(found), hours(found)) == (100, 25.0)
    assert contiguous(found)


def test_omie_countries_are_told_apart() -> None:
    spain, portugal = (made(omie.parse(payload("omie"), each)) for each in ("es", "pt"))
    assert (len(spain), hours(spain)) == (96, 24.0)
    assert portugal.value - spain.value == pytest.approx(0.0015)
    with pytest.raises(SourceError, match="price shape unknown"):
        omie.parse({"es": []}, "pt")
    assert omie.parse({"es": []}, "es") == []


def test_omie_is_mended_where_the_clock_changes() -> None:
    """Its integration counts on the wall clock; the order tells what is meant."""
    autumn = made(omie.parse(payload("omie_autumn"), "es"))
    assert (len(autumn), hours(autumn)) == (100, 25.0)
    assert autumn.end[-1] == datetime(2026, 10, 26, tzinfo=MADRID).timestamp()
    evening = payload("omie")["es"][4 * 20]["price"]
    assert at(autumn, "2026-10-25T20:05:00+01:00") == evening
    spring = made(omie.parse(payload("omie_spring"), "es"))
    assert (len(spring), hours(spring)) == (88, 22.0)
    assert at(spring, "2026-03-29T20:05:00+02:00") == evening
    assert at(spring, "2026-03-29T03:30:00+02:00") is None, "overwritten, and so unknown"
    assert spring.end[-1] == datetime(2026, 3, 30, tzinfo=MADRID).timestamp()


@pytest.mark.parametrize(
    ("name", "length"),
    [("green_planet", 24.0), ("green_planet_autumn", 25.0), ("green_planet_spring", 23.0)],
)
def test_green_planet_tells_the_next_hours(name: str, length: float) -> None:
    found = made(green_planet.parse(payload(name)), BERLIN)
    assert hours(found) == length
    assert contiguous(found)
    assert found.value[0] == payload(name)["prices"][0]["price"]


def test_amber_begins_with_the_running_interval() -> None:
    data = payload("amber_general")
    found = made(amber.parse(data["response"], data["current"]), SYDNEY)
    assert contiguous(found), "a second between two intervals is none"
    assert at(found, "2026-06-10T10:00:00+00:00") == data["current"]["per_kwh"] == 0.3125
    assert at(found, "2026-06-10T10:07:00+00:00") == 0.295, "Amber's prediction where there is one"
    far = data["response"]["forecasts"][-1]
    assert found.value[-1] == far["per_kwh"]
    assert "advanced_price_predicted" not in far
    alone = made(amber.parse(data["response"], {}), SYDNEY)
    assert at(alone, "2026-06-10T10:00:30+00:00") is None


def test_amber_pays_for_what_is_fed_in() -> None:
    data = payload("amber_feed_in")
    found = made(amber.parse(data["response"], data["current"]), SYDNEY)
    assert found.value[0] == float(data["state"]) > 0
    assert (found.value > 0).all()


def test_amber_forecasts_within_the_running_interval_are_left_out() -> None:
    data = payload("amber_general")
    longer = {**data["current"], "end_time": "2026-06-10T10:30:00+00:00"}
    found = made(amber.parse(data["response"], longer), SYDNEY)
    assert found.end[0] - found.start[0] == 1800
    assert contiguous(found)


@pytest.mark.parametrize(
    "response",
    [{}, {"forecasts": [3]}, {"forecasts": [{"start_time": "soon", "end_time": "later"}]}],
)
def test_amber_in_another_shape_is_an_error(response: dict[str, Any]) -> None:
    with pytest.raises(SourceError, match="price shape unknown"):
        amber.parse(response, {})


@pytest.mark.parametrize(
    ("name", "day", "length"),
    [
        ("pvpc", date(2026, 6, 10), 48.0),
        ("pvpc_autumn", date(2026, 10, 25), 25.0),
        ("pvpc_spring", date(2026, 3, 28), 47.0),
    ],
)
def test_pvpc_has_an_attribute_for_each_hour(name: str, day: date, length: float) -> None:
    found = made(pvpc.parse(payload(name), "EUR", day, MADRID, "s"), MADRID)
    assert hours(found) == length
    assert contiguous(found)
    assert found.value[0] == payload(name)["price_00h"]


def test_pvpc_tells_the_hour_that_comes_twice_apart() -> None:
    data = payload("pvpc_autumn") | {"price_02h": 0.1, "price_02h_d": 0.2}
    found = made(pvpc.parse(data, "EUR", date(2026, 10, 25), MADRID, "s"), MADRID)
    assert at(found, "2026-10-25T02:30:00+02:00") == 0.1
    assert at(found, "2026-10-25T02:30:00+01:00") == 0.2
    with pytest.raises(SourceError) as missing:
        pvpc.parse({"unit_of_measurement": "€/kWh"}, "EUR", date(2026, 6, 10), MADRID, "s")
    assert missing.value.arguments == {"source": "s", "attribute": "price_00h"}


@pytest.mark.parametrize(
    ("name", "length"),
    [("octopus_today", 24.0), ("octopus_export", 24.0), ("octopus_autumn", 25.0)],
)
def test_octopus_lists_half_hours_in_pounds(name: str, length: float) -> None:
    found = made(octopus.parse(payload(name), "event.o"), LONDON)
    assert hours(found) == length
    assert contiguous(found)
    assert found.value[0] == payload(name)["rates"][0]["value_inc_vat"]
    with pytest.raises(SourceError) as missing:
        octopus.parse({}, "event.o")
    assert missing.value.arguments == {"source": "event.o", "attribute": "rates"}


def test_energi_data_service_quarters_without_its_guesses() -> None:
    data = payload("energidata")
    found = made(energidata.parse(data, "DKK", "s"), COPENHAGEN)
    assert (len(found), hours(found)) == (192, 48.0)
    assert contiguous(found)
    assert found.value[0] == data["raw_today"][0]["price"]
    assert data["forecast"], "what is left out is there"
    again = made(attributes.parse(data, "DKK", NOON, COPENHAGEN, "s"), COPENHAGEN)
    assert again.end[-1] == found.end[-1], "nor are they read as plain attributes"


def test_energi_data_service_in_oere_in_spring() -> None:
    found = made(energidata.parse(payload("energidata_ore_spring"), "DKK", "s"), COPENHAGEN)
    assert (len(found), hours(found)) == (23, 23.0)
    assert found.value[0] == pytest.approx(payload("energidata")["raw_today"][0]["price"], abs=1e-3)
    with pytest.raises(SourceError) as missing:
        energidata.parse({"unit_of_measurement": "DKK/kWh"}, "DKK", "s")
    assert missing.value.arguments == {"source": "s", "attribute": "raw_today"}


def test_epex_spot_quarters_of_a_day_of_25_hours() -> None:
    found = made(epex.parse(payload("epex"), "EUR", "s"), BERLIN)
    assert (len(found), hours(found)) == (100, 25.0)
    assert contiguous(found)


def test_epex_spot_of_an_older_release_names_its_unit() -> None:
    row = {
        "start_time": NOON.isoformat(),
        "end_time": (NOON + timedelta(hours=1)).isoformat(),
        "price_eur_per_mwh": 85.0,
        "price_ct_per_kwh": 8.5,
    }
    data = {"unit_of_measurement": "EUR/MWh", "data": [row]}
    ((_, _, price),) = epex.parse(data, "EUR", "s")
    assert price == pytest.approx(0.085)
    with pytest.raises(SourceError) as missing:
        epex.parse({}, "EUR", "s")
    assert missing.value.arguments == {"source": "s", "attribute": "data"}


def test_entsoe_answers_in_the_unit_chosen_there() -> None:
    found = made(entsoe.parse(payload("entsoe")))
    assert hours(found) == 24.0
    autumn = made(entsoe.parse(payload("entsoe_mwh_autumn"), 1e-3))
    assert (len(autumn), hours(autumn)) == (100, 25.0)
    assert autumn.value[0] == pytest.approx(found.value[0])


@pytest.mark.parametrize("parse", [easyenergy.parse, green_planet.parse, entsoe.parse])
def test_an_answer_without_prices_is_an_error(parse: Any) -> None:
    with pytest.raises(SourceError, match="price shape unknown"):
        parse({"error": "down"})


LATER = NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    "given",
    [
        [{"start": NOON.isoformat(), "price": 20}, {"start": LATER.isoformat(), "price": 30}],
        {NOON.isoformat(): 20, LATER.isoformat(): 30},
        {"rates": [{"from": NOON.isoformat(), "till": LATER.isoformat(), "value": 20}]},
        json.dumps([{"start": NOON.isoformat(), "price": 20, "note": None}]),
        [20.0] * 24,
        {"today": [20.0] * 24, "tomorrow": [30.0] * 96},
    ],
)
def test_a_template_gives_a_list_or_a_mapping(given: Any) -> None:
    found = made(template.parse(given, "ct/kWh", "EUR", NOON, AMSTERDAM))
    assert found.at(NOON.timestamp()) == pytest.approx(0.2)


@pytest.mark.parametrize("given", ["dear", 3, None, {}, {"today": []}])
def test_a_template_that_gives_something_else_is_an_error(given: Any) -> None:
    with pytest.raises(SourceError, match="price shape unknown"):
        template.parse(given, "ct/kWh", "EUR", NOON, AMSTERDAM)
