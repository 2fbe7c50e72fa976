"""A community's ledger as text for other programs: JSON and CSV, lossless in whole numbers."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Final

from .entries import Entry
from .settle import Row

COLUMNS: Final = (
    *("cid", "slot", "hid", "rev", "state"),
    *(each.name for each in fields(Row) if each.name != "home"),
)
"""slot in epoch seconds, energy in Wh, price and fee in µct/kWh, money in nct."""


def json_text(cid: str, entries: Iterable[Entry], head: tuple[int, str]) -> str:
    """Return a ledger as JSON.

    Args:
        cid: community.
        entries: every revision, or what counts.
        head: length of the chain and its last hash, so that a copy can be held against it.
    """
    told = {
        "cid": cid,
        "chain": {"length": head[0], "head": head[1]},
        "entries": [each.to_json() for each in entries],
    }
    return json.dumps(told, indent=1)


def csv_text(entries: Iterable[Entry]) -> str:
    """Return entries as CSV with a header; what a void entry does not have is empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(each.to_json() for each in entries)
    return text.getvalue()
