"""An answer as a table."""

import math
from typing import Final

from rich.console import Console
from rich.table import Table

from custom_components.shems.core.replay.whatif.question import Answer, Band, Figures

from .messages import assumed

_ROWS: Final = {
    "cost": ("cost, EUR", 1.0),
    "bought_kwh": ("bought, kWh", 1.0),
    "sold_kwh": ("sold, kWh", 1.0),
    "self_sufficiency": ("self-sufficiency, %", 100.0),
    "self_use": ("own use of the sun, %", 100.0),
    "cycles": ("cycles of the battery", 1.0),
    "carbon_kg": ("carbon, kg", 1.0),
}


def print_answer(console: Console, answer: Answer) -> None:
    """Print what the changes bring, and what was taken for granted."""
    table = Table("a year", "as it is", "with the changes")
    for name, (title, factor) in _ROWS.items():
        cells = [_cell(each, name, factor) for each in (answer.before, answer.after)]
        if any(cells):
            table.add_row(title, *cells)
    console.print(table)
    console.print(f"Saved: {_band(answer.saving)} EUR a year, in four years of five.")
    if answer.payback_years is not None:
        console.print(f"Paid back after {_band(answer.payback_years, digits=1)} years.")
    for each in answer.assumptions:
        console.print(f"- {assumed(each)}")


def _cell(figures: Figures, name: str, factor: float) -> str:
    band: Band | None = getattr(figures, name)
    return "" if band is None else _band(band, factor)


def _band(band: Band, factor: float = 1.0, digits: int = 0) -> str:
    low, median, high = (
        "never" if math.isinf(each) else f"{factor * each:.{digits}f}"
        for each in (band.low, band.median, band.high)
    )
    return f"{median} ({low} to {high})"
