"""Exports lie in a folder that nobody else reads, behind a path that is signed and expires."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.insight.holdings import EXPORTS, export_folder, remove
from custom_components.shems.insight.privacy_record import PrivacyRecord

from .conftest import ENTRY_ID, advance
from .lived_home import lived


@pytest.fixture
async def known(hass: HomeAssistant, home: HomeCoordinator, tmp_path: Path) -> HomeCoordinator:
    """Return a home with a past, whose files lie in a folder of the test."""
    hass.config.config_dir = str(tmp_path)
    await async_setup_component(hass, "http", {})
    await lived(home, days=3)
    return home


def text_of(answer: dict[str, Any]) -> str:
    return Path(answer["file"]).read_text(encoding="utf-8")


def there(answer: dict[str, Any]) -> bool:
    return Path(answer["file"]).is_file()


def keep(hass: HomeAssistant, name: str, text: str) -> None:
    folder = Path(hass.config.path(".storage"))
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def readable_by_others(path: Path) -> bool:
    return any(each.stat().st_mode & 0o077 for each in (path, path.parent))


async def export(hass: HomeAssistant, action: str, **data: Any) -> dict[str, Any]:
    answer = await hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True
    )
    assert answer is not None
    return answer


async def test_the_history_is_a_table_of_the_ledger_s_rows(
    hass: HomeAssistant, known: HomeCoordinator
) -> None:
    answer = await export(hass, "export_history", start="2026-06-07", step="day")
    rows = list(csv.DictReader(io.StringIO(text_of(answer))))
    assert len(rows) == answer["rows"] == 4
    assert rows[0]["start"] == "2026-06-07T00:00:00+00:00"
    bought = sum(float(each["bought_kwh"]) for each in rows)
    totals = known.store.memory.ledger.total
    assert bought == pytest.approx(totals.bought_kwh)
    assert sum(float(each["cost"]) for each in rows) == pytest.approx(totals.cost)
    assert rows[0]["carbon_kg"] == "", "what is unknown is empty, not zero"


async def test_the_history_is_told_as_objects_too_also_when_there_is_none(
    hass: HomeAssistant, known: HomeCoordinator
) -> None:
    answer = await export(
        hass, "export_history", format="json", step="hour", start="2026-06-09T22:00:00"
    )
    rows = json.loads(text_of(answer))
    assert len(rows) == answer["rows"] == 12
    assert rows[0]["devices"]["load_id"]["name"] == "Plug"
    for form in ("csv", "json"):
        nothing = await export(
            hass, "export_history", format=form, start="2020-01-01", end="2020-01-02"
        )
        assert nothing["rows"] == 0
        text = text_of(nothing)
        assert text == "" if form == "csv" else json.loads(text) == []
    with pytest.raises(ServiceValidationError):
        await export(hass, "export_history", start="2026-06-09", end="2026-06-01")


async def test_nobody_else_reads_the_files(hass: HomeAssistant, known: HomeCoordinator) -> None:
    answer = await export(hass, "export_history")
    path = Path(answer["file"])
    assert path.parent == export_folder(hass, ENTRY_ID)
    assert not readable_by_others(path)
    assert str(path.parent.relative_to(hass.config.config_dir)).startswith(".storage")


async def test_the_signed_path_is_all_that_is_needed_for_an_hour(
    hass: HomeAssistant,
    known: HomeCoordinator,
    hass_client_no_auth: ClientSessionGenerator,
    frozen: FrozenDateTimeFactory,
) -> None:
    answer = await export(hass, "export_history")
    client = await hass_client_no_auth()
    response = await client.get(answer["url"])
    assert response.status == 200
    assert "attachment" in response.headers["Content-Disposition"]
    assert (await response.text()).startswith("start,end,")
    unsigned = answer["url"].partition("?")[0]
    assert (await client.get(unsigned)).status == 401
    assert (await client.get(answer["url"].replace("authSig=", "authSig=x"))).status == 401
    frozen.tick(3601)
    assert (await client.get(answer["url"])).status == 401


async def test_an_export_is_given_to_who_had_it_made_and_to_administrators(
    hass: HomeAssistant,
    known: HomeCoordinator,
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    hass_access_token: str,
    hass_admin_user: MockUser,
) -> None:
    socket = await hass_ws_client(hass)
    await socket.send_json_auto_id(
        {
            "type": "call_service",
            "domain": DOMAIN,
            "service": "export_history",
            "return_response": True,
        }
    )
    answer = (await socket.receive_json())["result"]["response"]
    automatic = await export(hass, "export_history")
    client = await hass_client()
    for each in (answer, automatic):
        assert (await client.get(each["url"].partition("?")[0])).status == 200
    hass_admin_user.groups = []
    # The one that an automation exported is no longer this user's to fetch.
    assert (await client.get(answer["url"].partition("?")[0])).status == 200
    assert (await client.get(automatic["url"].partition("?")[0])).status == 403
    assert (await client.get(f"/api/shems/export/{ENTRY_ID}/guess.csv")).status == 404
    assert (await client.get(f"/api/shems/export/{ENTRY_ID}/..%2Fcontrol")).status >= 400
    remove(hass, ENTRY_ID, frozenset({EXPORTS}))
    assert (await client.get(answer["url"].partition("?")[0])).status == 404


async def test_what_was_not_fetched_is_deleted(
    hass: HomeAssistant, known: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    answer = await export(hass, "export_history")
    assert there(answer)
    frozen.move_to("2036-06-10T12:00:00+00:00")  # The file has the time of the machine.
    await advance(hass, frozen, 0)
    await known.insight.async_on_slot(frozen().timestamp())
    assert not there(answer)


async def test_all_that_is_known_is_packed_for_administrators(
    hass: HomeAssistant, known: HomeCoordinator, hass_read_only_user: MockUser
) -> None:
    keep(hass, f"shems.{ENTRY_ID}.occupancy", "away in May")
    keep(hass, "shems.other.occupancy", "another home's")
    answer = await export(hass, "export_data")
    with zipfile.ZipFile(answer["file"]) as archive:
        names = archive.namelist()
        assert archive.read(f"stored/shems.{ENTRY_ID}.occupancy") == b"away in May"
        configuration = json.loads(archive.read("configuration.json"))
    assert sorted(names) == answer["files"]
    assert not [each for each in names if "other" in each]
    assert {each["title"] for each in configuration["subentries"]} >= {"Battery", "Roof"}
    assert [each.name for each in export_folder(hass, ENTRY_ID).iterdir()] == [
        Path(answer["file"]).name
    ]
    record = await PrivacyRecord(hass, ENTRY_ID).async_entries()
    assert record[-1]["what"] == "exported"
    assert record[-1]["user_id"] is None
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN,
            "export_data",
            {},
            blocking=True,
            return_response=True,
            context=Context(user_id=hass_read_only_user.id),
        )
