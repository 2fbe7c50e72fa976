"""What histories of meters show and lack."""

import numpy as np
import pytest

from custom_components.shems.core.world.population.meters import (
    Meters,
    averaged,
    counted,
    coverage,
    delayed,
    masked,
    rounded,
)


def test_same_seed_same_meters() -> None:
    power = np.random.default_rng(1).gamma(1.0, 1.0, (5, 96))

    def read(seed: int) -> np.ndarray:
        rng = np.random.default_rng(seed)
        return Meters.draw(rng, 5).read(rng, power, 0.25, 4)

    assert np.array_equal(read(3), read(3))
    assert not np.array_equal(read(3), read(4))


def test_reading_keeps_energy_within_the_class() -> None:
    rng = np.random.default_rng(2)
    power = rng.gamma(1.0, 1.0, (200, 28 * 96))
    shown = Meters.draw(rng, 200).read(rng, power, 0.25, 4)
    assert shown.shape == (200, 28 * 24)
    assert shown.min() >= 0
    assert shown.mean(axis=1) == pytest.approx(power.mean(axis=1), rel=0.05)
    assert np.std(shown.mean(axis=1) / power.mean(axis=1)) > 0.003


def test_counter_shows_later_what_is_below_its_last_digit() -> None:
    power = np.full((1, 10), 0.03)
    shown = counted(power, 1.0, np.array([0.1]))
    assert set(np.round(shown[0], 6)) == {0.0, 0.1}
    assert shown.sum() == pytest.approx(0.3)


def test_late_clock_shows_the_past() -> None:
    values = np.array([[0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 2.0, 3.0], [0.0, 1.0, 2.0, 3.0]])
    shown = delayed(values, np.array([1.0, 0.5, -1.0]))
    assert shown.tolist() == [[0, 0, 1, 2], [0, 0.5, 1.5, 2.5], [1, 2, 3, 3]]


def test_means_of_steps() -> None:
    assert averaged(np.arange(8.0).reshape(1, 8), 4).tolist() == [[1.5, 5.5]]


def test_sensor_rounds_to_its_last_digit() -> None:
    assert rounded(np.array([20.04, 20.06]), 0.1) == pytest.approx([20.0, 20.1])


def test_histories_end_with_the_window() -> None:
    seen = coverage(np.random.default_rng(5), 400, 28, 24)
    assert seen.shape == (400, 28 * 24)
    days = seen.sum(axis=1) / 24
    assert days.min() > 4.5
    first = np.argmax(seen, axis=1) / 24
    assert first.max() > 20
    assert (first < 1).mean() == pytest.approx(0.52, abs=0.1)
    gone = np.diff(np.flatnonzero(np.pad(seen, ((0, 0), (1, 1)), constant_values=True).ravel()))
    assert gone.max() > 2 * 24
    assert 0.01 < 1 - seen[:, -4 * 24 :].mean() < 0.15


def test_missing_is_not_zero() -> None:
    shown = masked(np.array([[1.0, 0.0]]), np.array([[True, False]]))
    assert shown[0, 0] == 1.0
    assert np.isnan(shown[0, 1])
