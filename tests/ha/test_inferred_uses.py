"""What was inferred is used where it is trusted, and never where it was rejected."""

import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import issue_registry as ir

from custom_components.shems import inference, standing_in
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.forecast.believe import Premise
from custom_components.shems.core.forecast.history import History, Weather
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.infer.battery import BatteryBlock
from custom_components.shems.core.infer.battery_home import BatteryPast
from custom_components.shems.core.infer.living import Living
from custom_components.shems.core.infer.posterior import Posterior, Verdict
from custom_components.shems.core.infer.prior import Prior
from custom_components.shems.core.infer.solar import PRIOR as SOLAR
from custom_components.shems.core.infer.thermal import PRIOR as THERMAL
from custom_components.shems.core.series import Series
from custom_components.shems.disagreeing import async_compare
from custom_components.shems.inferred import Inferred
from custom_components.shems.offers import offered
from custom_components.shems.sources.evidence import Evidence
from custom_components.shems.sources.inputs import Outside

from .conftest import BATTERY, PUMP

HEATING: dict[str, Any] = {
    "power": "sensor.pump",
    "temperature": "sensor.room",
    "power_kw": 2.5,
    "low_c": 20.0,
    "high_c": 23.0,
    "control": "none",
}
MIDDLE = {"loss": 0.08, "time_constant": 60.0}


def believe(home: HomeCoordinator, key: str, posterior: Posterior) -> None:
    """Have something be inferred of a subject."""
    inferring = home.inference
    found = {each.key: each for each in offered(home.configuration)}
    inferring.subjects = (found[key],)
    inferring._take(Inferred({key: posterior}, 1.0, {key: 0}))  # noqa: SLF001  # As a night does.


def sure(block: str, prior: Prior, verdict: Verdict, **values: float) -> Posterior:
    """Return a posterior that is sure of some values, and of nothing else."""
    random = np.random.default_rng(3)
    draws = prior.draw(random, 400)
    for name, value in values.items():
        draws[:, prior.names.index(name)] = value * (1 + 0.01 * random.standard_normal(400))
    return Posterior(block, prior.names, draws, verdict, (), (0.0, 1.0), 28.0)


@pytest.fixture
async def heated(hass: HomeAssistant, begin: Callable[..., Any]) -> HomeCoordinator:
    """Return a home with a heat pump whose form is as it comes."""
    hass.states.async_set("sensor.room", "21", {"unit_of_measurement": "°C"})
    home: HomeCoordinator = await begin("heating", HEATING)
    return home


def rooms(home: HomeCoordinator) -> Any:
    """Return the rooms that plans reckon with."""
    device = home.home.device(PUMP)
    assert device is not None
    return device.building


async def test_rooms_are_those_that_are_trusted(heated: HomeCoordinator) -> None:
    usual = rooms(heated)
    key = f"thermal:{PUMP}"
    believe(heated, key, sure("thermal", THERMAL, Verdict.TRUSTED, **MIDDLE))
    found = rooms(heated)
    assert found.loss_kw_per_k != pytest.approx(usual.loss_kw_per_k, rel=0.2)
    mass = found.air_kwh_per_k + found.mass_kwh_per_k
    assert mass / found.loss_kw_per_k == pytest.approx(60.0, rel=0.05)
    for verdict in (Verdict.EFFECTIVE, Verdict.REJECTED, Verdict.PRIOR):
        believe(heated, key, sure("thermal", THERMAL, verdict, **MIDDLE))
        assert rooms(heated) == usual


async def test_rooms_that_somebody_entered_stay(
    hass: HomeAssistant, begin: Callable[..., Any]
) -> None:
    hass.states.async_set("sensor.room", "21", {"unit_of_measurement": "°C"})
    home = await begin("heating", {**HEATING, "loss_w_per_k": 222.0, "gains_kw": 0.5})
    told = rooms(home)
    believe(home, f"thermal:{PUMP}", sure("thermal", THERMAL, Verdict.TRUSTED, **MIDDLE))
    assert rooms(home) == told
    (subject,) = home.inference.subjects
    assert set(subject.known) == {"loss", "gains"}


