"""What Home Assistant's recorder holds of a home, written out for its owner."""

import csv
from pathlib import Path
from typing import Any, Final

from homeassistant.components.recorder.db_schema import (
    StateAttributes,
    States,
    StatesMeta,
    Statistics,
    StatisticsMeta,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance, session_scope
from sqlalchemy import Select, or_, select

from .recorder_rows import RECORDER, Sought

_BATCH: Final = 1000
"""Rows that are in memory at once."""


async def async_dump(hass: HomeAssistant, wanted: Sought, folder: Path) -> list[Path]:
    """Write states and long-term statistics as tables into a folder; return the files."""
    if RECORDER not in hass.config.components:
        return []
    states = (
        select(
            StatesMeta.entity_id,
            States.last_updated_ts,
            States.state,
            StateAttributes.shared_attrs,
        )
        .join(StatesMeta, StatesMeta.metadata_id == States.metadata_id)
        .outerjoin(StateAttributes, StateAttributes.attributes_id == States.attributes_id)
        .where(StatesMeta.entity_id.in_(wanted.entity_ids))
        .order_by(States.state_id)
    )
    statistics = (
        select(
            StatisticsMeta.statistic_id,
            Statistics.start_ts,
            Statistics.mean,
            Statistics.min,
            Statistics.max,
            Statistics.state,
            Statistics.sum,
        )
        .join(StatisticsMeta, StatisticsMeta.id == Statistics.metadata_id)
        .where(
            or_(
                StatisticsMeta.statistic_id.in_(wanted.entity_ids),
                StatisticsMeta.statistic_id.startswith(wanted.prefix, autoescape=True),
            )
        )
        .order_by(Statistics.id)
    )
    tables = {
        folder / "states.csv": (states, ("entity_id", "time", "state", "attributes")),
        folder / "statistics.csv": (
            statistics,
            ("statistic_id", "start", "mean", "min", "max", "state", "sum"),
        ),
    }
    for path, (query, heads) in tables.items():
        await get_instance(hass).async_add_executor_job(_write, hass, query, heads, path)
    return list(tables)


def _write(hass: HomeAssistant, query: Select[Any], heads: tuple[str, ...], path: Path) -> None:
    with (
        path.open("w", encoding="utf-8", newline="") as file,
        session_scope(hass=hass, read_only=True) as session,
    ):
        writer = csv.writer(file)
        writer.writerow(heads)
        for row in session.execute(query).yield_per(_BATCH):
            writer.writerow(row)
