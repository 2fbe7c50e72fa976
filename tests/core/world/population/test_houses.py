"""Many houses with their machines and habits."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.building import Building, Stores, advance
from custom_components.shems.core.assets.performance import Performance, on_line
from custom_components.shems.core.world.population.climate import Climate, draw_climate
from custom_components.shems.core.world.population.houses import (
    Lived,
    Shells,
    by_quarters,
    design_kw,
    live,
)
from custom_components.shems.core.world.population.thermostats import Habits, Plant

COUNT, DAYS = 40, 10
MIDDLE = (0.05, 20.0, 0.15, 4.0, 3.0, 0.02)


def winter(rng: np.random.Generator) -> Climate:
    return draw_climate(rng, COUNT, DAYS, start=np.full(COUNT, 1_705_276_800.0))


def lived(
    water: float = 0.0, summer: bool = False, **habits: float
) -> tuple[Lived, Plant, Climate, Shells]:
    rng = np.random.default_rng(5)
    climate = winter(rng)
    if summer:
        climate = replace(climate, temperature_c=climate.temperature_c + 30.0)
    shells = Shells.draw(rng, np.tile(MIDDLE, (COUNT, 1)))
    nothing = np.zeros(COUNT)
    shells = replace(shells, airing=nothing, sideways=nothing)
    plant = Plant.draw(rng, design_kw(shells, climate), shells.loss, np.full(COUNT, water))
    own = Habits.draw(rng, COUNT)
    own = replace(own, **{name: np.full(COUNT, value) for name, value in habits.items()})
    return live(rng, shells, plant, own, climate), plant, climate, shells


def test_heat_stores_of_many_are_those_of_each() -> None:
    rng = np.random.default_rng(1)
    homes = [
        Building(loss, air, mass, coupling, aperture_m2=0.0, gains_kw=0.0)
        for loss, air, mass, coupling in rng.uniform(0.1, 9.0, (7, 4))
    ]
    air_c, mass_c, out, heat = rng.uniform(-5.0, 25.0, (4, 7))
    found = advance(
        Stores(
            np.array([each.air_kwh_per_k for each in homes]) / 0.25,
            np.array([each.mass_kwh_per_k for each in homes]) / 0.25,
            np.array([0.4 * each.loss_kw_per_k for each in homes]),
            np.array([0.6 * each.loss_kw_per_k for each in homes]),
            np.array([each.coupling_kw_per_k for each in homes]),
        ),
        air_c,
        mass_c,
        np.array([0.4 * each.loss_kw_per_k for each in homes]) * out + heat,
        np.array([0.6 * each.loss_kw_per_k for each in homes]) * out,
    )
    each = [
        home.step(*map(float, state), 0.0, 0.25)
        for home, state in zip(homes, zip(air_c, mass_c, heat, out, strict=True), strict=True)
    ]
    assert pytest.approx(np.array(each)) == np.array(found).T


def test_cop_of_many_is_that_of_each() -> None:
    machine = Performance(cop=3.1, slope_per_k=0.08, lowest=2.0, highest=4.0)
    outdoor = np.array([-20.0, 2.0, 30.0])
    found = on_line(outdoor, np.full(3, 3.1), np.full(3, 0.08), (2.0, 4.0))
    assert found == pytest.approx([machine.at(float(each)) for each in outdoor])


def test_rooms_are_kept_warm_by_power_within_limits() -> None:
    seen, plant, climate, _ = lived(night_k=0.0, away=0.0, planned=1.0, gain=8.0, hysteresis_k=0.3)
    room = seen.indoor_c[:, 96:]
    assert np.quantile(room, 0.05) > 16.0
    assert climate.temperature_c.mean() < room.mean() - 8.0
    running = seen.heating_kw > 0
    assert np.all(seen.heating_kw <= plant.rated_kw[:, np.newaxis] + 1e-12)
    assert np.all((seen.heating_kw >= plant.least_kw[:, np.newaxis] - 1e-12)[running])
    mild = by_quarters(climate.temperature_c) <= plant.changeover_c[:, np.newaxis]
    assert not seen.cooling_kw[mild].any()
    assert not seen.water_kw.any()


def test_heat_is_conserved_over_days() -> None:
    seen, _, climate, shells = lived(night_k=0.0, away=0.0)
    outdoor = by_quarters(climate.temperature_c)
    heat = (seen.heating_kw * on_line(outdoor, 1.0, 0.02, (0.4, 1.8))).mean(axis=1)
    # What leaves through walls passes the coupling first.
    walls = 1 / (1 / shells.mass_loss + 1 / shells.coupling)
    lost = shells.loss * (1 - shells.mass_loss + walls) * (seen.indoor_c - outdoor).mean(axis=1)
    sun = shells.loss * shells.aperture * climate.irradiance.mean(axis=1) / 1000.0
    # Stores turn over twelve times in these days.
    rest = (lost - heat - sun) / shells.loss - shells.gains_k
    assert abs(np.median(rest)) < 0.5


def test_hot_water_goes_first_and_takes_its_share() -> None:
    seen, plant, _, _ = lived(water=0.3)
    making = seen.water_kw > 0
    assert not seen.heating_kw[making].any()
    daily = seen.water_kw.sum(axis=1) * 0.25 / DAYS
    assert np.median(daily / plant.water_kwh) == pytest.approx(1.0, abs=0.15)


def test_only_what_can_cool_cools() -> None:
    seen, plant, _, _ = lived(summer=True)
    assert seen.cooling_kw[plant.cools].any()
    assert not seen.cooling_kw[~plant.cools].any()


def test_timetables_heat_by_the_clock() -> None:
    planned, _, _, _ = lived(planned=0.5)
    free, _, _, _ = lived(planned=1.0)
    assert planned.indoor_c.std(axis=1).mean() > free.indoor_c.std(axis=1).mean() + 0.2
