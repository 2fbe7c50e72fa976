"""A grid operator's CSV as whole watt-hours by metering point and slot, or what is wrong with it.

What the file does not say is not guessed: an error names the line and what to give.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from ..units import InputError
from .dso_cells import Cell, cells_of
from .dso_text import decimal_mark, lines_of, number_of
from .dso_times import Moments, numbered
from .dso_words import Register, Unit

HOUR_S: Final = 3600
_WH: Final[Mapping[Unit, Decimal]] = {
    "Wh": Decimal(1),
    "kWh": Decimal(1000),
    "MWh": Decimal(10**6),
    "W": Decimal(1),
    "kW": Decimal(1000),
    "MW": Decimal(10**6),
}
_POWERS: Final = ("W", "kW", "MW")
_LARGEST_WH: Final = 10**12
"""A terawatt-hour: more than any country takes in an hour."""
_ROUNDING_WH: Final = 2
"""Two figures, each rounded to a watt-hour, may contradict each other by as much."""

type Place = tuple[str, int]
"""A metering point and the start of a slot, epoch seconds."""


@dataclass(frozen=True, slots=True)
class Format:
    """What a file does not say by itself; None, or empty, is read from it.

    Attributes:
        columns: name of a column by kind or register (`dso_words`).
        stamp: whether times are the "start" or the "end" of what they stand beside.
        unit: of the figures.
        decimal: what stands before a fraction, "," or ".".
        register: what is counted, where no name and no line says it.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    stamp: str | None = None
    unit: Unit | None = None
    decimal: str | None = None
    register: Register | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted at a metering point in a slot, Wh; None is what the file does not say."""

    line: int
    import_wh: int = 0
    export_wh: int = 0
    from_community: int | None = None
    to_community: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Slots in a row that the file lacks, or holds in part, at a metering point.

    Attributes:
        start, end: epoch seconds.
    """

    point: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What a file says.

    Attributes:
        readings: by metering point and slot.
        gaps: between its first and its last slot.
        interval_s: of the file; readings have that of the community.
        stamp: whether its times were taken as "start" or "end".
        assumed: that was not to be seen from it: times begin at neither midnight.
    """

    readings: Mapping[Place, Reading]
    gaps: tuple[Gap, ...]
    interval_s: int
    stamp: str
    assumed: bool

    @property
    def points(self) -> tuple[str, ...]:
        """Metering points in it."""
        return tuple(sorted({point for point, _ in self.readings}))

    @property
    def slots(self) -> tuple[int, ...]:
        """Slots of which it says something."""
        return tuple(sorted({slot for _, slot in self.readings}))


def read(text: str, zone: str, interval_s: int, form: Format | None = None) -> Statement:
    """Read a file.

    Args:
        text: of the file (`dso_text.decoded`).
        zone: IANA name of the zone of times without an offset.
        interval_s: length of the community's slots; finer figures are added up.
        form: what the file does not say.

    Raises:
        InputError: its code begins with "settlement_"; "line" is among its arguments where
            one line is to blame.
    """
    form = form or Format()
    cells = cells_of(lines_of(text), form.columns, form.register)
    instants = _instants(cells, zone, ends=False)
    spacing = _spacing(cells, instants) or interval_s
    if interval_s % spacing:
        raise InputError("settlement_interval", minutes=spacing / 60, expected=interval_s / 60)
    stamp, assumed = _stamp(cells, form.stamp, spacing, _edges(instants, zone))
    if stamp == "end":
        instants = _instants(cells, zone, ends=True)
    figures = _figures(cells, instants, form, spacing, spacing if stamp == "end" else 0)
    readings = _readings(figures, spacing, interval_s)
    if not readings:
        raise InputError("settlement_empty")
    return Statement(readings, _gaps(readings, interval_s), spacing, stamp, assumed)


def _instants(cells: list[Cell], zone: str, *, ends: bool) -> list[float | None]:
    """Return when each cell is; None where that cannot be read or the clocks skip it."""
    moments = Moments(zone, ends=ends)
    falling = _falling(cells)
    found = [
        moments.instant((cell.point, cell.register), cell.date, cell.time)
        # A file that begins with the newest has winter's hour first.
        for cell in (reversed(cells) if falling else cells)
    ]
    return found[::-1] if falling else found


def _falling(cells: list[Cell]) -> bool:
    """Return whether the newest come first, by the first times that differ and are told once."""
    moments = Moments("UTC")
    first = moments.instant(0, cells[0].date, cells[0].time)
    last = moments.instant(1, cells[-1].date, cells[-1].time)
    return first is not None and last is not None and last < first


def _spacing(cells: list[Cell], instants: list[float | None]) -> int | None:
    """Return how far apart times are as a rule, seconds; None where there is one alone."""
    series: dict[tuple[str, Register], set[float]] = {}
    for cell, at in zip(cells, instants, strict=True):
        if at is not None:
            series.setdefault((cell.point, cell.register), set()).add(at)
    apart: Counter[float] = Counter(
        later - earlier for times in series.values() for earlier, later in pairwise(sorted(times))
    )
    # Of what comes equally often the smallest.
    ranked = sorted((-count, gap) for gap, count in apart.items())
    return round(ranked[0][1]) if ranked else None


def _edges(instants: Iterable[float | None], zone: str) -> tuple[int, int]:
    """Return the seconds after local midnight of the first and the last time."""
    known = [at for at in instants if at is not None] or [0.0]
    ends = (datetime.fromtimestamp(at, ZoneInfo(zone)) for at in (min(known), max(known)))
    first, last = (HOUR_S * at.hour + 60 * at.minute + at.second for at in ends)
    return first, last


def _stamp(
    cells: Sequence[Cell], given: str | None, spacing: int, edges: tuple[int, int]
) -> tuple[str, bool]:
    """Return whether times are begins or ends, and whether that was assumed.

    The columns may say it; else days that begin at their second time and end at midnight.
    """
    if given is not None:
        return given, False
    if cells[0].stamp is not None:
        return cells[0].stamp, False
    if numbered(cells[0].time):
        return "start", False
    if edges == (spacing, 0) or any("24:00" in _time_of(cell) for cell in cells):
        return "end", False
    return "start", edges[0] != 0


def _figures(
    cells: list[Cell],
    instants: list[float | None],
    form: Format,
    spacing: int,
    shift: int,
) -> dict[Place, dict[Register, tuple[Decimal, int]]]:
    """Return each register's Wh and its line, by metering point and the file's slots.

    Raises:
        InputError: a figure, its unit or its time cannot be, or has a figure although the clocks
            skip it.
    """
    mark = form.decimal or decimal_mark(cell.text for cell in cells)
    found: dict[Place, dict[Register, tuple[Decimal, int]]] = {}
    unit = form.unit or _unit_by(cells, mark)
    for cell, at in zip(cells, instants, strict=True):
        if at is None and cell.text.strip("0,.- "):
            raise InputError("settlement_time", line=cell.line, value=_time_of(cell))
        if at is None or not cell.text.strip("-"):
            # Nothing was counted, which is no zero.
            continue
        number = number_of(cell.text, mark)
        if number is None:
            raise InputError("settlement_number", line=cell.line, value=cell.text)
        named = form.unit or cell.unit or unit
        wh = number * _WH[named] * (Decimal(spacing) / HOUR_S if named in _POWERS else 1)
        if not 0 <= wh < _LARGEST_WH:
            raise InputError("settlement_negative", line=cell.line, value=cell.text)
        slot = round(at) - shift
        if slot % spacing:
            raise InputError("settlement_slot", line=cell.line, value=_time_of(cell))
        registers = found.setdefault((cell.point, slot), {})
        if registers.setdefault(cell.register, (wh, cell.line))[0] != wh:
            raise InputError("settlement_twice", line=cell.line, value=_time_of(cell))
    return found


def _time_of(cell: Cell) -> str:
    return f"{cell.date} {cell.time}".strip()


def _unit_by(cells: Iterable[Cell], mark: str) -> Unit:
    """Return the unit of figures that name none: kWh, as a meter's watt-hours have no fractions.

    Raises:
        InputError: they have none either.
    """
    nameless = [cell.text for cell in cells if cell.unit is None and cell.text]
    if not nameless or any(mark in text for text in nameless):
        return "kWh"
    raise InputError("settlement_unit")


def _readings(
    figures: Mapping[Place, Mapping[Register, tuple[Decimal, int]]], spacing: int, interval_s: int
) -> dict[Place, Reading]:
    """Return the slots of which all parts and registers are there."""
    kept: dict[str, set[Register]] = {}
    for (point, _), registers in figures.items():
        kept.setdefault(point, set()).update(registers)
    parts: dict[Place, list[Mapping[Register, tuple[Decimal, int]]]] = {}
    for (point, at), registers in figures.items():
        if registers.keys() == kept[point]:
            parts.setdefault((point, at - at % interval_s), []).append(registers)
    return {
        place: _reading(
            {register: sum(part[register][0] for part in each) for register in kept[place[0]]},
            max(line for part in each for _, line in part.values()),
        )
        for place, each in sorted(parts.items())
        if len(each) == interval_s // spacing
    }


def _reading(wh: Mapping[Register, Decimal | int], line: int) -> Reading:
    """Return a slot of a metering point.

    Raises:
        InputError: the registers contradict each other.
    """
    whole: dict[Register, int] = {
        register: int(Decimal(each).quantize(Decimal(1), ROUND_HALF_EVEN))
        for register, each in wh.items()
    }
    bought, got = _split(whole, "import", "from_community", "from_grid", line)
    sold, gave = _split(whole, "export", "to_community", "to_grid", line)
    return Reading(line, bought, sold, got, gave)


def _split(
    whole: Mapping[Register, int],
    total: Register,
    community: Register,
    grid: Register,
    line: int,
) -> tuple[int, int | None]:
    """Return a total and the community's part of it from two of total, part and rest.

    Where a community may share a part of an export only, the rest is of that part.

    Raises:
        InputError: they contradict each other.
    """
    shared, rest = whole.get(community), whole.get(grid)
    metered = whole.get(total, (shared or 0) + (rest or 0))
    if shared is None and rest is not None and (total in whole or "offered" in whole):
        offered = whole.get("offered", metered) if total == "export" else metered
        metered = max(metered, offered)
        shared = offered - rest
    if shared is None:
        return metered, None
    if not -_ROUNDING_WH <= shared <= metered + _ROUNDING_WH:
        raise InputError("settlement_contradiction", line=line, part=shared, whole=metered)
    return metered, min(max(shared, 0), metered)


def _gaps(readings: Mapping[Place, Reading], interval_s: int) -> tuple[Gap, ...]:
    points: dict[str, list[int]] = {}
    for point, slot in readings:
        points.setdefault(point, []).append(slot)
    begin = min(slot for _, slot in readings) - interval_s
    end = max(slot for _, slot in readings) + interval_s
    return tuple(
        Gap(point, earlier + interval_s, later)
        for point, slots in sorted(points.items())
        for earlier, later in pairwise([begin, *sorted(slots), end])
        if later - earlier > interval_s
    )
