"""The home without SHEMS: what SHEMS does not do costs what was metered, and shares add up."""

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.core.assets.appliance import Appliance
from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.curve import Segment
from custom_components.shems.core.assets.deferrable import Deferrable
from custom_components.shems.core.assets.heating import Heating
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.sheddable import Sheddable
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.assets.water import Water
from custom_components.shems.core.observe.month import MonthPeaks, Peak
from custom_components.shems.core.peak import PeakTariff, calendar
from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.report.counterfactual.advance import (
    NO_BATTERY,
    WITHOUT,
    Compared,
    Counterfactual,
    advance,
)
from custom_components.shems.core.report.counterfactual.facts import Facts, Wanted, Warmth
from custom_components.shems.core.report.counterfactual.split import CAUSES, HOME
from custom_components.shems.core.report.counterfactual.store import Fit, Store
from custom_components.shems.core.report.ledger import Totals
from custom_components.shems.core.report.slot import BatteryFlow, SlotRecord
from tests.core.homes import NOW, on_grid

SLOT_S = 300.0
HOURS = SLOT_S / 3600
BATTERY = Battery("store", "Store", 10.0, 5.0, 5.0, min_soc=0.05, wear_per_kwh=0.02)
CAR = Vehicle("car", "Car", 50.0, 11.0)
ROOMS = Heating("rooms", "Rooms", 2.4, 0.45)
TANK = Water("tank", "Tank", 2.0)
WASHER = Appliance("washer", "Washer", (2.0, 0.5, 0.2), 600.0)
PUMP = Deferrable("pump", "Pump", 1.2)
DRYER = Sheddable("dryer", "Dryer", 1.0, 0.5)
DEVICES = (CAR, ROOMS, TANK, WASHER, PUMP, DRYER)
PEAK = PeakTariff(5.0, one_a_day=True, top=2)
ALL = Home(
    Connection(30.0, 20.0, peaks=(PEAK,)),
    (Solar("roof", "Roof", curtailable=True),),
    (BATTERY,),
    devices=DEVICES,
)
EVERY = frozenset(each.id for each in (BATTERY, *DEVICES))


def slot(number: int = 0, **changes: Any) -> SlotRecord:
    """Return a slot of a home of which only the battery and a load of 0.5 kWh are known."""
    begin = NOW + number * SLOT_S
    known = {"energy_kwh": {"store": 5.0}, **changes}
    return replace(SlotRecord(begin, begin + SLOT_S, 0.5, 0, 0, 0, 0, 0.3, 0.1), **known)


def saved(compared: Compared) -> float:
    """Return the saving of a slot, however it is shared."""
    entry, without = compared.slot, compared.slot.otherwise[WITHOUT]
    cost = entry.metered_cost + entry.wear_cost + entry.peak_cost
    return without.cost + without.peak_cost - cost + entry.stored_value


def played(slots: list[SlotRecord], facts: Facts | list[Facts], home: Home) -> list[Compared]:
    """Return slots beside what they would have been, the state kept as JSON between them."""
    state, found = Counterfactual(), []
    every = facts if isinstance(facts, list) else [facts] * len(slots)
    for each, known in zip(slots, every, strict=True):
        found.append(advance(state, each, home, known, "Europe/Berlin"))
        state = decode(Counterfactual, json.loads(json.dumps(encode(found[-1].state))))
    return found


def device_kwh(kwh: float = 0.0) -> dict[str, float]:
    return dict.fromkeys((each.id for each in DEVICES), kwh)


ENERGY = on_grid(0, 1, 0.05)


