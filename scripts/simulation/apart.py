"""Tables of homes that are reported apart: without solar power, and with devices."""

from statistics import median
from typing import Any, Final

DARK_HOMES: Final = (
    ("sgsc/home_10006414.csv.gz", "Australia/Sydney"),
    ("sgsc/home_10017936.csv.gz", "Australia/Sydney"),
    ("sgsc/home_10018064.csv.gz", "Australia/Sydney"),
    ("hue/home_01.csv.gz", "America/Vancouver"),
)
_DARK_HEAD: Final = (
    "| home without solar | tariff | self-consumption | timer | **SHEMS** | foresight "
    "| saved of what foresight saves on self-consumption | told the load | captured "
    "| over the best rule | worst fortnight |\n"
    "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)
_DEVICES_HEAD: Final = (
    "| seeded home | tariff | all at once | best rule | **SHEMS** | told | foresight "
    "| captured | told | service over the best rule | worst fortnight |\n"
    "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)
type Result = tuple[str, str, dict[str, Any]]


def dark_table(results: list[Result]) -> str:
    """Return the table of homes without solar power.

    There self-consumption does nothing, so that the timer is the bar; what is saved of what
    foresight saves on doing nothing is told beside it.
    """
    lines = [_DARK_HEAD]
    for home, tariff, result in results:
        cost = _costs(result)
        rules = [cost[name] for name in ("self_consumption", "timer")]
        cells = [f"{each:.0f}" for each in rules]
        cells += [f"**{cost['shems']:.0f}**", f"{cost['perfect_foresight']:.0f}"]
        cells += [_percent(saved(result, name)) for name in ("shems", "shems_perfect_load_pv")]
        cells += [_percent(result["captured"]["shems"]), f"{cost['shems'] - min(rules):+.2f}"]
        cells.append(f"{_worst(result, 'self_consumption'):+.1%}")
        lines.append(f"| {home} | {tariff} | {' | '.join(cells)} |")
    for tariff in dict.fromkeys(tariff for _, tariff, _ in results):
        of = [result for _, each, result in results if each == tariff]
        share = _middle([saved(each, "shems") for each in of])
        told = _middle([saved(each, "shems_perfect_load_pv") for each in of])
        against = _middle([each["captured"]["shems"] for each in of])
        lines.append(f"| **median** | {tariff} | | | | | **{share}** | {told} | {against} | | |")
    return "\n".join(lines)


def saved(result: dict[str, Any], name: str) -> float | None:
    """Return (self-consumption - row) / (self-consumption - foresight); None where that is 0."""
    cost = _costs(result)
    gap = cost["self_consumption"] - cost["perfect_foresight"]
    return (cost["self_consumption"] - cost[name]) / gap if gap > 0 else None


def devices_table(results: list[Result]) -> str:
    """Return the table of seeded homes with devices."""
    lines = [_DEVICES_HEAD]
    for home, tariff, result in results:
        cost = _costs(result)
        shares, verdict = result["captured"], result["never_worse"]
        cells = [f"{cost['self_consumption']:.2f}", f"{cost['best_rule']:.2f}"]
        cells += [f"**{cost['shems']:.2f}**", f"{cost['shems_told']:.2f}"]
        cells += [f"{cost['perfect_foresight']:.2f}"]
        cells += [_percent(shares[name]) for name in ("shems", "shems_told")]
        worst = verdict["worst_window"]
        cells += [f"{verdict['service']:+.2f}", "n/a" if worst is None else f"{worst:+.1%}"]
        lines.append(f"| {home} | {tariff} | {' | '.join(cells)} |")
    for tariff in dict.fromkeys(tariff for _, tariff, _ in results):
        of = [result["captured"] for _, each, result in results if each == tariff]
        shems, told = (_middle([each[name] for each in of]) for name in ("shems", "shems_told"))
        lines.append(f"| **median** | {tariff} | | | | | | **{shems}** | {told} | | |")
    return "\n".join(lines)


def _costs(result: dict[str, Any]) -> dict[str, float]:
    return {name: each["cost"] for name, each in result["controllers"].items()}


def _worst(result: dict[str, Any], rule: str) -> float:
    excess: float = max(
        (each["cost"]["shems"] - each["cost"][rule]) / each["gross_load_cost"]
        for each in result["windows"]
    )
    return excess


def _middle(shares: list[float | None]) -> str:
    counted = [share for share in shares if share is not None]
    return _percent(median(counted) if counted else None)


def _percent(share: float | None) -> str:
    return "n/a" if share is None else f"{100 * share:.0f} %"
