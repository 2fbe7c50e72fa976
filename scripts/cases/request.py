"""What a case asks: batteries, grid, forecasts and prices, read and checked."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.units import Floats, InputError

EFFICIENCY: Final = 0.95
"""What evcc's optimizer takes where a request names none."""


@dataclass(frozen=True)
class Store:
    """A battery or a vehicle of a request.

    Attributes:
        charge_from_grid: whether it may charge while the home buys.
        discharge_to_grid: whether it may discharge while the home sells.
        capacity_wh: what it holds at most, never exceeded.
        min_wh, max_wh: what it should hold.
        initial_wh: what it holds at the beginning.
        least_charge_w, charge_w, discharge_w: it charges with nothing or between the first two.
        worth: of a Wh stored at the end, currency/Wh.
        demand_wh: (T,) to be charged in each step, unless it is full.
        goal_wh: (T,) to be stored at the end of each step; zero where nothing is asked.
    """

    charge_from_grid: bool
    discharge_to_grid: bool
    capacity_wh: float
    min_wh: float
    max_wh: float
    initial_wh: float
    least_charge_w: float
    charge_w: float
    discharge_w: float
    worth: float
    demand_wh: Floats
    goal_wh: Floats


@dataclass(frozen=True)
class Request:
    """A home and what it expects over T steps.

    Attributes:
        hours: (T,) widths of the steps.
        load_wh, solar_wh: (T,).
        buy, sell: (T,) currency/Wh.
        import_w, export_w: what the grid should carry; infinite where it is not limited.
        excess_price: currency/W of the largest import above `import_w`, which is then no
            limit; None where there is no such price.
        charge_efficiency, discharge_efficiency: of every store.
        stores: batteries and vehicles.
    """

    hours: Floats
    load_wh: Floats
    solar_wh: Floats
    buy: Floats
    sell: Floats
    import_w: float
    export_w: float
    excess_price: float | None
    charge_efficiency: float
    discharge_efficiency: float
    stores: tuple[Store, ...]


def load(path: Path) -> dict[str, Any]:
    """Return what a file holds.

    Raises:
        InputError: there is none, or it holds no JSON object.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError("file_missing", file=str(path)) from None
    except OSError, ValueError, RecursionError:
        raise InputError("file_not_json", file=str(path)) from None
    if not isinstance(content, dict):
        raise InputError("file_not_json", file=str(path))
    return content


def parse(content: Mapping[str, Any]) -> Request:
    """Return the request of a case, or one that stands alone.

    Raises:
        InputError: a field is missing, of another kind or impossible.
    """
    data = _object(content, "request", "case") if "request" in content else content
    series = _object(data, "time_series", "request")
    hours = _series(series, "dt", None, low=1e-3) / HOUR_S
    count = len(hours)
    if count == 0:
        raise InputError("case_empty")
    grid = _object(data, "grid", "request") if data.get("grid") is not None else {}
    batteries = data.get("batteries", [])
    if not isinstance(batteries, list) or not all(isinstance(each, dict) for each in batteries):
        raise InputError("case_field", field="batteries", kind="a list of objects")
    import_w = _number(grid, "p_max_imp", math.inf, low=0)
    excess_price = grid.get("prc_p_exc_imp")
    return Request(
        hours,
        _series(series, "gt", count, low=0),
        _series(series, "ft", count, low=0),
        _series(series, "p_N", count),
        _series(series, "p_E", count),
        import_w,
        _number(grid, "p_max_exp", math.inf, low=0),
        None
        if excess_price is None or math.isinf(import_w)
        else _number(grid, "prc_p_exc_imp", low=0),
        _efficiency(data, "eta_c"),
        _efficiency(data, "eta_d"),
        tuple(_store(each, count) for each in batteries),
    )


def _store(data: Mapping[str, Any], count: int) -> Store:
    most = _number(data, "s_max", low=0)
    charge_w = _number(data, "c_max", low=0)
    initial = _number(data, "s_initial", low=0)
    store = Store(
        _flag(data, "charge_from_grid"),
        _flag(data, "discharge_to_grid"),
        _number(data, "s_capacity", max(most, initial), low=0),
        _number(data, "s_min", 0.0, low=0),
        most,
        initial,
        _number(data, "c_min", 0.0, low=0),
        charge_w,
        _number(data, "d_max", 0.0, low=0),
        _number(data, "p_a", 0.0),
        _asked(data, "p_demand", count),
        _asked(data, "s_goal", count),
    )
    for low, high in (("c_min", "c_max"), ("s_min", "s_max"), ("s_initial", "s_capacity")):
        least, limit = _number(data, low, 0.0), _number(data, high, store.capacity_wh)
        if least > limit + 1e-6:
            raise InputError("case_order", low=low, value=least, high=high, limit=limit)
    return store


def _object(data: Mapping[str, Any], field: str, where: str) -> Mapping[str, Any]:
    value = data.get(field)
    if value is None:
        raise InputError("case_field_missing", field=field, where=where)
    if not isinstance(value, dict):
        raise InputError("case_field", field=field, kind="an object")
    return value


def _flag(data: Mapping[str, Any], field: str) -> bool:
    value = data.get(field)
    if value is not None and not isinstance(value, bool):
        raise InputError("case_field", field=field, kind="true or false")
    return bool(value)


def _efficiency(data: Mapping[str, Any], field: str) -> float:
    value = _number(data, field, EFFICIENCY)
    if not 0 < value <= 1:
        raise InputError("case_field", field=field, kind="a number above 0 and up to 1")
    return value


def _number(
    data: Mapping[str, Any], field: str, default: float | None = None, low: float = -math.inf
) -> float:
    value = data.get(field)
    if value is None:
        if default is None:
            raise InputError("case_field_missing", field=field, where="request")
        return default
    if not _sound(value, low):
        raise InputError("case_field", field=field, kind=_kind(low))
    return float(value)


def _asked(data: Mapping[str, Any], field: str, count: int) -> Floats:
    return np.zeros(count) if data.get(field) is None else _series(data, field, count)


def _series(
    data: Mapping[str, Any], field: str, count: int | None, low: float = -math.inf
) -> Floats:
    value = data.get(field)
    if value is None:
        raise InputError("case_field_missing", field=field, where="request")
    if not isinstance(value, list) or not all(_sound(each, low) for each in value):
        raise InputError("case_field", field=field, kind=f"a list, each {_kind(low)}")
    if count is not None and len(value) != count:
        raise InputError("case_length", field=field, length=len(value), steps=count)
    return np.array(value, dtype=np.float64)


def _sound(value: object, low: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and value >= low


def _kind(low: float) -> str:
    return "a number" if low < 0 else "a number of 0 or more" if low == 0 else "a number above 0"
