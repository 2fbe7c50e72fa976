"""Prices follow what a year of net metering is expected to end with."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems import netting
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.series import Series

from .conftest import ENTRY_ID, OPTIONS, advance, start, subentries

BALANCE = "sensor.home_balance_of_the_contract_year"
HOUR = 3600.0


def entry_with(**options: Any) -> MockConfigEntry:
    return MockConfigEntry(
        domain=DOMAIN,
        entry_id=ENTRY_ID,
        title="Home",
        data={"kind": "home", "name": "Home"},
        options=OPTIONS | options,
        subentries_data=subentries(),
    )


@pytest.fixture
def begin(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Any]:
    """Return a function that starts a home whose meter showed a steady power for a year."""

    async def started(grid_kw: float | None, **options: Any) -> HomeCoordinator:
        async def year(_hass: Any, _home: Any, end: float) -> Series:
            if grid_kw is None:
                return Series.empty()
            begins = end - HOUR * np.arange(366 * 24.0, 0, -1)
            return Series(begins, begins + HOUR, np.full(len(begins), grid_kw))

        monkeypatch.setattr(netting, "async_grid_year", year)
        return await start(hass, entry_with(net_metering=True, **options), frozen)

    return started


async def test_a_year_of_more_exports_is_paid_as_feed_in(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    home = await begin(-0.5, net_year="2020-01-01")
    plan = home.data.plan
    assert np.unique(plan.prices.buy) == pytest.approx([0.05])
    assert np.unique(plan.prices.sell) == pytest.approx([0.05])
    assert home.data.price == pytest.approx((0.05, 0.05))
    state = hass.states.get(BALANCE)
    days = 31 + 28 + 31 + 30 + 31 + 9 + 10.5 / 24
    assert float(state.state) == pytest.approx(-0.5 * 24 * days, abs=1)
    assert state.attributes["begin"] == "2026-01-01T00:00:00+00:00"
    assert state.attributes["end"] == "2027-01-01T00:00:00+00:00"
    assert state.attributes["expected_kwh"] == pytest.approx(-0.5 * 24 * 365, rel=0.01)
    assert state.attributes["beyond"] == pytest.approx(1.0)
    await advance(hass, frozen, 3600)
    assert home.planner.net.year.balance_kwh == pytest.approx(float(state.state), abs=0.1)


async def test_a_year_of_more_imports_is_set_off(begin: Callable[..., Any]) -> None:
    home = await begin(0.5, net_year="2020-01-01")
    assert np.unique(home.data.plan.prices.sell) == pytest.approx([0.1, 0.4])


async def test_of_an_unknown_year_exports_count_fully(
    hass: HomeAssistant, begin: Callable[..., Any]
) -> None:
    home = await begin(None, net_year="2020-01-01")
    assert np.unique(home.data.plan.prices.sell) == pytest.approx([0.1, 0.4])
    state = hass.states.get(BALANCE)
    assert state.state == "unknown"
    assert state.attributes["beyond"] is None


async def test_without_a_day_there_is_no_balance(
    hass: HomeAssistant, begin: Callable[..., Any]
) -> None:
    home = await begin(-0.5)
    assert np.unique(home.data.plan.prices.sell) == pytest.approx([0.1, 0.4])
    assert hass.states.get(BALANCE) is None
