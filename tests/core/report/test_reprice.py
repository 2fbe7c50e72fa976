"""A price that is corrected later, and one that is none of a correction's business."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.report.reprice import repriced
from custom_components.shems.core.report.rows import Row
from custom_components.shems.core.report.slot import Alternative, SlotRecord
from custom_components.shems.core.tariff import PriceRule, Tariff

RULE = PriceRule(factor=1.0, fee=0.1, vat=0.2)
TARIFF = Tariff(RULE, PriceRule(factor=0.9), "UTC", "EUR")
PRICES = st.integers(-30, 60).map(lambda count: count / 100)


def slot(market: float | None, feed_in: float | None = None, tariff: Tariff = TARIFF) -> SlotRecord:
    priced = tariff.priced(0.0, market, feed_in)
    assert priced is not None
    return SlotRecord(
        0.0,
        300.0,
        2.0,
        1.0,
        0.0,
        0.0,
        0.0,
        priced.buy.price,
        priced.sell.price,
        buy_parts=priced.buy,
        sell_parts=priced.sell,
        market=market,
        feed_in=feed_in,
        otherwise={
            "without": Alternative(
                3.0, 0.5, 3.0 * priced.buy.price - 0.5 * priced.sell.price + 0.01
            )
        },
    )


@given(market=PRICES, told=PRICES)
def test_a_corrected_price_gives_what_the_right_one_would_have(market: float, told: float) -> None:
    corrected, right = repriced(slot(market), TARIFF, (told, None)), slot(told)
    assert corrected.buy == pytest.approx(right.buy)
    assert corrected.sell == pytest.approx(right.sell)
    assert corrected.otherwise["without"].cost == pytest.approx(right.otherwise["without"].cost)
    money = Row.of(corrected).money
    assert money.bought == pytest.approx(2.0 * right.buy)
    assert money.sold == pytest.approx(right.sell)
    assert corrected.market == pytest.approx(told, abs=1e-6)


def test_the_shares_of_a_saving_follow_it() -> None:
    shares = {"car": 0.1, "home": 0.02}
    before = replace(slot(0.2), saved_by_device=shares, saved_by_cause={"shifting": 0.12})
    after = repriced(before, TARIFF, (0.4, None))
    more = Row.of(after).saving - Row.of(before).saving
    assert abs(more) > 0.01
    assert after.saved_by_device == {"car": 0.1, "home": pytest.approx(0.02 + more)}
    assert after.saved_by_cause == {"shifting": pytest.approx(0.12 + more)}


def test_what_selling_follows_is_corrected_by_itself() -> None:
    corrected = repriced(slot(0.2, 0.1), TARIFF, (None, 0.3))
    assert corrected == repriced(slot(0.2, 0.1), TARIFF, (0.2, 0.3))
    assert corrected.sell == pytest.approx(0.27)
    assert corrected.buy == slot(0.2).buy


@pytest.mark.parametrize(
    ("before", "tariff", "told"),
    [
        (slot(0.2), TARIFF, (0.2, None)),
        (slot(0.2), TARIFF, (None, None)),
        (slot(0.2), replace(TARIFF, buy=replace(RULE, fee=0.3)), (0.5, None)),
        (slot(0.2), replace(TARIFF, sell=PriceRule(factor=0.5)), (0.5, None)),
        (replace(slot(0.2), market=None), TARIFF, (0.5, None)),
    ],
    ids=["as it was", "nothing told", "another contract", "another sale", "unknown then"],
)
def test_the_past_is_left_alone_otherwise(
    before: SlotRecord, tariff: Tariff, told: tuple[float | None, float | None]
) -> None:
    assert repriced(before, tariff, told) is before