@pytest.mark.parametrize(
    ("values", "issue"),
    [
        ({"capacity_kwh": 5.0, "round_trip": 0.9}, "battery_capacity_differs"),
        ({"capacity_kwh": 10.0, "round_trip": 0.7}, "battery_losses_differ"),
    ],
)
async def test_a_battery_that_is_another_is_told(
    hass: HomeAssistant, home: HomeCoordinator, values: dict[str, float], issue: str
) -> None:
    def told() -> set[str]:
        return {
            each.translation_key or ""
            for each in ir.async_get(hass).issues.values()
            if (each.translation_key or "").startswith("battery_")
        }

    key, prior = f"battery:{BATTERY}", BatteryBlock.prior
    for verdict, expected in (
        (Verdict.EFFECTIVE, set()),
        (Verdict.TRUSTED, {issue}),
        (Verdict.REJECTED, set()),
    ):
        believe(home, key, sure("battery", prior, verdict, **values))
        async_compare(hass, home.configuration, home.inference)
        assert told() == expected


NOW = 1_781_085_600.0


def days(count: int, value: float) -> Series:
    start = NOW - count * DAY_S + HOUR_S * np.arange(24 * count)
    return Series(start, start + HOUR_S, np.full(24 * count, value))


def outside(home: HomeCoordinator) -> Outside:
    start = NOW - 3 * DAY_S + HOUR_S * np.arange(24 * 6)
    light = Series(start, start + HOUR_S, np.full(len(start), 200.0))
    weather = Weather(
        temperature_c=replace(light, value=np.full(len(start), 15.0)),
        direct_w_m2=light,
        diffuse_w_m2=light,
    )
    nothing = Series.empty()
    return Outside(nothing, nothing, nothing, weather, History().habits)


async def test_a_short_load_begins_with_days_of_such_homes(home: HomeCoordinator) -> None:
    standin = home.planner._standin  # noqa: SLF001  # What plans ask.
    short, long = History(load=days(2, 0.5)), History(load=days(9, 0.5))
    posterior = sure("living", Living.prior, Verdict.TRUSTED, base_kw=0.2)
    believe(home, "living", posterior)
    told = outside(home)
    stood = await standin.async_for(short, told, Premise(), NOW)
    assert len(stood.load) > 10 * 24
    again = await standin.async_for(short, told, Premise(), NOW + 60.0)
    assert len(again.load) == len(stood.load)
    assert (await standin.async_for(long, told, Premise(), NOW)).load is long.load
    for verdict in (Verdict.REJECTED, Verdict.PRIOR):
        believe(home, "living", replace(posterior, verdict=verdict))
        home.planner._standin._kept.clear()  # noqa: SLF001  # As the next night does.
        fallen = await standin.async_for(short, told, Premise(), NOW)
        assert len(fallen.load) == len(short.load)


async def test_the_sun_is_told_by_what_was_inferred_where_nobody_else_does(
    home: HomeCoordinator,
) -> None:
    standin = home.planner._standin  # noqa: SLF001  # What plans ask.
    told, history = outside(home), History(load=days(9, 0.5))
    posterior = sure("solar", SOLAR, Verdict.TRUSTED, peak_power=4.0, tilt=35.0)
    believe(home, "solar", posterior)
    stood = await standin.async_for(history, told, Premise(), NOW)
    assert stood.given.value.max() > 0.3
    given = replace(told, given=days(1, 1.0))
    assert (await standin.async_for(history, given, Premise(), NOW)).given is given.given
    for verdict in (Verdict.REJECTED, Verdict.PRIOR):
        believe(home, "solar", replace(posterior, verdict=verdict))
        home.planner._standin._kept.clear()  # noqa: SLF001  # As the next night does.
        assert not len((await standin.async_for(history, told, Premise(), NOW)).given)


async def test_a_forecast_that_fails_is_left_out(
    home: HomeCoordinator, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any, **__: Any) -> Series:
        raise RuntimeError("odd")

    monkeypatch.setattr(standing_in, "load_before", broken)
    believe(home, "living", sure("living", Living.prior, Verdict.TRUSTED))
    standin = home.planner._standin  # noqa: SLF001  # What plans ask.
    short = History(load=days(2, 0.5))
    for at in (NOW, NOW + DAY_S):
        stood = await standin.async_for(short, outside(home), Premise(), at)
        assert len(stood.load) == len(short.load)
    assert caplog.text.count("could not be made into a forecast") == 1