@st.composite
def lives(draw: st.DrawFn) -> list[SlotRecord]:
    """Return slots of any home: meters that agree with nothing but the balance."""
    slots = []
    for number in range(draw(st.integers(1, 12))):
        flow = BatteryFlow(draw(ENERGY), draw(ENERGY))
        slots.append(
            slot(
                number,
                bought_kwh=draw(ENERGY),
                sold_kwh=draw(ENERGY),
                solar_kwh=draw(ENERGY),
                charged_kwh=flow.charged_kwh,
                discharged_kwh=flow.discharged_kwh,
                battery_kwh={"store": flow},
                buy=draw(on_grid(-0.1, 0.5, 0.05)),
                sell=draw(on_grid(-0.1, 0.3, 0.05)),
                energy_kwh={"store": draw(on_grid(0, 10, 0.5))},
                device_kwh={each.id: draw(ENERGY) for each in DEVICES},
            )
        )
    return slots


@settings(max_examples=40)
@given(lives())
def test_where_shems_does_nothing_the_cost_is_the_metered_one(slots: list[SlotRecord]) -> None:
    for each in played(slots, Facts(outdoor_c=5.0), ALL):
        without = each.slot.otherwise[WITHOUT]
        assert without.bought_kwh == pytest.approx(each.slot.bought_kwh, abs=1e-9)
        assert without.sold_kwh == pytest.approx(each.slot.sold_kwh, abs=1e-9)
        cost = each.slot.metered_cost + each.slot.wear_cost
        assert without.cost == pytest.approx(cost, abs=1e-9)
        assert without.peak_cost == pytest.approx(each.slot.peak_cost, abs=1e-9)
        assert dict(without.device_kwh) == dict(each.slot.device_kwh)
        assert saved(each) == pytest.approx(0.0, abs=1e-9)
        assert not each.missing


WARM = {
    "rooms": st.builds(Warmth, on_grid(17, 24, 0.1), st.just(20.0), st.just(23.0)),
    "tank": st.builds(Warmth, on_grid(30, 60, 0.5), st.just(45.0), st.just(55.0)),
}
WANTS = st.builds(Wanted, on_grid(0, 8, 0.5), st.booleans())
FACTS = st.builds(
    Facts,
    st.frozensets(st.sampled_from(sorted(EVERY))),
    st.fixed_dictionaries(dict.fromkeys(("car", "washer", "pump"), WANTS)),
    st.fixed_dictionaries(WARM),
    st.fixed_dictionaries({"dryer": on_grid(0, 0.2, 0.05)}),
    on_grid(-10, 30, 1),
    on_grid(0, 0.4, 0.1),
)


@settings(max_examples=40)
@given(lives(), st.data())
def test_shares_add_up_to_the_saving(slots: list[SlotRecord], data: st.DataObject) -> None:
    facts = [data.draw(FACTS) for _ in slots]
    for each in played(slots, facts, ALL):
        entry = each.slot
        assert sum(entry.saved_by_device.values()) == pytest.approx(saved(each), abs=1e-6)
        assert sum(entry.saved_by_cause.values()) == pytest.approx(saved(each), abs=1e-6)
        assert tuple(entry.saved_by_cause) == CAUSES
        assert set(entry.saved_by_device) <= EVERY | {"roof", HOME}
        for name in (WITHOUT, NO_BATTERY):
            other = entry.otherwise[name]
            assert other.bought_kwh >= 0
            assert other.sold_kwh >= 0


def driven(device: str, kwh: list[float], wanted: list[float | None], **known: Any) -> list[float]:
    """Return what a device takes without SHEMS, given what it took and wanted in each slot."""
    slots = [slot(n, device_kwh={device: each}, **known) for n, each in enumerate(kwh)]
    facts = [
        Facts(EVERY, {device: Wanted(0.0 if each is None else each, able=each is not None)})
        for each in wanted
    ]
    found = played(slots, facts, replace(ALL, batteries=(), connection=Connection(50.0)))
    return [each.slot.otherwise[WITHOUT].device_kwh[device] for each in found]


def test_a_car_is_charged_when_it_comes() -> None:
    full = 11.0 * HOURS
    taken = driven("car", [0.0] * 4 + [2.0], [None, 2.0, 2.0, 2.0, 0.0])
    assert taken == pytest.approx([0.0, full, full, 2.0 - 2 * full, 0.0])


