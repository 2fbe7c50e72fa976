"""The solar block: homes it simulates, what it shows of them, predicts and finds wrong."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.infer.block import Drawn
from custom_components.shems.core.infer.solar import (
    AZIMUTH,
    DAYS,
    HELD_DAYS,
    PEAK,
    TILT,
    TWISTS,
    SolarBlock,
)
from custom_components.shems.core.infer.solar_features import basis_of, fit, trust_of
from custom_components.shems.core.infer.solar_seen import SolarSeen

BLOCK = SolarBlock()
_COUNT = 30
_WINDOW = DAYS * 24


@pytest.fixture(name="homes", scope="module")
def fixture_homes() -> Drawn[SolarSeen]:
    return BLOCK.simulate(3, _COUNT)


def around(theta: np.ndarray) -> np.ndarray:
    """Return draws that are nearly the truth, (n, 20, 6)."""
    share = BLOCK.prior.share(theta)[:, np.newaxis]
    noise = 0.01 * np.random.default_rng(1).standard_normal((len(theta), 20, theta.shape[1]))
    return BLOCK.prior.from_share(np.clip(share + noise, 0.0, 1.0))


def test_homes_are_those_of_the_seed(homes: Drawn[SolarSeen]) -> None:
    again = BLOCK.simulate(3, _COUNT)
    np.testing.assert_array_equal(again.theta, homes.theta)
    np.testing.assert_array_equal(again.observed.power_kw, homes.observed.power_kw)
    assert homes.observed.power_kw.shape == (_COUNT, _WINDOW)
    assert homes.observed.held_out.shape == (_COUNT, HELD_DAYS * 24)
    assert homes.observed.times.shape == (_COUNT, _WINDOW + HELD_DAYS * 24)


def test_many_homes_are_simulated_in_parts() -> None:
    many = BLOCK.simulate(3, 252)
    assert many.theta.shape == (252, 6)
    assert BLOCK.features(many.observed).shape[0] == 252


def test_no_roof_gives_more_than_its_limit(homes: Drawn[SolarSeen]) -> None:
    highest = np.nanmax(homes.observed.power_kw, axis=1)
    # Meters may show 6 % more, and coarse counters what was left from the hour before.
    assert np.all(highest <= 1.1 * homes.theta[:, PEAK] * homes.theta[:, 3] + 0.1)


@pytest.mark.parametrize("twist", TWISTS)
def test_twists_change_what_is_seen(twist: str, homes: Drawn[SolarSeen]) -> None:
    twisted = BLOCK.simulate(3, _COUNT, twist=twist)
    np.testing.assert_array_equal(twisted.theta, homes.theta)
    same_power = np.array_equal(twisted.observed.held_out, homes.observed.held_out)
    same_sky = np.array_equal(twisted.observed.irradiance, homes.observed.irradiance)
    assert not (same_power and same_sky)


def test_features_are_finite_and_know_gaps(homes: Drawn[SolarSeen]) -> None:
    shown = BLOCK.features(homes.observed)
    assert np.all(np.isfinite(shown))
    none = replace(homes.observed, power_kw=np.full_like(homes.observed.power_kw, np.nan))
    assert np.all(np.isfinite(BLOCK.features(none)))
    assert np.all(np.isfinite(BLOCK.features(homes.observed.homes(slice(0, 1)))))


def test_features_are_of_each_home_alone(homes: Drawn[SolarSeen]) -> None:
    together = BLOCK.features(homes.observed)
    alone = BLOCK.features(homes.observed.homes(slice(7, 8)))
    np.testing.assert_allclose(alone[0], together[7], rtol=1e-6, atol=1e-9)


def test_fit_finds_the_plane_that_made_the_power() -> None:
    drawn = BLOCK.simulate(5, 40)
    day = drawn.observed.window
    basis = basis_of(day)
    tilt, azimuth = np.radians(drawn.theta[:, TILT]), np.radians(drawn.theta[:, AZIMUTH])
    normal = np.stack(
        [np.sin(tilt) * np.sin(azimuth), np.sin(tilt) * np.cos(azimuth), np.cos(tilt)], axis=1
    )[day.home]
    beam = np.maximum((basis[:, :3] * normal).sum(axis=1), 0.0)
    power = 3.0 * (beam + basis[:, 3] * normal[:, 2] + basis[:, 4])
    found = fit(day, basis, power, trust_of(day, power))
    shone = day.total(day.irradiance) > 20_000
    right = (found.normal[shone] * normal[np.searchsorted(day.home, np.flatnonzero(shone))]).sum(1)
    assert np.median(right) > 0.995
    assert np.median(np.abs(found.peak_kw[shone, 0] - 3.0)) < 0.2
    assert found.misfit[shone].max() < 0.3


def test_south_is_the_north_mirrored() -> None:
    drawn = BLOCK.simulate(3, 20)
    half_a_year = 183 * 86400.0
    south = replace(
        drawn.observed,
        latitude=-drawn.observed.latitude,
        times=drawn.observed.times + half_a_year,
    )
    north, other = BLOCK.features(drawn.observed), BLOCK.features(south)
    apart = np.abs(north - other) / (north.std(axis=0) + 1e-3)
    assert np.median(apart) < 0.2


def test_bands_hold_the_power_afterwards(homes: Drawn[SolarSeen]) -> None:
    drawn = BLOCK.predict(homes.observed, around(homes.theta))
    later = homes.observed.held_out
    known = np.isfinite(drawn[:, 0])
    low, high = np.quantile(np.nan_to_num(drawn), [0.05, 0.95], axis=1)
    inside = ((later >= low) & (later <= high))[known].mean()
    assert 0.82 < inside < 0.99
    assert 0.2 < known.mean() < 0.6
    assert np.nanmin(drawn) >= 0


def test_alarms_tell_a_wrong_clock_and_curtailment() -> None:
    statistics = {}
    for twist in (None, "time_shift", "curtailment"):
        drawn = BLOCK.simulate(11, 60, twist=twist)
        found = BLOCK.check(drawn.observed, around(drawn.theta))
        statistics[twist] = dict(zip(found.names, found.statistics.T, strict=True))
        assert "curtailment" in found.mild
    for name, least in (("time_shift", 0.9), ("curtailment", 0.7)):
        usual = np.quantile(np.nan_to_num(statistics[None][name]), 0.97)
        assert np.mean(statistics[name][name] > usual) > least


def test_a_sensor_that_is_no_solar_roof_is_a_misfit(homes: Drawn[SolarSeen]) -> None:
    asleep = np.where(np.arange(_WINDOW) % 24 > 20, 1.0, 0.0) * homes.theta[:, :1]
    wrong = replace(homes.observed, power_kw=asleep)
    found = BLOCK.check(wrong, around(homes.theta))
    misfit = found.statistics[:, found.names.index("misfit")]
    usual = BLOCK.check(homes.observed, around(homes.theta)).statistics[:, 2]
    assert np.isfinite(misfit).mean() > 0.8
    assert np.isfinite(usual).mean() < 0.1
