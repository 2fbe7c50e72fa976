"""Rows of the ledger as tables and objects for others to read."""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from ..core.report.report import figures
from ..core.report.rows import Row


def told(row: Row, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a row of the ledger for who reads JSON; what is unknown is None."""
    return {
        "start": _stamp(row.start),
        "end": _stamp(row.end),
        "hours": row.hours,
        "estimated_hours": row.estimated_hours,
        "left_out_hours": row.totals.left_out_hours,
        **figures(row),
        "charged_kwh": row.totals.charged_kwh,
        "discharged_kwh": row.totals.discharged_kwh,
        "money": asdict(row.money),
        "below_zero": asdict(row.below_zero),
        "devices": {
            device: {
                "name": names.get(device),
                "energy_kwh": row.device_kwh.get(device),
                "cost": row.device_cost.get(device),
                "carbon_kg": row.device_carbon_kg.get(device),
                "saving": row.saved_by_device.get(device),
            }
            for device in sorted({*row.device_kwh, *row.saved_by_device})
        },
        "solar": dict(row.source_kwh),
        "batteries": {key: asdict(each) for key, each in row.battery_kwh.items()},
        "saving_by_cause": dict(row.saved_by_cause),
    }


def flat(row: Row, devices: Iterable[str]) -> dict[str, Any]:
    """Return a row of the ledger for a table: the same columns in every row."""
    money = {f"money_{key}": each for key, each in asdict(row.money).items()}
    used = {
        f"{device}_{quantity}": values.get(device)
        for device in devices
        for quantity, values in (("kwh", row.device_kwh), ("cost", row.device_cost))
    }
    return {
        "start": _stamp(row.start),
        "end": _stamp(row.end),
        "hours": row.hours,
        "estimated_hours": row.estimated_hours,
        **figures(row),
        "charged_kwh": row.totals.charged_kwh,
        "discharged_kwh": row.totals.discharged_kwh,
        **money,
        **used,
    }


class TableWriter:
    """Writes rows as they come, so that years take no more memory than a month."""

    def __init__(self, path: Path, names: Mapping[str, str], *, as_csv: bool) -> None:
        """Begin with an empty file.

        Args:
            path: of the file.
            names: of devices by their id.
            as_csv: a table; else JSON, a list of objects.
        """
        self._path = path
        self._names = names
        self._as_csv = as_csv
        self.count = 0

    def add(self, rows: Iterable[Row]) -> None:
        """Append rows; runs in an executor."""
        with self._path.open("a", encoding="utf-8", newline="") as file:
            for row in rows:
                self._add(file, row)
                self.count += 1

    def _add(self, file: TextIO, row: Row) -> None:
        if not self._as_csv:
            file.write("[\n" if not self.count else ",\n")
            json.dump(told(row, self._names), file)
            return
        values = flat(row, self._names)
        writer = csv.DictWriter(file, values)
        if not self.count:
            writer.writeheader()
        writer.writerow(values)

    def end(self) -> None:
        """Complete the file; runs in an executor."""
        if not self._as_csv:
            with self._path.open("a", encoding="utf-8") as file:
                file.write("\n]\n" if self.count else "[]\n")


def _stamp(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
