"""What tips rest on: the home, its past, and what its devices took of it."""

from dataclasses import dataclass, field

from ...forecast.vehicle import Session
from ...horizon import HOUR_S
from ...replay.whatif.diary import Diary
from ...replay.whatif.question import Subject
from ...series import Series
from ...units import Floats


@dataclass(frozen=True)
class Consumer:
    """A device and what it took.

    Attributes:
        id, name: of the device.
        kind: as in `assets.kinds`, or `load`.
        power: kW, by the hour or finer; unknown where it is silent.
        driven: whether SHEMS decides when it runs, so that nobody else need think of it.
        stays: of a car, when it was plugged in.
        cools: whether its user says that it keeps food cold.
    """

    id: str
    name: str
    kind: str
    power: Series
    driven: bool = False
    stays: tuple[Session, ...] = ()
    cools: bool = False

    def hourly(self, diary: Diary) -> Floats:
        """Return what it took in the hours of the past, (T,) kW; NaN where unknown."""
        start = diary.clock.start
        return self.power.between(start, start + HOUR_S)


@dataclass(frozen=True)
class Capacity:
    """A contracted power that is paid for whether it is used or not.

    Attributes:
        contracted_kw: what may be imported.
        price_per_kw: currency per kW and year.
        step_kw: in which it can be changed.
        interval_s: over which a mean must stay below it.
    """

    contracted_kw: float
    price_per_kw: float
    step_kw: float = 0.1
    interval_s: float = 900.0


@dataclass(frozen=True)
class Ground:
    """What tips rest on.

    Attributes:
        subject: the home and its past.
        consumers: devices of which it is known what they took.
        curtailed: kW of the sun that was given up; empty where nobody knows.
        setpoints: °C of rooms that are heated, by device id.
        capacity: None where the contract has none.
        finest: the load in the finest steps known, for short peaks; empty where unknown.
    """

    subject: Subject
    consumers: tuple[Consumer, ...] = ()
    curtailed: Series = field(default_factory=Series.empty)
    setpoints: tuple[tuple[str, str, float], ...] = ()
    capacity: Capacity | None = None
    finest: Series = field(default_factory=Series.empty)
