"""What a device is driven through is gone: removed, or of another kind than it was."""

from collections.abc import Callable
from functools import partial

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components.shems.coordinator import HomeCoordinator
from tests.ha.conftest import BATTERY, MODE, settle
from tests.ha.faults.watching import arm, gapless, issues, pass_time, problems, status

CHARGING: dict[str, float] = {"grid_kw": 7.0, "battery_kw": -5.0}


async def test_a_select_that_is_removed_while_it_is_driven(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    charging = partial(meters, **CHARGING)
    await arm(hass, frozen)
    await pass_time(hass, frozen, 2, charging)
    er.async_get(hass).async_remove(MODE)
    await settle(hass)
    assert hass.states.get(MODE) is None
    await pass_time(hass, frozen, 15, charging)
    assert problems(hass)["input_absent"]["device"] == "Battery"
    assert issues(hass) == {("input_absent", MODE)}
    assert status(hass) == "optimal", "the home is planned on"
    assert BATTERY in home.store.control.owned, "it is given back as soon as it can be told"
    assert gapless(home, 15)
    facts = {"options": ["automatic", "charge", "discharge", "hold"]}
    hass.states.async_set(MODE, "charge", facts)
    await pass_time(hass, frozen, 2, partial(meters, **CHARGING, soc=70))
    assert not problems(hass)
    assert not issues(hass)
    assert home.store.control.overrides == {}


async def test_a_select_that_is_gone_is_nobodys_worry_where_nothing_is_driven(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    er.async_get(hass).async_remove(MODE)
    await pass_time(hass, frozen, 12, meters)
    assert not problems(hass)
    assert not issues(hass)
