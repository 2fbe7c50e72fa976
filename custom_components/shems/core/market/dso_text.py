"""The text of a grid operator's CSV: its lines and its numbers, in whatever country's manner."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ..units import InputError

_DELIMITERS: Final = (";", "\t", "|", ",")
"""The comma last: with a decimal comma it is in every line too."""
_LOOKED_AT: Final = 50
"""Lines in which a delimiter is looked for; no known file begins with more titles than that."""
_NUMBER_LIMIT: Final = 32
_CELL_LIMIT: Final = 1_000
"""Longer than any figure or name; what is longer is no table."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file with its number, from 1, and its cells without blanks around them."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """Return a cell; empty beyond the last, as programs leave out empty ends of lines."""
        return self.cells[column] if column < len(self.cells) else ""


def decoded(data: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, else Windows' Western European."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def lines_of(text: str) -> list[Line]:
    """Return the lines that hold something.

    Raises:
        InputError: it is no table.
    """
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    # Spreadsheets name the delimiter in a line of its own.
    named = re.fullmatch(r'"?sep=(.)"?', rows[0].strip())
    delimiter = named[1] if named else _delimiter(rows)
    if named:
        rows[0] = ""
    reader = csv.reader(io.StringIO("\n".join(rows)), delimiter=delimiter)
    found: list[Line] = []
    try:
        for cells in reader:
            stripped = tuple(cell.strip() for cell in cells)
            if any(len(cell) > _CELL_LIMIT for cell in stripped):
                raise InputError("settlement_no_table", line=reader.line_num)
            if any(stripped):
                found.append(Line(reader.line_num, stripped))
    except csv.Error as err:
        raise InputError("settlement_no_table", line=reader.line_num) from err
    if not found:
        raise InputError("settlement_empty")
    return found


def _delimiter(rows: Sequence[str]) -> str:
    """Return what most of the first lines have.

    Raises:
        InputError: there is nothing, or no delimiter.
    """
    sample = [row for row in rows if row.strip()][:_LOOKED_AT]
    if not sample:
        raise InputError("settlement_empty")
    for each in _DELIMITERS:
        if 2 * sum(each in row for row in sample) > len(sample):
            return each
    raise InputError("settlement_no_table", line=1)


def decimal_mark(numbers: Iterable[str]) -> str:
    """Return what the numbers of a file have before their fractions, a comma or a point.

    Where a number has both, the last of them. Where the file has both but no number has,
    the one that does not always stand before three digits. Where it has one kind alone,
    that one: grid operators give kWh with three decimals, and thousands without a mark.

    Raises:
        InputError: it cannot be told.
    """
    fractions: dict[str, bool] = {}
    for text in numbers:
        marks = [mark for mark in text if mark in ",."]
        if len(set(marks)) == 2:
            return marks[-1]
        for mark in marks[:1]:
            *_, last = text.split(mark)
            # A group of thousands has three digits after one to three that begin with no zero.
            grouped = len(last) == 3 and not text.lstrip("+-").startswith("0")
            fractions[mark] = fractions.get(mark, False) or not (grouped or len(marks) > 1)
    if len(fractions) < 2:
        return next(iter(fractions), ".")
    decimal = [mark for mark, certain in fractions.items() if certain]
    if len(decimal) != 1:
        raise InputError("settlement_decimal_mark")
    return decimal[0]


def number_of(text: str, mark: str) -> Decimal | None:
    """Return a number; None where the text is none.

    Args:
        text: without blanks around it.
        mark: what stands before the fraction.
    """
    other = re.escape("." if mark == "," else ",")
    plain = re.sub(r"(?<=\d)['\u2019\u00a0\u202f ](?=\d{3})", "", text)
    if len(plain) > _NUMBER_LIMIT:
        return None
    shape = rf"[+-]?(\d+|\d{{1,3}}({other}\d{{3}})+)({re.escape(mark)}\d*)?([eE][+-]?\d{{1,2}})?"
    if not re.fullmatch(shape, plain, re.ASCII):
        return None
    return Decimal(re.sub(other, "", plain).replace(mark, "."))
