"""The ledger: sums that equal the meter's, and what the same days had cost otherwise."""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.report.counterfactual.facts import Facts
from custom_components.shems.core.report.ledger import Ledger, Totals
from custom_components.shems.core.report.slot import SlotRecord
from custom_components.shems.core.units import InputError
from tests.core.homes import BATTERY, HOME, NOW, batteries, on_grid

SLOT_S = 900.0
HOURS = 0.25
START_KWH = 5.0

POWERS = st.lists(on_grid(-4, 4, 0.5), min_size=1, max_size=24)


def metered(
    battery: Battery,
    net_kw: Sequence[float],
    wanted_kw: Sequence[float],
    sell: Sequence[float],
    *,
    begin: float = NOW,
) -> list[SlotRecord]:
    """Return what the meters count in a home without sun whose battery does as it is told.

    A net load below zero is sun beyond the load.
    """
    energy, slots = START_KWH * battery.capacity_kwh / 10, []
    for number, (net, wanted) in enumerate(zip(net_kw, wanted_kw, strict=True)):
        most = battery.most_discharge_kw(energy, HOURS, battery.floor_kwh)
        energy, power = battery.step(energy, min(wanted, most), HOURS)
        grid = (net - power) * HOURS
        slots.append(
            SlotRecord(
                begin + number * SLOT_S,
                begin + (number + 1) * SLOT_S,
                max(grid, 0.0),
                max(-grid, 0.0),
                max(-net, 0.0) * HOURS,
                max(-power, 0.0) * HOURS,
                max(power, 0.0) * HOURS,
                0.3,
                sell[number % len(sell)],
                {battery.id: energy},
            )
        )
    return slots


def entered(slots: list[SlotRecord], home: Home = HOME, zone: str = "UTC") -> Ledger:
    ledger = Ledger()
    for slot in slots:
        ledger = ledger.closed(slot, home, zone, driven(home))[0]
    return ledger


def driven(home: Home) -> Facts:
    """Return the facts of a slot in which every battery did as SHEMS said."""
    return Facts(frozenset(each.id for each in home.batteries))


@given(net=POWERS, wanted=st.data(), battery=batteries())
def test_totals_equal_the_meter(net: list[float], wanted: st.DataObject, battery: Battery) -> None:
    moves = wanted.draw(st.lists(on_grid(-4, 4, 0.5), min_size=len(net), max_size=len(net)))
    slots = metered(battery, net, moves, [0.05, 0.2])
    ledger = entered(slots, Home(batteries=(battery,)), "Europe/Brussels")
    total = ledger.total
    for name in ("bought_kwh", "sold_kwh", "solar_kwh", "charged_kwh", "discharged_kwh"):
        assert getattr(total, name) == pytest.approx(sum(getattr(each, name) for each in slots))
    assert total.load_kwh == pytest.approx(sum(max(each, 0.0) for each in net) * HOURS, abs=1e-9)
    meter = sum(each.bought_kwh * each.buy - each.sold_kwh * each.sell for each in slots)
    wear = battery.wear_per_kwh * total.discharged_kwh
    assert total.cost == pytest.approx(meter + wear)
    assert total.hours == pytest.approx(len(net) * HOURS)
    alone = sum(
        max(each, 0.0) * HOURS * slot.buy + min(each, 0.0) * HOURS * slot.sell
        for each, slot in zip(net, slots, strict=True)
    )
    assert total.cost_no_battery == pytest.approx(alone)
    assert (total.load_kwh <= 0) is (total.self_sufficiency is None)
    days = list(ledger.days.values())
    assert sum(each.cost for each in days) == pytest.approx(total.cost)
    assert sum(each.saving for each in days) == pytest.approx(total.saving)


@given(
    net=POWERS, sell=st.lists(on_grid(-0.1, 0.3, 0.05), min_size=1, max_size=5), battery=batteries()
)
def test_a_home_that_runs_the_rule_saves_nothing(
    net: list[float], sell: list[float], battery: Battery
) -> None:
    ledger = entered(metered(battery, net, net, sell), Home(batteries=(battery,)))
    assert ledger.total.cost_self_consumption == pytest.approx(ledger.total.cost)
    assert ledger.total.saving == pytest.approx(0.0, abs=1e-6)


@given(net=POWERS, moves=st.data(), sell=st.lists(on_grid(-0.1, 0.3, 0.05), min_size=1, max_size=5))
def test_energy_left_in_store_is_valued_once(
    net: list[float], moves: st.DataObject, sell: list[float]
) -> None:
    """Whatever the prices were when it was stored, only what is left at the end counts."""
    wanted = moves.draw(st.lists(on_grid(-4, 4, 0.5), min_size=len(net), max_size=len(net)))
    ledger = entered(metered(BATTERY, net, wanted, sell))
    store, mean = ledger.otherwise.stores["store"], ledger.otherwise.mean.sell
    more = (store.real - store.share) * BATTERY.capacity_kwh
    worth = more * BATTERY.discharge_efficiency * max(mean, 0.0)
    assert ledger.total.stored_value == pytest.approx(worth, abs=1e-6)
    assert min(sell) - 1e-9 <= mean <= max(sell) + 1e-9


