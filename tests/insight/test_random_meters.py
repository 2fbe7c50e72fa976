"""Whatever meters and the machine do, the ledger has what the meters counted, and its money."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.accounting import Counted, SlotMeter
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.report.ledger import Ledger
from custom_components.shems.core.report.reconcile import known, reconciled, risen
from custom_components.shems.core.report.reprice import repriced
from custom_components.shems.core.report.slot import SlotRecord
from custom_components.shems.core.tariff import PriceRule, Tariff
from custom_components.shems.insight.ledger_file import LedgerFile

HOME = Home(connection=Connection(20.0, 20.0))
TARIFF = Tariff(PriceRule(1.0, 0.1, (), 0.2), PriceRule(0.8), "UTC", "EUR")
BEGIN = 1767222000.0
SLOT_S = 300.0


@dataclass
class Meters:
    """The counters of a grid connection, and what they counted that anybody could see.

    What one counted while it was silent, and was reset before it spoke again, nobody knows.
    """

    shown: dict[str, float]
    true: dict[str, float]
    seen: dict[str, float]

    def count(self, bought: float, sold: float, reset: str | None) -> None:
        # One that is reset twice within an hour may pass what it showed before unseen.
        if reset is not None and self.shown[reset] > 100:
            self.true[reset] -= self.shown[reset] - self.seen[reset]
            self.shown[reset] = self.seen[reset] = 0.0
        for name, kwh in (("bought", bought), ("sold", sold)):
            self.shown[name] += kwh
            self.true[name] += kwh

    def show(self, silent: str | None = None) -> dict[str, dict[str, float | None]]:
        self.seen |= {name: value for name, value in self.shown.items() if name != silent}
        return {
            name: {f"sensor.{name}": None if name == silent else value}
            for name, value in self.shown.items()
        } | {"solar": {}, "charged": {}, "discharged": {}}


KWH = st.integers(0, 100).map(lambda count: count / 100)
EVENTS = st.lists(
    st.tuples(
        KWH,
        KWH,
        st.sampled_from([None] * 8 + ["bought", "sold"]),
        st.sampled_from([None] * 8 + ["bought", "sold"]),
        st.sampled_from(["on"] * 6 + ["restart", "torn"]),
        st.integers(-10, 40).map(lambda cents: cents / 100),
    ),
    min_size=2,
    max_size=20,
)


@settings(max_examples=10, deadline=None)
@given(events=EVENTS, corrected=st.integers(-10, 40).map(lambda cents: cents / 100))
def test_the_ledger_has_what_the_meters_counted_and_its_money(
    events: list[tuple[float, float, str | None, str | None, str, float]], corrected: float
) -> None:
    """Counters that are reset or silent, restarts, slots lost by a crash, corrected prices."""
    begun = {"bought": 1000.0, "sold": 500.0}
    meters = Meters(dict(begun), dict.fromkeys(begun, 0.0), dict(begun))
    meter, at = SlotMeter(BEGIN), BEGIN
    meter.begin(at, meters.show(), None)
    shown, ledger = known(meters.show()), Ledger()
    memory: list[SlotRecord] = []
    with tempfile.TemporaryDirectory() as folder:
        file = LedgerFile(Path(folder) / "ledger.db", "UTC")
        file.open()
        for number, (bought, sold, new, mute, machine, market) in enumerate([*events, _LAST]):
            # Silent for longer is a gap, and has other tests.
            silent, reset = (mute, new) if number % 2 else (None, None)
            meters.count(bought, sold, reset)
            at += SLOT_S
            priced = TARIFF.priced(at, market)
            assert priced is not None
            prices = priced.buy.price, priced.sell.price
            record = meter.close(at, prices, {}, meters.show(silent), HOME)
            if record is not None:
                now = known(meters.show(silent))
                record = replace(
                    record,
                    buy_parts=priced.buy,
                    sell_parts=priced.sell,
                    market=market,
                    meter_kwh=risen(shown, now),
                )
                shown = {**shown, **now}
                ledger, entered = ledger.closed(record, HOME, "UTC")
                assert entered is not None
                memory.append(entered)
                if machine != "torn":
                    file = LedgerFile(file.path, "UTC")
                    file.append(memory, at)
            if machine != "on":
                counted = Counted(meter.start, meter.marks)
                meter = SlotMeter(at)
                meter.begin(at, meters.show(silent), counted)
        total = file.sum(BEGIN, at)
        for name in ("bought", "sold"):
            assert getattr(total.totals, f"{name}_kwh") == pytest.approx(meters.true[name])
        assert (reconciled(total).deviation or 0.0) <= 1e-3
        assert total.totals.cost == pytest.approx(ledger.total.cost)
        money = sum(each.metered_cost for each in memory)
        assert total.money.bill == pytest.approx(money)
        changed = [repriced(each, TARIFF, (corrected, None)) for each in memory]
        file.revise(BEGIN, at, lambda each: repriced(each, TARIFF, (corrected, None)), at)
        assert file.sum(BEGIN, at).money.bill == pytest.approx(
            sum(each.metered_cost for each in changed)
        )
        assert {each.market for each in file.slots(BEGIN, at)} == {corrected}


_LAST = (0.0, 0.0, None, None, "on", 0.2)
"""What a silent counter owes is entered once it shows something again."""
