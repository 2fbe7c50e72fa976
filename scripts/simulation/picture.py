"""A picture of a run: what was saved, and a week in the life of the battery."""

import math
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import matplotlib as mpl
import numpy as np
from matplotlib import dates
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from custom_components.shems.core.horizon import DAY_S
from custom_components.shems.core.replay.run import Run
from custom_components.shems.core.units import Floats

from .compare import Comparison

_COLOURS: Final = {
    "no_battery": "#9aa0a6",
    "timer": "#8e6cc0",
    "shems": "#e8710a",
    "shems_seven_day_mean": "#c27ba0",
    "shems_perfect_load_pv": "#f6b26b",
    "perfect_foresight": "#188038",
}
_LABELS: Final = {
    "no_battery": "no battery",
    "timer": "timer",
    "shems": "SHEMS",
    "shems_seven_day_mean": "SHEMS, with the mean of seven days",
    "shems_perfect_load_pv": "SHEMS, told load and solar",
    "perfect_foresight": "perfect foresight",
}
_LABEL_GAP: Final = 0.055
"""Share of the axis between two labels that would else cover each other."""
_ABOVE: Final[dict[str, Any]] = {
    "loc": "lower right",
    "bbox_to_anchor": (1, 0.97),
    "frameon": False,
}
_SOLAR, _LOAD, _CHARGE, _STORE, _PRICE = "#f4b400", "#5f6368", "#1a73e8", "#1a73e8", "#b31412"


def draw(path: Path, run: Run, comparison: Comparison, *, title: str) -> None:
    """Draw the run into a PNG file."""
    mpl.use("Agg")
    plt.rcParams.update({"font.size": 10, "axes.spines.top": False, "axes.spines.right": False})
    figure, axes = plt.subplots(
        4, 1, figsize=(12, 13), height_ratios=[3, 1.1, 2.2, 1.4], layout="constrained"
    )
    figure.suptitle(title, fontsize=15, fontweight="bold", x=0.01, ha="left")
    zone = ZoneInfo(run.course.zone)
    _savings(axes[0], run, comparison)
    week = _week(run, comparison)
    _price(axes[1], run, week)
    _power(axes[2], run, comparison, week)
    _store(axes[3], run, comparison, week)
    for axis in axes[1:3]:
        axis.tick_params(labelbottom=False)
    for axis in axes:
        axis.grid(axis="y", color="#e0e0e0", linewidth=0.7)
        axis.margins(x=0)
        axis.xaxis_date(zone)
        # matplotlib leaves its date formatter without types.
        formatter = dates.ConciseDateFormatter(axis.xaxis.get_major_locator(), tz=zone)  # type: ignore[no-untyped-call]
        axis.xaxis.set_major_formatter(formatter)
    figure.savefig(path, dpi=110)
    plt.close(figure)


def _times(run: Run, steps: slice) -> Floats:
    """Return the starts of the steps in days, as matplotlib counts them."""
    return run.course.start[steps] / DAY_S


def _savings(axis: Axes, run: Run, comparison: Comparison) -> None:
    period = slice(run.first, run.last)
    times = _times(run, period)
    base = comparison.outcomes["self_consumption"]

    def saved(name: str) -> Floats:
        outcome = comparison.outcomes[name]
        stored = (outcome.energy_kwh - base.energy_kwh)[period] * run.stored_price
        total: Floats = np.cumsum((base.cost - outcome.cost)[period]) + stored
        return total

    courses = {name: saved(name) for name in _COLOURS if name != "no_battery"}
    for name, course in courses.items():
        bold = name == "shems"
        axis.plot(times, course, color=_COLOURS[name], linewidth=2.4 if bold else 1.5)
    axis.axhline(0, color="#5f6368", linewidth=0.8)
    low, high = axis.get_ylim()
    below = -math.inf
    for name, course in sorted(courses.items(), key=lambda each: float(each[1][-1])):
        below = max(float(course[-1]), below + _LABEL_GAP * (high - low))
        axis.annotate(
            f"{_LABELS[name]}  {course[-1]:.0f}",
            (float(times[-1]), below),
            xytext=(6, 0),
            textcoords="offset points",
            color=_COLOURS[name],
            va="center",
            fontweight="bold" if name == "shems" else "normal",
            annotation_clip=False,
        )
    axis.set_title("Saved against the self-consumption rule, EUR", loc="left")


def _week(run: Run, comparison: Comparison) -> slice:
    """Return the week in which SHEMS' saving was the median one: neither best nor worst."""
    length = round(7 * DAY_S / run.course.step_s)
    firsts = list(range(run.first, max(run.first + 1, run.last - length + 1), length))
    base = comparison.outcomes["self_consumption"].cost - comparison.outcomes["shems"].cost
    order = sorted(firsts, key=lambda first: float(base[first : first + length].sum()))
    first = order[len(order) // 2]
    return slice(first, min(first + length, run.last))


def _price(axis: Axes, run: Run, week: slice) -> None:
    times = _times(run, week)
    buy, sell = run.prices
    axis.step(times, 100 * buy[week], where="post", color=_PRICE, label="import")
    axis.step(times, 100 * sell[week], where="post", color=_PRICE, alpha=0.4, label="export")
    axis.set_title("A week with a median saving: prices, ct/kWh", loc="left")
    axis.legend(**_ABOVE, ncols=2)


def _power(axis: Axes, run: Run, comparison: Comparison, week: slice) -> None:
    times = _times(run, week)
    battery = comparison.outcomes["shems"].power_kw[week]
    solar, load = run.solar_kw[week], run.load_kw[week]
    axis.fill_between(times, solar, step="post", color=_SOLAR, alpha=0.45, lw=0, label="solar")
    axis.step(times, load, where="post", color=_LOAD, linewidth=1.2, label="load")
    axis.fill_between(
        times, -battery, step="post", color=_CHARGE, alpha=0.5, lw=0, label="battery (+ charges)"
    )
    axis.axhline(0, color="#5f6368", linewidth=0.8)
    axis.set_title("Power, kW", loc="left")
    axis.legend(**_ABOVE, ncols=3)


def _store(axis: Axes, run: Run, comparison: Comparison, week: slice) -> None:
    times = _times(run, week)
    capacity = run.battery.capacity_kwh
    for name, colour, width in (("self_consumption", "#9aa0a6", 1.2), ("shems", _STORE, 2.0)):
        axis.plot(
            times,
            100 * comparison.outcomes[name].energy_kwh[week] / capacity,
            color=colour,
            linewidth=width,
            label="SHEMS" if name == "shems" else "self-consumption rule",
        )
    axis.set_ylim(0, 102)
    axis.set_title("State of charge, %", loc="left")
    axis.legend(**_ABOVE, ncols=2)
