"""JSON as it travels: canonical, integers only, bounded before it is parsed, read strictly."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Final, Never

from .refused import Refusal, RefusedError

type Json = bool | int | str | Sequence[Json] | Mapping[str, Json] | None

MOST_DEPTH: Final = 8
"""Deeper than any message of ours, far less than Python's own recursion takes."""
LARGEST: Final = 2**63 - 1
"""What numpy and SQLite hold."""

_STRING: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
"""Possessive, and without its end too: never goes back, so that it takes linear time."""
_LONG: Final = re.compile(rb"[0-9]{20}")
_BRACKETS: Final = re.compile(rb"[\[\]{}]")


def canonical(value: Json) -> bytes:
    """Return the one form in which a value travels: keys sorted, no blanks, UTF-8.

    Raises:
        RefusedError: a text that is not Unicode, such as half a surrogate pair.
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise RefusedError(Refusal.MALFORMED, "not Unicode") from error


def parse(data: bytes, most: int) -> Json:
    """Return the value that canonical JSON stands for.

    Raises:
        RefusedError: more bytes than `most`, nested too deep, or anything but canonical: blanks,
            a key twice, a float, NaN, an integer beyond 64 bits, bytes that are not UTF-8.
    """
    if len(data) > most:
        raise RefusedError(Refusal.TOO_LARGE, f"{len(data)} bytes")
    bare = _STRING.sub(b"", data)
    if _LONG.search(bare) or _too_deep(bare):
        raise RefusedError(Refusal.MALFORMED, "long number or deep nesting")
    try:
        value: Json = json.loads(
            data.decode(),
            parse_float=_refuse,
            parse_constant=_refuse,
            parse_int=_integer,
        )
    except (ValueError, RecursionError) as error:
        raise RefusedError(Refusal.MALFORMED, "not JSON") from error
    if canonical(value) != data:  # A key twice is lost in parsing, and so found here.
        raise RefusedError(Refusal.MALFORMED, "not canonical")
    return value


def _too_deep(bare: bytes) -> bool:
    depth = 0
    for found in _BRACKETS.finditer(bare):
        depth += 1 if found[0] in b"[{" else -1
        if depth > MOST_DEPTH:
            return True
    return False


def _refuse(text: str) -> Never:
    raise RefusedError(Refusal.MALFORMED, f"number {text[:20]}")


def _integer(text: str) -> int:
    value = int(text)
    if abs(value) > LARGEST:
        _refuse(text)
    return value


def members(value: Json) -> dict[str, Json]:
    """Return the members of an object.

    Raises:
        RefusedError: it is none.
    """
    if not isinstance(value, Mapping):
        raise RefusedError(Refusal.SCHEMA, "not an object")
    return dict(value)


def base64_text(data: bytes) -> str:
    """Return bytes as URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def base64_bytes(text: str) -> bytes:
    """Return the bytes of URL-safe base64 without padding.

    Raises:
        RefusedError: any other text, also one whose last character carries surplus bits.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise RefusedError(Refusal.MALFORMED, "not base64") from error
    if base64_text(data) != text:
        raise RefusedError(Refusal.MALFORMED, "not canonical base64")
    return data


class Fields:
    """Reads an object whose keys are all known; every getter is bounded and raises SCHEMA.

    An unknown key is refused: whoever adds one raises the version of the envelope.
    """

    def __init__(self, value: Json, *required: str, optional: Sequence[str] = ()) -> None:
        """Take an object with exactly these keys, the optional ones or not."""
        if not isinstance(value, dict):
            raise RefusedError(Refusal.SCHEMA, "not an object")
        wanted = set(required)
        if not wanted <= value.keys() <= wanted | set(optional):
            raise RefusedError(Refusal.SCHEMA, "other keys")
        self._value: dict[str, Json] = value

    def __contains__(self, key: str) -> bool:
        """Return whether an optional key is there."""
        return key in self._value

    def __getitem__(self, key: str) -> Json:
        """Return a value as it is."""
        return self._value[key]

    def integer(self, key: str, low: int, high: int) -> int:
        """Return an integer between two bounds; a boolean is none."""
        return integer(self._value[key], low, high)

    def integers(self, key: str, most: int, low: int, high: int) -> tuple[int, ...]:
        """Return at most so many integers between two bounds."""
        return tuple(integer(each, low, high) for each in self.items(key, most))

    def items(self, key: str, most: int) -> list[Json]:
        """Return a list of at most so many items."""
        value = self._value[key]
        if not isinstance(value, list):
            raise RefusedError(Refusal.SCHEMA, f"{key} is no list")
        if len(value) > most:
            raise RefusedError(Refusal.OUT_OF_BOUNDS, f"{key} has {len(value)} items")
        return value

    def rows[T](self, key: str, most: int, read: Callable[[Json], T]) -> tuple[T, ...]:
        """Return at most so many items, each read by a function."""
        return tuple(read(each) for each in self.items(key, most))

    def flag(self, key: str) -> bool:
        """Return true or false."""
        value = self._value[key]
        if not isinstance(value, bool):
            raise RefusedError(Refusal.SCHEMA, f"{key} is no boolean")
        return value

    def text(self, key: str, most: int, form: re.Pattern[str] | None = None) -> str:
        """Return a printable text of at most so many characters, of a form if one is given."""
        value = self._value[key]
        if not isinstance(value, str) or len(value) > most or not value.isprintable():
            raise RefusedError(Refusal.SCHEMA, f"{key} is no short text")
        if form is not None and form.fullmatch(value) is None:
            raise RefusedError(Refusal.SCHEMA, f"{key} has another form")
        return value

    def raw(self, key: str, size: int) -> bytes:
        """Return exactly so many bytes, written as base64."""
        return raw(self._value[key], size)

    def choice[E: StrEnum](self, key: str, kind: type[E]) -> E:
        """Return one of the values of an enumeration."""
        value = self._value[key]
        if not isinstance(value, str) or value not in kind:
            raise RefusedError(Refusal.SCHEMA, f"{key} is none of its values")
        return kind(value)


def integer(value: Json, low: int, high: int) -> int:
    """Return an integer between two bounds.

    Raises:
        RefusedError: SCHEMA for anything else, also a boolean; OUT_OF_BOUNDS outside of them.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise RefusedError(Refusal.SCHEMA, "not an integer")
    if not low <= value <= high:
        raise RefusedError(Refusal.OUT_OF_BOUNDS, f"{value} not in [{low}, {high}]")
    return value


def raw(value: Json, size: int) -> bytes:
    """Return exactly so many bytes that are written as base64.

    Raises:
        RefusedError: another type, form or size.
    """
    if not isinstance(value, str) or len(value) > 2 * size + 4:
        raise RefusedError(Refusal.SCHEMA, "no short base64")
    data = base64_bytes(value)
    if len(data) != size:
        raise RefusedError(Refusal.SCHEMA, f"not {size} bytes")
    return data
