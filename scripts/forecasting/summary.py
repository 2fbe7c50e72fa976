"""All homes in tables of Markdown, and what is asked of them together."""

from collections.abc import Callable, Iterable
from statistics import median
from typing import Any, Final

from custom_components.shems.core.horizon import HOUR_S

from .evaluate import MATURE, NAIVE, Scores, best, ratio
from .metrics import AGES, LEADS
from .ours import MIX
from .prices import COPY
from .verdict import BLIND, OURS, PROVIDER, SECONDS, Verdict, within, year_seconds

type Result = dict[str, Any]

_CHARGE: Final = "daily totals: 80 % of the courses hold the truth"


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
    return "\n\n".join([*parts, _verdicts(by)])


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---", *["--:"] * (len(names) - 1)], *map(list, rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _mature(result: Result) -> Scores:
    scores: Scores = result["ages"][MATURE]
    return scores


def _over_naive(scores: Scores) -> float | None:
    return ratio(scores, OURS, best(scores, NAIVE))


def _skill(result: Result) -> float | None:
    over = ratio(_mature(result), OURS, "seven_day_mean", "mae")
    return None if over is None else 1 - over


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
    middles = [f"**{percent(_median(column))}**" for column in zip(*found, strict=True)]
    return _table(head, [*rows, ["**median**", *[""] * len(before(results[0])), *middles]])


def _loads(results: list[Result]) -> str:
    def before(result: Result) -> list[str]:
        cells = [number(_mature(result)[name]["crps"]) for name in (*NAIVE, OURS)]
        return [*cells[:-1], f"**{cells[-1]}**"]

    def shares(result: Result) -> list[float | None]:
        scores = _mature(result)
        return [
            ratio(scores, OURS, "yesterday"),
            _over_naive(scores),
            _skill(result),
            *(scores[OURS][f"coverage_{share}%"] for share in (50, 80, 90)),
        ]

    head = ["load, CRPS in kW", "yesterday", "last week", "mean of 7 days", "**SHEMS**"]
    head += ["over yesterday", "over best naive", "MAE skill", "50 %", "80 %", "90 %"]
    return _shares(head, results, shares, before)


def _ages(results: list[Result]) -> str:
    def shares(result: Result) -> list[float | None]:
        return [_over_naive(scores) for scores in result["ages"].values()]

    return _shares(["load, CRPS over best naive by days of history", *AGES], results, shares)


def _leads(results: list[Result]) -> str:
    def shares(result: Result) -> list[float | None]:
        parts = {**result["leads"], **result["origins"]}
        return [ratio(scores, OURS, "seven_day_mean") for scores in parts.values()]

    head = ["load, CRPS over the mean of 7 days by hours ahead and origin", *LEADS]
    return _shares([*head, "00:00", "13:00"], results, shares)


def _experts(results: list[Result]) -> str:
    names = list(results[0]["experts"]["ages"][MATURE])
    rows = []
    for result in results:
        scores: Scores = result["experts"]["ages"][MATURE]
        cells = [number(scores[name]["crps"]) if name in scores else "n/a" for name in names]
        rows.append([result["name"], *cells, percent(_over_expert(result))])
    return _table(["experts at midnight, CRPS", *names, "mix over best"], rows)


def _over_expert(result: Result) -> float | None:
    if "experts" not in result:
        return None
    scores: Scores = result["experts"]["ages"][MATURE]
    return ratio(scores, MIX, best(scores, tuple(name for name in scores if name != MIX)))


def _solar(results: list[Result]) -> str:
    names = (*NAIVE, "linear_fit", OURS, BLIND)
    head = ["solar, daylight, CRPS", *names, "80 %", "over provider", "blind over provider"]
    rows = []
    for result in results:
        parts = {"": _mature(result)}
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
        share = _pooled([each for each in results if each["quantity"] == quantity])
        if share is not None:
            rows.append([f"**{quantity}, pooled**", "", "", f"**{percent(share)}**", "", ""])
    return _table(head, rows)