def test_a_car_that_comes_within_a_slot_is_charged_from_then_on() -> None:
    facts = Facts(EVERY, {"car": Wanted(2.0, since=NOW + 0.6 * SLOT_S)})
    slots = [slot(n, device_kwh={"car": 0.0}) for n in range(2)]
    found = played(slots, facts, replace(ALL, batteries=(), connection=Connection(50.0)))
    taken = [each.slot.otherwise[WITHOUT].device_kwh["car"] for each in found]
    assert taken == pytest.approx([0.4 * 11.0 * HOURS, 11.0 * HOURS])


def charging(lacks: float, factor: float) -> list[tuple[float, float | None]]:
    """Return what a car takes and wants, by slots, which takes more than what it shows to lack.

    It is charged an hour after it came, and shows whole per cents of 50 kWh.
    """
    kwh, slots, still = 11.0 * HOURS, [(0.0, lacks)] * 12, factor * lacks
    while still > 0:
        taken = min(kwh, still)
        still -= taken
        slots.append((taken, round(still / factor / 0.5) * 0.5))
    return [*slots, (0.0, None)]


@pytest.mark.parametrize("factor", [0.75, 1.25])
def test_a_car_is_charged_on_arrival_with_what_it_took_for_as_much_before(factor: float) -> None:
    stays = [each for _ in range(5) for each in charging(20.0, factor)]
    taken = driven("car", [kwh for kwh, _ in stays], [wanted for _, wanted in stays])
    last = charging(20.0, factor)
    on_arrival = taken[-len(last) :][: math.ceil(factor * 20.0 / (11.0 * HOURS)) + 1]
    assert sum(on_arrival) == pytest.approx(factor * 20.0, rel=0.03)
    assert sum(taken[: len(last)]) == pytest.approx(20.0), "its form, before anything is known"


def test_what_a_car_took_beyond_its_wish_it_needs_less_of_next_time() -> None:
    taken = driven("car", [0.5, 0.4, 0.0, 0.0], [0.0, 0.0, None, 0.1])
    assert taken == pytest.approx([0.0, 0.0, 0.0, 0.917], abs=0.001), "as much as the real one"
    gone = driven("car", [0.0, 0.0, 0.0], [5.0, None, 0.3])
    assert sum(gone) == pytest.approx(0.917, abs=0.001), "what was charged counts the next time"


def test_a_washer_runs_when_it_is_asked_to_and_as_it_did_the_last_time() -> None:
    """Its programme takes 0.45 kWh by its form and 0.6 in fact."""
    rest, programme = [0.0] * 8, [0.15] * 4
    kwh = [*rest, *programme, *rest, *programme]
    wanted: list[float | None] = [*[0.45] * 11, *[0.0] * 1, *[0.45] * 11, 0.0]
    taken = driven("washer", kwh, wanted)
    assert taken[0] == pytest.approx(2.0 * HOURS)
    assert sum(taken[:12]) == pytest.approx(0.45)
    assert sum(taken[12:]) == pytest.approx(0.6), "what it took more, the next run takes"
    twice = driven("washer", [0.0] * 16, [0.9] * 16)
    assert sum(twice[:6]) == pytest.approx(0.45)
    assert sum(twice) == pytest.approx(0.9)


def test_what_was_moved_and_is_left_alone_makes_up_for_it() -> None:
    slots = [slot(n, device_kwh={"pump": each}) for n, each in enumerate((0.0, 0.05, 0.1, 0.1))]
    mine, own = Facts(EVERY, {"pump": Wanted(3.0)}), Facts()
    found = played(slots, [mine, own, own, own], replace(ALL, batteries=()))
    taken = [each.slot.otherwise[WITHOUT].device_kwh["pump"] for each in found]
    assert taken == pytest.approx([0.1, 0.0, 0.05, 0.1])
    assert found[0].slot.stored_value == pytest.approx(-0.1 * 0.3), "it is still to be taken"
    assert sum(saved(each) for each in found) == pytest.approx(0.0)