def test_buying_cheap_and_using_dear_is_a_saving() -> None:
    slots = metered(BATTERY, [4.0] * 8, [-4.0] * 4 + [4.0] * 4, [0.05])
    cheap = [replace(each, buy=0.1 if number < 4 else 0.6) for number, each in enumerate(slots)]
    total = entered(cheap).total
    assert total.saving > 0.5
    assert total.cost < total.cost_no_battery


@given(net=POWERS)
def test_without_a_battery_nothing_is_saved(net: list[float]) -> None:
    slots = [
        replace(each, energy_kwh={}) for each in metered(BATTERY, net, [0.0] * len(net), [0.05])
    ]
    total = entered(slots, Home()).total
    assert total.cost == pytest.approx(total.cost_no_battery)
    assert total.cost == pytest.approx(total.cost_self_consumption)
    assert total.saving == pytest.approx(0.0, abs=1e-9)


def test_what_flows_both_ways_inside_a_slot_stays_in_both() -> None:
    slot = SlotRecord(NOW, NOW + SLOT_S, 1.0, 0.4, 0.5, 0.0, 0.0, 0.3, 0.1)
    total = entered([slot], Home()).total
    assert total.cost_no_battery == pytest.approx(1.0 * 0.3 - 0.4 * 0.1)


def test_the_rest_of_a_load_is_what_is_not_moved() -> None:
    slot = SlotRecord(NOW, NOW + SLOT_S, 1.0, 0.4, 0.5, 0.0, 0.0, 0.3, 0.1, moved_kwh=0.7)
    assert slot.rest_kwh == pytest.approx(0.4)
    assert replace(slot, moved_kwh=2.0).rest_kwh == 0.0, "meters differ"


def test_a_slot_counts_once() -> None:
    slots = metered(BATTERY, [2.0, 2.0], [1.0, 1.0], [0.05])
    ledger = entered(slots)
    assert ledger.closed(slots[-1], HOME, "UTC") == (ledger, None)
    assert ledger.closed(slots[0], HOME, "UTC") == (ledger, None)


def test_a_ledger_outlives_a_restart() -> None:
    slots = metered(BATTERY, [2.0, -1.0, 3.0, 1.0], [1.0, -1.0, 2.0, 0.0], [0.05, 0.2])
    whole = entered(slots)
    half = Ledger.from_json(json.loads(json.dumps(entered(slots[:2]).to_json())))
    for slot in slots[2:]:
        half = half.closed(slot, HOME, "UTC", driven(HOME))[0]
    assert half == whole
    older = whole.to_json()
    del older["otherwise"]
    older |= {"rule_kwh": {"store": 4.0}, "real_kwh": {"store": 5.0}, "sale_price": 0.1}
    assert Ledger.from_json(older).total == whole.total


def test_days_are_those_of_the_home() -> None:
    midnight = datetime(2026, 10, 25, tzinfo=ZoneInfo("Europe/Brussels")).timestamp()
    count = 25 * 4 + 1
    slots = metered(BATTERY, [1.0] * count, [0.0] * count, [0.05], begin=midnight)
    ledger = entered(slots, zone="Europe/Brussels")
    assert ledger.day("2026-10-25").hours == pytest.approx(25)
    assert ledger.day("2026-10-26").hours == pytest.approx(0.25)
    assert ledger.day("2026-10-24") == Totals()


def test_old_days_leave_the_list_but_not_the_total() -> None:
    begin = datetime(2024, 1, 1, tzinfo=UTC).timestamp()
    slots = [
        SlotRecord(begin + day * 86400, begin + (day + 1) * 86400, 1.0, 0, 0, 0, 0, 0.3, 0.1)
        for day in range(803)
    ]
    ledger = entered(slots, Home())
    assert len(ledger.days) == 800
    assert min(ledger.days) == "2024-01-04"
    assert ledger.total.bought_kwh == pytest.approx(803)


