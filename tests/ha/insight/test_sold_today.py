"""What was sold today, as an entity."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.report.sold import BelowZero
from tests.ha.conftest import advance

INCOME = "sensor.home_income_from_selling_today"
SOLD = "sensor.home_energy_sold_today"
KEPT = "sensor.home_not_sold_at_prices_below_zero_today"


async def test_what_is_sold_is_told_with_its_hour_and_price(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    assert hass.states.get(INCOME).state == "0.0"
    for _ in range(60):
        meters(grid_kw=-2.0, solar_kw=4.0)
        await advance(hass, frozen, 10)
    state = hass.states.get(INCOME)
    sold = state.attributes["energy_kwh"]
    assert sold > 0.1
    assert float(state.state) == pytest.approx(0.05 * sold, abs=1e-3)
    assert state.attributes["mean_price"] == pytest.approx(0.05)
    (hour,) = state.attributes["by_hour"]
    assert hour["start"] == "2026-06-10T10:00:00+00:00"
    assert hour["energy_kwh"] == pytest.approx(sold)
    assert state.attributes["kept_kwh"] == 0.0
    assert float(hass.states.get(SOLD).state) == sold


async def test_what_was_not_sold_below_zero_is_told(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert hass.states.get(KEPT).state == "0.0"
    so_far = home.insight.ledger.so_far
    kept = BelowZero(hours=0.5, sold_kwh=0.1, kept_kwh=1.2346, kept_value=0.05)
    counted = replace(so_far, day=replace(so_far.day, below_zero=kept))
    monkeypatch.setattr(home.insight.ledger, "so_far", counted)
    meters()
    await advance(hass, frozen, 2)
    assert hass.states.get(KEPT).state == "1.235"
