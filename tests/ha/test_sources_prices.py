"""Prices of every provider end up in UTC and currency/kWh; what is missing stays missing."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from custom_components.shems.core.series import Series
from custom_components.shems.sources.error import SourceError
from custom_components.shems.sources.prices import (
    attributes,
    energyzero,
    nordpool,
    nordpool_hacs,
    tibber,
)
from custom_components.shems.sources.prices.interval import (
    amount,
    day_rows,
    moment,
    per_kwh,
    rows,
    series,
)

FIXTURES = Path(__file__).parent / "fixtures" / "prices"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 6, 10, 12, 0, tzinfo=AMSTERDAM)


def payload(name: str) -> dict[str, Any]:
    return json.loads((FIXTURES / f"{name}.json").read_text())


def with_datetimes(attributes: dict[str, Any]) -> dict[str, Any]:
    """Return attributes as the integration holds them: with real datetimes."""
    return {
        key: [
            {
                **each,
                "start": datetime.fromisoformat(each["start"]),
                "end": datetime.fromisoformat(each["end"]),
            }
            for each in value
        ]
        if key.startswith("raw_")
        else value
        for key, value in attributes.items()
    }


def hours(found: Series) -> float:
    return float((found.end - found.start).sum()) / 3600


def contiguous(found: Series) -> bool:
    return bool((found.end[:-1] == found.start[1:]).all())


def at(found: Series, text: str) -> float | None:
    return found.at(datetime.fromisoformat(text).timestamp())


def test_nordpool_is_per_megawatt_hour() -> None:
    found = series(nordpool.parse(payload("nordpool_normal"), "SE3"), AMSTERDAM, "np")
    assert (len(found), hours(found)) == (96, 24.0)
    assert contiguous(found)
    (first,) = [each for each in payload("nordpool_normal")["SE3"] if "T10:30" in each["start"]]
    assert at(found, "2026-06-10T12:40:00+02:00") == pytest.approx(first["price"] / 1000)
    assert found.value.min() < 0, "negative prices are kept"


@pytest.mark.parametrize(("name", "count"), [("nordpool_spring", 92), ("nordpool_autumn", 100)])
def test_nordpool_days_of_23_and_25_hours(name: str, count: int) -> None:
    found = series(nordpool.parse(payload(name), None), AMSTERDAM, "np")
    assert len(found) == count
    assert hours(found) == count / 4
    assert contiguous(found)


def test_nordpool_without_tomorrow_and_with_unknown_area() -> None:
    assert nordpool.parse(payload("nordpool_tomorrow_absent"), "SE3") == []
    with pytest.raises(SourceError) as missing:
        nordpool.parse(payload("nordpool_normal"), "NO1")
    assert (missing.value.code, missing.value.arguments["areas"]) == ("price_area_missing", "SE3")
    with pytest.raises(SourceError, match="price area missing"):
        nordpool.parse({"SE3": [], "SE4": []}, None)


def test_hacs_nordpool_in_cents() -> None:
    found = series(
        nordpool_hacs.parse(with_datetimes(payload("nordpool_hacs_cents")), "EUR", "sensor.np"),
        AMSTERDAM,
        "sensor.np",
    )
    assert (len(found), hours(found)) == (48, 48.0)
    cents = payload("nordpool_hacs_cents")["raw_today"][0]["value"]
    assert at(found, "2026-06-10T00:30:00+02:00") == pytest.approx(cents / 100)


def test_hacs_nordpool_per_megawatt_hour_without_tomorrow() -> None:
    found = series(
        nordpool_hacs.parse(with_datetimes(payload("nordpool_hacs_mwh")), "NOK", "sensor.np"),
        AMSTERDAM,
        "sensor.np",
    )
    assert hours(found) == 24.0
    assert at(found, "2026-06-11T00:30:00+02:00") is None, "a missing price is no zero"
    price = payload("nordpool_hacs_mwh")["raw_today"][0]["value"]
    assert found.value[0] == pytest.approx(price / 1000)


def test_hacs_nordpool_needs_its_attribute_and_the_homes_currency() -> None:
    with pytest.raises(SourceError) as absent:
        nordpool_hacs.parse({"unit_of_measurement": "EUR/kWh"}, "EUR", "sensor.np")
    assert absent.value.arguments == {"source": "sensor.np", "attribute": "raw_today"}
    with pytest.raises(SourceError) as foreign:
        nordpool_hacs.parse(with_datetimes(payload("nordpool_hacs_mwh")), "EUR", "sensor.np")
    assert foreign.value.code == "price_unit_unknown"
    assert foreign.value.arguments == {"unit": "NOK/MWh", "currency": "EUR"}


@pytest.mark.parametrize(("name", "length"), [("tibber", 24.0), ("tibber_autumn", 25.0)])
def test_tibber_has_no_ends(name: str, length: float) -> None:
    found = series(tibber.parse(payload(name), None), AMSTERDAM, "tibber")
    assert hours(found) == length
    assert contiguous(found)
    assert found.value[0] == payload(name)["prices"]["Huset"][0]["price"]


def test_tibber_homes_are_told_apart() -> None:
    two = {"prices": {"Huset": payload("tibber")["prices"]["Huset"], "Hytta": []}}
    assert tibber.parse(two, "Hytta") == []
    with pytest.raises(SourceError, match="Huset, Hytta"):
        tibber.parse(two, None)
    with pytest.raises(SourceError, match="price shape unknown"):
        tibber.parse({}, None)


def test_energyzero_writes_times_with_a_space() -> None:
    found = series(energyzero.parse(payload("energyzero")), AMSTERDAM, "ez")
    assert hours(found) == 24.0
    assert at(found, "2026-06-10T12:30:00+02:00") == payload("energyzero")["prices"][12]["price"]
    with pytest.raises(SourceError, match="price shape unknown"):
        energyzero.parse({"prices": {}})


@pytest.mark.parametrize(
    ("name", "currency", "count", "width", "first"),
    [
        ("attributes_epex", "EUR", 24, 1.0, lambda data: data["data"][0]["price_per_kwh"]),
        ("attributes_entsoe", "EUR", 24, 1.0, lambda data: data["prices"][0]["price"]),
        ("attributes_octopus", "GBP", 48, 0.5, lambda data: data["rates"][0]["value_inc_vat"]),
        (
            "attributes_awattar",
            "EUR",
            24,
            1.0,
            lambda data: data["forecast"][0]["marketprice"] / 1000,
        ),
        (
            "attributes_by_time",
            "EUR",
            96,
            0.25,
            lambda data: next(iter(data["prices"].values())) / 100,
        ),
    ],
)
def test_attributes_in_usual_shapes(
    name: str, currency: str, count: int, width: float, first: Any
) -> None:
    data = payload(name)
    found = series(attributes.parse(data, currency, NOON, AMSTERDAM, "s"), AMSTERDAM, "s")
    assert len(found) == count
    assert hours(found) == pytest.approx(count * width)
    assert contiguous(found)
    assert found.value[0] == pytest.approx(first(data))


def test_bare_prices_of_a_day_with_25_hours() -> None:
    stockholm = ZoneInfo("Europe/Stockholm")
    now = datetime(2026, 10, 25, 12, tzinfo=stockholm)
    data = payload("attributes_bare")
    found = series(attributes.parse(data, "SEK", now, stockholm, "s"), stockholm, "s")
    assert (len(found), hours(found)) == (25, 25.0)
    assert at(found, "2026-10-25T02:30:00+02:00") == data["today"][2]
    assert at(found, "2026-10-25T02:30:00+01:00") == data["today"][3]
    with pytest.raises(SourceError) as wrong:
        attributes.parse({**data, "today": [1.0] * 24}, "SEK", now, stockholm, "s")
    assert wrong.value.arguments == {"source": "s today", "count": 24}


def test_wall_clock_times_of_the_hour_that_comes_twice() -> None:
    now = datetime(2026, 10, 25, 12, tzinfo=AMSTERDAM)
    data = payload("attributes_naive_autumn")
    found = series(attributes.parse(data, "EUR", now, AMSTERDAM, "s"), AMSTERDAM, "s")
    assert (len(found), hours(found)) == (25, 25.0)
    assert contiguous(found)


@pytest.mark.parametrize(
    "data",
    [
        {"unit_of_measurement": "EUR/kWh"},
        {"unit_of_measurement": "EUR/kWh", "data": [1, 2, 3]},
        {"unit_of_measurement": "EUR/kWh", "data": [{"name": "x"}]},
        {"unit_of_measurement": "EUR/kWh", "data": [{"start": "soon", "price": 1}]},
        {"unit_of_measurement": "EUR/kWh", "data": {"a": 1}},
        {"unit_of_measurement": "EUR/kWh", "today": [], "tomorrow": [{"x": 1}]},
    ],
)
def test_attributes_without_prices_are_an_error(data: dict[str, Any]) -> None:
    with pytest.raises(SourceError, match="price shape unknown"):
        attributes.parse(data, "EUR", NOON, AMSTERDAM, "s")


def test_a_key_may_name_its_unit() -> None:
    data = {"data": [{"start_time": NOON.isoformat(), "price_ct_per_kwh": 25}]}
    ((_, _, price),) = attributes.parse(data, "EUR", NOON, AMSTERDAM, "s")
    assert price == pytest.approx(0.25)


def test_prices_that_are_none_are_left_out_of_attributes() -> None:
    listed = {
        "unit_of_measurement": "EUR/kWh",
        "data": [{"start": NOON, "price": None}, {"start": NOON + timedelta(hours=1), "price": 1}],
    }
    assert len(attributes.parse(listed, "EUR", NOON, AMSTERDAM, "s")) == 1
    timed = {"unit_of_measurement": "EUR/kWh", "p": {NOON.isoformat(): None, "2026-06-11": 1.0}}
    assert len(attributes.parse(timed, "EUR", NOON, AMSTERDAM, "s")) == 1


@pytest.mark.parametrize(
    ("unit", "currency", "expected"),
    [
        ("EUR/kWh", "EUR", 1.0),
        ("€/kWh", "EUR", 1.0),
        ("EUR / MWh", "EUR", 0.001),
        ("ct/kWh", "EUR", 0.01),
        ("Øre/kWh", "NOK", 0.01),
        ("Öre/kWh", "SEK", 0.01),
        ("p/kWh", "GBP", 0.01),
        ("kr/kWh", "DKK", 1.0),
        ("$/kWh", "AUD", 1.0),
        ("¢/kWh", "USD", 0.01),
    ],
)
def test_units_of_prices(unit: str, currency: str, expected: float) -> None:
    assert per_kwh(1.0, unit, currency) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("unit", "currency"),
    [
        (None, "EUR"),
        ("EUR", "EUR"),
        ("kWh", "EUR"),
        ("EUR/m³", "EUR"),
        ("USD/kWh", "EUR"),
        ("€/kWh", "SEK"),
        ("kr/kWh", "EUR"),
        ("ct/", "EUR"),
    ],
)
def test_a_unit_that_is_no_price_is_named(unit: str | None, currency: str) -> None:
    with pytest.raises(SourceError) as unknown:
        per_kwh(1.0, unit, currency)
    assert unknown.value.code == "price_unit_unknown"
    assert unknown.value.arguments == {"unit": str(unit), "currency": currency}


def test_moments_and_amounts() -> None:
    stamp = NOON.timestamp()
    assert moment(NOON) is NOON
    assert moment(NOON.isoformat()) == NOON
    assert moment(stamp) == moment(int(stamp * 1000)) == NOON
    assert [moment(each) for each in ("later", None, True, float("nan"), [])] == [None] * 5
    assert [amount(each) for each in (1, "0.5", 2.5)] == [1.0, 0.5, 2.5]
    assert [amount(each) for each in (None, True, "x", float("inf"), "nan", [])] == [None] * 6


def test_a_missing_row_leaves_a_gap() -> None:
    listed = [(NOON + timedelta(hours=each), None, 1.0) for each in (0, 1, 3)]
    found = series(listed, AMSTERDAM, "s")
    assert hours(found) == 3.0
    assert found.at((NOON + timedelta(hours=2, minutes=30)).timestamp()) is None


def test_a_single_row_lasts_an_hour_and_a_wrong_end_is_mended() -> None:
    found = series([(NOON, NOON, 1.0)], AMSTERDAM, "s")
    assert hours(found) == 1.0
    assert len(series([], AMSTERDAM, "s")) == 0


def test_rows_that_overlap_are_an_error() -> None:
    listed = [
        (NOON, NOON + timedelta(hours=2), 1.0),
        (NOON + timedelta(hours=1), NOON + timedelta(hours=2), 2.0),
    ]
    with pytest.raises(SourceError) as overlap:
        series(listed, AMSTERDAM, "sensor.np")
    assert overlap.value.translation_key == "price_overlaps"
    assert overlap.value.translation_placeholders == {"source": "sensor.np"}


@pytest.mark.parametrize("item", [3, {"start": NOON}, {"value": 1}, {"start": "x", "value": 1}])
def test_rows_of_another_shape_are_an_error(item: Any) -> None:
    with pytest.raises(SourceError, match="price shape unknown"):
        rows([item], "start", None, "value", "s")


@pytest.mark.parametrize(
    ("day", "length"), [(date(2026, 3, 29), 23), (date(2026, 6, 10), 24), (date(2026, 10, 25), 25)]
)
def test_bare_prices_fit_each_step_and_day(day: date, length: int) -> None:
    for step in (1, 2, 4):
        found = day_rows([0.1] * (length * step), day, AMSTERDAM, "s")
        assert found[0][0] == datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM)
        assert found[-1][1] - found[0][0] == timedelta(hours=length)
        assert found[0][0].tzinfo is UTC
    assert day_rows([None] * length, day, AMSTERDAM, "s") == []
