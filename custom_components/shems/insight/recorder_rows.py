"""What Home Assistant's recorder holds of a home: counted, and erased without a trace.

Home Assistant purges whole entities, and all events at once. What one home left behind, and
in which time, is found here by the recorder's own tables, in the recorder's own thread, and
its caches are told, as its purge does.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, override

from homeassistant.components.recorder.const import SupportedDialect
from homeassistant.components.recorder.core import Recorder
from homeassistant.components.recorder.db_schema import (
    ALL_TABLES,
    EventData,
    Events,
    EventTypes,
    StateAttributes,
    States,
    StatesMeta,
    Statistics,
    StatisticsMeta,
    StatisticsShortTerm,
)
from homeassistant.components.recorder.repack import repack_database
from homeassistant.components.recorder.tasks import RecorderTask
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.recorder import get_instance, session_scope
from sqlalchemy import ColumnElement, delete, func, or_, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ..const import DOMAIN, LOGGER

RECORDER: Final = "recorder"
_LOCK_S: Final = 60
"""So long a table's readers are waited for: a graph takes seconds."""
_BATCH: Final = 500
"""Fewer than the 999 values that the oldest SQLite takes in one statement."""


@dataclass(frozen=True)
class Rows:
    """How many rows there are.

    Attributes:
        states: of the home's own entities.
        statistics: long-term and five-minute rows, of its entities and its own.
        events: of SHEMS' own types, and calls of its actions.
    """

    states: int = 0
    statistics: int = 0
    events: int = 0

    def to_json(self) -> dict[str, int]:
        """Return the counts."""
        return asdict(self)


@dataclass(frozen=True)
class Sought:
    """What is looked for.

    Attributes:
        entity_ids: of the home's own entities.
        prefix: with which the ids of its own statistics begin.
        others: entry ids of other homes: an event that names one is theirs.
        start, end: epoch seconds.
        states, statistics: whether these are sought; events belong to the states.
    """

    entity_ids: tuple[str, ...]
    prefix: str
    others: tuple[str, ...]
    start: float = -float("inf")
    end: float = float("inf")
    states: bool = True
    statistics: bool = True


def sought(hass: HomeAssistant, entry_id: str) -> Sought:
    """Return what the recorder may hold of a home, of all time."""
    registry = er.async_get(hass)
    own = {each.entity_id for each in er.async_entries_for_config_entry(registry, entry_id)}
    # What a device that is gone once told is still there.
    gone = {
        each.entity_id
        for each in registry.deleted_entities.values()
        if each.platform == DOMAIN and each.unique_id.startswith(f"{entry_id}_")
    }
    entries = hass.config_entries.async_entries(DOMAIN)
    return Sought(
        tuple(sorted(own | gone)),
        f"{DOMAIN}:{entry_id.lower()}_",
        tuple(each.entry_id for each in entries if each.entry_id != entry_id),
    )


async def async_count(hass: HomeAssistant, wanted: Sought) -> Rows:
    """Return how much there is; nothing without a recorder."""
    return (await _async_queued(hass, wanted, erase=False, repack=False))[0]


async def async_erase(
    hass: HomeAssistant, wanted: Sought, *, repack: bool
) -> tuple[Rows, Rows, bool]:
    """Erase it; return how much there was, how much is left and whether it was repacked.

    Args:
        hass: Home Assistant.
        wanted: what.
        repack: whether the database is written anew, so that no byte of it is left.
    """
    return await _async_queued(hass, wanted, erase=True, repack=repack)


async def _async_queued(
    hass: HomeAssistant, wanted: Sought, *, erase: bool, repack: bool
) -> tuple[Rows, Rows, bool]:
    if RECORDER not in hass.config.components:
        return Rows(), Rows(), False
    done: asyncio.Future[tuple[Rows, Rows, bool]] = hass.loop.create_future()
    task = _Task(wanted, erase, repack, hass.loop, done)
    get_instance(hass).queue_task(task)
    return await done


@dataclass(slots=True)
class _Task(RecorderTask):
    """Counts or erases in the recorder's thread, after what waits there was written."""

    wanted: Sought
    erase: bool
    repack: bool
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[tuple[Rows, Rows, bool]]

    @override
    def run(self, instance: Recorder) -> None:
        """Do it, and answer."""
        try:
            answer = self._answer(instance)
        except Exception as err:  # noqa: BLE001  # Whatever it is, who waits is told.
            self.loop.call_soon_threadsafe(self.done.set_exception, err)
        else:
            self.loop.call_soon_threadsafe(self.done.set_result, answer)

    def _answer(self, instance: Recorder) -> tuple[Rows, Rows, bool]:
        with session_scope(session=instance.get_session()) as session:
            before = _counted(session, self.wanted)
        if not self.erase:
            return before, before, False
        with session_scope(session=instance.get_session()) as session:
            if self.wanted.states:
                _erase_states(instance, session, self.wanted)
                _erase_events(instance, session, self.wanted)
            if self.wanted.statistics:
                _erase_statistics(instance, session, self.wanted)
        repacked = self.repack and _repack(instance)
        with session_scope(session=instance.get_session()) as session:
            return before, _counted(session, self.wanted), repacked


def _counted(session: Session, wanted: Sought) -> Rows:
    states = statistics = events = 0
    if wanted.states:
        states = len(_states(session, wanted))
        events = len(_events(session, wanted))
    if wanted.statistics:
        ids = [number for number, _ in _statistics(session, wanted)]
        for table in (Statistics, StatisticsShortTerm):
            for some in _batches(ids):
                inside = _inside(table.start_ts, wanted)
                query = select(func.count()).where(table.metadata_id.in_(some), *inside)
                statistics += session.execute(query).scalar_one()
    return Rows(states, statistics, events)


