"""The figures in a grid operator's CSV, one by one, in whichever of three shapes it has.

- Rows of time: each line has a time, at times a metering point, and figures.
- Austrian EDA: a block of lines names the metering point, direction and meter code of each
  column; below it each line has a time first.
- Rows of days: each line has a date, and a column for each quarter-hour or hour.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..units import InputError
from .dso_text import Line
from .dso_words import Kind, Register, Unit, columns_of, plain, register_of, unit_of

_TITLES: Final = 30
"""Lines before the header in which some operators write who and what the file is about."""
_COLUMNS_OF_A_DAY: Final = 23
"""A day of hours has no fewer."""
_CLOCKS: Final[tuple[Kind, ...]] = ("start", "end", "stamp", "time", "date")
"""What tells a time, the better first."""
_SUMS: Final = ("sum", "total", "gesamt")
"""How a line or a column begins that adds up others, in most of the languages."""
_RANGE: Final = re.compile(r"(\d{1,2}[:.]\d{2})(?:[:.]00)?(?:\s*[-\u2013]\s*\d{1,2}[:.]\d{2}.*)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as it stands in the file.

    Attributes:
        line: of the file, from 1.
        point: metering point; empty where the file has none.
        date: text of the date, or of date and time.
        time: text of the time, where that stands apart.
        stamp: whether the time is the begin or the end; None where that is not said.
        register: what is counted.
        unit: None where none is named.
        text: the figure.
    """

    line: int
    point: str
    date: str
    time: str
    stamp: str | None
    register: Register
    unit: Unit | None
    text: str


def cells_of(
    lines: Sequence[Line], given: Mapping[str, str], nameless: Register | None = None
) -> list[Cell]:
    """Return every figure.

    Args:
        lines: of the file.
        given: name of a column by kind or register, where the names do not say it.
        nameless: what is counted where neither a column nor a line says it.

    Raises:
        InputError: the columns are not what is looked for.
    """
    block = _block(lines)
    found = list(_eda(lines, block) if block else _rows(lines, given, nameless))
    if not found:
        raise InputError("settlement_empty")
    return found


def _block(lines: Sequence[Line]) -> dict[str, Line]:
    """Return the lines of an Austrian report's head by what they begin with; none elsewhere."""
    head = {plain(line.cell(0)): line for line in lines[:_TITLES]}
    points = head.get("meteringpointid") or head.get("zahlpunkt")
    codes = head.get("metercode")
    return {"points": points, "codes": codes} if points and codes else {}


def _eda(lines: Sequence[Line], block: Mapping[str, Line]) -> Iterator[Cell]:
    points, codes = block["points"], block["codes"]
    columns = [
        (at, points.cell(at), register, unit_of(code))
        for at, code in enumerate(codes.cells)
        if at > 0
        and (register := register_of(code)) is not None
        and points.cell(at)
        and not plain(points.cell(at)).startswith(_SUMS)
    ]
    for line in lines:
        if line.number > codes.number and re.match(r"\d", line.cell(0)):
            for at, point, register, unit in columns:
                yield Cell(
                    line.number, point, line.cell(0), "", "start", register, unit, line.cell(at)
                )


def _rows(
    lines: Sequence[Line], given: Mapping[str, str], nameless: Register | None
) -> Iterator[Cell]:
    """Return the figures of rows of time or days, below the first line that names both.

    Raises:
        InputError: no line does; it tells what is missing from the best one.
    """
    missing = "settlement_no_time"
    wanted = {plain(name) for name in given.values()}
    for index, line in enumerate(lines[:_TITLES]):
        if not wanted <= set(map(plain, line.cells)):
            continue
        kinds, registers = columns_of(line.cells, given)
        if not any(kind in kinds for kind in _CLOCKS):
            continue
        times = {
            at: found[1] for at, name in enumerate(line.cells) if (found := _RANGE.fullmatch(name))
        }
        said = "direction" in kinds or nameless is not None
        if len(times) >= _COLUMNS_OF_A_DAY and said:
            return _days(lines[index + 1 :], kinds, times, nameless)
        if registers or ("value" in kinds and said):
            return _times(line, lines[index + 1 :], kinds, registers, nameless)
        missing = "settlement_no_energy"
    if wanted and missing == "settlement_no_time":
        raise InputError("settlement_column_missing", column=", ".join(given.values()))
    raise InputError(missing)


def _times(
    header: Line,
    lines: Sequence[Line],
    kinds: Mapping[Kind, int],
    registers: Mapping[int, Register],
    nameless: Register | None,
) -> Iterator[Cell]:
    clock = next(each for each in _CLOCKS if each in kinds)
    for line in lines:
        date, time = line.cell(kinds[clock]), ""
        if "date" in kinds and clock != "date":
            date, time = line.cell(kinds["date"]), date
        if not date or plain(date).startswith(_SUMS):
            continue
        held = registers or {kinds["value"]: nameless or _directed(line, kinds)}
        for at, register in held.items():
            yield Cell(
                line.number,
                _said(line, kinds, "point"),
                date,
                time,
                clock if clock in ("start", "end") else None,
                register,
                unit_of(_said(line, kinds, "unit")) or unit_of(header.cell(at)),
                line.cell(at),
            )


def _days(
    lines: Sequence[Line],
    kinds: Mapping[Kind, int],
    times: Mapping[int, str],
    nameless: Register | None,
) -> Iterator[Cell]:
    day = next(each for each in ("date", *_CLOCKS) if each in kinds)
    for line in lines:
        if not line.cell(kinds[day]) or plain(line.cell(kinds[day])).startswith(_SUMS):
            continue
        point, register = _said(line, kinds, "point"), nameless or _directed(line, kinds)
        unit = unit_of(_said(line, kinds, "unit"))
        for at, time in times.items():
            date = line.cell(kinds[day])
            yield Cell(line.number, point, date, time, "start", register, unit, line.cell(at))


def _said(line: Line, kinds: Mapping[Kind, int], kind: Kind) -> str:
    """Return a cell of a kind; empty where there is no such column."""
    return line.cell(kinds[kind]) if kind in kinds else ""


def _directed(line: Line, kinds: Mapping[Kind, int]) -> Register:
    """Return what a line says that it counts.

    Raises:
        InputError: it says what is not known.
    """
    said = line.cell(kinds["direction"])
    register = register_of(said)
    if register is None:
        raise InputError("settlement_direction", line=line.number, value=said)
    return register
