"""What a user may ask of a year becomes the question that was meant, and its answer words."""

import math
from typing import Any

import probatio as vol
import pytest

from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.replay.whatif.question import (
    Answer,
    Assumption,
    Band,
    Car,
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
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule, Tariff
from custom_components.shems.core.units import InputError
from custom_components.shems.what_if import FIELDS, question, told

PRESENT = Tariff(PriceRule(0.0, 0.3), PriceRule(0.0, 0.08), "Europe/Paris", "EUR")
PEAKS = (PeakTariff(4.0),)
MARKET = Series.of([(0.0, 3600.0, 0.1)])


def asked(market: Series | None = None, **data: Any) -> Question:
    return question(vol.Schema(FIELDS)(data), PRESENT, PEAKS, market)


def change(market: Series | None = None, **data: Any) -> Any:
    (found,) = asked(market, **data).changes
    return found


def test_a_battery_and_panels() -> None:
    assert change(battery_kwh=10, battery_kw=4) == MoreStorage(10.0, 4.0, deviation=0.05)
    assert change(battery_kwh=10) == MoreStorage(10.0, 5.0, deviation=0.05)
    assert change(solar_kw=4) == MoreSun(4.0, 35.0, 180.0, None)
    assert change(solar_kw=4, solar_tilt=90, solar_azimuth=270, solar_limit_kw=3) == MoreSun(
        4.0, 90.0, 270.0, 3.0
    )


def test_another_contract() -> None:
    fixed = change(contract="fixed", buy_price=0.25, sell_price=0.05, vat=20, yearly_fee=-12)
    assert fixed == OtherTariff(
        Tariff(PriceRule(0.0, 0.25, (), 0.2), PriceRule(0.0, 0.05), "Europe/Paris", "EUR"),
        PEAKS,
        None,
        -12.0,
    )
    windows = [{"begin": "22:00", "end": "00:00", "price": -0.1, "weekdays": ["sat", "sun"]}]
    moving = change(MARKET, contract="dynamic", windows=windows)
    (window,) = moving.tariff.buy.windows
    assert (moving.tariff.needs_market, moving.market) == (True, MARKET)
    assert (window.begin_min, window.end_min, window.weekdays) == (22 * 60, 24 * 60, (5, 6))
    assert change(peak_price=7) == OtherTariff(PRESENT, (PeakTariff(7.0),), None, 0.0)
    assert change(peak_price=0).peaks == ()
    assert change(yearly_fee=30) == OtherTariff(PRESENT, PEAKS, None, 30.0)


def test_a_car_drives_on_the_days_that_were_named_or_on_all() -> None:
    trips = [
        {"leave": "08:00", "back": "17:30", "energy_kwh": 8, "weekdays": ["mon", "fri"]},
        {"leave": "22:00", "back": "06:00", "energy_kwh": 20},
    ]
    car = change(trips=trips, charger_kw=7.4, fuel_cost=0.4)
    assert isinstance(car, Car)
    assert car.week[:2] == (Trip(0, 8.0, 17.5, 8.0), Trip(4, 8.0, 17.5, 8.0))
    assert [(each.weekday, each.back_h) for each in car.week[2:]] == [
        (day, 30.0) for day in range(7)
    ]
    assert (car.power_kw, car.fuel_cost) == (7.4, 0.4)


def test_heat_and_neighbours() -> None:
    assert change(heat_kwh=12000, fuel_price=0.1, fuel_efficiency=85) == HeatPump(
        12000.0, "fuel", 0.1, 0.85
    )
    assert change(heat_kwh=9000, replaces="direct").replaces == "direct"
    assert change(insulation=20) == Insulation(0.2)
    assert change(setpoint=-1) == Setpoint(-1.0)
    assert change(without_shems=True) == WithoutShems()
    assert change(community_price=0.15, community_sells=40) == Community(0.15, 0.0, 0.4, 0.3)


def test_all_at_once_and_nothing() -> None:
    both = asked(battery_kwh=5, setpoint=1, price=4000, years=16)
    assert [type(each) for each in both.changes] == [MoreStorage, Setpoint]
    assert (both.price, both.draws) == (4000.0, 16)
    with pytest.raises(InputError):
        asked()
    with pytest.raises(vol.Invalid):
        asked(years=2000)


def test_an_answer_is_told_without_what_is_not_known() -> None:
    band = Band(1.0, 2.00004, 3.0)
    figures = Figures(band, band, band, None, band, None, None)
    answer = Answer(
        band,
        Band(5.0, math.inf, math.inf),
        figures,
        figures,
        tuple(float(month) for month in range(12)),
        (Assumption("hourly"), Assumption("history", {"days": 90})),
        90,
        64,
    )
    found = told(answer, "EUR")
    assert found["saving"] == {"low": 1.0, "median": 2.0, "high": 3.0}
    assert found["payback_years"] == {"low": 5.0, "median": None, "high": None}
    assert found["before"]["self_sufficiency"] is None
    assert found["before"]["self_use"]["high"] == 3.0
    assert found["months"][11] == 11.0
    assert found["assumptions"][1] == {"code": "history", "args": {"days": 90}}
    assert (found["currency"], found["days"], found["years"]) == ("EUR", 90, 64)