def _states(session: Session, wanted: Sought) -> list[tuple[int, int | None]]:
    """Return the ids of states, with those of their attributes."""
    found: list[tuple[int, int | None]] = []
    for some in _batches(wanted.entity_ids):
        query = (
            select(States.state_id, States.attributes_id)
            .join(StatesMeta, StatesMeta.metadata_id == States.metadata_id)
            .where(StatesMeta.entity_id.in_(some), *_inside(States.last_updated_ts, wanted))
        )
        found += [(state, shared) for state, shared in session.execute(query)]
    return found


def _erase_states(instance: Recorder, session: Session, wanted: Sought) -> None:
    found = _states(session, wanted)
    ids = [state for state, _ in found]
    for some in _batches(ids):
        session.execute(
            update(States).where(States.old_state_id.in_(some)).values(old_state_id=None)
        )
        session.execute(delete(States).where(States.state_id.in_(some)))
    instance.states_manager.evict_purged_state_ids(set(ids))
    shared = {each for _, each in found if each is not None}
    for some in _batches(sorted(shared)):
        used = set(
            session.execute(select(States.attributes_id).where(States.attributes_id.in_(some)))
            .scalars()
            .all()
        )
        unused = [each for each in some if each not in used]
        session.execute(delete(StateAttributes).where(StateAttributes.attributes_id.in_(unused)))
        instance.state_attributes_manager.evict_purged(set(unused))


def _events(session: Session, wanted: Sought) -> list[tuple[int, int | None]]:
    """Return the ids of events that are this home's, with those of their data."""
    query = (
        select(Events.event_id, Events.data_id, EventData.shared_data)
        .join(EventTypes, EventTypes.event_type_id == Events.event_type_id)
        .outerjoin(EventData, EventData.data_id == Events.data_id)
        .where(
            or_(
                EventTypes.event_type.startswith(f"{DOMAIN}_", autoescape=True),
                (EventTypes.event_type == EVENT_CALL_SERVICE)
                & EventData.shared_data.contains(f'"domain":"{DOMAIN}"', autoescape=True),
            ),
            *_inside(Events.time_fired_ts, wanted),
        )
    )
    return [
        (event, data)
        for event, data, told in session.execute(query)
        if not any(other in (told or "") for other in wanted.others)
    ]


def _erase_events(instance: Recorder, session: Session, wanted: Sought) -> None:
    found = _events(session, wanted)
    for some in _batches([event for event, _ in found]):
        session.execute(delete(Events).where(Events.event_id.in_(some)))
    shared = {each for _, each in found if each is not None}
    for some in _batches(sorted(shared)):
        used = set(
            session.execute(select(Events.data_id).where(Events.data_id.in_(some))).scalars().all()
        )
        unused = [each for each in some if each not in used]
        session.execute(delete(EventData).where(EventData.data_id.in_(unused)))
        instance.event_data_manager.evict_purged(set(unused))


def _statistics(session: Session, wanted: Sought) -> list[tuple[int, str]]:
    """Return the numbers and ids of statistics."""
    found: list[tuple[int, str]] = []
    columns = select(StatisticsMeta.id, StatisticsMeta.statistic_id)
    for some in _batches(wanted.entity_ids):
        query = columns.where(StatisticsMeta.statistic_id.in_(some))
        found += [(number, name) for number, name in session.execute(query)]
    own = columns.where(StatisticsMeta.statistic_id.startswith(wanted.prefix, autoescape=True))
    return found + [(number, name) for number, name in session.execute(own)]


def _erase_statistics(instance: Recorder, session: Session, wanted: Sought) -> None:
    found = _statistics(session, wanted)
    if (wanted.start, wanted.end) == (-float("inf"), float("inf")):
        instance.statistics_meta_manager.delete(session, [name for _, name in found])
    for table in (Statistics, StatisticsShortTerm):
        for some in _batches([number for number, _ in found]):
            inside = _inside(table.start_ts, wanted)
            session.execute(delete(table).where(table.metadata_id.in_(some), *inside))


def _inside(column: Any, wanted: Sought) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.start > -float("inf"):
        conditions.append(column >= wanted.start)
    if wanted.end < float("inf"):
        conditions.append(column < wanted.end)
    return conditions


def _batches[T](values: Sequence[T]) -> Iterable[Sequence[T]]:
    return (values[begin : begin + _BATCH] for begin in range(0, len(values), _BATCH))


def _repack(instance: Recorder) -> bool:
    """Write the database anew; return whether that could be done.

    What SQLite keeps in its log goes as well. Home Assistant's own `VACUUM` leaves the bytes of
    deleted rows in PostgreSQL's pages: only `VACUUM FULL` writes the tables into new files.
    """
    engine = instance.engine
    if engine is None:
        return False
    try:
        repack_database(instance)
        if engine.dialect.name == SupportedDialect.SQLITE:
            with engine.connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        elif engine.dialect.name == SupportedDialect.POSTGRESQL:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                # Nothing is recorded while a table waits for who reads it.
                connection.execute(text(f"SET lock_timeout = '{_LOCK_S}s'"))
                try:
                    connection.execute(text(f"VACUUM FULL {', '.join(ALL_TABLES)}"))
                finally:
                    connection.execute(text("RESET lock_timeout"))
    except SQLAlchemyError as err:
        LOGGER.warning("What was erased could not be repacked: %s", err)
        return False
    return True