def test_what_is_shed_or_held_back_is_not_without() -> None:
    entry = slot(device_kwh={"dryer": 0.0}, sell=-0.2, solar_kwh=0.1)
    facts = Facts(EVERY, shed_kwh={"dryer": 0.2}, curtailed_kwh=1.0)
    (found,) = played([entry], facts, replace(ALL, batteries=(), connection=Connection(50.0)))
    without = found.slot.otherwise[WITHOUT]
    assert without.device_kwh == {"dryer": 0.2}
    assert without.sold_kwh == pytest.approx(0.3)
    assert found.slot.saved_by_cause["export"] == pytest.approx(0.3 * 0.2)
    assert set(found.slot.saved_by_device) == {"dryer", "roof"}
    bare = replace(ALL, batteries=(), solar=(), devices=())
    (homes,) = played([entry], facts, bare)
    assert set(homes.slot.saved_by_device) == {HOME}


def test_buying_cheap_for_a_dear_hour_is_shifting() -> None:
    cheap = slot(0, bought_kwh=0.7, charged_kwh=0.2, buy=0.1, energy_kwh={"store": 0.69})
    dear = slot(
        1, bought_kwh=0.35, discharged_kwh=0.15, buy=0.5, energy_kwh={"store": 0.69 - 0.15 / 0.95}
    )
    found = played([cheap, dear], Facts(EVERY), Home(batteries=(BATTERY,)))
    assert sum(saved(each) for each in found) == pytest.approx(
        -0.02 + 0.075 - 0.003 + 0.003, abs=1e-4
    )
    assert sum(each.slot.saved_by_cause["shifting"] for each in found) > 0.03
    assert all(each.slot.saved_by_cause["export"] == 0 for each in found)


def test_a_peak_that_was_avoided_is_the_moving_devices() -> None:
    slots = [slot(n, bought_kwh=0.1, device_kwh={"car": 0.0}) for n in range(3)]
    facts = Facts(EVERY, {"car": Wanted(5.0)})
    found = played(slots, facts, replace(ALL, batteries=()))
    peak = sum(each.slot.saved_by_cause["peak"] for each in found)
    assert peak == pytest.approx(5.0 / 2 * 11.0, rel=1e-6), "a quarter of an hour at 11 kW"
    bare = sum(Totals.of(each.slot).peak_cost_no_battery for each in found)
    assert bare == pytest.approx(sum(Totals.of(each.slot).peak_cost_without for each in found))
    assert bare > 5.0 / 2 * 11.0
    assert sum(each.slot.saved_by_device["car"] for each in found) > peak - 3.0
    again = slot(3, bought_kwh=0.1, device_kwh={"car": 0.0})
    whole = replace(PEAK, one_a_day=False)
    home = replace(ALL, batteries=(), connection=Connection(30.0, peaks=(whole,)))
    assert advance(found[-1].state, again, home, facts, "UTC").slot.peak_cost >= 0
    month = slot(40 * 288, bought_kwh=0.1, device_kwh={"car": 0.0})
    after = advance(found[-1].state, month, replace(ALL, batteries=()), facts, "UTC")
    assert after.slot.peak_cost == pytest.approx(5.0 / 2 * 0.1 * 4)


def test_a_peak_below_what_the_month_had_reached_saves_nothing() -> None:
    month = int(calendar(np.array([NOW]), "Europe/Berlin")[0][0])
    high = tuple(Peak(NOW - days * 86400.0, 12.0) for days in (1, 2))
    # Of an interval that still runs, the slots tell themselves.
    running = Peak(NOW, 20.0)
    reached = (
        MonthPeaks(PeakTariff(7.0), month, (running,)),
        MonthPeaks(PEAK, month, (running, *high)),
    )
    slots = [slot(n, bought_kwh=0.1, device_kwh={"car": 0.0}) for n in range(3)]
    home = replace(ALL, batteries=())
    found = played(slots, Facts(EVERY, {"car": Wanted(5.0)}, reached=reached), home)
    assert [each.slot.peak_cost for each in found] == [0.0, 0.0, 0.0]
    assert sum(each.slot.saved_by_cause["peak"] for each in found) == pytest.approx(
        5.0 / 2 * (11.0 + 0.1 * 12 - 12.0)
    )


