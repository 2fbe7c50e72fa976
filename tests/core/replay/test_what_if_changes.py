"""What each change of a home brings."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.plane import Plane, Site
from custom_components.shems.core.forecast.history import Weather
from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.replay.run import protocol_tariff
from custom_components.shems.core.replay.whatif.question import (
    Answer,
    Band,
    Car,
    Change,
    Community,
    HeatPump,
    Insulation,
    MoreStorage,
    MoreSun,
    OtherTariff,
    Question,
    Setpoint,
    Subject,
    Trip,
    WithoutShems,
)
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import InputError
from tests.core.replay.asking import BERLIN, HOUR, ZONE, asked, subject_of

WINTER = subject_of(30, begin="2024-01-08", tariff="flat")
WORKDAYS = tuple(Trip(day, 7.5, 17.5, 8.0) for day in range(5))


def answered(
    *changes: Change, subject: Subject | None = None, price: float | None = None
) -> Answer:
    """Return the answer over two weeks after a short past under a flat price."""
    home = subject_of(tariff="flat") if subject is None else subject
    return asked(Question(changes, price, draws=8), home)


def codes(answer: Answer) -> set[str]:
    return {each.code for each in answer.assumptions}


def with_outdoor(subject: Subject, outdoor_c: np.ndarray) -> Subject:
    load = subject.history.load
    return replace(
        subject,
        history=replace(
            subject.history,
            weather=Weather(temperature_c=Series(load.start, load.end, outdoor_c)),
        ),
    )


def test_more_sun_is_sold_or_used() -> None:
    answer = answered(MoreSun(4.0, 30.0, 180.0), price=5000.0)
    assert answer.saving.low > 0
    assert answer.after.sold_kwh.median > answer.before.sold_kwh.median
    assert answer.after.self_sufficiency is not None
    assert answer.before.self_sufficiency is not None
    assert answer.after.self_sufficiency.median > answer.before.self_sufficiency.median
    limited = answered(MoreSun(4.0, 30.0, 180.0, limit_kw=1.0))
    assert limited.after.sold_kwh.median < answer.after.sold_kwh.median


def test_a_first_roof_stands_under_simulated_clouds() -> None:
    answer = answered(MoreSun(4.0), subject=subject_of(tariff="flat", sun_kw=0.0))
    assert "sky_simulated" in codes(answer)
    assert answer.before.self_use is None
    assert answer.after.self_use is not None
    assert answer.saving.low > 0


def test_the_sun_needs_a_place() -> None:
    with pytest.raises(InputError, match="what if place"):
        answered(MoreSun(4.0), subject=subject_of(tariff="flat", site=None))


def test_a_roof_that_is_described_is_believed() -> None:
    described = replace(BERLIN, planes=(Plane(35.0, 180.0, 5.0), Plane(35.0, 90.0, 5.0)))
    answer = answered(MoreSun(4.0), subject=subject_of(tariff="flat", site=described))
    assert answer.saving.low > 0
    drawn = replace(subject_of(tariff="flat"), roofs=((Plane(10.0, 180.0, 1.0),),) * 3)
    assert answered(MoreSun(4.0), subject=drawn).saving.low > 0


def test_another_contract_has_its_prices_and_fees() -> None:
    dear = OtherTariff(protocol_tariff("tou", ZONE, "EUR"))
    home = subject_of(tariff="flat")
    plain, charged = (
        answered(dear, subject=home),
        answered(replace(dear, yearly_fee=60.0), subject=home),
    )
    assert charged.saving.median == pytest.approx(plain.saving.median - 60.0)
    assert "prices" in codes(plain)


def test_another_market_is_read_by_its_dates() -> None:
    home = subject_of(tariff="flat", sun_kw=0.0)
    first = home.until - 360 * 24 * HOUR
    start = first + HOUR * np.arange(400 * 24)
    market = Series(start, start + HOUR, np.full(len(start), 0.1))
    cheap = replace(market, value=np.full(len(start), 0.01))
    spot = protocol_tariff("spot", ZONE, "EUR")
    dear_one, cheap_one = (
        answered(OtherTariff(spot, market=each), subject=home) for each in (market, cheap)
    )
    assert cheap_one.after.bought_kwh == dear_one.after.bought_kwh
    assert cheap_one.after.cost.median < dear_one.after.cost.median
    assert "other_market" in codes(cheap_one)


def test_a_contract_that_follows_an_unknown_market_has_no_price() -> None:
    home = subject_of(tariff="flat")
    blind = replace(home, history=replace(home.history, market=Series.empty()))
    with pytest.raises(InputError, match="no price history"):
        answered(OtherTariff(protocol_tariff("spot", ZONE, "EUR")), subject=blind)


def test_peaks_are_paid_for() -> None:
    flat = protocol_tariff("flat", ZONE, "EUR")
    answer = answered(OtherTariff(flat, (PeakTariff(10.0),)))
    assert answer.saving.high < 0
    assert "peaks_hourly" in codes(answer)


def test_a_car_takes_what_it_needs_and_less_money_where_it_is_planned() -> None:
    home = subject_of(15)
    car = Car(WORKDAYS, 7.0)
    planned = answered(car, subject=home)
    at_once = answered(car, WithoutShems(), subject=home)
    assert codes(planned) >= {"car_planned"}
    assert codes(at_once) >= {"car_at_once"}
    assert planned.after.cost.median < at_once.after.cost.median
    drawn = [
        each.after.bought_kwh.median - each.after.sold_kwh.median for each in (planned, at_once)
    ]
    assert drawn[0] == pytest.approx(drawn[1], rel=0.02)
    fuelled = answered(replace(car, fuel_cost=0.5), subject=home)
    assert fuelled.saving.median - planned.saving.median == pytest.approx(
        0.5 * 5 * 8.0 * 365.25 / 7, rel=1e-6
    )


def test_a_car_that_never_stays_is_never_charged() -> None:
    always = Car(tuple(Trip(day, 0.0, 24.0, 5.0) for day in range(7)))
    answer = answered(always)
    assert answer.saving.median == pytest.approx(0.0)


def test_a_heat_pump_costs_electricity_and_saves_fuel() -> None:
    pump = HeatPump(10_000.0, fuel_price=0.12)
    answer = answered(pump, subject=WINTER)
    assert {"heat_pump", "weather_simulated"} <= codes(answer)
    assert answer.after.bought_kwh.median > answer.before.bought_kwh.median
    dearer = answered(replace(pump, fuel_price=0.24), subject=WINTER)
    assert dearer.saving.median - answer.saving.median == pytest.approx(
        10_000 / 0.9 * 0.12, rel=1e-6
    )


def test_a_heat_pump_takes_less_than_direct_heating() -> None:
    load = WINTER.history.load
    cold = with_outdoor(WINTER, np.full(len(load), 0.0))
    warmer = replace(cold.history.load, value=load.value + 3.0)
    heated = replace(cold, history=replace(cold.history, load=warmer))
    answer = answered(HeatPump(20_000.0, "direct"), subject=heated)
    assert answer.saving.low > 0
    assert "weather_simulated" not in codes(answer)


def test_without_a_place_nobody_knows_how_cold_it_is() -> None:
    home = subject_of(tariff="flat", site=None)
    for change in (HeatPump(10_000.0), Insulation(0.2, 3000.0), Setpoint(-1.0, 3000.0)):
        with pytest.raises(InputError, match="what if place"):
            answered(change, subject=home)
    blind = with_outdoor(home, np.full(len(home.history.load), 5.0))
    with pytest.raises(InputError, match="what if place"):
        answered(HeatPump(10_000.0), subject=blind)


def test_insulation_saves_its_share_of_what_heating_takes() -> None:
    answer = answered(Insulation(0.2, 4000.0), subject=WINTER)
    assert "heating_told" in codes(answer)
    assert answer.saving.low > 0
    double = answered(Insulation(0.4, 4000.0), subject=WINTER)
    assert double.saving.median > 1.5 * answer.saving.median
    inferred = replace(WINTER, heating_kw_per_k=np.array([0.05, 0.06]))
    assert "heating_inferred" in codes(answered(Insulation(0.2), subject=inferred))


def test_what_heating_takes_is_read_from_the_days() -> None:
    load = WINTER.history.load
    day = np.arange(len(load)) // 24
    outdoor = 5.0 + 5.0 * np.sin(day)
    heated = replace(load, value=load.value + 0.1 * (15.0 - outdoor))
    home = with_outdoor(WINTER, outdoor)
    told = replace(home, history=replace(home.history, load=heated))
    answer = answered(Insulation(0.2), subject=told)
    assert "heating_by_days" in codes(answer)
    assert answer.saving.low > 0
    with pytest.raises(InputError, match="what if heating"):
        answered(Insulation(0.2), subject=home)
    even = with_outdoor(WINTER, np.full(len(load), 5.0))
    with pytest.raises(InputError, match="what if heating"):
        answered(Insulation(0.2), subject=even)
    for change in (Insulation(0.2), Setpoint(-1.0)):
        with pytest.raises(InputError, match="what if heating"):
            answered(change, subject=WINTER)


def test_a_whole_year_tells_its_own_cold() -> None:
    year = subject_of(340, begin="2023-02-06", tariff="flat")
    cold = with_outdoor(year, np.full(len(year.history.load), 5.0))
    answer = answered(HeatPump(8766.0, "direct"), subject=cold)
    saved = answer.before.bought_kwh.median - answer.after.bought_kwh.median
    # It is always ten degrees too cold: a kilowatt of heat, at a COP of 3.66.
    assert saved <= 8766.0 * (1 - 1 / 3.66) + 1.0


def test_cooler_rooms_save_and_warmer_ones_cost() -> None:
    cooler = answered(Setpoint(-1.0, 4000.0), subject=WINTER)
    warmer = answered(Setpoint(1.0, 4000.0), subject=WINTER)
    assert warmer.saving.high < 0 < cooler.saving.low
    insulated = answered(Setpoint(1.0, 4000.0), Insulation(0.2, 4000.0), subject=WINTER)
    assert insulated.saving.median > warmer.saving.median


def test_neighbours_pay_more_and_ask_less() -> None:
    answer = answered(Community(0.15, 0.05))
    assert answer.saving.low > 0
    assert "community" in codes(answer)
    assert answered(Community(0.5, 0.5)).saving.median > 0


def test_without_shems_a_battery_saves_less() -> None:
    battery = Battery("one", "One", 5.0, 2.5, 2.5, wear_per_kwh=0.01)
    home = subject_of(sun_kw=1.0, batteries=(battery,))
    answer = asked(Question((WithoutShems(),), draws=8), home, 7)
    assert answer.saving.median < 0
    assert answer.before.cycles is not None


def test_batteries_are_added() -> None:
    batteries = tuple(
        Battery(name, name, 2.0, 1.0, 1.0, reserve_soc=0.2, charge_efficiency=0.9)
        for name in ("one", "two")
    )
    home = replace(subject_of(batteries=batteries), managed=False)
    answer = asked(Question((MoreStorage(4.0, 2.0),), draws=8), home, 7)
    assert {"batteries_as_one", "captured_usual"} <= codes(answer)
    assert answer.saving.median > 0


def test_carbon_is_that_of_the_hours_bought() -> None:
    home = subject_of(tariff="flat")
    bought = answered(Community(0.15), subject=replace(home, carbon_g_per_kwh=400.0))
    assert bought.before.carbon_kg is not None
    assert bought.before.carbon_kg.median == pytest.approx(0.4 * bought.before.bought_kwh.median)
    load = home.history.load
    value = np.full(len(load), 300.0)
    value[:5] = np.nan
    known = replace(home, history=replace(home.history, carbon=Series(load.start, load.end, value)))
    measured = answered(Community(0.15), subject=known)
    assert measured.before.carbon_kg is not None
    assert measured.before.carbon_kg.median == pytest.approx(
        0.3 * measured.before.bought_kwh.median
    )


def test_what_costs_more_is_never_paid_back() -> None:
    answer = answered(OtherTariff(protocol_tariff("flat", ZONE, "EUR"), yearly_fee=10.0), price=1.0)
    assert answer.payback_years == Band(float("inf"), float("inf"), float("inf"))


def test_what_devices_took_is_load() -> None:
    home = subject_of(tariff="flat")
    load = home.history.load
    used = {"car": Series(load.start[24:], load.end[24:], np.full(len(load) - 24, 1.0))}
    moved = replace(home, history=replace(home.history, flexible=used))
    answer = answered(Community(0.15), subject=moved)
    assert "devices_as_were" in codes(answer)
    assert answer.before.bought_kwh.median > answered(Community(0.15)).before.bought_kwh.median


@pytest.mark.parametrize(
    "make",
    [
        lambda: MoreStorage(0.0, 5.0),
        lambda: MoreStorage(5.0, 5.0, efficiency=0.2),
        lambda: MoreSun(5.0, limit_kw=0.0),
        lambda: MoreSun(5.0, tilt_deg=100.0),
        lambda: Trip(7, 8.0, 9.0, 1.0),
        lambda: Trip(1, 8.0, 7.0, 1.0),
        lambda: Car((), power_kw=0.0),
        lambda: HeatPump(1000.0, "wood"),
        lambda: Insulation(1.5),
        lambda: Insulation(0.2, 0.0),
        lambda: Setpoint(-20.0),
        lambda: Setpoint(-1.0, -5.0),
        lambda: Community(0.1, sells_share=2.0),
        lambda: Question((WithoutShems(),), price=-1.0),
        lambda: Question((WithoutShems(),), draws=2),
    ],
)
def test_what_cannot_be_is_not_asked(make: object) -> None:
    assert callable(make)
    with pytest.raises(InputError, match="what if parameter"):
        make()


def test_the_south_has_its_summer_in_january() -> None:
    sydney = Site(-33.9, 151.2)
    answer = answered(MoreSun(4.0, 30.0, 0.0), subject=subject_of(tariff="flat", site=sydney))
    assert answer.saving.low > 0
