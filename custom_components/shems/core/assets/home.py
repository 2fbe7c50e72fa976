"""A home: everything that exists behind one connection."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..horizon import Horizon
from ..units import Floats
from .battery import Battery
from .connection import Connection
from .kinds import Movable
from .load import Load
from .solar import Solar
from .timetable import Spans, ends_at, free_share
from .vehicle import Vehicle


@dataclass(frozen=True)
class Home:
    """A home with any number of each kind of asset.

    Attributes:
        devices: what can be moved in time, of every kind.
        zone: IANA name of the zone it stands in.
        shared: identities of devices that share a heat pump, and run one at a time.
        wired: the only phase, from 0, of what is connected to one, by identity.
        barred: when batteries and devices may not run, and loads may not be shed, as their
            users' timetables say, by identity.
        booked: when devices run, and loads are shed, because somebody has asked for that time,
            by identity.
    """

    connection: Connection = field(default_factory=Connection)
    solar: tuple[Solar, ...] = ()
    batteries: tuple[Battery, ...] = ()
    loads: tuple[Load, ...] = ()
    devices: tuple[Movable, ...] = ()
    zone: str = "UTC"
    shared: tuple[tuple[str, ...], ...] = ()
    wired: Mapping[str, int] = field(default_factory=dict)
    barred: Mapping[str, Spans] = field(default_factory=dict)
    booked: Mapping[str, Spans] = field(default_factory=dict)

    def battery(self, device_id: str) -> Battery | None:
        """Return the battery with this identity, None where there is none."""
        return next((each for each in self.batteries if each.id == device_id), None)

    def free(self, device_id: str, horizon: Horizon) -> Floats:
        """Return the share of each step in which a timetable lets something run, (K,)."""
        return free_share(self.barred.get(device_id, ()), horizon)

    def barred_until(self, device_id: str, at: float) -> float | None:
        """Return until when a timetable keeps something from running, None where it may."""
        return ends_at(self.barred.get(device_id, ()), at)

    def booked_share(self, device_id: str, horizon: Horizon) -> Floats | None:
        """Return the share of each step for which a device is booked, (K,); None for never."""
        spans = self.booked.get(device_id)
        return 1.0 - free_share(spans, horizon) if spans else None

    def booked_until(self, device_id: str, begin: float, end: float | None = None) -> float | None:
        """Return when the first booking ends that touches a span, None where none does.

        Args:
            device_id: the device's identity.
            begin, end: epoch seconds; without an end the moment itself counts.
        """
        after = begin if end is None else end
        ends = [
            last
            for first, last in sorted(self.booked.get(device_id, ()))
            if last > begin and (first < after or first == begin)
        ]
        return ends[0] if ends else None

    def device(self, device_id: str) -> Movable | None:
        """Return the device with this identity, None where there is none."""
        return next((each for each in self.devices if each.id == device_id), None)

    @property
    def charge_kw(self) -> float:
        """What batteries and cars can take together."""
        cars = (each.charge_kw for each in self.devices if isinstance(each, Vehicle))
        return sum(each.charge_kw for each in self.batteries) + sum(cars)

    @property
    def curtailable_share(self) -> float:
        """Which share of the solar power may be given up.

        Where only some arrays can be throttled, their share of the peak power counts.
        """
        if not self.solar:
            return 0.0
        peaks = [array.peak_kw or 1.0 for array in self.solar]
        able = [array.curtailable for array in self.solar]
        return sum(peak for peak, can in zip(peaks, able, strict=True) if can) / sum(peaks)
