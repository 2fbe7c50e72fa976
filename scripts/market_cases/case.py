"""What a file asks, read and checked: an order book, or the meters of a slot."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from pathlib import Path
from typing import Any, Final

import numpy as np

from custom_components.shems.core.market.auction import Order, Side
from custom_components.shems.core.units import InputError, Ints

MODES: Final = ("dynamic_pro_rata", "static_key")

_WIDE: Final = Context(prec=60)
"""Digits of a rate and its millionths, far more than any rate that is not refused."""

_MOST: Final = 2**62
"""What the core can count with."""


@dataclass(frozen=True)
class Book:
    """An auction: orders of a slot, and the bounds of its price in µct/kWh or None."""

    orders: tuple[Order, ...]
    slot: int
    bounds: tuple[int, int] | None


@dataclass(frozen=True)
class Slot:
    """What meters counted in a slot; without a key all share pro rata."""

    homes: tuple[str, ...]
    import_wh: Ints
    export_wh: Ints
    slot: int
    key_ppm: Ints | None


def load(path: Path) -> dict[str, Any]:
    """Return what a file holds; numbers with a point exactly, as decimals.

    Raises:
        InputError: there is none, or it holds no JSON object.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except FileNotFoundError:
        raise InputError("file_missing", file=str(path)) from None
    except OSError, ValueError, RecursionError:
        raise InputError("file_not_json", file=str(path)) from None
    if not isinstance(content, dict):
        raise InputError("file_not_json", file=str(path))
    return content


def book(content: Mapping[str, Any]) -> Book:
    """Return the order book of a case.

    Raises:
        InputError: a field is missing or of another kind.
    """
    orders = content.get("orders")
    if not isinstance(orders, dict):
        raise InputError("case_field", field="orders", kind="an object with bids and offers")
    found = [
        Order(
            _name(each, "id", where),
            _name(each, "home", where),
            side,
            _count(each, "wh", where),
            _rate(each.get("rate_ct_kwh"), f"{where}.rate_ct_kwh"),
        )
        for side, name in ((Side.BID, "bids"), (Side.OFFER, "offers"))
        for where, each in _objects(orders, name, f"orders.{name}")
    ]
    bounds = content.get("bounds_ct_kwh")
    if bounds is None:
        return Book(tuple(found), _slot(content), None)
    if not isinstance(bounds, list) or len(bounds) != 2:
        raise InputError("case_field", field="bounds_ct_kwh", kind="a list of two numbers")
    low, high = (_rate(value, "bounds_ct_kwh") for value in bounds)
    if low > high:
        raise InputError("case_bounds")
    return Book(tuple(found), _slot(content), (low, high))


def slot(content: Mapping[str, Any]) -> Slot:
    """Return the meters of a case.

    Raises:
        InputError: a field is missing or of another kind.
    """
    mode = content.get("mode")
    if mode not in MODES:
        raise InputError("case_field", field="mode", kind=" or ".join(MODES))
    rows = _objects(content, "homes", "homes")
    keys = [_key(each, where) for where, each in rows] if mode == MODES[1] else None
    return Slot(
        tuple(_name(each, "home", where) for where, each in rows),
        _ints([_count(each, "import_wh", where) for where, each in rows]),
        _ints([_count(each, "export_wh", where) for where, each in rows]),
        _slot(content),
        None if keys is None else _ints(keys),
    )


def _key(data: Mapping[str, Any], where: str) -> int:
    """Read a share; a home that draws nothing needs none."""
    if data.get("key_ppm") is None and not _count(data, "import_wh", where):
        return 0
    return _count(data, "key_ppm", where)


def _objects(data: Mapping[str, Any], name: str, where: str) -> list[tuple[str, dict[str, Any]]]:
    value = data.get(name)
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise InputError("case_field", field=where, kind="a list of objects")
    return [(f"{where}[{at}]", each) for at, each in enumerate(value)]


def _name(data: Mapping[str, Any], field: str, where: str) -> str:
    value = data.get(field)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value:
        raise InputError("case_field", field=f"{where}.{field}", kind="a text")
    return value


def _count(data: Mapping[str, Any], field: str, where: str) -> int:
    """Read a whole number that is not negative."""
    number = _number(data.get(field))
    if number is None or number < 0 or number != number.to_integral_value():
        raise InputError(
            "case_field", field=f"{where}.{field}", kind="a whole number, zero or more"
        )
    if number > _MOST:
        raise InputError("market_too_large")
    return int(number)


def _rate(value: object, where: str) -> int:
    """Read ct/kWh as µct/kWh; what is finer is rounded to the even one."""
    number = _number(value)
    if number is None:
        raise InputError("case_field", field=where, kind="a number")
    if abs(number) > _MOST:
        raise InputError("market_too_large")
    return int(_WIDE.to_integral_value(_WIDE.scaleb(number, 6)))


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)


def _slot(content: Mapping[str, Any]) -> int:
    """Read when the slot starts, which turns the ties; cases that do not say it share one."""
    return _count(content, "slot", "the case") if content.get("slot") is not None else 0


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _no_number(name: str) -> float:
    raise ValueError(name)
