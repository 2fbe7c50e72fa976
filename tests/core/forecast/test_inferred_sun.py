"""A roof that is inferred speaks from its first days on, and never where it is not believed."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from custom_components.shems.core.assets.plane import Plane, Site, clear_sky, erbs, power
from custom_components.shems.core.assets.sun import position
from custom_components.shems.core.forecast import inferred_sun
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.history import History, Weather
from custom_components.shems.core.forecast.inferred_sun import (
    NAME,
    NOBODY,
    Roofs,
    courses,
    inferred,
    issue,
)
from custom_components.shems.core.forecast.levels import MEDIAN, crps
from custom_components.shems.core.forecast.solar import SolarState, advance, refresh
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.solar import PRIOR
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats

FILE = Path(__file__).parents[3] / "custom_components/shems/core/infer/weights/npe_solar.npz"
DAYS = Days("Europe/Berlin", 3600.0)
FIRST = 19_850
"""7 May 2024."""
SITE = Site(50.0, 10.0)
PEAK_KW = 6.0


@pytest.fixture(name="roofs", scope="module")
def fixture_roofs() -> Roofs:
    return Roofs(Network.read(FILE.read_bytes(), PRIOR))


def home(count: int, size: float = 1.0) -> History:
    """Return a roof that looks south-west, and the weather as it was forecast, and goes on."""
    random = np.random.default_rng(3)
    begin = DAYS.midnight(FIRST)
    start = begin + 3600.0 * np.arange(24 * (count + 4))
    sun = position(start + 1800.0, SITE.latitude, SITE.longitude)
    clear = clear_sky(sun)
    sky = np.repeat(random.uniform(0.25, 1.0, count + 4), 24)
    light = erbs((clear.direct + clear.diffuse) * sky, sun)
    made = size * power(Plane(30.0, 220.0, PEAK_KW), sun, light) * random.normal(1, 0.05, len(sky))

    def series(value: Floats, hours: int = len(start)) -> Series:
        return Series(start[:hours], start[:hours] + 3600.0, value[:hours])

    weather = Weather(
        temperature_c=series(np.full(len(start), 14.0)),
        direct_w_m2=series(light.direct),
        diffuse_w_m2=series(light.diffuse),
    )
    return History(solar=series(np.maximum(made, 0.0)), weather=weather)


def score(rows: Floats, history: History, day: int) -> float:
    truth = DAYS.matrix(history.solar, day, 1)[0]
    return float(crps(rows[0], truth).mean())


@pytest.mark.parametrize("size", [1.0, 0.1])
def test_roofs_are_found_whatever_their_size(roofs: Roofs, size: float) -> None:
    history = home(20, size)
    for known in (3, 10):
        draws = inferred(NOBODY, roofs, history, DAYS, FIRST + known, SITE)
        peak = draws[:, PRIOR.names.index("peak_power")]
        assert np.median(peak) == pytest.approx(0.86 * PEAK_KW * size, rel=0.3)
        said = issue(courses(draws, history, DAYS, FIRST + known, SITE))
        assert (np.diff(said, axis=-1) >= 0).all()
        assert score(said, history, FIRST + known) < 0.12 * PEAK_KW * size
    same = inferred(draws, roofs, home(60, size), DAYS, (FIRST + 56) // 7 * 7 + 1, SITE)
    assert same is draws


def test_before_the_first_sun_only_what_is_told_counts(roofs: Roofs) -> None:
    history = replace(home(3), solar=Series.empty())
    assert np.isnan(inferred(NOBODY, roofs, history, DAYS, FIRST + 2, SITE)).all()
    told = replace(roofs, told={"peak_power": (4.0, 0.2), "tilt": (30.0, 4.0)})
    draws = inferred(NOBODY, told, history, DAYS, FIRST + 2, SITE)
    assert draws[:, 0].mean() == pytest.approx(4.0, abs=0.2)
    night = home(3).solar
    dark = replace(history, solar=Series(night.start[:3], night.end[:3], night.value[:3]))
    assert np.isnan(inferred(NOBODY, roofs, dark, DAYS, FIRST + 2, SITE)).all()


def test_a_roof_that_fits_no_plane_is_silent(roofs: Roofs) -> None:
    history = home(28)
    late = replace(history, solar=replace(history.solar, value=np.roll(history.solar.value, 2)))
    assert np.isnan(inferred(NOBODY, roofs, late, DAYS, FIRST + 27, SITE)).all()


def test_no_day_is_foretold_of_which_the_sky_is_unknown(roofs: Roofs) -> None:
    history = home(10)
    draws = inferred(NOBODY, roofs, history, DAYS, FIRST + 10, SITE)
    end = DAYS.midnight(FIRST + 12)
    light = history.weather.direct_w_m2
    known = light.end <= end
    short = Series(light.start[known], light.end[known], light.value[known])
    half = replace(history, weather=replace(history.weather, direct_w_m2=short))
    said = issue(courses(draws, half, DAYS, FIRST + 10, SITE))
    assert np.isfinite(said[:2]).all()
    assert np.isnan(said[2]).all()
    snow = replace(light, value=np.where(light.start >= end, 5.0, 0.0))
    white = replace(history, weather=replace(history.weather, snow_cm=snow))
    said = issue(courses(draws, white, DAYS, FIRST + 10, SITE))
    assert np.isfinite(said).all(axis=(1, 2)).tolist() == [True, True, False]
    assert np.isnan(issue(courses(draws, history, DAYS, FIRST + 10, None))).all()
    assert np.isnan(courses(draws, history, Days("UTC", 7200.0), FIRST + 10, SITE)).all()
    fine = courses(draws, history, Days("Europe/Berlin", 900.0), FIRST + 10, SITE)
    coarse = courses(draws, history, DAYS, FIRST + 10, SITE)
    np.testing.assert_allclose(fine[..., ::4], coarse)


def test_the_learner_is_better_with_it_from_the_first_days_on(roofs: Roofs) -> None:
    history, said = home(12), {True: {}, False: {}}
    for with_it in (True, False):

        def hear(day: int, name: str, rows: Floats, heard: dict = said[with_it]) -> None:
            heard[day, name] = rows

        state = advance(
            None,
            history,
            DAYS,
            FIRST + 9,
            site=SITE,
            roofs=roofs if with_it else None,
            watch=hear,
        )
    assert np.isnan(said[False][FIRST + 9, NAME]).all()
    scores = {
        with_it: sum(score(rows[day, "mix"], history, day) for day in range(FIRST + 3, FIRST + 10))
        for with_it, rows in said.items()
    }
    assert scores[True] < 0.9 * scores[False]
    assert (said[True][FIRST + 1, "mix"][0, :, MEDIAN] > 0.5).any()
    assert state.draws is NOBODY


def test_it_outlives_a_file_and_a_new_forecast(roofs: Roofs) -> None:
    history, day = home(12), FIRST + 9
    state = advance(None, history, DAYS, day, site=SITE, roofs=roofs)
    assert state.weights[NAME] > 0.05
    assert state.archive.source == "mix+weather"
    again = SolarState.from_arrays(state.to_arrays())
    assert again is not None
    np.testing.assert_array_equal(again.draws, state.draws)
    np.testing.assert_array_equal(again.members, state.members)
    light = history.weather.direct_w_m2
    now = DAYS.midnight(day)

    def foretold(direct_w_m2: float) -> float:
        """Return the energy of the day under another sky than was forecast at its midnight."""
        value = np.where(light.start < now, light.value, direct_w_m2 * (light.value > 0))
        weather = replace(history.weather, direct_w_m2=replace(light, value=value))
        newer = replace(history, weather=weather)
        fresh = refresh(again, newer, DAYS, day, now + 3600.0, site=SITE)
        assert (fresh.members[:-1] == again.members[:-1])[np.isfinite(again.members[:-1])].all()
        return float(fresh.archive.quantiles[-1, 0, :, MEDIAN].sum())

    assert foretold(400.0) > 1.2 * foretold(0.0)
    assert len(state.draws) == inferred_sun.DRAWS