def past(count: int) -> History:
    """Return weeks of a home with a roof and a heat pump."""
    start = NOW - count * DAY_S + HOUR_S * np.arange(24 * count)
    random = np.random.default_rng(4)
    hour = start / HOUR_S % 24
    light = 250.0 * np.clip(np.sin((hour - 5.0) / 14.0 * np.pi), 0.0, None)
    light *= random.uniform(0.3, 1.0, len(start))

    def series(value: Any) -> Series:
        return Series(start, start + HOUR_S, np.asarray(value, dtype=np.float64))

    outdoor = 5.0 + 4.0 * np.sin((hour - 9.0) / 12.0 * np.pi)
    weather = Weather(series(outdoor), direct_w_m2=series(light), diffuse_w_m2=series(light))
    return History(
        load=series(0.2 + 0.4 * random.gamma(1.0, 1.0, len(start))),
        solar=series(light / 100.0),
        weather=weather,
        flexible={PUMP: series(0.1 * (20.0 - outdoor))},
    )


async def test_a_night_infers_from_what_is_recorded(
    heated: HomeCoordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = past(40)
    warm = history.weather.temperature_c
    indoor = replace(warm, value=np.full(len(warm), 20.5))

    async def evidence(*_: Any) -> Evidence:
        return Evidence(Series.empty(), indoor)

    async def battery(*_: Any) -> BatteryPast:
        power = np.random.default_rng(2).normal(0.0, 1.0, len(warm))
        taken, given = np.maximum(-power, 0.0), np.maximum(power, 0.0)
        charge = 0.5 + 0.05 * np.cumsum(0.95 * taken - given / 0.95)
        return BatteryPast(warm.start, taken, given, np.clip(charge, 0.0, 1.0))

    monkeypatch.setattr(inference, "async_evidence", evidence)
    monkeypatch.setattr(inference, "async_battery_past", battery)
    await heated.inference.async_infer(history)
    assert heated.inference.failures == {}
    seen = {each.key for each in heated.inference.subjects}
    assert seen == {"solar", "living", f"thermal:{PUMP}", f"battery:{BATTERY}"}
    for key in seen:
        posterior = heated.inference.seen(key)
        assert posterior is not None
        assert posterior.verdict is not Verdict.PRIOR
        assert posterior.days > 20
    await heated.inference.async_infer(History())
    assert heated.inference.failures == {}
    assert heated.inference.seen("solar") is None


async def test_a_roof_of_which_only_clouds_tell_is_effective(heated: HomeCoordinator) -> None:
    history = past(40)
    light = history.weather.direct_w_m2
    known = Weather(history.weather.temperature_c, replace(light, value=np.full(len(light), 0.6)))
    await heated.inference.async_infer(replace(history, weather=known))
    assert heated.inference.failures == {}
    posterior = heated.inference.seen("solar")
    assert posterior is not None
    assert posterior.verdict in (Verdict.EFFECTIVE, Verdict.REJECTED)
    assert posterior.alarms[-1] == "by_clouds"


async def test_what_the_forms_say_of_a_roof_and_people_counts(
    hass: HomeAssistant, heated: HomeCoordinator
) -> None:
    entry = heated.config_entry
    hass.config_entries.async_update_entry(
        entry, options={**entry.options, "habits": {"base_kw": 0.25, "away": 9.0}}
    )
    (roof,) = (each for each in entry.subentries.values() if each.subentry_type == "solar")
    hass.config_entries.async_update_subentry(
        entry,
        roof,
        data={
            **roof.data,
            "tilt": 30.0,
            "azimuth": 170.0,
            "module_kw": 6.0,
            "east_horizon": 12.0,
            "west_horizon": 4.0,
        },
    )
    await hass.config_entries.async_reload(entry.entry_id)
    told = {each.key: each for each in entry.runtime_data.coordinator.inference.subjects}
    assert told["solar"].known["tilt"][0] == 30.0
    assert told["solar"].known["peak_power"][0] == pytest.approx(6.0 * 0.86)
    assert told["solar"].known["limit"][0] == pytest.approx(5.0 / (6.0 * 0.86))
    assert told["solar"].known["east_horizon"] == (12.0, 3.0)
    assert told["solar"].known["west_horizon"] == (4.0, 3.0)
    # What lies beyond everything that is reckoned with is not believed.
    assert set(told["living"].known) == {"base_kw"}


async def test_how_a_heat_pump_fares_in_the_cold_can_be_told(
    hass: HomeAssistant, begin: Callable[..., Any]
) -> None:
    hass.states.async_set("sensor.room", "21", {"unit_of_measurement": "°C"})
    home = await begin("heating", {**HEATING, "cop": 4.0, "cop_slope": 2.5})
    (subject,) = (each for each in home.inference.subjects if each.block == "thermal")
    assert subject.known["cop_slope"] == (0.025, 0.003)
    pump = home.home.device(PUMP)
    assert pump.performance.slope_per_k == pytest.approx(0.1)
    # The building itself is still inferred, with what was told.
    usual = rooms(home)
    believe(home, subject.key, sure("thermal", THERMAL, Verdict.TRUSTED, **MIDDLE))
    assert rooms(home) != usual
    assert home.home.device(PUMP).performance.slope_per_k == pytest.approx(0.1, rel=0.1)


async def test_a_question_is_answered_with_what_was_inferred(
    hass: HomeAssistant, heated: HomeCoordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def year(_now: float) -> History:
        return past(60)

    monkeypatch.setattr(heated.inputs, "async_learning_history", year)
    inferring = heated.inference
    found = {each.key: each for each in offered(heated.configuration)}
    warm, roof = f"thermal:{PUMP}", "solar"
    inferring.subjects = (found[warm], found[roof])
    told = {
        warm: sure("thermal", THERMAL, Verdict.TRUSTED, **MIDDLE),
        roof: sure("solar", SOLAR, Verdict.TRUSTED, peak_power=4.0),
    }

    async def ask() -> Any:
        response = await hass.services.async_call(
            "shems",
            "what_if",
            {"insulation": 20, "years": 8, "price": 500},
            blocking=True,
            return_response=True,
        )
        assert response is not None
        codes = {each["code"] for each in response["answer"]["assumptions"]}
        return response["answer"], codes

    inferring._take(Inferred(told, 1.0, dict.fromkeys(told, 0)))  # noqa: SLF001  # As a night does.
    answer, codes = await ask()
    assert "heating_inferred" in codes
    saving = answer["saving"]
    assert saving["low"] <= saving["median"] <= saving["high"]
    assert answer["payback_years"]["median"] > 0
    assert {"batteries_inferred", "habits_inferred"}.isdisjoint(codes)
    rejected = {key: replace(each, verdict=Verdict.REJECTED) for key, each in told.items()}
    inferring._take(Inferred(rejected, 2.0, dict.fromkeys(told, 0)))  # noqa: SLF001  # As above.
    with pytest.raises(ServiceValidationError) as refused:
        await ask()  # These days alone tell nothing of how the load follows the cold.
    assert refused.value.translation_key == "what_if_heating"


async def test_a_question_reckons_with_batteries_and_habits_as_they_may_be(
    hass: HomeAssistant, home: HomeCoordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def month(_now: float) -> History:
        return replace(past(30), flexible={})

    monkeypatch.setattr(home.inputs, "async_learning_history", month)
    store = f"battery:{BATTERY}"
    found = {each.key: each for each in offered(home.configuration)}
    home.inference.subjects = (found[store], found["living"])
    told = {
        store: sure("battery", BatteryBlock.prior, Verdict.TRUSTED, capacity_kwh=9.0),
        "living": sure("living", Living.prior, Verdict.TRUSTED, base_kw=0.2),
    }

    async def codes() -> set[str]:
        response: Any = await hass.services.async_call(
            "shems",
            "what_if",
            {"without_shems": True, "years": 8},
            blocking=True,
            return_response=True,
        )
        return {each["code"] for each in response["answer"]["assumptions"]}

    home.inference._take(Inferred(told, 1.0, dict.fromkeys(told, 0)))  # noqa: SLF001  # As a night does.
    assert {"batteries_inferred", "habits_inferred"} <= await codes()
    rejected = {key: replace(each, verdict=Verdict.REJECTED) for key, each in told.items()}
    home.inference._take(Inferred(rejected, 2.0, dict.fromkeys(told, 0)))  # noqa: SLF001  # As above.
    assert {"batteries_inferred", "habits_inferred"}.isdisjoint(await codes())


async def test_a_roof_that_was_seen_in_no_light_is_not_known(heated: HomeCoordinator) -> None:
    """Neither is it said of which share of no hours only clouds tell."""
    history = past(40)
    none = replace(history.solar, value=np.zeros(len(history.solar)))
    dark = replace(history.weather, direct_w_m2=none, diffuse_w_m2=none)
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        await heated.inference.async_infer(replace(history, solar=none, weather=dark))
    assert heated.inference.failures == {}
    posterior = heated.inference.seen("solar")
    assert posterior is not None
    assert posterior.verdict is Verdict.PRIOR
