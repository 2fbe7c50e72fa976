"""The people of many homes."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.world.population.days import Place
from custom_components.shems.core.world.population.habits import HABITS, Habits, Ways
from custom_components.shems.core.world.population.occupants import PER_DAY, Lived, live
from custom_components.shems.core.world.population.pulses import Pulses

DAYS = 28
USUAL = (0.15, 7.0, 1.0, 18.5, 3.0, 0.5, 0.0, 0.0, 7.4, 17.5, 12.0, 0.0)
NOTHING = [
    "day_kwh",
    "unsteady",
    "drift",
    "light_kw",
    "guest_share",
    "boiler_kw",
    "timer_kw",
    "climate_kwh",
    "lie_in_h",
]


def home(count: int = 40, seed: int = 1, /, **known: float) -> Lived:
    """Return usual homes but for what is known of their habits and ways."""
    habits = Habits.of(np.tile(np.array(USUAL), (count, 1)))
    ways = Ways.draw(np.random.default_rng(0), count)
    told = {name: np.full(count, value) for name, value in known.items()}
    still = {name: np.zeros(count) for name in NOTHING}
    still |= {name: value for name, value in told.items() if name not in HABITS}
    habits = replace(habits, **{name: told[name] for name in HABITS if name in told})
    place = Place(np.full(count, 52.0), np.zeros(count, np.int64), np.zeros(count, np.int64))
    return live(np.random.default_rng(seed), habits, DAYS, replace(ways, **still), place)


def daily(power: np.ndarray) -> np.ndarray:
    """Return the mean day's profile, (96,)."""
    return power.reshape(-1, PER_DAY).mean(axis=0)


def kwh_a_day(power: np.ndarray) -> float:
    """Return mean energy a day."""
    return float(power.mean() * 24.0)


def test_pulses_keep_their_energy() -> None:
    rng = np.random.default_rng(3)
    home_of = rng.integers(0, 5, 300)
    begin, hours, kw = rng.uniform(0, 20, 300), rng.uniform(0.01, 4, 300), rng.uniform(0, 3, 300)
    power = Pulses(home_of, begin, hours, kw).laid(5, 96, 0.25)
    assert power.sum(axis=1) * 0.25 == pytest.approx(np.bincount(home_of, kw * hours))


def test_pulse_lies_where_it_happens() -> None:
    one = Pulses(np.array([0]), np.array([0.4]), np.array([0.5]), np.array([2.0]))
    assert one.laid(1, 6, 0.25)[0] == pytest.approx([0, 0.8, 2.0, 1.2, 0, 0])


def test_pulses_outside_the_window_are_cut() -> None:
    two = Pulses(
        np.array([0, 0]), np.array([-1.0, 0.75]), np.array([1.25, 9.0]), np.array([1.0, 3.0])
    )
    assert two.laid(1, 4, 0.25)[0] == pytest.approx([1.0, 0, 0, 3.0])


def test_same_seed_same_people() -> None:
    habits = Habits.of(np.tile(np.array(USUAL), (3, 1)))
    one, two = (live(np.random.default_rng(5), habits, 7) for _ in range(2))
    assert np.array_equal(one.load_kw, two.load_kw)
    other = live(np.random.default_rng(6), habits, 7)
    assert not np.array_equal(one.load_kw, other.load_kw)


def test_base_is_what_is_left_when_everybody_is_away() -> None:
    lived = home(40, 1, away=0.999, trip_days=1e6, morning_kwh=2.0)
    assert not lived.awake.mean() > 0.02
    assert lived.house_kw.mean() == pytest.approx(0.15, rel=0.03)
    assert lived.drawn_kw.mean() < 0.01


def test_energies_are_those_of_the_habits() -> None:
    lived = home(300)
    assert kwh_a_day(lived.house_kw) == pytest.approx(0.15 * 24 + 1.0 + 3.0, rel=0.03)
    more = home(300, 1, evening_kwh=6.0)
    assert kwh_a_day(more.house_kw - lived.house_kw) == pytest.approx(3.0, rel=0.05)


def test_use_lies_around_its_hours() -> None:
    profile = daily(home(300, 1, jitter_h=0.3).house_kw - 0.15)
    hours = (np.arange(PER_DAY) + 0.5) / 4
    for hour, energy in ((7.0, 1.0), (18.5, 3.0)):
        near = np.abs(hours - hour) < 4
        assert np.average(hours[near], weights=np.maximum(profile[near], 0)) == pytest.approx(
            hour, abs=0.25
        )
        assert profile[near].sum() / 4 == pytest.approx(energy, rel=0.08)


