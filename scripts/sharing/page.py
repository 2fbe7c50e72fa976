"""The figures as tables, and in their page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from .compare import CENTRAL, PASSIVE, REPLANNED, SAID, TOLD, Compared, Row

_BEGIN, _END = "<!-- figures -->\n", "<!-- end of figures -->"
_WAYS: Final = {
    PASSIVE: "sharing, each home for itself",
    REPLANNED: "sharing, replanned with the outlook",
    REPLANNED + SAID: "the same, where drivers say when they leave",
    PASSIVE + TOLD: "homes that know their days, each for itself",
    REPLANNED + TOLD: "homes that know their days, replanned",
    CENTRAL: "one program over all homes that knows everything",
}


def summary(found: Sequence[Compared]) -> str:
    """Return a table of savings for each fee: a row for each way, a column for each season."""
    return "\n\n".join(
        f"Saved at a fee of {fee} ct:\n\n{_table(found, fee)}" for fee in found[0].rows
    )


def _table(found: Sequence[Compared], fee: int) -> str:
    seasons: list[str | None] = list(dict.fromkeys(each.season for each in found))
    seasons.append(None)
    heads = [each or "all" for each in seasons]
    lines = ["| | " + " | ".join(heads) + " |", "|---|" + "---:|" * len(heads)]
    for way in found[0].rows[fee]:
        cells = [f"{100 * _saved(found, way, fee, season):.1f} %" for season in seasons]
        lines.append(f"| {_WAYS[way]} | " + " | ".join(cells) + " |")
    gains = [f"**{100 * _gain(found, fee, season):+.1f}**" for season in seasons]
    lines.append("| points that replanning adds | " + " | ".join(gains) + " |")
    return "\n".join(lines)


def _chosen(found: Sequence[Compared], season: str | None) -> list[Compared]:
    return [each for each in found if season is None or each.season == season]


def _saved(found: Sequence[Compared], way: str, fee: int, season: str | None) -> float:
    """Return the share of the cost without trade that a way saves, over all seeds."""
    chosen = _chosen(found, season)
    cost = sum(each.cost for each in chosen)
    return 1 - sum(each.rows[fee][way].account.cost for each in chosen) / cost


def _gain(found: Sequence[Compared], fee: int, season: str | None) -> float:
    return _saved(found, REPLANNED, fee, season) - _saved(found, PASSIVE, fee, season)


def detail(found: Sequence[Compared], fee: int) -> str:
    """Return a row for each community and way, at one fee."""
    heads = (
        "season, seed",
        "way",
        "paid",
        "saved",
        "imported kWh",
        "shared kWh",
        "cars lacked kWh",
        "least gain of a home",
        "processor s",
    )
    lines = ["| " + " | ".join(heads) + " |", "|---|---|" + "---:|" * (len(heads) - 2)]
    for each in found:
        lines.append(f"| {each.season}, {each.seed} | no trade | {each.cost:.2f} | | | | | | |")
        lines += [_line(each, way, row) for way, row in each.rows[fee].items()]
    return "\n".join(lines)


def _line(each: Compared, way: str, row: Row) -> str:
    took = "" if row.seconds is None else f"{row.seconds:.0f}"
    lacked = "" if row.seconds is None else f"{row.lacked_kwh:.1f}"
    cells: tuple[str, ...] = (
        f"{each.season}, {each.seed}",
        _WAYS[way],
        f"{row.account.cost:.2f}",
        f"{100 * row.saved:.1f} %",
        f"{row.account.imported_kwh:.0f}",
        f"{row.account.shared_kwh:.0f}",
        lacked,
        f"{-row.account.worst:.2f}",
        took,
    )
    return "| " + " | ".join(cells) + " |"


def write(page: Path, found: Sequence[Compared]) -> None:
    """Put both tables into a page, between its marks."""
    first = found[0]
    fee = next(iter(first.rows))
    days = first.slots / 96
    seeds = len({each.seed for each in found})
    text = "\n\n".join(
        (
            f"{seeds} communities of {first.homes} homes, {days:g} days in each season:",
            summary(found),
            f"Each community at a fee of {fee} ct, in euros and kWh:",
            detail(found, fee),
        )
    )
    old = page.read_text(encoding="utf-8")
    before, rest = old.split(_BEGIN)
    after = rest.split(_END)[1]
    page.write_text(f"{before}{_BEGIN}\n{text}\n\n{_END}{after}", encoding="utf-8")
