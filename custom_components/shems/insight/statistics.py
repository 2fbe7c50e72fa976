"""External statistics: cost, saving and carbon by the hour, for Home Assistant's own graphs."""

import bisect
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, override

from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import (
    async_add_external_statistics,
    get_metadata,
)
from homeassistant.helpers.recorder import get_instance
from homeassistant.util.dt import utc_from_timestamp

from ..const import DOMAIN
from ..core.horizon import DAY_S, HOUR_S
from ..core.report.rollup import span_of
from ..core.report.rows import Row
from ..itemising import metered
from .absences import LONGEST_S
from .part import Part

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator
    from .ledger import LedgerBook

AGAIN_S: Final = 3.0 * DAY_S
"""Written anew with every hour, and before that whatever was changed."""

FIRST_AGAIN_S: Final = LONGEST_S + DAY_S
"""So far back gaps are filled; corrections reach less far."""

HOME: Final = "home"
QUANTITIES: Final = ("cost", "saving", "carbon")

type Series = tuple[str, str]
"""Of which device, or of the home, and which of the quantities."""

_OF_HOME: Final[Mapping[str, Callable[[Row], float | None]]] = {
    "cost": lambda row: row.money.bill,
    "saving": lambda row: row.saving,
    "carbon": lambda row: row.carbon_kg if row.carbon_hours else None,
}
_OF_DEVICE: Final[Mapping[str, Callable[[Row], Mapping[str, float]]]] = {
    "cost": lambda row: row.device_cost,
    "saving": lambda row: row.saved_by_device,
    "carbon": lambda row: row.device_carbon_kg,
}


def statistic_id(entry_id: str, series: Series) -> str:
    """Return the id of a home's or device's statistic."""
    return f"{DOMAIN}:{entry_id}_{series[0]}_{series[1]}".lower()


class Statistics(Part):
    """Writes the ledger's hours as statistics: the same hours give the same sums every time."""

    def __init__(self, home: HomeCoordinator, ledger: LedgerBook) -> None:
        """Have written nothing yet."""
        self._hass = home.hass
        self._home = home
        self._ledger = ledger
        self._hour = -float("inf")

    @property
    def ids(self) -> dict[Series, str]:
        """The id of every statistic of the home."""
        entry_id = self._home.config_entry.entry_id
        devices = [HOME, *(each.id for each in metered(self._home.configuration))]
        every = itertools.product(devices, QUANTITIES)
        return {series: statistic_id(entry_id, series) for series in every}

    @override
    async def async_on_slot(self, at: float) -> None:
        """Write the hours that are over; the first time, all that is kept."""
        hour = at // HOUR_S * HOUR_S
        if hour == self._hour or "recorder" not in self._hass.config.components:
            return
        if self._ledger.new:
            return  # It is about to be filled with what was before.
        first = statistic_id(self._home.config_entry.entry_id, (HOME, "cost"))
        known = await get_instance(self._hass).async_add_executor_job(
            partial(get_metadata, self._hass, statistic_ids={first})
        )
        zone = self._home.configuration.zone
        # What was changed before a restart may not have been told yet.
        back = AGAIN_S if self._hour > 0 else FIRST_AGAIN_S
        since = min(at - back, self._ledger.changed)
        begin = span_of(since, zone, "day")[0] if known and since > 0 else 0.0
        base = await self._ledger.async_sum(0.0, begin)
        days = await self._ledger.async_rows(begin, hour, "day")
        hours = await self._ledger.async_rows(begin, hour, "hour")
        rows = await self._hass.async_add_executor_job(partial(_told, base, days, hours, hour))
        for series, found in rows.items():
            if series in self.ids and found:
                async_add_external_statistics(self._hass, self._facts(series), found)
        self._hour, self._ledger.changed = hour, float("inf")

    def _facts(self, series: Series) -> StatisticMetaData:
        device_id, quantity = series
        device = self._home.configuration.device(device_id)
        home = self._home.configuration.name
        owner = home if device is None else f"{home} {device.name}"
        carbon = quantity == "carbon"
        return StatisticMetaData(
            mean_type=StatisticMeanType.NONE,
            has_sum=True,
            name=f"{owner} {quantity}",
            source=DOMAIN,
            statistic_id=self.ids[series],
            unit_class="mass" if carbon else None,
            unit_of_measurement=("kg" if carbon else self._home.configuration.tariff.currency),
        )


def _told(
    base: Row, days: Iterable[Row], hours: Iterable[Row], until: float
) -> dict[Series, list[StatisticData]]:
    """Return the sums after each hour; of a day without hours the sum after it.

    Args:
        base: all before.
        days, hours: in order.
        until: hours that end later are not over, epoch seconds.
    """
    sums = dict(_amounts(base))
    found: dict[Series, list[StatisticData]] = {}
    for row in _finest(days, hours):
        for series, amount in _amounts(row):
            sums[series] = sums.get(series, 0.0) + amount
            if row.end <= until or row.end - row.start > HOUR_S:
                # Statistics are of UTC's hours; where the wall's are half an hour from them,
                # of the one in which the hour begins.
                start = utc_from_timestamp(row.start // HOUR_S * HOUR_S)
                each = StatisticData(start=start, state=amount, sum=sums[series])
                found.setdefault(series, []).append(each)
    return found


def _finest(days: Iterable[Row], hours: Iterable[Row]) -> Iterator[Row]:
    """Return the hours, and the days that have none, in order."""
    by_day = {day.start: (day, list[Row]()) for day in days}
    begins = sorted(by_day)
    for hour in sorted(hours, key=lambda each: each.start):
        place = bisect.bisect_right(begins, hour.start) - 1
        if place >= 0:
            by_day[begins[place]][1].append(hour)
    for begin in begins:
        day, inside = by_day[begin]
        yield from inside or (day,)


def _amounts(row: Row) -> Iterator[tuple[Series, float]]:
    for quantity in QUANTITIES:
        amount = _OF_HOME[quantity](row)
        if amount is not None:
            yield (HOME, quantity), amount
        for device_id, share in _OF_DEVICE[quantity](row).items():
            if device_id != HOME:
                yield (device_id, quantity), share
