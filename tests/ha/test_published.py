"""Published prices: late, revised, failing, and back; bought and sold at prices of their own."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.series import Series
from custom_components.shems.sources.configuration import configuration
from custom_components.shems.sources.error import SourceError
from custom_components.shems.sources.issued import Issued
from custom_components.shems.sources.prices import call
from custom_components.shems.sources.published import FEED_IN, MARKET, Published

from .conftest import ENTRY_ID, OPTIONS, PRICES, SPOT, advance, make_entry, settle, start

HOUR = 3600.0
NORDPOOL = {"type": "nordpool", "config_entry": "np", "area": "SE3"}
EXPORT = "sensor.export"


class Provider:
    """Nord Pool's action: what it answers and how often it was asked."""

    def __init__(self, hass: HomeAssistant) -> None:
        self.asked = 0
        self.price = 100.0
        self.fails = False
        self.tomorrow = False
        hass.services.async_register(
            "nordpool",
            "get_prices_for_date",
            self._answer,
            supports_response=SupportsResponse.ONLY,
        )

    async def _answer(self, asked: ServiceCall) -> dict[str, Any]:
        self.asked += 1
        if self.fails:
            raise HomeAssistantError("no connection")
        start = dt_util.as_utc(dt_util.start_of_local_day(asked.data["date"])).timestamp()
        if start > dt_util.utcnow().timestamp() and not self.tomorrow:
            return {"SE3": []}
        rows = [
            {
                "start": dt_util.utc_from_timestamp(start + hour * HOUR).isoformat(),
                "end": dt_util.utc_from_timestamp(start + (hour + 1) * HOUR).isoformat(),
                "price": self.price,
            }
            for hour in range(24)
        ]
        return {"SE3": rows}


@pytest.fixture
async def provider(hass: HomeAssistant) -> Provider:
    await hass.config.async_set_time_zone("UTC")
    return Provider(hass)


def published(
    hass: HomeAssistant, name: str = MARKET, issued: Issued | None = None, **source: Any
) -> Published:
    """Return what is published of a source, as after a restart."""
    issued = issued or Issued(hass, ENTRY_ID, "UTC")
    return Published(hass, configuration(hass, make_entry(SPOT)), issued, name, source or NORDPOOL)


def now() -> float:
    return dt_util.utcnow().timestamp()


async def test_a_source_from_afar_is_asked_now_and_then(
    hass: HomeAssistant, provider: Provider, frozen: FrozenDateTimeFactory
) -> None:
    """It is noon: tomorrow's prices may come at any time, and are not waited for all day."""
    frozen.move_to("2026-06-10T12:30:00+00:00")
    prices = published(hass)
    await prices.async_refresh(now())
    assert provider.asked == 2, "today and tomorrow"
    frozen.tick(600)
    await prices.async_refresh(now())
    assert provider.asked == 2
    frozen.tick(400)
    provider.tomorrow = True
    await prices.async_refresh(now())
    assert provider.asked == 4, "late prices are found within a quarter of an hour"
    assert prices.series.last == now() // 86400 * 86400 + 48 * HOUR
    frozen.tick(3500)
    await prices.async_refresh(now())
    assert provider.asked == 4, "known far ahead"
    frozen.tick(200)
    await prices.async_refresh(now())
    assert provider.asked == 6
    prices.forget()
    await prices.async_refresh(now())
    assert provider.asked == 8


async def test_revised_prices_replace_those_before(
    hass: HomeAssistant, provider: Provider, frozen: FrozenDateTimeFactory
) -> None:
    prices = published(hass)
    await prices.async_refresh(now())
    assert prices.series.at(now()) == pytest.approx(0.1)
    provider.price = -20.0
    frozen.tick(3700)
    await prices.async_refresh(now())
    assert prices.series.at(now()) == pytest.approx(-0.02)
    assert prices.series.at(now() - HOUR) == pytest.approx(-0.02)


async def test_an_hour_that_is_no_longer_told_holds(hass: HomeAssistant) -> None:
    """A sensor that lists only what is to come forgets the running hour at its first minute."""
    start = now() // HOUR * HOUR

    def show(first: int, price: float) -> None:
        rows = [
            {"start": dt_util.utc_from_timestamp(start + hour * HOUR).isoformat(), "price": price}
            for hour in range(first, 12)
        ]
        hass.states.async_set(PRICES, "1", {"unit_of_measurement": "EUR/kWh", "prices": rows})

    prices = published(hass, type="attributes", entity=PRICES)
    show(0, 0.2)
    await prices.async_refresh(now())
    show(1, 0.3)
    await prices.async_refresh(now())
    assert prices.series.at(now()) == pytest.approx(0.2)
    assert prices.series.at(now() + HOUR) == pytest.approx(0.3)


