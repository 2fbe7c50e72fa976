"""What tips rest on: a home's past, its devices and what they took."""

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from ..core.assets.heating import Heating
from ..core.forecast.history import History
from ..core.forecast.usage import CarUsage
from ..core.horizon import DAY_S
from ..core.report.tips.ground import Capacity, Consumer, Ground
from ..core.series import Series
from ..devices.form import COOLS
from ..playing import async_subject

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator
    from ..devices import Device

_BACK_S: Final = 400.0 * DAY_S
_FINE_S: Final = 900.0


async def async_ground(home: HomeCoordinator) -> Ground:
    """Read what a home's tips rest on.

    Raises:
        SourceError: the recorder cannot be read.
    """
    subject = await async_subject(home)
    history, at = subject.history, subject.until
    taken = await _async_taken(home, at)
    return Ground(
        subject,
        tuple(
            _consumer(home, device, power)
            for device in home.configuration.devices
            if len(power := _power(history, taken, device.id))
        ),
        setpoints=_setpoints(home),
        capacity=_capacity(home),
        finest=_finest(history.load),
    )


async def _async_taken(home: HomeCoordinator, at: float) -> dict[str, Series]:
    """Return what the ledger says that devices took, kW by the hour."""
    points: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for row in await home.insight.ledger.async_rows(at - _BACK_S, at, "hour"):
        if row.hours > 0:
            for device_id, energy in row.device_kwh.items():
                points[device_id].append((row.start, row.end, energy / row.hours))
    return {device_id: Series.of(each) for device_id, each in points.items()}


def _power(history: History, taken: dict[str, Series], device_id: str) -> Series:
    """Return what a device took: as the recorder has it, else as the ledger has."""
    known = history.flexible.get(device_id, Series.empty())
    return known.filled(taken.get(device_id, Series.empty()))


def _consumer(home: HomeCoordinator, device: Device, power: Series) -> Consumer:
    usage = home.usages.of(device.id)
    control = home.store.control
    driven = any(each.id == device.id for each in home.driven)
    return Consumer(
        device.id,
        device.name,
        device.kind,
        power,
        driven=driven and control.enabled and control.device(device.id).armed,
        stays=usage.sessions if isinstance(usage, CarUsage) else (),
        cools=bool(device.data.get(COOLS)),
    )


def _setpoints(home: HomeCoordinator) -> tuple[tuple[str, str, float], ...]:
    """Return how warm rooms are kept at least, by day."""
    return tuple(
        (each.id, each.name, max([each.comfort.low_c, *(b.low_c for b in each.comfort.bands)]))
        for each in home.configuration.home.devices
        if isinstance(each, Heating) and each.performance is not None
    )


def _capacity(home: HomeCoordinator) -> Capacity | None:
    """Return the contracted power, None where nobody said what it costs."""
    connection = home.configuration.connection
    price = connection.number("capacity_price", 0.0)
    if price <= 0:
        return None
    return Capacity(connection.number("import_limit_kw", 17.0), price)


def _finest(load: Series) -> Series:
    """Return what is known of the load in steps short enough for its peaks."""
    short = load.end - load.start <= _FINE_S
    return Series(load.start[short], load.end[short], load.value[short])
