"""What was measured, as tables of Markdown."""

import math
import re
from collections.abc import Iterable
from typing import Any

from scripts.forecasting.verdict import Verdict

from .measures import LEVELS, Quality

type Blocks = dict[str, dict[str, Quality]]
"""Qualities of each block: of homes as they are under "", and of those with each twist."""


def tables(blocks: Blocks, verdicts: list[Verdict]) -> str:
    """Return every table."""
    parts = [_parameters(blocks), _twists(blocks), _verdicts(verdicts)]
    return "\n\n".join(part for part in parts if part)


def renewed(old: str, new: str) -> str:
    """Return new tables that keep the old rows of what was not measured anew.

    The first word of a row says whose it is: a block's, or a second method's.
    """
    kept = {table.partition("\n")[0]: table for table in old.strip().split("\n\n")}
    parts = []
    for table in new.split("\n\n"):
        head, line, *rows = table.splitlines()
        owners: dict[str, list[str]] = {}
        for row in kept.get(head, "").splitlines()[2:]:
            owners.setdefault(_owner(row), []).append(row)
        owners |= {owner: [] for owner in map(_owner, rows)}
        for row in rows:
            owners[_owner(row)].append(row)
        parts.append("\n".join([head, line, *(row for each in owners.values() for row in each)]))
    return "\n\n".join(parts)


def _owner(row: str) -> str:
    return re.split(r"[:,]", row.strip("| *"), maxsplit=1)[0].strip("*")


def as_dict(quality: Quality) -> dict[str, Any]:
    """Return a quality for JSON."""
    return {
        "count": quality.count,
        "gain": quality.gain,
        "tarp": quality.tarp,
        "alarms": quality.alarms,
        "alarmed": quality.alarmed,
        "predicted": None if math.isnan(quality.predicted) else quality.predicted,
        "parameters": {
            name: {
                "contraction": float(quality.contraction[at]),
                "rank_distance": float(quality.rank_distance[at]),
                **{
                    f"coverage_{level:.0%}": float(quality.coverage[at, place])
                    for place, level in enumerate(LEVELS)
                },
            }
            for at, name in enumerate(quality.names)
        },
    }


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---", *["--:"] * (len(names) - 1)], *map(list, rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _parameters(blocks: Blocks) -> str:
    rows = []
    for name, qualities in blocks.items():
        plain = qualities[""]
        for at, parameter in enumerate(plain.names):
            shares = [f"{share:.1%}" for share in plain.coverage[at]]
            told = f"{plain.contraction[at]:.0%}", f"{plain.rank_distance[at]:.3f}"
            rows.append([f"{name}: `{parameter}`", told[0], *shares, told[1]])
        homes = f"**{name}**, all of {plain.count} homes"
        rows.append([homes, f"{plain.gain:.1f} nats", "", "", "", f"TARP {plain.tarp:.3f}"])
    head = ["Parameter", "Learned", *(f"{level:.0%} cover" for level in LEVELS), "Ranks"]
    return _table(head, rows)


def _twists(blocks: Blocks) -> str:
    rows = []
    for name, qualities in blocks.items():
        for twist, quality in qualities.items():
            cover = quality.coverage[:, -1]
            raised = [f"{key} {share:.0%}" for key, share in quality.alarms.items() if share > 0.02]
            rows.append(
                [
                    f"{name}: {twist or 'as simulated'}",
                    f"{quality.alarmed:.1%}",
                    ", ".join(raised) or "–",
                    f"{cover.min():.0%} to {cover.max():.0%}",
                    _share(quality.predicted),
                ]
            )
    head = ["Homes differ by", "Any alarm", "Which", "90 % of parameters", "90 % of predictions"]
    return _table(head, rows)


def _share(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.1%}"


def _verdicts(verdicts: list[Verdict]) -> str:
    words = {True: "yes", False: "**no**", None: "–"}
    rows = [[each.requirement, each.wanted, each.measured, words[each.passed]] for each in verdicts]
    return _table(["Asked", "Wanted", "Measured", "Holds"], rows) if rows else ""
