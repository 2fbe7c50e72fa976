"""What a community's outlook makes of a home's prices."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.horizon import HOUR_S, QUARTER_S, Horizon
from custom_components.shems.core.neighbours import Neighbours
from custom_components.shems.core.tariff import Prices
from custom_components.shems.core.units import Floats
from tests.core.homes import HOME, NOW

START = NOW - NOW % QUARTER_S
SLOTS = 8
HORIZON = Horizon.uniform(START, QUARTER_S, SLOTS)
OWN = Prices(np.full(SLOTS, 0.32), np.full(SLOTS, 0.08), np.ones(SLOTS, dtype=np.bool_))
QUIET = Neighbours(START, QUARTER_S, np.zeros(SLOTS), np.zeros(SLOTS), 0.17, 0.06, START)


def outlook(need: list[float], surplus: list[float]) -> Neighbours:
    return replace(QUIET, need_wh=np.array(need), surplus_wh=np.array(surplus))


def test_a_kwh_costs_a_mean_of_the_community_and_the_own_supplier() -> None:
    shared = outlook([1000.0, 500.0, 0.0, 0.0], [500.0, 1000.0, 800.0, 0.0])
    prices = shared.applied(OWN, HORIZON, START)
    assert prices.buy[:4] == pytest.approx([(0.23 + 0.32) / 2, 0.23, 0.23, 0.32])
    assert prices.sell[:4] == pytest.approx([0.17, (0.17 + 0.08) / 2, 0.08, 0.08])
    assert prices.own is OWN


def test_what_a_home_can_take_itself_shares_in_the_surplus() -> None:
    """A battery of 5 kW gets 1.25 kWh a slot, of which neighbours have 500 Wh."""
    shared = outlook([0.0, 750.0], [500.0, 500.0])
    bought, sold = shared.shares(HORIZON, START, own_kw=5.0)
    assert bought[:2] == pytest.approx([0.4, 0.25])
    assert sold[:2] == pytest.approx([0.0, 1.0]), "it sells none of that"
    prices = shared.applied(OWN, HORIZON, START, own_kw=5.0)
    assert prices.buy[0] == pytest.approx(0.4 * 0.23 + 0.6 * 0.32)
    home = replace(HOME, devices=(Vehicle("car", "Car", 60.0, 11.0),))
    assert home.charge_kw == 16.0


def test_beyond_the_outlook_the_own_tariff_holds() -> None:
    prices = outlook([1000.0] * 4, [1000.0] * 4).applied(OWN, HORIZON, START)
    assert prices.buy[:4] == pytest.approx(0.23)
    assert prices.buy[4:] == pytest.approx(OWN.buy[4:])
    assert prices.sell[4:] == pytest.approx(OWN.sell[4:])


@pytest.mark.parametrize("gap", ["need", "surplus"])
def test_missing_is_never_zero(gap: str) -> None:
    """No known need is not no need, or a first kWh would seem to be all from the community."""
    energy = {"need": np.full(SLOTS, 500.0), "surplus": np.full(SLOTS, 500.0)}
    energy[gap][2] = np.nan
    shared = replace(QUIET, need_wh=energy["need"], surplus_wh=energy["surplus"])
    prices = shared.applied(OWN, HORIZON, START)
    assert prices.buy[2] == OWN.buy[2]
    assert prices.sell[2] == OWN.sell[2]
    assert prices.buy[1] < OWN.buy[1]


def test_a_stale_outlook_is_none() -> None:
    shared = outlook([1000.0] * SLOTS, [1000.0] * SLOTS)
    assert shared.applied(OWN, HORIZON, START + 2 * QUARTER_S) is not OWN
    assert shared.applied(OWN, HORIZON, START + 2 * QUARTER_S + 1) is OWN


def test_slots_are_resampled_onto_steps_of_any_width() -> None:
    shared = outlook([1000.0] * SLOTS, [1000.0, 0.0, 500.0, 0.0, *[1000.0] * 4])
    uneven = Horizon(START + np.array([0.0, 300.0, QUARTER_S, HOUR_S, 2 * HOUR_S, 3 * HOUR_S]))
    bought, sold = shared.shares(uneven, START)
    assert bought == pytest.approx([1.0, 1.0, 0.5 / 3, 1.0, 0.0]), "half a slot of three"
    assert sold == pytest.approx([1.0, 1.0, 1.0, 1.0, 0.0]), "nobody else sells, or too few"


def test_the_own_part_is_no_neighbour() -> None:
    told = [400.0, -300.0, 200.0]
    whole = outlook([1000.0] * SLOTS, [700.0] * SLOTS)
    others = whole.without(START + QUARTER_S, told)
    assert others.need_wh.tolist()[:5] == [1000.0, 600.0, 1000.0, 800.0, 1000.0]
    assert others.surplus_wh.tolist()[:5] == [700.0, 700.0, 400.0, 700.0, 700.0]


def test_an_outlook_that_lags_behind_the_own_plan_never_turns_negative() -> None:
    others = outlook([100.0] * SLOTS, [100.0] * SLOTS).without(START, [500.0, -500.0])
    assert others.need_wh[0] == 0
    assert others.surplus_wh[1] == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"step_s": 0.0},
        {"need_wh": np.zeros(3)},
        {"need_wh": np.full(SLOTS, -1.0)},
        {"surplus_wh": np.full(SLOTS, np.inf)},
        {"price": np.nan},
    ],
)
def test_what_no_outlook_can_say_is_refused(wrong: dict[str, float | Floats]) -> None:
    with pytest.raises(ValueError, match="outlook"):
        replace(QUIET, **wrong)  # type: ignore[arg-type]  # One field at a time, of either type.


MONEY = st.floats(-0.5, 1.0)
ENERGY = st.lists(
    st.one_of(st.floats(0, 5000), st.just(float("nan"))), min_size=SLOTS, max_size=SLOTS
)


@given(ENERGY, ENERGY, MONEY, st.floats(0, 0.3), MONEY, st.floats(0, 0.6))
def test_buying_never_costs_less_than_selling_brings(
    need: list[float], surplus: list[float], price: float, fee: float, sell: float, spread: float
) -> None:
    """No tariff in which both are apart makes a home that trades with itself."""
    own = Prices(np.full(SLOTS, sell + spread), np.full(SLOTS, sell), OWN.known)
    shared = replace(outlook(need, surplus), price=price, fee=fee)
    prices = shared.applied(own, HORIZON, START)
    assert (prices.sell <= prices.buy).all()


@given(ENERGY, ENERGY, st.floats(0.08, 0.26))
def test_an_agreed_price_between_both_tariffs_never_makes_a_home_worse_off(
    need: list[float], surplus: list[float], price: float
) -> None:
    prices = replace(outlook(need, surplus), price=price).applied(OWN, HORIZON, START)
    assert (prices.buy <= OWN.buy + 1e-12).all()
    assert (prices.sell >= OWN.sell - 1e-12).all()
