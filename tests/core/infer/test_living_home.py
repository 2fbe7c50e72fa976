"""One home's history, and years as its people may live them."""

from datetime import UTC, datetime

import numpy as np
import pytest

from custom_components.shems.core.infer.living import Living
from custom_components.shems.core.infer.living_home import (
    Past,
    infer_living,
    living_years,
    windows,
)
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.posterior import Posterior, Verdict, prior_of
from custom_components.shems.core.series import Series

HOUR = 3600.0
BLOCK = Living()
BERLIN = "Europe/Berlin"
END = datetime(2024, 11, 20, 12, tzinfo=UTC).timestamp()


def past(days: float, power: np.ndarray | None = None) -> Past:
    """Return a home of which some days are known."""
    count = round(days * 24)
    start = END - HOUR * np.arange(count, 0, -1)
    value = np.random.default_rng(1).gamma(2.0, 0.3, count) if power is None else power
    return Past(Series(start, start + HOUR, value), BERLIN, 52.5)


def network() -> Network:
    """Return networks that answer with much the same for every home."""
    random = np.random.default_rng(3)
    size, count = len(BLOCK.prior.parameters), 2
    features = BLOCK.features(BLOCK.simulate(1, 2).observed).shape[1]
    widths = (features, 8, 8, 8, count * (1 + 2 * size + size * (size - 1) // 2))
    arrays = {
        "block": np.array("living"),
        "prior": np.array(BLOCK.prior.digest),
        "mean": np.zeros(features),
        "deviation": np.ones(features),
        "components": np.array(count),
        "alarms": np.array(("energy", "rhythm", "peaks")),
        "thresholds": np.full(3, 100.0),
    }
    for at in range(4):
        shape = (3, widths[at], widths[at + 1])
        arrays[f"weights_{at}"] = 0.02 * random.standard_normal(shape)
        arrays[f"biases_{at}"] = np.zeros((3, widths[at + 1]))
    return Network.of(arrays, BLOCK.prior)


def test_windows_are_local_days() -> None:
    home = past(70)
    wall = (home.load.start + HOUR + 0.0) % 86400.0
    clock = Past(Series(home.load.start, home.load.end, wall / HOUR), BERLIN, 52.5)
    observed, seen = windows(clock, END)
    assert observed.load_kw.shape == (3, 672)
    # In winter time clocks show an hour more than UTC.
    assert observed.load_kw[0].reshape(28, 24)[10].tolist() == list(range(24))
    # In summer time they show one more.
    assert observed.load_kw[1].reshape(28, 24)[3].tolist() == [23, *range(23)]
    assert observed.weekday[0] == datetime(2024, 10, 23, tzinfo=UTC).weekday()
    assert observed.day[0] == datetime(2024, 10, 23, tzinfo=UTC).timetuple().tm_yday - 1
    assert seen[0].days == pytest.approx(28)
    assert seen[0].window[1] == datetime(2024, 11, 19, 23, tzinfo=UTC).timestamp()
    assert seen[2].days == pytest.approx(13.5, abs=0.1)


def test_a_week_is_needed() -> None:
    random = np.random.default_rng(1)
    told = infer_living(network(), past(6), END, random)
    assert told is None


def test_windows_are_pooled() -> None:
    random = np.random.default_rng(1)
    told = infer_living(network(), past(8), END, random)
    assert told is not None
    assert told.names == BLOCK.prior.names
    assert told.days < 8
    long = infer_living(network(), past(100), END, random)
    assert long is not None
    assert long.days > 60


def known(power: float) -> Posterior:
    """Return a posterior of usual people with a car."""
    theta = np.array([power, 7.0, 1.0, 18.5, 3.0, 0.5, 1.0, 0.05, 7.4, 17.5, 12.0, 0.5])
    return Posterior("living", BLOCK.prior.names, np.tile(theta, (50, 1)), Verdict.TRUSTED)


def test_years_are_on_the_worlds_clock() -> None:
    start = datetime(2024, 3, 30, 5, tzinfo=UTC).timestamp()
    years = living_years(known(0.2), past(30), start, 3, 4, np.random.default_rng(2))
    # Three local days with one of 23 hours.
    assert len(years.start) == 71
    assert years.start[0] == datetime(2024, 3, 29, 23, tzinfo=UTC).timestamp()
    assert np.diff(years.start) == pytest.approx(HOUR)
    assert years.house_kw.shape == years.car_kw.shape == (4, 71)
    assert years.house_kw.min() > 0


def test_cars_charges_are_told_apart() -> None:
    years = living_years(known(0.2), past(0), END, 28, 20, np.random.default_rng(2), per_hour=4)
    assert years.step_s == 900
    energy = sum(charge[:, 2].sum() for charge in years.charges)
    assert years.car_kw.sum() / 4 == pytest.approx(energy, rel=0.05)
    for charge in years.charges:
        begin, leave, kwh, kw = charge.T
        assert (leave - begin >= kwh / kw * HOUR - 1e-3).all()
        assert kw == pytest.approx(7.4)
    hour = np.concatenate([charge[:, 0] for charge in years.charges]) / HOUR + 1.0
    assert np.median(hour % 24) == pytest.approx(17.5, abs=1.0)


def test_members_live_as_the_home_did() -> None:
    shown = BLOCK.simulate(21, 60).observed.load_kw
    whole = shown[np.isfinite(shown).mean(axis=1) > 0.9]
    order = np.argsort(np.nanmean(whole, axis=1))
    unknown = prior_of("living", BLOCK.prior, np.random.default_rng(1), 400)
    for home in (whole[order[2]], whole[order[-3]]):
        own = past(28, home)
        years = living_years(unknown, own, END, 28, 12, np.random.default_rng(5))
        mean = float((years.house_kw + years.car_kw).mean())
        assert mean == pytest.approx(float(np.nanmean(home)), rel=0.35)


def test_members_are_those_of_the_seed() -> None:
    one, two = (
        living_years(known(0.1), past(20), END, 7, 3, np.random.default_rng(9)) for _ in range(2)
    )
    assert np.array_equal(one.house_kw, two.house_kw)