def test_a_slot_without_its_facts_is_left_out() -> None:
    first = slot(0, device_kwh=device_kwh(0.1))
    warmth = {"rooms": Warmth(20.0, 20.0, 23.0), "tank": Warmth(50.0, 45.0, 55.0)}
    wanted = {key: Wanted(0.0) for key in ("car", "washer", "pump")}
    whole = Facts(EVERY, wanted, warmth, outdoor_c=5.0)
    begun = advance(Counterfactual(), first, ALL, whole, "UTC")
    cases: list[tuple[SlotRecord, Facts | None, tuple[str, ...]]] = [
        (slot(1, device_kwh=device_kwh()), None, (HOME,)),
        (slot(1, device_kwh=device_kwh(), energy_kwh={}), whole, ("store",)),
        (slot(1, device_kwh={"car": 1.0}), whole, ("rooms", "tank", "washer", "pump")),
        (slot(1, device_kwh=device_kwh()), replace(whole, wanted={}), ("car", "washer", "pump")),
        (slot(1, device_kwh=device_kwh()), replace(whole, outdoor_c=None), ("rooms", "tank")),
    ]
    for entry, facts, missing in cases:
        found = advance(begun.state, entry, ALL, facts, "UTC")
        assert found.missing == missing
        assert not found.slot.otherwise
        assert found.slot.stored_value == 0
        assert found.state.until == begun.state.until
    gap = slot(30, device_kwh=device_kwh(), energy_kwh={"store": 7.0})
    after = advance(begun.state, gap, ALL, whole, "UTC")
    assert after.slot.stored_value == pytest.approx(0.0, abs=0.05), "no one saved what is unknown"


def test_a_battery_is_as_good_as_its_meters_say() -> None:
    """It holds 8 kWh, not 10, and gives back 81 %, not 90 %, of what it takes."""
    soc, slots = 0.2, []
    for number in range(400):
        charge = 0.25 if number % 40 < 20 else 0.0
        give = 0.0 if charge else 0.2
        soc += (charge * 0.9 - give / 0.9) / 8.0
        slots.append(
            slot(
                number,
                bought_kwh=0.5 + charge - give,
                charged_kwh=charge,
                discharged_kwh=give,
                energy_kwh={"store": round(soc, 2) * 10.0},
            )
        )
    home = replace(ALL, devices=())
    state = played(slots, Facts(EVERY), home)[-1].state
    store = state.stores["store"]
    fitted = store.fitted(BATTERY, None)
    loop = fitted.charge_efficiency * fitted.discharge_efficiency
    assert loop == pytest.approx(0.81, abs=0.01)
    assert fitted.capacity_kwh == pytest.approx(8.0, abs=0.15)
    believed = replace(BATTERY, capacity_kwh=8.0, charge_efficiency=0.9, discharge_efficiency=0.9)
    assert Store(0.5, 0.5, Fit()).moved(0.9, BATTERY).share == pytest.approx(0.9)
    fresh = replace(store, fit=Fit())
    assert fresh.fitted(BATTERY, believed).capacity_kwh == pytest.approx(8.0)
    curved = replace(BATTERY, charge_segments=(Segment(5.0, 0.9),))
    assert store.fitted(curved, None) is curved, "its form tells more than one factor can"


def test_batteries_that_are_metered_together_share_alike() -> None:
    small = replace(BATTERY, id="small", capacity_kwh=5.0)
    empty = replace(BATTERY, id="empty", capacity_kwh=0.0)
    entry = slot(discharged_kwh=0.3, energy_kwh={"store": 5.0, "small": 2.5})
    home = replace(ALL, devices=(), batteries=(BATTERY, small, empty))
    (found,) = played([entry], Facts(), home)
    assert found.slot.wear_cost == pytest.approx(0.3 * 0.02)
    assert set(found.slot.otherwise[WITHOUT].held) == {"store", "small"}
