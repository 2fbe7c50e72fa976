"""Prices that are corrected afterwards: the ledger's file and memory follow."""

from dataclasses import replace

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.report.slot import SlotRecord
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule
from custom_components.shems.insight.corrections import Corrections
from tests.ha.conftest import SLOT_S, advance


async def test_what_was_entered_at_a_wrong_price_is_entered_anew(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = dt_util.utcnow().timestamp()
    await advance(hass, frozen, SLOT_S)
    tariff = replace(home.configuration.tariff, buy=PriceRule(1.0, 0.05), sell=PriceRule(0.0, 0.08))
    monkeypatch.setattr(type(home.planner.net), "tariff", property(lambda _: tariff))
    last = home.store.memory.slots[-1]
    priced = tariff.priced(last.start, 0.2)
    assert priced is not None
    entered = replace(
        last,
        buy=priced.buy.price,
        sell=priced.sell.price,
        buy_parts=priced.buy,
        sell_parts=priced.sell,
        market=0.2,
    )
    ledger = home.insight.ledger
    await ledger.async_revise({last.start: (last, entered)})
    before = home.store.memory.ledger.total.cost
    assert home.store.memory.slots[-1] == entered
    home.planner.prices.series = Series.of([(now - 3600, now + 3600, 0.5)])
    corrections = Corrections(home, ledger)
    await corrections.async_on_slot(now + SLOT_S)
    (slot,) = await ledger.async_slots(last.start, now + SLOT_S)
    assert slot.market == 0.5
    assert slot.revision == 2
    more = 0.3 * last.bought_kwh
    assert more > 0
    assert home.store.memory.ledger.total.cost == pytest.approx(before + more)
    assert home.store.memory.slots[-1].buy == pytest.approx(0.55)
    await corrections.async_on_slot(now + SLOT_S)
    await Corrections(home, ledger).async_on_slot(now + SLOT_S)
    assert (await ledger.async_slots(last.start, now + SLOT_S))[0].revision == 2


async def test_corrections_reach_as_far_back_as_statistics_of_five_minutes(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = dt_util.utcnow().timestamp() // 3600 * 3600
    tariff = replace(home.configuration.tariff, buy=PriceRule(1.0, 0.05), sell=PriceRule(0.0, 0.08))
    monkeypatch.setattr(type(home.planner.net), "tariff", property(lambda _: tariff))
    ledger = home.insight.ledger
    old = [at - days * 86400 for days in (11, 9, 5)]
    file = ledger.file

    def entered(start: float) -> SlotRecord:
        priced = tariff.priced(start, 0.2)
        assert priced is not None
        return SlotRecord(
            start,
            start + 300,
            bought_kwh=1.0,
            sold_kwh=0.0,
            solar_kwh=0.0,
            charged_kwh=0.0,
            discharged_kwh=0.0,
            buy=priced.buy.price,
            sell=priced.sell.price,
            buy_parts=priced.buy,
            sell_parts=priced.sell,
            market=0.2,
        )

    await hass.async_add_executor_job(file.append, list(map(entered, old)), at)
    home.planner.prices.series = Series.of([(at - 14 * 86400, at + 7200, 0.2)])
    corrections = Corrections(home, ledger)
    read = []
    slots = ledger.async_slots

    async def noted(start: float, end: float) -> tuple[SlotRecord, ...]:
        read.append(end - start)
        return await slots(start, end)

    monkeypatch.setattr(ledger, "async_slots", noted)
    await corrections.async_on_slot(at)
    assert read == [pytest.approx(10 * 86400, abs=900)]
    await corrections.async_on_slot(at + 3600)
    assert len(read) == 1, "nothing is told otherwise"
    home.planner.prices.series = Series.of(
        [(at - 14 * 86400, at - 6 * 86400, 0.5), (at - 6 * 86400, at + 7200, 0.2)]
    )
    await corrections.async_on_slot(at + 7200)
    found = {each.start: each.market for each in await slots(at - 12 * 86400, at - 4 * 86400)}
    assert found == dict(zip(old, (0.2, 0.5, 0.2), strict=True))
    home.planner.prices.series = Series.of(
        [(at - 14 * 86400, at - 6 * 86400, 0.5), (at - 6 * 86400, at + 7200, 0.3)]
    )
    await corrections.async_on_slot(at + 10800)
    assert read[-1] == pytest.approx(6 * 86400, abs=10801)
    month = await ledger.async_sum(at - 9.5 * 86400, at - 4 * 86400)
    assert month.money.bought == pytest.approx(0.55 + 0.35)
