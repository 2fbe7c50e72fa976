"""What is kept of a community is exported without its secrets, and erased with proof."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.shems.const import DOMAIN
from custom_components.shems.insight.holdings import EXPORTS
from custom_components.shems.insight.privacy_record import PrivacyRecord
from tests.ha.community.founding import founded

STREET = "street"
KEY = "not-for-anybody"


@pytest.fixture
async def community(hass: HomeAssistant, tmp_path: Path) -> MockConfigEntry:
    """Return a community whose files lie in a folder of the test."""
    hass.config.config_dir = str(tmp_path)
    await async_setup_component(hass, "http", {})
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id=STREET,
        title="Our street",
        data=founded(invitation=KEY),
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(STREET)
    keep(hass, "identity", KEY)
    keep(hass, "other", "{}")
    return entry


def keep(hass: HomeAssistant, part: str, text: str) -> None:
    folder = Path(hass.config.path(".storage"))
    folder.mkdir(exist_ok=True)
    (folder / f"{DOMAIN}.{STREET}.{part}").write_text(text, encoding="utf-8")


def there(answer: dict[str, Any]) -> bool:
    return Path(answer["file"]).is_file()


async def do(hass: HomeAssistant, action: str, **data: Any) -> Any:
    answer = await hass.services.async_call(
        DOMAIN, action, {"config_entry_id": STREET, **data}, blocking=True, return_response=True
    )
    await hass.async_block_till_done()
    return answer


async def test_all_but_the_keys_is_exported(
    hass: HomeAssistant, community: MockConfigEntry
) -> None:
    answer = await do(hass, "export_data")
    with zipfile.ZipFile(answer["file"]) as archive:
        assert f"stored/{DOMAIN}.{STREET}.other" in archive.namelist()
        assert not any("identity" in each for each in archive.namelist())
        told = {each: archive.read(each) for each in archive.namelist()}
    assert not any(KEY.encode() in each for each in told.values())
    assert json.loads(told["configuration.json"])["data"]["name"] == "Our street"
    (noted,) = await PrivacyRecord(hass, STREET).async_entries()
    assert noted["what"] == "exported"


async def test_exports_are_erased_with_proof_and_the_keys_stay(
    hass: HomeAssistant, community: MockConfigEntry, tmp_path: Path
) -> None:
    exported = await do(hass, "export_data")
    with pytest.raises(ServiceValidationError) as refused:
        await do(hass, "erase_data", what="everything", confirm=False)
    assert refused.value.translation_key == "erase_unconfirmed"
    proof = await do(hass, "erase_data", what=EXPORTS, confirm=True)
    assert EXPORTS in proof["erased"]
    assert not there(exported)
    proof = await do(hass, "erase_data", what="ledger", start="2026-06-01", confirm=True)
    assert proof["erased"] == []
    assert "identity" in proof["kept"]


async def test_only_administrators_export_and_erase(
    hass: HomeAssistant, community: MockConfigEntry, hass_read_only_user: MockUser
) -> None:
    erasure = {"what": "everything", "confirm": True}
    for action, data in (("export_data", {}), ("erase_data", erasure)):
        with pytest.raises(Unauthorized):
            await hass.services.async_call(
                DOMAIN,
                action,
                {"config_entry_id": STREET, **data},
                blocking=True,
                context=Context(user_id=hass_read_only_user.id),
            )