def test_free_mornings_are_later() -> None:
    lived = home(300, 1, lie_in_h=2.5)
    days = lived.house_kw.reshape(300, DAYS, PER_DAY)
    free = (np.arange(DAYS) % 7) >= 5
    early = slice(5 * 4, 8 * 4)
    assert days[:, free, early].mean() < 0.7 * days[:, ~free, early].mean()


def test_programmes_add_their_energy() -> None:
    lived = home(200, 1, appliances=2.0, load_kwh=1.0)
    assert 1.5 < kwh_a_day(lived.house_kw) - (0.15 * 24 + 4.0) < 4.0


def test_cars_charge_what_their_sessions_say() -> None:
    lived = home(200, 1, sessions=0.5)
    assert lived.car_kw.max() <= 2 * 7.4 + 1e-9
    assert kwh_a_day(lived.car_kw) == pytest.approx(6.0, rel=0.1)
    held = lived.sessions
    assert held.energy_kwh.mean() == pytest.approx(12.0, rel=0.06)
    assert np.median(np.mod(held.begin, 24.0)) == pytest.approx(17.5, abs=0.3)
    stay = held.leave - held.begin
    assert (stay * held.kw >= held.energy_kwh - 1e-9).all()
    assert 8 < np.median(stay) < 18
    assert home().car_kw.max() == 0


def test_light_burns_when_it_is_dark() -> None:
    lit = home(40, 1, light_kw=0.2).house_kw - home(40).house_kw
    profile = daily(lit)
    assert profile[12 * 4] == 0
    assert profile[20 * 4] > 0.1
    assert profile[3 * 4] < 0.02


def test_hot_water_follows_people() -> None:
    few, many = (home(100, 1, people=number) for number in (1.0, 5.0))
    assert 1.0 < kwh_a_day(few.drawn_kw) < 3.0
    assert kwh_a_day(many.drawn_kw) == pytest.approx(5 * kwh_a_day(few.drawn_kw), rel=0.1)


@pytest.mark.parametrize("night", [False, True])
def test_boiler_takes_what_is_drawn(night: bool) -> None:
    lived = home(100, 1, boiler_kw=2.5, night_boiler=night)
    heat = kwh_a_day(lived.drawn_kw) + (1.0 if night else 0.0)
    taken = lived.house_kw - home(100).house_kw
    assert kwh_a_day(taken) == pytest.approx(heat, rel=0.12)
    asleep = daily(taken)[: 5 * 4].sum() / daily(taken).sum()
    assert asleep > 0.4 if night else asleep < 0.1


def test_timer_runs_every_day_at_its_hour() -> None:
    taken = home(5, 1, timer_kw=1.0, timer_h=13.0, timer_length_h=2.0).house_kw - home(5).house_kw
    profile = daily(taken)
    assert profile[13 * 4 : 15 * 4] == pytest.approx(1.0)
    assert profile.sum() / 4 == pytest.approx(2.0)


def test_climate_takes_more_in_its_season() -> None:
    heating, cooling = (
        home(200, 1, climate_kwh=12.0, heats=heats).house_kw - home(200).house_kw
        for heats in (True, False)
    )
    assert kwh_a_day(heating) == pytest.approx(12.0 * 1.45, rel=0.15)
    assert kwh_a_day(cooling) == 0


def test_place_turns_the_seasons_in_the_south() -> None:
    place = Place(np.array([52.0, -52.0]), np.zeros(2, np.int64), np.array([5, 0]))
    north, south = place.winter(1)[:, 0]
    assert north == pytest.approx(-south)
    assert north > 0.9
    dark = place.dark(7, 24).mean(axis=(1, 2))
    assert dark[0] > 0.6
    assert dark[1] < 0.45
    assert place.free(3).tolist() == [[True, True, False], [False, False, False]]


def test_drawn_homes_differ() -> None:
    count = 300
    theta = np.tile(np.array(USUAL), (count, 1))
    lived = live(np.random.default_rng(2), Habits.of(theta), DAYS)
    mean = lived.load_kw.mean(axis=1)
    assert np.isfinite(lived.load_kw).all()
    assert lived.load_kw.min() >= 0
    assert np.quantile(mean, 0.9) > 2 * np.quantile(mean, 0.1)
