"""One home's history to the posterior of its rooms, and that to a plan's building."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.building import Building
from custom_components.shems.core.assets.performance import Performance
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.posterior import Posterior, Verdict
from custom_components.shems.core.infer.thermal import PRIOR, Thermal
from custom_components.shems.core.infer.thermal_home import (
    Heated,
    Known,
    as_building,
    buildings_of,
    infer_thermal,
    kept_by_another,
    learned,
    windows_of,
)
from custom_components.shems.core.units import InputError

BLOCK = Thermal()
START = 1_700_000_000.0 // DAY_S * DAY_S
TRUTH = {
    "loss": 0.06,
    "time_constant": 90.0,
    "air_share": 0.15,
    "aperture": 4.0,
    "gains": 3.0,
    "cop_slope": 0.02,
}


def network(sharp: float = 20.0, **known: float) -> Network:
    """Return a network that says the same of every home, with an alarm that never rings."""
    size, count = len(PRIOR.parameters), FEATURES
    outputs = 1 + 2 * size + size * (size - 1) // 2
    biases = np.zeros((1, outputs))
    values = np.array([[{**TRUTH, **known}[name] for name in PRIOR.names]])
    biases[0, 1 : 1 + size] = PRIOR.unbounded(values)[0]
    biases[0, 1 + size : 1 + 2 * size] = np.log(sharp)
    widths = (count, 2, 2, 2, outputs)
    arrays = {
        "block": np.array("thermal"),
        "prior": np.array(PRIOR.digest),
        "mean": np.zeros(count),
        "deviation": np.ones(count),
        "components": np.array(1),
        "alarms": np.array(["course"]),
        "thresholds": np.array([1e9]),
    }
    for at in range(4):
        arrays[f"weights_{at}"] = np.zeros((1, *widths[at : at + 2]))
        arrays[f"biases_{at}"] = biases if at == 3 else np.zeros((1, 2))
    return Network.of(arrays, PRIOR)


def history(days: int, **changed: object) -> Heated:
    """Return a room that a thermostat holds in a winter that ends."""
    hours = np.arange(days * 24)
    times = START + hours * HOUR_S
    outdoor = 3.0 + 10.0 * hours / (400 * 24) + 3.0 * np.sin(2 * np.pi * (hours - 9) / 24)
    made = Heated(
        times,
        np.maximum(0.06 * (18.0 - outdoor), 0.0),
        np.full(len(hours), 20.5),
        outdoor,
        np.maximum(0.3 * np.sin(2 * np.pi * (hours - 6) / 24), 0.0),
        longitude=0.0,
    )
    return replace(made, **changed)


FEATURES = BLOCK.features(windows_of(history(1))[0]).shape[1]


def posterior(verdict: Verdict = Verdict.TRUSTED, sharp: float = 20.0) -> Posterior:
    random = np.random.default_rng(3)
    draws = network(sharp).sample(np.zeros((1, FEATURES)), random, 400)[0]
    return Posterior("thermal", PRIOR.names, draws, verdict)


@pytest.mark.parametrize(("days", "number"), [(7, 1), (28, 1), (29, 2), (400, 14), (600, 14)])
def test_windows_count_back_from_the_last_whole_day(days: int, number: int) -> None:
    rooms, seen = windows_of(history(days))
    assert rooms.indoor_c.shape == (number, 672)
    end = START + days * DAY_S
    assert seen[0].window == (end - 28 * DAY_S, end)
    assert seen[0].days == min(days, 28)
    assert rooms.hour[0, -24:] == pytest.approx(np.arange(24) + 0.5)
    assert np.isfinite(rooms.indoor_c[0, -24 * min(days, 28) :]).all()
    if days < 28:
        assert np.isnan(rooms.indoor_c[0, : (28 - days) * 24]).all()


def test_windows_begin_at_solar_midnight() -> None:
    rooms, _ = windows_of(history(30, longitude=45.0))
    assert rooms.hour[0, 0] == pytest.approx(0.5)
    assert rooms.hour[0, -1] == pytest.approx(23.5)


def test_windows_in_which_nothing_was_seen_are_left_out() -> None:
    seen = history(84)
    power = seen.power_kw.copy()
    power[28 * 24 : 56 * 24] = np.nan
    rooms, when = windows_of(replace(seen, power_kw=power))
    assert len(rooms.indoor_c) == len(when) == 2
    assert when[1].window[0] == START
    _, none = windows_of(history(0))
    assert none == []


def test_power_above_the_changeover_cools() -> None:
    warm = history(28, changeover_c=5.0)
    rooms, _ = windows_of(warm)
    cools = rooms.outdoor_c > 5.0
    assert cools.any()
    assert not rooms.heating_kw[cools].any()
    assert not rooms.cooling_kw[~cools].any()
    assert (rooms.heating_kw + rooms.cooling_kw)[0] == pytest.approx(warm.power_kw)


def test_what_is_not_hourly_is_refused() -> None:
    seen = history(9)
    with pytest.raises(InputError, match="history not hourly"):
        replace(seen, times=seen.times * 2)
    with pytest.raises(InputError, match="history not hourly"):
        replace(seen, sun_kw_m2=seen.sun_kw_m2[1:])


def test_a_winter_is_inferred_and_kept() -> None:
    random = np.random.default_rng(0)
    found = infer_thermal(network(), history(60), random)
    assert found.verdict is Verdict.TRUSTED
    assert np.median(found.draw_of("loss")) == pytest.approx(0.06, rel=0.05)
    again = infer_thermal(network(), history(3), random, earlier=[found])
    assert again.verdict is Verdict.TRUSTED
    assert np.median(again.draw_of("loss")) == pytest.approx(0.06, rel=0.05)


def test_too_little_leaves_the_prior() -> None:
    random = np.random.default_rng(0)
    for days in (0, 4):
        found = infer_thermal(network(), history(days), random)
        assert found.verdict is Verdict.PRIOR
        assert found.draws.shape == (1000, 6)
        assert found.draw_of("loss").max() > 0.3


def test_what_the_household_knows_counts() -> None:
    random = np.random.default_rng(0)
    seen = history(40, steady=True)
    found = infer_thermal(network(2.0), seen, random, {"loss": (0.09, 0.002)})
    assert np.median(found.draw_of("loss")) == pytest.approx(0.09, abs=0.003)
    assert np.abs(found.draw_of("cop_slope")).max() < 0.006


def test_draws_become_buildings_in_kilowatts_of_heat() -> None:
    form = Known(performance=Performance(cop=4.0))
    found = as_building(TRUTH, form)
    assert found.building.loss_kw_per_k == pytest.approx(0.24)
    stores = found.building.air_kwh_per_k + found.building.mass_kwh_per_k
    assert stores / found.building.loss_kw_per_k == pytest.approx(90.0)
    assert found.building.air_kwh_per_k / stores == pytest.approx(0.15)
    assert found.building.aperture_m2 == pytest.approx(0.96)
    assert found.building.gains_kw == pytest.approx(0.72)
    assert found.performance.slope_per_k == pytest.approx(0.08)
    ratio = form.building.coupling_kw_per_k / form.building.loss_kw_per_k
    assert found.building.coupling_kw_per_k / 0.24 == pytest.approx(ratio)


def test_what_is_not_known_stays_as_the_form_says() -> None:
    form = Known(Building(loss_kw_per_k=0.2, mass_kwh_per_k=0.0), Performance.constant())
    assert as_building({}, form) == form
    half = as_building({"loss": 0.1}, form).building
    assert half.loss_kw_per_k == pytest.approx(0.1)
    assert half.air_kwh_per_k == pytest.approx(form.building.air_kwh_per_k / 2)
    assert half.gains_kw == form.building.gains_kw


def test_only_what_was_learned_is_taken_over() -> None:
    assert learned(posterior()) == set(PRIOR.names)
    assert learned(posterior(sharp=0.5)) == set()
    form = Known()
    taken = buildings_of(posterior(), form, 20)
    assert len(taken) == 20
    losses = [each.building.loss_kw_per_k for each in taken]
    assert np.median(losses) == pytest.approx(0.06 * 3.8, rel=0.1)
    assert buildings_of(posterior(Verdict.REJECTED), form, 20) == [form]
    assert buildings_of(posterior(sharp=0.5), form, 3) == [form] * 3


def test_days_that_another_machine_heats_tell_nothing_of_one_that_rests() -> None:
    resting, working = np.full(50, 0.001), np.full(50, 1.0)
    assert kept_by_another(resting, working).tolist() == [False] * 2 + [True] * 48
    assert not kept_by_another(working, working).any()
    assert not kept_by_another(resting, resting).any()
    mixed = np.concatenate([resting[:24], np.full(24, np.nan), working[:24]])
    assert kept_by_another(mixed, np.ones(72)).tolist() == [True] * 48 + [False] * 24
