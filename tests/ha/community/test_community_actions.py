"""What a community shared is told, checked, exported without its secrets, and erased."""

import json
import zipfile
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components.diagnostics import REDACTED
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.shems.community import Community
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.market.bodies import Result, SlotState
from custom_components.shems.core.market.verify import SlotView
from custom_components.shems.diagnostics import async_get_config_entry_diagnostics
from custom_components.shems.insight.retention import KEEP_DAYS
from tests.ha.community.founding import CID
from tests.ha.community.running import FEE, OTHER, PRICE, STREET, enter, running, shared
from tests.ha.conftest import ENTRY_ID, advance
from tests.ha.lived_home import lived

SLOT = 900


@pytest.fixture
async def street(hass: HomeAssistant, home: HomeCoordinator) -> Community:
    """Return a community in which the home got energy from another, an hour ago."""
    await lived(home, days=2)
    community = await running(hass, ENTRY_ID)
    now = dt_util.utcnow().timestamp()
    slot = int(now // SLOT) * SLOT - 4 * SLOT
    mine = community.hid
    entries = [shared(mine, slot, 100, 0), shared(OTHER, slot, 0, 100)]
    entries += [shared(mine, slot + SLOT, 0, 50, final=True)]
    entries += [shared(OTHER, slot + SLOT, 50, 0, final=True)]
    yesterday = slot - 96 * SLOT
    entries += [shared(mine, yesterday, 1000, 0), shared(OTHER, yesterday, 0, 1000)]
    await enter(community, entries, now)
    return community


async def ask(hass: HomeAssistant, action: str, **data: Any) -> Any:
    context = data.pop("context", None)
    return await hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True, context=context
    )


async def test_what_was_shared_today_and_saved_is_shown(
    hass: HomeAssistant, street: Community, frozen: FrozenDateTimeFactory
) -> None:
    # Bought for 0.30 elsewhere, sold for 0.10: the home's own tariff, not the community's.
    saved = 0.1 * (0.30 - 0.15 - 0.06) + 0.05 * (0.15 - 0.08)
    assert float(hass.states.get("sensor.our_street_saved_by_sharing_today").state) == (
        pytest.approx(saved, abs=1e-4)
    )
    today = hass.states.get("sensor.our_street_shared_today")
    assert (float(today.state), today.attributes["to_neighbours_kwh"]) == (0.15, 0.05)
    total = hass.states.get("sensor.our_street_saved_by_sharing")
    assert float(total.state) == pytest.approx(saved + 1.0 * 0.09, abs=1e-4)
    assert (total.attributes["final"], total.attributes["provisional"]) == (1, 2)
    assert hass.states.get("sensor.our_street_price").state == "0.15"
    await advance(hass, frozen, 14 * 3600)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert hass.states.get("sensor.our_street_shared_today").state == "0.0"
    assert float(hass.states.get("sensor.our_street_saved_by_sharing").state) == float(total.state)


async def test_a_report_has_every_home_for_administrators_alone(
    hass: HomeAssistant, street: Community, hass_read_only_user: MockUser
) -> None:
    told = await ask(hass, "community_report", period="day")
    assert told["own"]["from_community_kwh"] == 0.1
    assert told["own"]["bought"] == pytest.approx(0.1 * 0.15)
    assert told["own"]["fee"] == pytest.approx(0.1 * 0.06)
    assert told["balanced"]
    assert {each["hid"] for each in told["homes"]} == {street.hid, OTHER}
    assert (
        next(each for each in told["homes"] if each["hid"] == street.hid)["label"] == "Number one"
    )
    assert (told["provisional_slots"], told["final_slots"], told["void_slots"]) == (1, 1, 0)
    limited = await ask(
        hass, "community_report", period="day", context=Context(user_id=hass_read_only_user.id)
    )
    assert limited["own"] == told["own"]
    assert not limited.keys() & {"homes", "whole"}
    hass_read_only_user.groups = []
    hass_read_only_user.mock_policy({"entities": {"entity_ids": {"light.a": {POLICY_READ: True}}}})
    with pytest.raises(Unauthorized):
        await ask(hass, "community_report", context=Context(user_id=hass_read_only_user.id))