def test_several_batteries_are_counted_together() -> None:
    small = Battery("small", "Small", 5.0, 2.0, 2.0, wear_per_kwh=0.04)
    home = Home(batteries=(BATTERY, small))
    flows = replace(
        metered(BATTERY, [3.0], [1.0], [0.1])[0],
        discharged_kwh=0.3,
        energy_kwh={"store": 5.0, "small": 2.0},
    )
    ledger = entered([flows], home)
    assert set(ledger.otherwise.stores) == {"store", "small"}
    wear = (0.01 * 10 + 0.04 * 5) / 15 * 0.3
    assert ledger.total.cost == pytest.approx(flows.bought_kwh * 0.3 + wear)
    silent = replace(flows, start=flows.end, end=flows.end + SLOT_S, energy_kwh={"store": 4.9})
    after = ledger.closed(silent, home, "UTC", driven(home))[0]
    assert after.otherwise.stores == ledger.otherwise.stores
    assert after.missing == ("small",)
    assert after.total.left_out_hours == pytest.approx(HOURS)
    assert after.total.left_out_cost == pytest.approx(after.total.cost - ledger.total.cost)
    assert after.total.left_out_cost > 0
    assert after.total.saving == pytest.approx(ledger.total.saving)


@pytest.mark.parametrize("name", ["bought_kwh", "sold_kwh", "buy", "sell", "end"])
@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_never_enters(name: str, value: float) -> None:
    (slot,) = metered(BATTERY, [1.0], [0.0], [0.05])
    with pytest.raises(InputError) as caught:
        replace(slot, **{name: value})
    assert caught.value.arguments["name"] == name
    with pytest.raises(InputError, match="slot not finite"):
        replace(slot, energy_kwh={"store": value})


def test_a_slot_that_ends_before_it_begins_is_refused() -> None:
    (slot,) = metered(BATTERY, [1.0], [0.0], [0.05])
    with pytest.raises(InputError, match="slot reversed"):
        replace(slot, end=slot.start)


def test_shares_of_sun_and_load() -> None:
    total = Totals(bought_kwh=2.0, sold_kwh=1.0, solar_kwh=4.0, load_kwh=5.0)
    assert total.self_consumption == 0.75
    assert total.self_sufficiency == 0.6
    assert Totals().self_consumption is None
    assert Totals().self_sufficiency is None
    assert Totals(sold_kwh=9.0, solar_kwh=1.0).self_consumption == 0.0


# The battery itself


@given(
    battery=batteries(),
    soc=st.lists(on_grid(0, 1, 0.1), min_size=1, max_size=8),
    power=st.lists(on_grid(-8, 8, 0.5), min_size=8, max_size=8),
    hours=st.sampled_from([1 / 60, 0.25, 1.0]),
)
def test_many_stores_step_like_one(
    battery: Battery, soc: list[float], power: list[float], hours: float
) -> None:
    energy = np.array(soc) * battery.capacity_kwh
    wanted = np.array(power[: len(soc)])
    many = battery.step_many(energy, wanted, hours, battery.min_kwh)
    for number in range(len(soc)):
        one = battery.step(float(energy[number]), float(wanted[number]), hours)
        assert one == pytest.approx((many[0][number], many[1][number]), abs=1e-12)


@given(battery=batteries(), soc=on_grid(0, 1, 0.1), power=on_grid(-8, 8, 0.5))
def test_a_step_keeps_limits_and_energy(battery: Battery, soc: float, power: float) -> None:
    before = soc * battery.capacity_kwh
    after, had = battery.step(before, power, 0.5)
    assert -battery.charge_kw <= had <= battery.discharge_kw
    assert abs(had) <= abs(power)
    assert min(before, battery.min_kwh) - 1e-9 <= after <= max(before, battery.max_kwh) + 1e-9
    assert (after - before) * had <= 0
    # Energy is never made: what comes back is no more than what went in.
    assert (before - after) >= had * 0.5 - 1e-9


def test_a_clock_that_is_set_back_lets_slots_be_entered_again() -> None:
    slots = metered(BATTERY, [1.0] * 4, [0.0] * 4, [0.05])
    ledger = entered(slots)
    assert Ledger().until_at_most(NOW) == Ledger()
    assert ledger.until_at_most(slots[-1].end + 60) == ledger
    assert ledger.closed(slots[1], HOME, "UTC") == (ledger, None)
    again = ledger.until_at_most(slots[1].start).closed(slots[1], HOME, "UTC", driven(HOME))[0]
    assert again.total.bought_kwh == pytest.approx(1.25)


def test_a_corrected_slot_corrects_its_day_and_the_total() -> None:
    slots = metered(BATTERY, [2.0, 1.0], [0.0, 1.0], [0.1])
    ledger = Ledger()
    for each in slots:
        ledger, entered_slot = ledger.closed(each, HOME, "UTC")
    assert entered_slot is not None
    dearer = replace(entered_slot, buy=0.5)
    after = ledger.revised(entered_slot, dearer, "UTC")
    more = dearer.metered_cost - entered_slot.metered_cost
    assert after.total.cost == pytest.approx(ledger.total.cost + more)
    assert sum(each.cost for each in after.days.values()) == pytest.approx(after.total.cost)
    assert after.total.hours == ledger.total.hours
