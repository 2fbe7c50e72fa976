"""What a home's meter counted, by the slots of its community."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from ..core.report.slot import SlotRecord
from ..core.series import Series

_WH: Final = 1000.0


def metered(records: Iterable[SlotRecord], slot: int, interval_s: int) -> tuple[int, int] | None:
    """Return what was imported and exported in a slot, Wh; None where not all of it was measured.

    Args:
        records: of the home, in order; those that reach over a border count by their time.
        slot: its start, epoch seconds.
        interval_s: its length.
    """
    within = [each for each in records if each.end > slot and each.start < slot + interval_s]
    bounds = np.array([slot]), np.array([slot + interval_s])
    found = []
    for name in ("bought_kwh", "sold_kwh"):
        rates = ((each.start, each.end, _rate(each, name)) for each in within)
        mean = float(Series.of(rates).between(*bounds)[0])
        if np.isnan(mean):
            return None
        found.append(round(mean * interval_s * _WH))
    return found[0], found[1]


def _rate(record: SlotRecord, name: str) -> float:
    """Return an energy of a record per second, kWh/s."""
    energy: float = getattr(record, name)
    return energy / (record.end - record.start)
