"""The check of tips as a table, and what is demanded of it."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from .case import Found

_INSIDE: Final = 0.75
_WIDEST: Final = 1.0
_HEAD: Final = (
    "| tip | cases | told | inside | median width | widest | promised, EUR a year | came |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|"
)


def markdown(found: Sequence[Found]) -> str:
    """Return a row for each kind of tip, and one for all."""
    codes = list(dict.fromkeys(each.code for each in found))
    rows = [_row(code, [each for each in found if each.code == code]) for code in codes]
    return "\n".join([_HEAD, *rows, _row("**all**", found)])


def _row(name: str, found: Sequence[Found]) -> str:
    told = [each for each in found if each.told]
    if not told:
        return f"| {name} | {len(found)} | 0 | | | | | |"
    widths = [each.width for each in told]
    return (
        f"| {name} | {len(found)} | {len(told)} | {sum(each.inside for each in told)} of "
        f"{len(told)} | {np.median(widths):.0%} | {max(widths):.0%} "
        f"| {np.median([each.median for each in told]):.0f} "
        f"| {np.median([each.came for each in told]):.0f} |"
    )


def verdicts(found: Sequence[Found]) -> list[str]:
    """Return what is demanded, in sentences with PASS or FAIL."""
    told = [each for each in found if each.told]
    if not told:
        return ["FAIL: no tip was told"]
    share = sum(each.inside for each in told) / len(told)
    wide = sum(each.width > _WIDEST for each in told)
    inside = f"{share:.0%} of {len(told)} tips inside the 80 % interval, 75 % demanded"
    return [
        f"{_word(share >= _INSIDE)}: {inside}",
        f"{_word(wide == 0)}: {wide} intervals wider than their median, none allowed",
    ]


def _word(passed: bool) -> str:  # the answer itself
    return "PASS" if passed else "FAIL"
