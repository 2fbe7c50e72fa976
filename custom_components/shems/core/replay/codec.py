"""Results as JSON and back, so that a run can be kept, sent and replayed."""

import math
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeAliasType, Union, get_args, get_origin, get_type_hints

import numpy as np

_KIND = "KIND"
"""Dataclasses of which a field may hold one of several have this class attribute, which tells
them apart; in JSON it is the key `kind`."""

type Json = dict[str, Json] | list[Json] | str | int | float | bool | None


def encode(value: object, digits: int | None = None) -> Json:
    """Return a result as JSON; numbers that are not finite become null.

    Args:
        value: a dataclass of arrays, numbers, texts and further dataclasses.
        digits: decimals to keep, None for all.
    """
    if isinstance(value, Enum):
        return encode(value.value)
    if is_dataclass(value) and not isinstance(value, type):
        kind = getattr(type(value), _KIND, None)
        tag: dict[str, Json] = {} if kind is None else {_KIND.lower(): kind}
        return tag | {
            each.name: encode(getattr(value, each.name), digits) for each in fields(value)
        }
    if isinstance(value, Mapping):
        return {str(key): encode(each, digits) for key, each in value.items()}
    if isinstance(value, np.ndarray):
        return [encode(each, digits) for each in value.tolist()]
    if isinstance(value, list | tuple | set | frozenset):
        return [encode(each, digits) for each in value]
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return value if digits is None else round(value, digits)
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"no JSON for {type(value).__name__}")


def encode_fields(value: object, digits: int | None = None) -> dict[str, Json]:
    """Return a dataclass as a JSON object; see `encode`."""
    return _mapped(encode(value, digits))


def decode[T](kind: type[T], data: Json) -> T:
    """Return the result that `encode` wrote; what the data lacks keeps its default.

    Raises:
        TypeError, ValueError: the data is not of this kind.
    """
    result = _decode(kind, data)
    if not isinstance(result, kind):
        raise TypeError(f"{kind.__name__} expected")
    return result


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _decode(kind: Any, data: Json) -> Any:
    if isinstance(kind, TypeAliasType):
        return _decode(kind.__value__, data)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _decode_union(get_args(kind), data)
    if origin is np.ndarray:
        return _decode_array(kind, data)
    if origin in (tuple, list, frozenset):
        return origin(_decode(get_args(kind)[0], each) for each in _listed(data))
    if origin in (dict, Mapping):
        return {key: _decode(get_args(kind)[1], each) for key, each in _mapped(data).items()}
    return _decode_plain(kind, data)


def _decode_plain(kind: Any, data: Json) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        return _decode_dataclass(kind, data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if kind is float:
        return math.nan if data is None else _number(data)
    return data


def _decode_union(options: tuple[Any, ...], data: Json) -> Any:
    if data is None and type(None) in options:
        return None
    kinds = [each for each in options if each is not type(None)]
    tag = data.get(_KIND.lower()) if isinstance(data, dict) else None
    if tag is not None:
        kinds = [each for each in kinds if getattr(each, _KIND, None) == tag]
        if not kinds:
            raise ValueError(f"unknown kind {tag}")
    return _decode(kinds[0], data) if len(kinds) == 1 else data


def _decode_array(kind: Any, data: Json) -> Any:
    scalar = get_args(get_args(kind)[1])[0]
    values = _listed(data)
    if issubclass(scalar, np.floating):
        return np.array([math.nan if each is None else each for each in values], dtype=scalar)
    return np.array(values, dtype=scalar)


def _decode_dataclass(kind: type, data: Json) -> Any:
    hints = _hints(kind)
    known = _mapped(data)
    return kind(
        **{
            each.name: _decode(hints[each.name], known[each.name])
            for each in fields(kind)
            if each.name in known
        }
    )


def _listed(data: Json) -> list[Json]:
    if not isinstance(data, list):
        raise TypeError("list expected")
    return data


def _mapped(data: Json) -> dict[str, Json]:
    if not isinstance(data, dict):
        raise TypeError("object expected")
    return data


def _number(data: Json) -> float:
    if isinstance(data, bool) or not isinstance(data, int | float):
        raise TypeError("number expected")
    return float(data)
