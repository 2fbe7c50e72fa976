"""Many batteries at once: limits, energy, and the physics of a home's own battery."""

import numpy as np
import pytest

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.world.population.batteries import (
    PER_DAY,
    Batteries,
    asked_of,
    run,
)

COUNT, DAYS = 40, 4


def batteries() -> Batteries:
    random = np.random.default_rng(1)
    capacity = random.uniform(2, 20, COUNT)
    return Batteries(
        capacity_kwh=capacity,
        round_trip=random.uniform(0.6, 0.98, COUNT),
        idle_kw=random.uniform(0, 0.1, COUNT),
        standby_kw=random.uniform(0, 0.05, COUNT),
        charge_kw=capacity / 3,
        discharge_kw=capacity / 2,
        least_share=np.full(COUNT, 0.1),
        most_share=np.full(COUNT, 0.95),
        deaf_kw=np.full(COUNT, 0.05),
    )


def test_what_is_stored_is_what_went_in_less_what_was_lost() -> None:
    homes = batteries()
    asked = asked_of(np.random.default_rng(2), COUNT, DAYS, homes.capacity_kwh)
    charge, discharge, stored = run(homes, asked, np.full(COUNT, 0.5))
    assert asked.shape == charge.shape == (COUNT, DAYS * PER_DAY)
    assert np.all(charge <= homes.charge_kw[:, np.newaxis] + 1e-9)
    assert np.all(discharge <= homes.discharge_kw[:, np.newaxis] + 1e-9)
    assert np.all(charge * discharge == 0)
    assert np.all(np.abs(charge - discharge)[np.abs(asked) < 0.05] == 0)
    share = stored / homes.capacity_kwh[:, np.newaxis]
    assert share.min() >= 0.1 - 1e-9
    assert share.max() <= 0.95 + 1e-9
    each = np.sqrt(homes.round_trip)[:, np.newaxis]
    on = charge + discharge > 1e-3
    lost = homes.standby_kw[:, np.newaxis] + homes.idle_kw[:, np.newaxis] * on
    flow = (charge * each - discharge / each - lost) * 0.25
    short = np.diff(stored, axis=1) - flow[:, :-1]
    # Only a store that stands by when empty loses less.
    assert short.min() > -1e-9
    empty = share[:, 1:] < 0.1 + 1e-9
    assert np.abs(short[~empty]).max() < 1e-9


def test_a_home_of_many_is_as_it_is_alone() -> None:
    homes = batteries()
    asked = asked_of(np.random.default_rng(3), COUNT, DAYS, homes.capacity_kwh)
    charge, discharge, stored = run(homes, asked, np.full(COUNT, 0.5))
    each = float(np.sqrt(homes.round_trip[0]))
    alone = Battery(
        "b",
        "Battery",
        float(homes.capacity_kwh[0]),
        float(homes.charge_kw[0]),
        float(homes.discharge_kw[0]),
        each,
        each,
        min_soc=0.1,
        max_soc=0.95,
        idle_kw=float(homes.idle_kw[0]),
        standby_kw=float(homes.standby_kw[0]),
    )
    energy = 0.5 * alone.capacity_kwh
    for at in range(DAYS * PER_DAY):
        assert stored[0, at] == pytest.approx(energy, abs=1e-6)
        wanted = asked[0, at] if abs(asked[0, at]) >= 0.05 else 0.0
        energy, power = alone.step(energy, float(wanted), 0.25)
        assert discharge[0, at] - charge[0, at] == pytest.approx(power, abs=1e-6)


def test_homes_are_reproducible_and_differ() -> None:
    capacity = np.full(COUNT, 10.0)
    one, again, other = (
        asked_of(np.random.default_rng(seed), COUNT, DAYS, capacity) for seed in (4, 4, 5)
    )
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)
    assert np.mean(one < 0) > 0.1
    assert np.mean(one > 0) > 0.3
