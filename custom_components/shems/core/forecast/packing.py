"""Learned dataclasses as flat arrays, for a file, and back."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, ClassVar, Protocol

import numpy as np
import numpy.typing as npt

type Arrays = Mapping[str, npt.NDArray[Any]]


class Learned(Protocol):
    """A dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


def packed(learned: Learned, prefix: str = "") -> Iterator[tuple[str, npt.NDArray[Any]]]:
    """Yield the arrays of a dataclass and of those in it, named by their path."""
    for name, value in _parts(learned):
        if isinstance(value, np.ndarray):
            yield prefix + name, value
        else:
            yield from packed(value, f"{prefix}{name}.")


def unpacked[T: Learned](like: T, arrays: Arrays, prefix: str = "") -> T:
    """Return a dataclass like another with its arrays taken from a file.

    Raises:
        KeyError: an array is missing.
        ValueError: an array has another shape or type.
    """
    found: dict[str, Any] = {}
    for name, value in _parts(like):
        if not isinstance(value, np.ndarray):
            found[name] = unpacked(value, arrays, f"{prefix}{name}.")
            continue
        array = arrays[prefix + name]
        if array.shape != value.shape or array.dtype != value.dtype:
            raise ValueError(f"{prefix}{name} is {array.dtype} {array.shape}")
        found[name] = array
    return replace(like, **found)


def _parts(learned: Learned) -> Iterator[tuple[str, Any]]:
    """Yield the fields that are arrays or dataclasses."""
    for each in fields(learned):
        value = getattr(learned, each.name)
        if isinstance(value, np.ndarray) or is_dataclass(value):
            yield each.name, value
