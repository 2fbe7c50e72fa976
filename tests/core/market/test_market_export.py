"""A ledger that was exported says the same."""

import csv
import io
import json

from hypothesis import given

from custom_components.shems.core.market.entries import Entry, digest
from custom_components.shems.core.market.export import COLUMNS, csv_text, json_text
from tests.core.market.settled import CID, ledgers


@given(ledgers())
def test_json_is_read_back(entries: list[Entry]) -> None:
    told = json.loads(json_text(CID, entries, (3, "ff")))
    assert [Entry.from_json(each) for each in told["entries"]] == entries
    assert told["chain"] == {"length": 3, "head": "ff"}
    assert told["cid"] == CID


@given(ledgers())
def test_csv_is_read_back(entries: list[Entry]) -> None:
    rows = list(csv.DictReader(io.StringIO(csv_text(entries), newline="")))
    assert tuple(rows[0]) == COLUMNS
    read = []
    for row in rows:
        told: dict[str, object] = {
            key: value if key in ("cid", "hid", "state") else int(value)
            for key, value in row.items()
            if value or key == "hid"
        }
        if row["state"] != "void":
            told.setdefault("price", None)
        read.append(Entry.from_json(told))
    assert read == entries
    assert digest(read) == digest(entries)
