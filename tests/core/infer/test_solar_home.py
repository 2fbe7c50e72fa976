"""The solar roof of one home, from a history of any length, and as a plane."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from custom_components.shems.core.assets.plane import clear_sky, erbs, power
from custom_components.shems.core.assets.sun import position
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.posterior import Verdict
from custom_components.shems.core.infer.solar import PRIOR, roofs_of
from custom_components.shems.core.infer.solar_home import SolarHistory, infer_solar, plane_of

_FILE = Path(__file__).parents[3] / "custom_components/shems/core/infer/weights/npe_solar.npz"
_THETA = np.array([5.0, 35.0, 150.0, 1.15, 5.0, 10.0])
_MAY = 1_714_521_600.0
_DECEMBER = 1_733_011_200.0


@pytest.fixture(name="network", scope="module")
def fixture_network() -> Network:
    return Network.read(_FILE.read_bytes(), PRIOR)


def history(days: float) -> SolarHistory:
    """Return a roof that faces south-east under a sky that changes from day to day."""
    rng = np.random.default_rng(1)
    times = _MAY + 3600.0 * np.arange(int(days * 24))
    sun = position(times + 1800.0, 50.0, 8.0)
    clear = clear_sky(sun)
    sky = np.repeat(rng.uniform(0.3, 1.0, int(days) + 1), 24)[: len(times)]
    whole = (clear.direct + clear.diffuse) * sky
    given = whole * rng.normal(1.0, 0.05, len(times))
    air = np.full(len(times), 15.0)
    made = power(plane_of(_THETA, 50.0), sun, erbs(whole, sun))
    return SolarHistory(times, made, given, air, np.full(len(times), np.nan), 50.0, 8.0)


@pytest.mark.parametrize("days", [10, 28, 90])
def test_a_roof_is_found(network: Network, days: int) -> None:
    found = infer_solar(history(days), network, np.random.default_rng(2))
    assert found.usable, found.alarms
    assert found.draw_of("peak_power").mean() == pytest.approx(5.0, rel=0.15)
    low, high = np.quantile(found.draw_of("azimuth"), [0.01, 0.99])
    assert low < 150.0 < high
    assert found.days <= days
    assert found.window[1] == history(days).times[-1] + 3600


def test_less_than_a_week_is_the_prior(network: Network) -> None:
    found = infer_solar(history(5), network, np.random.default_rng(2))
    assert found.verdict is Verdict.PRIOR


def test_a_polar_night_is_the_prior(network: Network) -> None:
    """No panel gives anything then, which says nothing of how many there are."""
    times = _DECEMBER + 3600.0 * np.arange(20 * 24)
    none, cold = np.zeros(len(times)), np.full(len(times), -5.0)
    dark = SolarHistory(times, none, none, cold, np.full(len(times), np.nan), 69.6, 18.9)
    found = infer_solar(dark, network, np.random.default_rng(2))
    assert (found.verdict, found.days) == (Verdict.PRIOR, 0.0)


@pytest.mark.parametrize(("lit_days", "prior"), [(4, True), (10, False)])
def test_only_days_with_light_count(network: Network, lit_days: int, prior: bool) -> None:
    """Others are as long, and show no more than a night does."""
    seen = history(20)
    light = seen.times < seen.times[0] + lit_days * 86_400.0
    dark = replace(seen, irradiance=seen.irradiance * light, power_kw=seen.power_kw * light)
    found = infer_solar(dark, network, np.random.default_rng(2))
    assert (found.verdict is Verdict.PRIOR) == prior


def test_a_wrong_clock_is_rejected(network: Network) -> None:
    seen = history(56)
    moved = replace(seen, power_kw=np.roll(seen.power_kw, 1))
    found = infer_solar(moved, network, np.random.default_rng(2))
    assert found.verdict is Verdict.REJECTED
    assert "time_shift" in found.alarms


def test_a_plane_gives_what_the_parameters_give() -> None:
    theta = np.array([5.0, 35.0, 120.0, 0.6, 25.0, 10.0])
    times = _MAY + 3600.0 * np.arange(48)
    for latitude in (50.0, -35.0):
        sun = position(times, latitude, 8.0)
        light = clear_sky(sun)
        plane = plane_of(theta, latitude)
        mirrored = replace(sun, azimuth=np.mod(np.pi - sun.azimuth, 2 * np.pi))
        ours = roofs_of(theta).delivered(
            sun if latitude > 0 else mirrored, light, np.full(48, 15.0), edge_rad=np.radians(0.25)
        )
        np.testing.assert_allclose(np.minimum(ours, 3.0), power(plane, sun, light), atol=1e-9)
        assert plane.limit_kw == pytest.approx(3.0)
    assert plane_of(_THETA, 50.0).limit_kw is None