def _pooled(results: list[Result]) -> float | None:
    counts = [
        (found["totals"], found["total_covered"])
        for each in results
        if (found := each["courses"])["total_covered"] is not None
    ]
    total = sum(count for count, _ in counts)
    return sum(count * share for count, share in counts) / total if total else None


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


def _verdicts(by: dict[str, list[Result]]) -> str:
    found = [
        *_of_loads(by["load"]),
        *_of_solar(by["pv"]),
        *_of_prices(by["price"]),
        *_of_cost(by["load"], by["pv"]),
    ]
    words = {True: "pass", False: "**FAIL**", None: ""}
    rows = [[each.requirement, each.wanted, each.measured, words[each.passed]] for each in found]
    return _table(("required, after two months", "wanted", "measured", ""), rows)


def _of_loads(results: list[Result]) -> list[Verdict]:
    if not results:
        return []
    naive = [_over_naive(_mature(each)) for each in results]
    yesterday = [ratio(_mature(each), OURS, "yesterday") for each in results]
    covers = [_mature(each)[OURS]["coverage_80%"] for each in results]
    return [
        within(
            "load: CRPS over yesterday's, median home",
            _median(yesterday),
            0.80,
        ),
        within("load: CRPS over the best naive's, median home", _median(naive), 0.92),
        within("load: the same, worst home", _most(naive), 1.01),
        within("load: MAE skill, worst home", _least(map(_skill, results)), 9.99, least=1e-9),
        within("load: 80 % intervals, lowest home", _least(covers), 0.83, least=0.77),
        within("load: 80 % intervals, highest home", _most(covers), 0.83, least=0.77),
        within("load: mix over best expert, worst home", _most(map(_over_expert, results)), 1.01),
        within(f"load: {_CHARGE}, pooled", _pooled(results), 0.84, least=0.76),
        within(
            f"load: {_CHARGE}, worst home, in standard errors",
            _most(map(_off, results)),
            2.0,
            form=".1f",
        ),
    ]


def _off(result: Result) -> float | None:
    """Return by how many standard errors a home's totals are not covered by 80 %."""
    share, error = (result["courses"][name] for name in ("total_covered", "total_covered_error"))
    return None if share is None or not error else abs(share - 0.8) / error


def _of_solar(results: list[Result]) -> list[Verdict]:
    found = []
    for result in results:
        found += [
            Verdict(**{**each, "requirement": f"solar, {result['name']}: {each['requirement']}"})
            for each in result["verdict"]
            if "CRPS over" in each["requirement"]
        ]
    if results:
        found.append(within(f"solar: {_CHARGE}, pooled", _pooled(results), 0.84, least=0.76))
    return found


def _of_prices(results: list[Result]) -> list[Verdict]:
    return [
        Verdict(**{**each, "requirement": f"price, {result['name']}: {each['requirement']}"})
        for result in results
        for each in result["verdict"]
    ]


def _of_cost(loads: list[Result], solars: list[Result]) -> list[Verdict]:
    """Judge what the slowest load and the slowest sun by the hour cost together."""
    if not loads or not solars:
        return []
    slowest = [
        max((year_seconds(each["cost"]) for each in part if each["step_s"] == HOUR_S), default=None)
        for part in (loads, solars)
    ]
    largest = _most(each["cost"]["peak_bytes"] / 1e6 for each in loads + solars)
    seconds = None if None in slowest else sum(_known(slowest))
    return [
        within("seconds to learn a year by the hour, load and solar", seconds, SECONDS, form=".1f"),
        within("MB of memory to learn, most", largest, 80.0, form=".0f"),
    ]


def _known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _median(values: Iterable[float | None]) -> float | None:
    known = _known(values)
    return median(known) if known else None


def _most(values: Iterable[float | None]) -> float | None:
    return max(_known(values), default=None)


def _least(values: Iterable[float | None]) -> float | None:
    return min(_known(values), default=None)


def number(value: float | None) -> str:
    """Return a score as text."""
    return "" if value is None else f"{value:.4f}"


def percent(share: float | None) -> str:
    """Return a share as text."""
    return "" if share is None else f"{100 * share:.1f} %"
