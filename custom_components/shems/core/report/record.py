"""Entries of the ledger as bytes and back: what has its default is left out."""

import json
import zlib
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Final

from ..replay.codec import Json, decode, encode

_DIGITS: Final = 9
"""A millionth of a watt-hour, a thousand-millionth of a euro: beyond any meter."""


def packed(entry: object) -> bytes:
    """Return an entry as compressed JSON; the same entry is always the same text in it.

    A device that took nothing stays in: that it was measured is worth knowing. Ids of devices
    come often in one entry, so that a third of the text is left.
    """
    text = json.dumps(_sparse(entry), separators=(",", ":"), sort_keys=True)
    return zlib.compress(text.encode())


def unpacked[T](kind: type[T], data: bytes) -> T:
    """Return the entry that `packed` wrote.

    Raises:
        ValueError, TypeError: the data is not of this kind.
        zlib.error: it is damaged.
    """
    return decode(kind, json.loads(text_of(data)))


def text_of(data: bytes) -> str:
    """Return the text in a packed entry."""
    return zlib.decompress(data).decode()


def _sparse(entry: object) -> dict[str, Json]:
    """Return the fields of a dataclass that differ from their defaults."""
    result: dict[str, Json] = {}
    for each in fields(entry):  # type: ignore[arg-type]  # Only dataclasses are entries.
        value = getattr(entry, each.name)
        told = _sparse(value) if _is_entry(value) else encode(value, _DIGITS)
        if told != _default(each):
            result[each.name] = told
    return result


def _default(each: Field[object]) -> Json:
    """Return what stands for a field that has its default: nothing for one that has none."""
    if each.default is not MISSING:
        return encode(each.default)
    # A mapping or a dataclass with all its defaults is empty.
    return None if each.default_factory is MISSING else {}


def _is_entry(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, type)