async def test_what_was_published_holds_while_the_source_fails(
    hass: HomeAssistant,
    provider: Provider,
    frozen: FrozenDateTimeFactory,
) -> None:
    prices = published(hass)
    await prices.async_refresh(now())
    provider.fails = True
    for _ in range(3):
        frozen.tick(3700)
        await prices.async_refresh(now())
    assert prices.series.at(now()) == pytest.approx(0.1)
    assert prices.problem is not None
    assert prices.problem.code == "price_action_failed"
    assert prices.problem.args == {
        "source": "nordpool.get_prices_for_date",
        "detail": "no connection",
    }
    provider.fails = False
    frozen.tick(3700)
    await prices.async_refresh(now())
    assert prices.problem is None

    provider.fails = True
    frozen.move_to("2026-06-11T00:00:01+00:00")
    with pytest.raises(SourceError, match="price action failed"):
        await prices.async_refresh(now())


async def test_a_source_that_fails_is_not_asked_with_every_plan(
    hass: HomeAssistant, provider: Provider, frozen: FrozenDateTimeFactory
) -> None:
    """A switch makes a plan at once; it waits for no service that was down a minute ago."""
    prices = published(hass)
    await prices.async_refresh(now())
    provider.fails = True
    frozen.tick(3700)
    await prices.async_refresh(now())
    asked = provider.asked
    frozen.tick(60)
    await prices.async_refresh(now())
    assert provider.asked == asked
    frozen.tick(240)
    await prices.async_refresh(now())
    assert provider.asked == asked + 1


