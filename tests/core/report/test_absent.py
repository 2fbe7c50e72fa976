"""A time of which nothing was entered: what was counted in it, and how it is spread."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.report.absent import (
    Parts,
    edges_of,
    estimated,
    missed,
    spread,
    told_in_place,
    usual,
)
from custom_components.shems.core.report.counterfactual.advance import worn
from custom_components.shems.core.report.ledger import Ledger
from custom_components.shems.core.report.reconcile import QUANTITIES, reconciled
from custom_components.shems.core.report.rows import Row, summed
from custom_components.shems.core.report.slot import BatteryFlow, Quality, SlotRecord
from custom_components.shems.core.tariff import PriceRule, Tariff

MIDNIGHT = 1_781_049_600.0
DAY = 86400.0
SIGN = np.array([1.0, -1.0, 1.0, -1.0, 1.0])
TARIFF = Tariff(PriceRule(1.0, 0.1, (), 0.2), PriceRule(0.5), "UTC", "EUR")


def slot(start: float, length: float = 300.0, **known: object) -> SlotRecord:
    kwh = {f"{name}_kwh": 0.0 for name in QUANTITIES} | known
    return SlotRecord(start, start + length, **kwh, buy=0.3, sell=0.1)


def test_what_counters_rose_by_less_what_was_entered_is_what_was_missed() -> None:
    before = [
        slot(0.0, bought_kwh=0.5, meter_kwh={"bought": 0.5, "sold": 0.0}),
        slot(300.0, bought_kwh=0.25, sold_kwh=0.125, meter_kwh={"sold": 0.125}),
    ]
    after = [
        slot(9000.0, bought_kwh=0.25, sold_kwh=1.0, meter_kwh={"sold": 0.5}),
        slot(9300.0, bought_kwh=0.5, meter_kwh={"bought": 5.0}),
        slot(9600.0, bought_kwh=9.0, meter_kwh={"bought": 9.0}),
    ]
    found = missed(before, after)
    # Entered while the counter was silent: a quarter before, a quarter and a half after.
    assert found["bought"].kwh == 4.0
    assert found["bought"].told == 9300.0
    assert found["sold"].kwh == 0.0, "more was entered than counted"
    assert set(found) == {"bought", "sold"}


def test_steps_end_with_the_quarters_of_the_hour() -> None:
    assert edges_of(100.0, 2000.0).tolist() == [100.0, 900.0, 1800.0, 2000.0]
    assert edges_of(900.0, 1800.0).tolist() == [900.0, 1800.0]
    assert edges_of(910.0, 920.0).tolist() == [910.0, 920.0]


def test_the_days_before_tell_how_a_day_usually_goes() -> None:
    slots = [
        slot(MIDNIGHT - 2 * DAY + 3600.0 * hour, 3600.0, bought_kwh=float(hour % 24))
        for hour in range(40)
    ]
    found = usual(slots, MIDNIGHT + 3600.0 * np.array([10.0, 11.0, 12.0]))
    assert found["bought"].tolist() == [10.0, 11.0]
    assert found["sold"].tolist() == [0.0, 0.0]
    # A gap of a day and a half: only the day before its beginning is known.
    found = usual(slots, MIDNIGHT - 8 * 3600.0 + 3600.0 * np.array([0.0, 1.0, 24.0, 36.0]))
    assert found["bought"][0] == 16.0
    assert np.isnan(usual([], np.array([0.0, 900.0]))["bought"]).all()


KWH = st.floats(0.0, 50.0)


@given(
    start=st.floats(0.0, 90_000.0),
    length=st.floats(20.0, 90_000.0),
    kwh=st.tuples(KWH, KWH, KWH, KWH, KWH),
    seed=st.integers(0, 1000),
)
def test_a_gap_adds_up_and_its_load_is_never_below_zero(
    start: float, length: float, kwh: tuple[float, ...], seed: int
) -> None:
    edges = edges_of(start, start + length)
    random = np.random.default_rng(seed)
    shapes = {name: random.uniform(0, 1, len(edges) - 1) ** 4 for name in QUANTITIES[:4]}
    shapes["sold"] = np.full(len(edges) - 1, np.nan)
    found = spread(dict(zip(QUANTITIES, kwh, strict=True)), shapes, edges)
    for name, total in zip(QUANTITIES, kwh, strict=True):
        assert found[name].sum() == pytest.approx(total, abs=1e-9)
        assert (found[name] >= 0).all()
    if SIGN @ kwh >= 0:
        assert (SIGN @ np.array([found[name] for name in QUANTITIES]) >= -1e-9).all()


def test_where_the_load_allows_it_the_sun_shines_when_it_does() -> None:
    edges = np.array([0.0, 900.0, 1800.0])
    kwh = dict.fromkeys(QUANTITIES, 0.0) | {"bought": 2.0, "solar": 2.0, "sold": 1.0}
    night = np.array([0.0, 1.0])
    found = spread(kwh, {"solar": night, "sold": night, "charged": 0 * night}, edges)
    assert found["solar"].tolist() == [0.0, 2.0]
    assert found["bought"].tolist() == [1.0, 1.0]
    found = spread(kwh, {"sold": 1 - night, "solar": night, "bought": night}, edges)
    assert found["sold"][0] < 1.0, "else it would have sold what it had not"


def gap(market: dict[float, float] | None = None) -> tuple[SlotRecord, ...]:
    edges = np.array([0.0, 900.0, 1800.0])
    kwh = {name: np.array([1.0, 3.0]) for name in QUANTITIES}
    kwh["charged"] = np.zeros(2)
    told = {0.0: 0.2, 900.0: 0.4} if market is None else market
    return estimated(
        edges,
        kwh,
        Parts({"plug": 4.0}, {"roof": 4.0}, {"cell": BatteryFlow(1.0, 2.0)}),
        lambda at: TARIFF.priced(at, told.get(at)),
        lambda at: 0.4 if at else None,
    )


def test_each_slot_of_a_gap_has_the_price_of_its_time() -> None:
    first, second = gap()
    assert first.quality is second.quality is Quality.ESTIMATED
    assert first.buy == pytest.approx(1.2 * 0.3)
    assert second.buy == pytest.approx(1.2 * 0.5)
    assert (second.market, second.sell) == (0.4, pytest.approx(0.2))
    assert (first.carbon_kg_per_kwh, second.carbon_kg_per_kwh) == (None, 0.4)
    assert [each.device_kwh["plug"] for each in (first, second)] == pytest.approx([1.0, 3.0])
    assert [each.source_kwh["roof"] for each in (first, second)] == pytest.approx([1.0, 3.0])
    assert first.battery_kwh["cell"] == BatteryFlow(0.5, 0.5), "charged at no time that is known"
    assert [each.start for each in gap({900.0: 0.1})] == [900.0]
    home = Home(batteries=(Battery("cell", "C", 10.0, 5.0, 5.0, wear_per_kwh=0.1),))
    assert worn(second, home).wear_cost == pytest.approx(0.15)


def test_what_was_told_later_is_put_in_its_place() -> None:
    slots = gap()
    found = missed([], [slot(1800.0, meter_kwh={"bought": 4.5}, bought_kwh=0.5), slot(2100.0)])
    later = slot(1800.0, meter_kwh={"bought": 4.5, "sold": 1.0}, bought_kwh=0.5)
    placed, changed = told_in_place(slots, [later, slot(2100.0)], found)
    assert [each.meter_kwh for each in placed] == [{"bought": 1.0}, {"bought": 3.0}]
    assert [each.meter_kwh for each in changed] == [{"bought": 0.5, "sold": 1.0}]
    row = summed(map(Row.of, (*placed, *changed)), 0.0, 2100.0)
    assert reconciled(replace(row, meter_kwh={"bought": row.meter_kwh["bought"]})).deviation == 0.0


def test_a_gap_is_in_the_days_and_saves_nothing() -> None:
    ledger = Ledger(until=5000.0).filled(gap(), "UTC")
    assert ledger.until == 5000.0
    assert ledger.total.bought_kwh == pytest.approx(4.0)
    assert ledger.day("1970-01-01") == ledger.total
    assert ledger.total.saving == 0.0
    assert ledger.total.left_out_hours == pytest.approx(0.5)
