"""The action of a price provider fails in one of many ways: the last prices hold, then nothing."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.sources.prices import call
from tests.ha.conftest import BATTERY, SPOT, make_entry, start
from tests.ha.faults.watching import arm, gapless, issues, mode, pass_time, problems, status

HOUR_S = 3600.0
NORDPOOL = {"type": "nordpool", "config_entry": "np", "area": "SE3"}


class Provider:
    """Nord Pool's action, with days that are cheap until 11:00."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self.manner = "answers"
        self.come()

    def come(self) -> None:
        self._hass.services.async_register(
            "nordpool",
            "get_prices_for_date",
            self._answer,
            supports_response=SupportsResponse.ONLY,
        )

    def go(self) -> None:
        self._hass.services.async_remove("nordpool", "get_prices_for_date")

    async def _answer(self, asked: ServiceCall) -> dict[str, Any]:
        first = dt_util.as_utc(dt_util.start_of_local_day(asked.data["date"])).timestamp()
        match self.manner:
            case "raises":
                raise HomeAssistantError("no connection")
            case "hangs":
                await asyncio.sleep(3600)
            case "garbage":
                return {"SE3": [{"price": "soon"}]}
            case "another area":
                return {"SE4": []}
        if first > dt_util.utcnow().timestamp():
            return {"SE3": []}
        return {"SE3": [self._row(first + HOUR_S * hour, hour) for hour in range(24)]}

    @staticmethod
    def _row(begin: float, hour: int) -> dict[str, Any]:
        return {
            "start": dt_util.utc_from_timestamp(begin).isoformat(),
            "end": dt_util.utc_from_timestamp(begin + HOUR_S).isoformat(),
            "price": 50.0 if hour < 11 else 500.0,
        }


@pytest.fixture
async def provider(
    hass: HomeAssistant, inverter: None, remembered: dict[str, Any], meters: Callable[..., None]
) -> Provider:
    await hass.config.async_set_time_zone("UTC")
    return Provider(hass)


@pytest.fixture
async def spot_home(
    hass: HomeAssistant, provider: Provider, frozen: FrozenDateTimeFactory
) -> HomeCoordinator:
    """Return a home with Nord Pool's prices, whose battery charges."""
    home = await start(hass, make_entry({**SPOT, "price_source": NORDPOOL}), frozen)
    await arm(hass, frozen)
    assert mode(hass) == "charge"
    return home


@pytest.mark.parametrize("manner", ["raises", "hangs", "garbage", "another area", "is gone"])
async def test_a_price_action_that_fails(
    hass: HomeAssistant,
    provider: Provider,
    spot_home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    manner: str,
) -> None:
    charging = partial(meters, grid_kw=7.0, battery_kw=-5.0)
    provider.manner = manner
    if manner == "hangs":
        monkeypatch.setattr(call, "PATIENCE_S", 0.0)  # The clock stands still.
    if manner == "is gone":
        provider.go()
    paid = spot_home.data.price
    await pass_time(hass, frozen, 20, charging)
    assert mode(hass) == "charge", "published prices are contracts"
    assert spot_home.data.price == paid
    frozen.move_to("2026-06-10T11:30:30+00:00")
    await pass_time(hass, frozen, 20, meters)
    assert mode(hass) != "charge", "the dear hours are known as well"
    assert status(hass) == "optimal"
    assert {each["stage"] for each in problems(hass).values()} == {"held"}
    assert {code for code, _ in issues(hass)} == {"prices_lost"}
    assert gapless(spot_home, 15)

    meters(grid_kw=1.9)  # The very same power for hours would be a frozen meter's.
    frozen.move_to("2026-06-11T00:01:00+00:00")
    await pass_time(hass, frozen, 45, meters)
    entered = spot_home.store.memory.ledger.total
    assert status(hass) == "safe"
    assert hass.states.get("sensor.home_import_price").state == "unavailable", "never zero"
    assert mode(hass) == "automatic"
    assert spot_home.store.control.owned == {}
    await pass_time(hass, frozen, 10, meters)
    assert spot_home.store.memory.ledger.total == entered, "nothing is entered at a price made up"

    provider.manner = "answers"
    provider.come()
    await pass_time(hass, frozen, 12, partial(meters, grid_kw=2.1))
    assert not problems(hass)
    assert not issues(hass)
    assert BATTERY in spot_home.store.control.owned, "it is driven again"
    assert gapless(spot_home, 5)
    assert spot_home.store.memory.ledger.total.cost > entered.cost
