"""CSV files, plain or gzipped, with errors that name the place."""

import csv
import gzip
import math
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.units import Floats, InputError


@dataclass(frozen=True)
class Sheet:
    """A file's fields and the lines they stand on."""

    file: str
    header: list[str]
    rows: list[list[str]]
    lines: list[int]

    def place(self, row: int) -> dict[str, str | int]:
        """Return what names a row in a message."""
        return {"file": self.file, "line": self.lines[row]}


def read_sheet(path: Path) -> Sheet:
    """Read a file whose first line names its columns.

    Raises:
        InputError: it cannot be read, or a line has more or fewer fields than the first.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    rows, lines = [], []
    try:
        with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            for row in reader:
                if row:
                    rows.append(row)
                    lines.append(reader.line_num)
    except FileNotFoundError:
        raise InputError("file_missing", file=str(path)) from None
    except OSError, EOFError, UnicodeDecodeError, csv.Error, zlib.error:
        raise InputError("file_unreadable", file=path.name) from None
    header = [name.strip() for name in rows[0]] if rows else []
    sheet = Sheet(path.name, header, rows[1:], lines[1:])
    for name in header:
        if header.count(name) > 1:
            raise InputError("column_twice", file=path.name, column=name)
    for number, row in enumerate(sheet.rows):
        if len(row) != len(header):
            raise InputError(
                "row_width", **sheet.place(number), fields=len(row), expected=len(header)
            )
    return sheet


def fields_of(sheet: Sheet, name: str) -> list[str]:
    """Return a column as it stands; raise InputError where there is none."""
    if name not in sheet.header:
        raise InputError("column_missing", file=sheet.file, column=name)
    at = sheet.header.index(name)
    return [row[at].strip() for row in sheet.rows]


def times_of(sheet: Sheet) -> tuple[Floats, float]:
    """Return the times and their step, of at most an hour and the same everywhere.

    Raises:
        InputError: a time cannot be read or is out of step; its line is named.
    """
    fields = fields_of(sheet, "time")
    if len(fields) < 2:
        raise InputError("file_too_short", file=sheet.file, rows=len(fields))
    times = np.array([time_of(sheet, row, text) for row, text in enumerate(fields)])
    widths = np.diff(times)
    for row in np.flatnonzero(widths <= 0).tolist():
        raise InputError("time_not_increasing", **sheet.place(row + 1))
    step = float(np.median(widths))
    for row in np.flatnonzero(np.abs(widths - step) > 1e-3).tolist():
        raise InputError(
            "step_irregular",
            **sheet.place(row + 1),
            minutes=float(widths[row]) / 60,
            step_minutes=step / 60,
        )
    if step > HOUR_S:
        raise InputError("step_too_long", file=sheet.file, step_minutes=step / 60)
    return times, step


def time_of(sheet: Sheet, row: int, text: str) -> float:
    """Return a time in epoch seconds; raise InputError, with its line, for what is none."""
    try:
        time = datetime.fromisoformat(text)
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
    except ValueError, OverflowError:
        raise InputError("time_unreadable", **sheet.place(row), value=text) from None


def numbers_of(sheet: Sheet, name: str) -> Floats:
    """Return a column, NaN where a field is empty.

    Raises:
        InputError: a field is no number, or the whole column is empty.
    """
    numbers = []
    for row, text in enumerate(fields_of(sheet, name)):
        try:
            number = float(text) if text else math.nan
        except ValueError:
            number = math.inf
        if math.isinf(number):
            raise InputError("number_unreadable", **sheet.place(row), column=name, value=text)
        numbers.append(number)
    values = np.array(numbers)
    if np.isnan(values).all():
        raise InputError("column_empty", file=sheet.file, column=name)
    return values
