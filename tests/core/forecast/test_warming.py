"""A heating that goes its own ways is expected by the weather, where that tells more."""

import json
from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.heating import Heating
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.forecast.believe import believe, premise
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.history import Habits, History, Weather
from custom_components.shems.core.forecast.learned import Learned
from custom_components.shems.core.forecast.warming import learn_warming
from custom_components.shems.core.horizon import DAY_S, HOUR_S, Horizon
from custom_components.shems.core.replay.scenario import Scenario
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule, Tariff
from custom_components.shems.core.units import Floats

ZONE = "Europe/Copenhagen"
DAYS = Days(ZONE, HOUR_S)
TODAY = DAYS.day(1_770_000_000.0)
NOW = DAYS.midnight(TODAY) + 6 * HOUR_S
COUNT = 36 * 24
START = NOW - HOUR_S * np.arange(COUNT, 0, -1.0)
AHEAD = Horizon.uniform(NOW, HOUR_S, 24)
NOBODY_SAID = Habits()
FLAT = Tariff(PriceRule(fee=0.3), PriceRule(fee=0.1), ZONE, "EUR")


def series(value: Floats) -> Series:
    return Series(START, START + HOUR_S, value)


def outdoors() -> Floats:
    """Return weather that swings by twenty degrees within two weeks."""
    noise = np.random.default_rng(3).normal(0, 0.3, COUNT)
    swing: Floats = 2 + 10 * np.sin(START / DAY_S / 14 * 2 * np.pi) + noise
    return swing


def heated() -> Floats:
    power: Floats = 0.1 * np.maximum(16 - outdoors(), 0.0)
    return power * np.random.default_rng(4).uniform(0.9, 1.1, COUNT)


def test_a_house_that_answers_to_the_weather_is_expected_by_it() -> None:
    model = learn_warming(None, series(heated()), series(outdoors()), ZONE, NOW, NOBODY_SAID)
    assert model.signature is not None
    again = learn_warming(model, series(heated()), series(outdoors()), ZONE, NOW + 1, NOBODY_SAID)
    assert again is model


def test_what_runs_by_the_calendar_is_expected_by_the_calendar() -> None:
    position = DAYS.position(START)
    works = DAYS.weekday(np.floor(position / 24)) < 5
    clock = np.where(works & (position % 24 >= 6) & (position % 24 < 9), 2.0, 0.0)
    model = learn_warming(None, series(clock), series(outdoors()), ZONE, NOW, NOBODY_SAID)
    assert model.signature is None
    assert model.plain is not None


def test_without_a_thermometer_or_a_recent_past_the_hour_decides() -> None:
    used, warm = series(heated()), series(outdoors())
    assert learn_warming(None, used, Series.empty(), ZONE, NOW, NOBODY_SAID).signature is None
    gap = heated()
    gap[-8 * 24 :] = np.nan
    assert learn_warming(None, series(gap), warm, ZONE, NOW, NOBODY_SAID).signature is None
    late = np.where(START < NOW - 10.5 * DAY_S, np.nan, heated())
    assert learn_warming(None, series(late), warm, ZONE, NOW, NOBODY_SAID).signature is None


def history(power: Floats, ahead_c: float) -> History:
    """Return a home with a heat pump, told the weather of tomorrow."""
    coming = NOW + HOUR_S * np.arange(48, dtype=np.float64)
    start = np.concatenate([START, coming])
    told = np.concatenate([outdoors(), np.full(48, ahead_c)])
    return History(
        load=series(np.full(COUNT, 0.4)),
        outdoor=series(outdoors()),
        weather=Weather(temperature_c=Series(start, start + HOUR_S, told)),
        flexible={"pump": series(power)},
    )


@pytest.mark.parametrize(("ahead_c", "more_kw"), [(-10.0, 2.6), (14.0, 0.2)])
def test_a_cold_day_ahead_takes_more(ahead_c: float, more_kw: float) -> None:
    home = history(heated(), ahead_c)
    found = premise(Learned(), home, DAYS, NOW, heats=frozenset({"pump"}))
    load = believe(found, home, FLAT, AHEAD, NOW).load
    assert load.mean[12:].mean() - 0.4 == pytest.approx(more_kw, abs=0.5)
    usual = premise(Learned(), home, DAYS, NOW)
    assert usual.heating == {}
    by_hour = believe(usual, home, FLAT, AHEAD, NOW).load
    assert abs(load.mean[12:].mean() - by_hour.mean[12:].mean()) > 0.3


def test_a_download_expects_the_same_and_tells_of_no_absence() -> None:
    home = history(heated(), -10.0)
    away = Habits(away=((NOW - 90 * DAY_S, NOW - 89 * DAY_S),))
    home = replace(home, habits=away)
    found = premise(Learned(), home, DAYS, NOW, heats=frozenset({"pump"}))
    bare = replace(found.heating["pump"], signature=None, plain=None)
    found = replace(found, heating={**found.heating, "bare": bare})
    made = Scenario(NOW, Home(devices=(Heating("pump", "Pump", 3.0),)), FLAT, home, {})
    made = replace(made, premise=found)
    text = json.dumps(made.to_json()["premise"], allow_nan=False)  # type: ignore[index, call-overload]  # An object by construction.
    assert str(NOW - 89 * DAY_S) not in text
    again = Scenario.from_json(json.loads(json.dumps(made.to_json(), allow_nan=False)))
    one, other = (each.make().beliefs.load.mean for each in (made, again))
    assert one == pytest.approx(other, abs=1e-4)
    assert one[:20].mean() > 1.0