async def test_a_source_that_hangs_holds_up_no_plan(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(_: ServiceCall) -> dict[str, Any]:
        await asyncio.sleep(3600)
        return {}

    hass.services.async_register(
        "nordpool", "get_prices_for_date", hang, supports_response=SupportsResponse.ONLY
    )
    monkeypatch.setattr(call, "PATIENCE_S", 0.0)  # The clock stands still.
    with pytest.raises(SourceError) as overdue:
        await published(hass).async_refresh(now())
    assert overdue.value.arguments["detail"] == "TimeoutError"


async def test_it_holds_over_a_restart(
    hass: HomeAssistant, provider: Provider, hass_storage: dict[str, Any]
) -> None:
    issued = Issued(hass, ENTRY_ID, "UTC")
    await published(hass, issued=issued).async_refresh(now())
    await issued.async_save(now(), at_once=True)
    provider.fails = True
    later = Issued(hass, ENTRY_ID, "UTC")
    await later.async_load()
    prices = published(hass, issued=later)
    await prices.async_refresh(now())
    assert prices.series.at(now()) == pytest.approx(0.1)
    other = published(hass, issued=later, **{**NORDPOOL, "area": "SE4"})
    with pytest.raises(SourceError):
        await other.async_refresh(now())


async def test_prices_kept_by_an_earlier_release_are_of_the_source_of_now(
    hass: HomeAssistant, provider: Provider
) -> None:
    issued = Issued(hass, ENTRY_ID, "UTC")
    begin = now() - 10 * 86400
    old = Series.of([(begin + hour * HOUR, begin + (hour + 1) * HOUR, 0.5) for hour in range(24)])
    issued.note_published(MARKET, old, begin, 900.0)
    prices = published(hass, issued=issued)
    await prices.async_refresh(now())
    assert prices.series.at(begin + HOUR) == pytest.approx(0.5)
    other = published(hass, issued=issued, **{**NORDPOOL, "area": None})
    await other.async_refresh(now())
    assert other.series.at(begin + HOUR) is None, "another area's prices are no past of this one's"


async def test_selling_needs_no_price_of_now_once_it_is_known(hass: HomeAssistant) -> None:
    """What it usually brings beside the market stands in."""
    source = {"type": "entity", "entity": EXPORT}
    prices = published(hass, FEED_IN, **source)
    with pytest.raises(SourceError):
        await prices.async_refresh(now())
    hass.states.async_set(EXPORT, "8", {"unit_of_measurement": "ct/kWh"})
    await prices.async_refresh(now())
    hass.states.async_set(EXPORT, "unavailable")
    await prices.async_refresh(now() + HOUR)
    assert prices.problem is not None
    assert prices.problem.code == "price_entity_unavailable"


def show(hass: HomeAssistant, entity_id: str, price: float) -> None:
    """Publish prices of a day from the running hour on."""
    begin = now() // HOUR * HOUR
    rows = [
        {"start": dt_util.utc_from_timestamp(begin + hour * HOUR).isoformat(), "price": price}
        for hour in range(24)
    ]
    state = {"unit_of_measurement": "EUR/kWh", "prices": rows}
    hass.states.async_set(entity_id, str(price), state)


SOLD: dict[str, Any] = {
    **SPOT,
    "sell": {"factor": 1.0, "fee": -0.01, "vat": 0.0, "windows": []},
    "sell_source": {"type": "entity", "entity": EXPORT},
}


async def test_a_home_sells_at_prices_of_their_own(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    show(hass, PRICES, 0.2)
    show(hass, EXPORT, 0.09)
    home = await start(hass, make_entry(SOLD), frozen)
    assert home.data.price == pytest.approx((0.36, 0.08))
    assert home.data.plan is not None
    assert home.data.plan.prices.sell[0] == pytest.approx(0.08)

    show(hass, EXPORT, 0.05)
    await advance(hass, frozen, 2)
    assert home.data.price == pytest.approx((0.36, 0.04)), "revised prices are taken at once"

    hass.states.async_set(EXPORT, "unavailable")
    await advance(hass, frozen, 2)
    assert home.data.status == "optimal"
    assert home.data.price == pytest.approx((0.36, 0.04))
    assert home.data.problem is not None
    assert home.data.problem.code == "price_entity_unavailable"
    assert caplog.text.count("price_entity_unavailable {'entity'") == 1
    show(hass, EXPORT, 0.05)
    await advance(hass, frozen, 2)
    assert home.data.problem is None
    assert caplog.text.count("price_entity_unavailable is over") == 1


async def test_a_fixed_contract_may_sell_at_a_market(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    show(hass, EXPORT, 0.09)
    options = OPTIONS | {
        "sell": SOLD["sell"],
        "sell_source": SOLD["sell_source"],
        "price_source": {"type": "tou"},
    }
    home = await start(hass, make_entry(options), frozen)
    assert home.data.price == pytest.approx((0.1, 0.08))
    assert home.configuration.sell_source is None, "what selling follows is the market"
    hass.states.async_remove(EXPORT)
    await settle(hass)
    assert isinstance(home, HomeCoordinator)


async def test_net_metering_asks_nobody_what_selling_brings(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    show(hass, PRICES, 0.2)
    home = await start(hass, make_entry(SOLD | {"net_metering": True}), frozen)
    assert home.data.status == "optimal"
    assert home.data.price == pytest.approx((0.36, 0.36))


async def test_a_download_tells_what_selling_follows(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    show(hass, PRICES, 0.2)
    show(hass, EXPORT, 0.09)
    home = await start(hass, make_entry(SOLD), frozen)
    assert home.planner.scenario is not None
    kept = json.loads(json.dumps(home.planner.scenario.to_json()))
    again = type(home.planner.scenario).from_json(kept)
    assert again.history.feed_in.value == pytest.approx(0.09)
    assert again.make().plan.prices.sell[0] == pytest.approx(0.08)


async def test_amber_is_followed_from_interval_to_interval(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """Prices of five minutes, forecast until they begin; the sensor has the running one."""
    site = MockConfigEntry(domain="amberelectric", entry_id="am")
    site.add_to_hass(hass)
    registry = er.async_get(hass)
    begin = now() // 300 * 300
    base = {"general": 0.30, "feed_in": 0.06}

    def interval(channel: str, number: int, price: float) -> dict[str, Any]:
        start = begin + 300 * number
        return {
            "duration": 5,
            "start_time": dt_util.utc_from_timestamp(start + 1).isoformat(),
            "end_time": dt_util.utc_from_timestamp(start + 300).isoformat(),
            "per_kwh": price,
        }

    async def forecasts(asked: ServiceCall) -> dict[str, Any]:
        first = int((now() - begin) // 300) + 1
        channel = asked.data["channel_type"]
        rows = [interval(channel, first + each, base[channel] + 0.01) for each in range(100)]
        return {"forecasts": rows}

    def tick(**price: float) -> None:
        for channel, each in price.items():
            entity_id = registry.async_get_or_create(
                "sensor", "amberelectric", f"01ABC-current-{channel}", config_entry=site
            ).entity_id
            running = interval(channel, int((now() - begin) // 300), each)
            hass.states.async_set(entity_id, str(each), running)

    hass.services.async_register(
        "amberelectric", "get_forecasts", forecasts, supports_response=SupportsResponse.ONLY
    )
    tick(general=0.35, feed_in=0.09)
    source = {"type": "amber", "config_entry": "am"}
    options = SOLD | {
        "currency": "AUD",
        "buy": {"factor": 1.0, "fee": 0.0, "vat": 0.0, "windows": []},
        "sell": {"factor": 1.0, "fee": 0.0, "vat": 0.0, "windows": []},
        "price_source": source,
        "sell_source": {**source, "side": "sell"},
    }
    home = await start(hass, make_entry(options), frozen)
    assert home.data.price == pytest.approx((0.35, 0.09))
    assert home.data.plan is not None
    assert home.data.plan.prices.buy[1] == pytest.approx(0.31), "the next five minutes"
    assert home.data.plan.prices.sell[1] == pytest.approx(0.07)

    frozen.move_to(dt_util.utc_from_timestamp(begin + 301))
    await advance(hass, frozen, 1)
    frozen.move_to(dt_util.utc_from_timestamp(begin + 320))
    tick(general=0.50, feed_in=0.20)
    await advance(hass, frozen, 2)
    assert home.data.price == pytest.approx((0.50, 0.20)), "what came replaces what was expected"
    assert home.data.plan.created > begin + 320, "a new plan is made at once"
    assert home.data.plan.prices.buy[0] == pytest.approx(0.50)
    kept = home.inputs.issued.series(MARKET).at(begin)
    assert kept == pytest.approx((0.35 + 0.50 + 0.31) / 3), "what was is kept beside what comes"
    assert home.data.problem is None
