"""What the grid imposes and what its peaks cost reaches the plan."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.tariff import Window
from custom_components.shems.devices import KINDS, Device

from .conftest import advance, make_entry, start
from .flow_pages import measure, subentry_flow

GRID: dict[str, Any] = {"grid_power": ["sensor.grid"]}


def connection(**data: Any) -> Connection:
    asset = KINDS["connection"].asset(Device("id", "connection", "Grid", GRID | data))
    assert isinstance(asset, Connection)
    return asset


def test_the_fuse_carries_no_more_than_its_current() -> None:
    assert connection(fuse_a=16.0, phases="1").import_limit_kw == pytest.approx(3.68)
    three = connection(fuse_a=25.0, import_limit_kw=10.0, export_limit_kw=5.0)
    assert (three.import_limit_kw, three.export_limit_kw, three.phases) == (10.0, 5.0, 3)
    assert connection().fuse_a is None


def test_a_price_of_peaks_is_a_tariff() -> None:
    peaks = {
        "peak_price": 4.5,
        "peak_interval": "60",
        "peak_top": 3.0,
        "peak_one_a_day": True,
        "peak_begin": "07:00:00",
        "peak_end": "21:00:00",
        "peak_least_kw": 2.5,
    }
    assert connection(**peaks).peaks == (
        PeakTariff(
            4.5,
            interval_s=3600,
            top=3,
            one_a_day=True,
            window=Window(7 * 60, 21 * 60, 0.0),
            least_kw=2.5,
        ),
    )
    (plain,) = connection(peak_price=4.5).peaks
    assert plain == PeakTariff(4.5)
    assert connection(peak_price=0.0).peaks == ()


async def test_the_form_of_the_connection_has_all_of_it(hass: HomeAssistant) -> None:
    measure(hass, "sensor.grid", "W")
    measure(hass, "sensor.limit", "W")
    measure(hass, "sensor.soc", "%")
    entry = MockConfigEntry(domain="shems", title="Casa", data={"kind": "home", "name": "Casa"})
    entry.add_to_hass(hass)
    pages = await subentry_flow(hass, entry.entry_id, "connection")
    limits = {"import_limit_kw": 17.0, "export_limit_kw": 0.0, "fuse_a": 25.0, "phases": "3"}
    given = {"name": "Grid", **GRID, "grid_power_inverted": False, "peaks": {"peak_price": 4.0}}
    await pages.give(**given, limits={**limits, "imposed_import": "sensor.soc"})
    assert pages.result["errors"] == {"imposed_import": "not_limit"}
    await pages.give(**given, limits={**limits, "imposed_import": "sensor.limit"})
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY
    (subentry,) = entry.subentries.values()
    assert subentry.data["imposed_import"] == "sensor.limit"
    assert subentry.data["peak_price"] == 4.0


def entry_with(**data: Any) -> MockConfigEntry:
    """Return a home whose connection has more to it."""
    entry = make_entry()
    grid = ConfigSubentry(
        data=GRID | data,
        subentry_id="connection_id",
        subentry_type="connection",
        title="Grid",
        unique_id=None,
    )
    object.__setattr__(entry, "subentries", {**entry.subentries, "connection_id": grid})
    return entry


async def test_an_imposed_limit_is_kept_at_once(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    power = {"unit_of_measurement": "kW"}
    hass.states.async_set("sensor.limit", "unknown", power)
    home = await start(hass, entry_with(imposed_import="sensor.limit"), frozen)
    assert home.home.connection.limits == ()
    assert home.data.plan.grid_kw[0] > 5, "it is cheap: the battery charges"
    hass.states.async_set("sensor.limit", "4.2", power)
    await advance(hass, frozen, 5)
    (limit,) = home.home.connection.limits
    assert limit.import_kw == 4.2
    assert limit.export_kw is None
    plan = home.data.plan
    soon = plan.horizon.start < home.data.now + 3600
    assert plan.grid_kw[soon].max() <= 4.2 + 1e-6
    (command,) = home.data.commands.values()
    assert -command.power_kw <= 2.2 + 1e-6, "beside the load of two kilowatts"
    hass.states.async_set("sensor.limit", "100", power)
    await advance(hass, frozen, 5)
    assert home.home.connection.limits == (), "what is above the connection's own is none"


async def test_the_months_peak_is_known_and_kept(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    home = await start(hass, entry_with(peak_price=50.0), frozen)
    (state,) = home.planner.scenario.home.connection.reached
    assert state.top_kw == (pytest.approx(2.0, abs=0.01),)
    assert np.max(home.data.plan.grid_kw) < 2.5, "it is dear to import more"
