"""The plant of the closed loop: prices, gaps, noise and what is billed."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.core.dispatch.respond import Slot
from custom_components.shems.core.plan.result import Right
from custom_components.shems.core.replay.controllers import no_battery, self_consumption, timer
from custom_components.shems.core.replay.run import (
    Controller,
    Run,
    play,
    protocol_battery,
    protocol_tariff,
    split,
)
from custom_components.shems.core.units import InputError
from tests.core.replay.courses import ZONE, at, noisy, run_of


def always(run: Run, *, buy: int = 0, absorb: int = 0, cover: int = 0, sell: int = 0) -> Controller:
    return lambda _step, _energy: Slot(
        run.battery, buy, absorb, cover, sell, 0.0, 0.0, hours=run.hours
    )


def price_at(run: Run, text: str) -> tuple[float, float]:
    index = round((at(text) - run.course.start[0]) / run.course.step_s)
    buy, sell = run.prices
    return round(float(buy[index]), 6), round(float(sell[index]), 6)


@pytest.mark.parametrize("day", ["2024-03-30", "2024-03-31", "2024-04-01", "2024-10-27"])
@pytest.mark.parametrize(
    ("clock", "fee"),
    [
        *(("00:00", 0.06), ("05:30", 0.06), ("06:00", 0.14), ("16:30", 0.14)),
        *(("17:00", 0.30), ("20:30", 0.30), ("21:00", 0.14), ("23:30", 0.14)),
    ],
)
def test_time_of_use_follows_the_wall_clock(day: str, clock: str, fee: float) -> None:
    run = run_of(np.ones(50 * 2), price=0.1, begin=day, step_s=1800, tariff="tou")
    assert price_at(run, f"{day}T{clock}") == (round(0.1 + fee, 6), 0.09)


def test_other_tariffs() -> None:
    spot, flat = (
        run_of(np.ones(2), price=[0.2, -0.1], tariff=name).prices for name in ("spot", "flat")
    )
    assert np.allclose(spot, [[0.345, 0.045], [0.18, -0.09]])
    assert np.allclose(flat, [[0.3, 0.3], [0.08, 0.08]])
    with pytest.raises(InputError) as caught:
        protocol_tariff("night", ZONE, "EUR")
    assert caught.value.arguments == {"tariff": "night"}


def test_the_battery() -> None:
    battery = protocol_battery()
    assert (battery.min_kwh, battery.max_kwh) == (1, 10)
    assert (battery.charge_kw, battery.discharge_kw) == (5, 5)
    assert (battery.charge_efficiency, battery.discharge_efficiency) == (0.95, 0.95)
    assert battery.wear_per_kwh == 0.01
    assert run_of([1, 1]).start_kwh == 4
    assert run_of([1, 1], battery=protocol_battery(5, 2)).start_kwh == 2


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2024-05-01T00:00", "2024-05-02"),
        ("2024-05-01T13:00", "2024-05-02"),
        ("2024-05-01T13:15", "2024-05-03"),
        ("2024-05-01T23:45", "2024-05-03"),
        # The days on which the clock is changed have 23 and 25 hours.
        ("2024-03-30T13:00", "2024-03-31"),
        ("2024-03-30T13:15", "2024-04-01"),
        ("2024-10-26T14:00", "2024-10-28"),
        ("2024-10-27T01:00", "2024-10-28"),
        ("2024-10-27T12:00", "2024-10-28"),
    ],
)
def test_prices_are_known_to_the_end_of_today_and_of_tomorrow_from_a_quarter_past_one(
    now: str, until: str
) -> None:
    run = run_of(np.ones(4), begin=now, step_s=900)
    assert run.known_until[0] == at(until)


def test_short_gaps_are_filled_in_the_plant_only_and_long_ones_cut() -> None:
    load, solar = np.arange(40.0), np.full(40, 2.0)
    load[3:9] = math.nan
    load[20:27] = math.nan
    solar[30] = math.nan
    run = run_of(load, solar)
    assert run.load_kw[3:9].tolist() == [3, 4, 5, 6, 7, 8]
    assert np.isnan(run.load_kw[20:27]).all()
    assert run.solar_kw[30] == 2
    assert np.isnan(run.history.load.value[3:9]).all()
    assert math.isnan(run.history.solar.value[30])
    assert run.steps == [*range(20), *range(27, 40)]
    assert run.masked_share == pytest.approx((6 + 7 + 1) / 40)


def test_without_a_price_nothing_is_scored() -> None:
    run = run_of(np.ones(10), price=[0.1] * 6 + [math.nan] * 4)
    assert run.steps == list(range(6))
    assert run.masked_share == pytest.approx(0.4)
    assert run.price_period == (at("2024-05-01", "UTC"), at("2024-05-01T05:00", "UTC"))


def test_meters_that_drift_below_zero_do_not_feed_in() -> None:
    run = run_of([-0.01, 1.0], [0.0, -0.02])
    assert run.net_kw.tolist() == [[0], [1]]


def test_gross_load_cost_and_the_worth_of_what_is_left() -> None:
    run = run_of([1.0, 3.0], price=[0.1, 0.3])
    assert run.gross_load_cost == pytest.approx(1 * 0.245 + 3 * 0.445)
    assert run.stored_price == pytest.approx(0.95 * 0.9 * 0.2)
    assert run_of([1.0, 1.0], price=-0.1).stored_price == 0


@settings(max_examples=15)
@given(
    parts=st.sampled_from([2, 5, 30]),
    mean=st.lists(st.floats(0, 20), min_size=1, max_size=20),
    seed=st.integers(0, 99),
)
def test_noise_inside_a_step_keeps_its_energy(parts: int, mean: list[float], seed: int) -> None:
    column = np.array(mean)[:, np.newaxis]
    powers = split(column, parts, 60.0, np.random.default_rng(seed), sigma=0.7, memory_s=600)
    assert powers.shape == (len(mean), parts)
    assert (powers >= 0).all()
    assert np.allclose(powers.mean(axis=1), mean)


def test_noise_is_seeded_and_neither_touches_whole_steps_nor_the_night() -> None:
    load, solar = np.array([1.0, 2.0, 0.0, math.nan]), np.array([0.0, 3.0, 0.0, 1.0])
    whole, one, two = (run_of(load, solar, parts=parts) for parts in (1, 60, 60))
    assert whole.net_kw[:3, 0].tolist() == [1, -1, 0]
    assert np.array_equal(one.net_kw, two.net_kw, equal_nan=True)
    assert np.allclose(one.net_kw.mean(axis=1)[:3], [1, -1, 0])
    assert one.net_kw[0].std() > 0.2
    assert (one.net_kw[0] > 0).all()
    assert (one.net_kw[2] == 0).all()
    # Inside the second step surplus and need come in turns: what a step's mean would hide.
    assert one.net_kw[1].max() > 0 > one.net_kw[1].min()


@pytest.mark.parametrize("parts", [1, 12])
@pytest.mark.parametrize("seed", range(6))
def test_energy_and_money_add_up_in_every_step(seed: int, parts: int) -> None:
    run = noisy(seed, parts=parts)
    buy, sell = run.prices
    usable = (run.battery.min_kwh - 1e-9, run.battery.max_kwh + 1e-9)
    for controller in (
        no_battery(run),
        self_consumption(run),
        timer(run),
        always(run, buy=Right.FREE),
        always(run, sell=Right.FREE),
    ):
        outcome = play(run, controller)
        scored = slice(run.first, run.last)
        charged = outcome.discharged_kwh - outcome.power_kw * run.hours
        stored = 0.95 * charged - outcome.discharged_kwh / 0.95
        before = np.append(run.start_kwh, outcome.energy_kwh[scored][:-1])
        assert np.allclose(outcome.energy_kwh[scored] - before, stored[scored])
        assert ((outcome.energy_kwh >= usable[0]) & (outcome.energy_kwh <= usable[1])).all()
        # load = grid + battery + solar less what is thrown away
        net = run.net_kw.mean(axis=1) * run.hours
        grid = outcome.bought_kwh - outcome.sold_kwh
        thrown = (grid - (net - outcome.power_kw * run.hours))[scored]
        assert (thrown >= -1e-9).all()
        assert (thrown <= run.solar_kw[scored] * run.hours * (1 + 1e-9) + 1e-9).all()
        assert (outcome.sold_kwh <= 10 * run.hours + 1e-9).all()
        assert (outcome.sold_kwh[sell < 0] == 0).all()
        assert (
            outcome.bought_kwh <= np.maximum(17, run.net_kw.max(axis=1)) * run.hours + 1e-9
        ).all()
        bill = outcome.bought_kwh * buy - outcome.sold_kwh * sell + 0.01 * outcome.discharged_kwh
        assert np.allclose(outcome.cost[scored], bill[scored])


def test_a_battery_cannot_discharge_into_a_closed_feed_in() -> None:
    run = run_of([1.0, 1.0], price=[-0.2, 0.2])
    outcome = play(run, always(run, sell=Right.FREE))
    assert outcome.power_kw[0] == 1
    assert outcome.sold_kwh.tolist() == pytest.approx([0, 0.95 * (3 - 1 / 0.95) - 1])


def test_feed_in_ends_at_the_limit_of_the_connection() -> None:
    outcome = play(run := run_of([0.0, 0.0], [14.0, 14.0], price=0.1), no_battery(run))
    assert outcome.sold_kwh.tolist() == [10, 10]
    assert outcome.cost.tolist() == pytest.approx([-0.9, -0.9])


def test_every_part_of_a_step_is_billed_by_itself() -> None:
    run = run_of([2.0] * 24, [2.0] * 24, parts=60)
    outcome = play(run, no_battery(run))
    assert outcome.bought_kwh.sum() > 1
    assert outcome.bought_kwh.sum() == pytest.approx(outcome.sold_kwh.sum())


def test_a_cut_leaves_the_store_as_it_is() -> None:
    load = np.ones(30)
    load[5:20] = math.nan
    run = run_of(load, first=2)
    counted: list[int] = []
    outcome = play(run, self_consumption(run), tick=lambda: counted.append(1))
    assert len(counted) == len(run.steps) == 30 - 2 - 15
    assert (outcome.energy_kwh[:2] == 4).all()
    assert outcome.energy_kwh[4] == pytest.approx(max(1, 4 - 3 / 0.95))
    assert (outcome.energy_kwh[5:20] == outcome.energy_kwh[4]).all()
    assert (outcome.cost[5:20] == 0).all()


def test_a_cut_at_the_end_keeps_the_last_energy() -> None:
    run = run_of([1.0, 1.0, math.nan, math.nan])
    outcome = play(run, self_consumption(run))
    assert run.steps == [0, 1]
    assert outcome.energy_kwh[1:].tolist() == pytest.approx([4 - 2 / 0.95] * 3)


def test_a_home_that_is_known_inside_its_steps_gets_no_noise() -> None:
    """What is billed is what was lived through, half hours of sun against a steady load."""
    run = run_of(np.full(4, 1.0), np.full(4, 1.0))
    load, solar = np.full((4, 2), 1.0), np.tile([2.0, 0.0], (4, 1))
    known = replace(run, parts=2, inside=(load, solar))
    assert known.net_kw.tolist() == [[-1.0, 1.0]] * 4
    assert np.ptp(replace(run, parts=1).net_kw) == 0.0