async def test_a_report_of_what_cannot_be_is_refused(
    hass: HomeAssistant, street: Community
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await ask(hass, "community_report", period="day", date="2030-01-01")
    assert refused.value.translation_key == "period_to_come"
    with pytest.raises(ServiceValidationError) as refused:
        await ask(hass, "community_report", config_entry_id=ENTRY_ID)
    assert refused.value.translation_key == "not_a_community"
    other = MockConfigEntry(domain=DOMAIN, title="Hill", data={"kind": "community"})
    other.add_to_hass(hass)
    with pytest.raises(ServiceValidationError) as refused:
        await ask(hass, "community_report")
    assert refused.value.translation_key == "community_not_named"


async def test_a_community_that_is_not_there_is_refused(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await ask(hass, "community_report")
    assert refused.value.translation_key == "community_missing"


async def test_a_result_is_checked_with_what_the_home_knows(
    hass: HomeAssistant, street: Community
) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await ask(hass, "verify_result")
    assert refused.value.translation_key == "slot_not_heard"
    slot = int(dt_util.utcnow().timestamp() // SLOT) * SLOT - SLOT
    row = Result(
        SlotState.PROVISIONAL, 0, 200, 0, 100, 0, 100, 0, 0, PRICE, FEE,
        100 * PRICE, 0, 100 * FEE, bytes(16), 0, 1, (),
    )  # fmt: skip  # One row of figures.
    assert street.node is not None
    street.node.views[slot] = SlotView(slot, own=dict(row.to_json()))
    for asked in ({}, {"slot": dt_util.utc_from_timestamp(slot + 60).isoformat()}):
        checked = await ask(hass, "verify_result", **asked)
        assert checked["adds_up"] is True
        assert checked["included"] is None
        assert checked["sound"] is False
        assert checked["row"]["paid"] == pytest.approx(0.1 * 0.15)


async def test_an_organiser_without_a_home_has_nothing_to_check(hass: HomeAssistant) -> None:
    await running(hass, None)
    with pytest.raises(ServiceValidationError) as refused:
        await ask(hass, "verify_result")
    assert refused.value.translation_key == "community_without_home"


async def test_diagnostics_name_nobody(hass: HomeAssistant, street: Community) -> None:
    told = json.dumps(await async_get_config_entry_diagnostics(hass, street.entry))
    for secret in (CID, street.hid, OTHER, "Our street", "Number one", street.fingerprint):
        assert secret not in told
    assert REDACTED not in told
    found = json.loads(told)
    assert found["roles"] == {"coordinator": 1}
    assert found["slots"]["total"] == {"provisional": 2, "final": 1, "void": 0}


async def test_the_ledger_is_exported_and_erased(
    hass: HomeAssistant, street: Community, tmp_path: Any
) -> None:
    hass.config.config_dir = str(tmp_path)
    answer = await ask(hass, "export_data", config_entry_id=STREET)
    with zipfile.ZipFile(answer["file"]) as archive:
        told = json.loads(archive.read("ledger.json"))
        assert archive.read("ledger.csv").decode().count("\r\n") == 7
    assert len(told["entries"]) == 6
    today = dt_util.utcnow().date().isoformat()
    await ask(
        hass, "erase_data", config_entry_id=STREET, what=["ledger"], start=today, confirm=True
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    assert hass.states.get("sensor.our_street_shared_today").state == "0.0"
    assert float(hass.states.get("sensor.our_street_saved_by_sharing").state) == pytest.approx(0.09)
    proof = await ask(hass, "erase_data", config_entry_id=STREET, what=["ledger"], confirm=True)
    assert "neighbours" not in proof["kept"] or proof["erased"] == []
    entry = hass.config_entries.async_get_entry(STREET)
    assert entry is not None
    again: Community = entry.runtime_data
    assert again.hid == street.hid
    assert await hass.async_add_executor_job(again.ledger.known) is None


async def test_what_the_home_keeps_no_longer_is_not_kept_of_its_community_either(
    hass: HomeAssistant, street: Community, frozen: FrozenDateTimeFactory
) -> None:
    home = hass.config_entries.async_get_entry(ENTRY_ID)
    assert home is not None
    monthly = "sensor.our_street_saved_by_sharing"
    before = hass.states.get(monthly).state
    object.__setattr__(home, "options", {**home.options, KEEP_DAYS: 1})
    await advance(hass, frozen, 86_400)
    await hass.async_block_till_done(wait_background_tasks=True)
    first, _ = await hass.async_add_executor_job(street.ledger.known)
    assert first > dt_util.utcnow().timestamp() - 2 * 86_400
    assert hass.states.get(monthly).state != before
