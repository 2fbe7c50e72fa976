"""The grid operator's figures become what counts, where the community is coordinated."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.shems.community import Community
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.market.rules import Rules
from tests.ha.community.running import OTHER, enter, running, shared
from tests.ha.conftest import ENTRY_ID

SLOT = 900


@pytest.fixture
async def street(hass: HomeAssistant, home: HomeCoordinator) -> Community:
    """Return a community whose own home bought 0.2 kWh of its own meter an hour ago."""
    community = await running(hass, ENTRY_ID)
    now = dt_util.utcnow().timestamp()
    await enter(community, [shared(community.hid, begin(), 0, 0)], now)
    return community


def begin() -> int:
    return int(dt_util.utcnow().timestamp() // SLOT) * SLOT - 4 * SLOT


def table(kwh: str = "0,250", point: str = "AT1") -> str:
    """Return a file with one slot of one metering point."""
    start = dt_util.utc_from_timestamp(begin())
    end = start + timedelta(seconds=SLOT)
    form = "%d.%m.%Y %H:%M"
    return (
        "Zählpunkt;Beginn;Ende;Bezug [kWh]\r\n"
        f"{point};{start.strftime(form)};{end.strftime(form)};{kwh}\r\n"
    )


async def settle(hass: HomeAssistant, **data: Any) -> Any:
    context = data.pop("context", None)
    given = {"points": {"AT1": "Number one"}, **data}
    answer = await hass.services.async_call(
        DOMAIN,
        "community_import_settlement",
        given,
        blocking=True,
        return_response=True,
        context=context,
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    return answer


async def test_figures_are_compared_then_entered_once(
    hass: HomeAssistant, street: Community
) -> None:
    told = await settle(hass, csv=table(), dry_run=True)
    assert (told["slots"], told["final_slots"], told["entered"]) == (1, 1, 0)
    (total,) = [each for each in told["totals"] if each["figure"] == "import_wh"]
    assert (total["hid"], total["ours_wh"], total["theirs_wh"]) == (street.hid, 0, 250)
    assert told["differences"][0]["theirs_wh"] == 250
    assert (await settle(hass, csv=table()))["entered"] == 1
    state = hass.states.get("sensor.our_street_saved_by_sharing_today")
    assert (state.attributes["final"], state.attributes["provisional"]) == (1, 0)
    assert (await settle(hass, csv=table()))["entered"] == 0
    (entry,) = await hass.async_add_executor_job(street.ledger.current, begin(), begin() + 1)
    assert entry.state == "final"
    assert entry.row is not None
    assert entry.row.import_wh == 250


async def test_a_file_is_read_where_that_is_allowed(
    hass: HomeAssistant, street: Community, tmp_path: Path
) -> None:
    path = tmp_path / "figures.csv"
    await hass.async_add_executor_job(path.write_bytes, table().encode("cp1252"))
    with pytest.raises(ServiceValidationError) as refused:
        await settle(hass, file=str(path))
    assert refused.value.translation_key == "settlement_file"
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    assert (await settle(hass, file=str(path), dry_run=True))["final_slots"] == 1
    with pytest.raises(ServiceValidationError):
        await settle(hass, file=str(tmp_path / "nothing.csv"))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "settlement_without_file"),
        ({"csv": "nothing"}, "settlement_no_table"),
        ({"csv": "a;b\n1;x"}, "settlement_no_energy"),
        ({"csv": table("much")}, "settlement_number"),
        ({"csv": table(), "points": {"AT1": "Nobody"}}, "settlement_member_unknown"),
    ],
)
async def test_what_cannot_be_read_is_refused_in_words(
    hass: HomeAssistant, street: Community, given: dict[str, Any], code: str
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await settle(hass, **given)
    assert refused.value.translation_key == code
    assert "{" not in str(refused.value)


async def test_metering_points_of_nobody_are_named(hass: HomeAssistant, street: Community) -> None:
    told = await settle(hass, csv=table(point="AT9"), dry_run=True)
    assert told["unknown_points"] == ["AT9"]
    assert told["incomplete"] == {street.hid: 1}
    assert told["final_slots"] == 0
    assert (await settle(hass, csv=table(), points={"AT1": street.hid}))["entered"] == 1
    assert OTHER not in told["incomplete"]


async def test_what_an_auction_agreed_on_is_only_compared(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    rules = Rules.of("AT", mode="p2p").to_json()
    await running(hass, ENTRY_ID, rules=rules)
    with pytest.raises(ServiceValidationError) as refused:
        await settle(hass, csv=table())
    assert refused.value.translation_key == "settlement_of_auction"
    assert (await settle(hass, csv=table(), dry_run=True))["entered"] == 0


async def test_only_administrators_change_what_others_owe(
    hass: HomeAssistant, street: Community, hass_read_only_user: MockUser
) -> None:
    with pytest.raises(Unauthorized):
        await settle(hass, csv=table(), context=Context(user_id=hass_read_only_user.id))
