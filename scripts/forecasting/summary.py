"""All homes in tables of Markdown, and what is asked of them together."""

from collections.abc import Callable, Iterable

from .evaluate import MATURE, NAIVE, Scores, ratio
from .measures import (
    Result,
    mature,
    middle,
    number,
    over_expert,
    over_naive,
    percent,
    pooled,
    skill,
)
from .metrics import AGES, LEADS
from .prices import COPY
from .required import required
from .verdict import BLIND, OURS, PROVIDER


def summary(results: list[Result]) -> str:
    """Return every table for which there is a result."""
    by = {
        name: [each for each in results if each["quantity"] == name]
        for name in ("load", "pv", "price")
    }
    parts = []
    if by["load"]:
        parts += [_loads(by["load"]), _ages(by["load"]), _leads(by["load"]), _experts(by["load"])]
    if by["pv"]:
        parts += [_solar(by["pv"])]
    if by["load"] or by["pv"]:
        parts += [_courses(by["load"] + by["pv"]), _costs(by["load"] + by["pv"])]
    if by["price"]:
        parts += [_prices(by["price"])]
    return "\n\n".join([*parts, _required(by)])


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---", *["--:"] * (len(names) - 1)], *map(list, rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _shares(
    head: list[str],
    results: list[Result],
    shares: Callable[[Result], list[float | None]],
    before: Callable[[Result], list[str]] = lambda _: [],
) -> str:
    """Return a table of shares, after other cells, that ends with their medians."""
    found = [shares(result) for result in results]
    rows = [
        [result["name"], *before(result), *map(percent, row)]
        for result, row in zip(results, found, strict=True)
    ]
    middles = [f"**{percent(middle(column))}**" for column in zip(*found, strict=True)]
    return _table(head, [*rows, ["**median**", *[""] * len(before(results[0])), *middles]])


def _loads(results: list[Result]) -> str:
    def before(result: Result) -> list[str]:
        cells = [number(mature(result)[name]["crps"]) for name in (*NAIVE, OURS)]
        return [*cells[:-1], f"**{cells[-1]}**"]

    def shares(result: Result) -> list[float | None]:
        scores = mature(result)
        return [
            ratio(scores, OURS, "yesterday"),
            over_naive(scores),
            skill(result),
            *(scores[OURS][f"coverage_{share}%"] for share in (50, 80, 90)),
        ]

    head = ["load, CRPS in kW", "yesterday", "last week", "mean of 7 days", "**SHEMS**"]
    head += ["over yesterday", "over best naive", "MAE skill", "50 %", "80 %", "90 %"]
    return _shares(head, results, shares, before)


def _ages(results: list[Result]) -> str:
    def shares(result: Result) -> list[float | None]:
        return [over_naive(scores) for scores in result["ages"].values()]

    return _shares(["load, CRPS over best naive by days of history", *AGES], results, shares)


def _leads(results: list[Result]) -> str:
    def shares(result: Result) -> list[float | None]:
        parts = {**result["leads"], **result["origins"]}
        return [ratio(scores, OURS, "seven_day_mean") for scores in parts.values()]

    head = ["load, CRPS over the mean of 7 days by hours ahead and origin", *LEADS]
    return _shares([*head, "00:00", "13:00"], results, shares)


def _experts(results: list[Result]) -> str:
    spoke = [result["experts"]["ages"][MATURE] for result in results if "experts" in result]
    names = [
        name
        for name in (spoke[0] if spoke else {})
        if any(scores[name]["crps"] is not None for scores in spoke)
    ]
    rows = []
    for result in results:
        scores: Scores = result.get("experts", {}).get("ages", {}).get(MATURE, {})
        cells = [number(scores[name]["crps"]) if name in scores else "n/a" for name in names]
        rows.append([result["name"], *cells, percent(over_expert(result))])
    return _table(["experts of the load at midnight, CRPS", *names, "mix over best"], rows)


def _solar(results: list[Result]) -> str:
    names = (*NAIVE, "linear_fit", OURS, BLIND)
    head = ["solar, daylight, CRPS", *names, "80 %", "over provider", "blind over provider"]
    rows = []
    for result in results:
        parts = {"": mature(result)}
        if "snow" in result:
            parts[", snow"] = result["snow"]["all"]
        issued: Scores = result[PROVIDER]["ages"][MATURE] if PROVIDER in result else {}
        for words, scores in parts.items():
            cells = [number(scores[name]["crps"]) if name in scores else "" for name in names]
            rows.append(
                [
                    result["name"] + words,
                    *cells,
                    percent(scores[OURS]["coverage_80%"]),
                    *(
                        percent(ratio(issued, name, PROVIDER)) if issued and not words else ""
                        for name in (OURS, BLIND)
                    ),
                ]
            )
    return _table(head, rows)


def _courses(results: list[Result]) -> str:
    head = ("courses", "energy score", "independent", "totals covered", "± s.e.", "independent")
    rows = []
    for result in results:
        found = result["courses"]
        rows.append(
            [
                f"{result['quantity']} {result['name']}",
                number(found["energy_score"]),
                number(found["energy_score_independent"]),
                percent(found["total_covered"]),
                percent(found["total_covered_error"]),
                percent(found["total_covered_independent"]),
            ]
        )
    for quantity in ("load", "pv"):
        share = pooled([each for each in results if each["quantity"] == quantity])
        if share is not None:
            rows.append([f"**{quantity}, pooled**", "", "", f"**{percent(share)}**", "", ""])
    return _table(head, rows)


def _costs(results: list[Result]) -> str:
    head = ("learning", "step, min", "ms a night", "days at once", "s", "MB")
    rows = [
        [
            f"{result['quantity']} {result['name']}",
            f"{result['step_s'] / 60:.0f}",
            f"{1000 * result['cost']['seconds_per_day']:.0f}",
            f"{result['cost']['days']}",
            f"{result['cost']['seconds']:.1f}",
            f"{result['cost']['peak_bytes'] / 1e6:.0f}",
        ]
        for result in results
    ]
    return _table(head, rows)


def _prices(results: list[Result]) -> str:
    head = ["price of D+2 at 13:15, MAE", "copy of D+1", "mean of 7 days", "**SHEMS**"]
    head += ["over copy", "80 %"]
    rows = [
        [
            f"{result['name']} {year}",
            number(scores[COPY]["mae"]),
            number(scores["seven_day_mean"]["mae"]),
            f"**{number(scores[OURS]['mae'])}**",
            percent(ratio(scores, OURS, COPY, "mae")),
            percent(scores[OURS]["coverage_80%"]),
        ]
        for result in results
        for year, scores in result["years"].items()
    ]
    return _table(head, rows)


def _required(by: dict[str, list[Result]]) -> str:
    found = required(by)
    words = {True: "pass", False: "**FAIL**", None: ""}
    rows = [[each.requirement, each.wanted, each.measured, words[each.passed]] for each in found]
    return _table(("required, after two months", "wanted", "measured", ""), rows)
