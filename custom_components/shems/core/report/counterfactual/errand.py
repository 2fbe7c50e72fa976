"""What is done as soon as it is asked for: charging on arrival, a programme when loaded."""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from ...assets.appliance import Appliance
from ...assets.deferrable import Deferrable
from ...assets.vehicle import Vehicle
from ...horizon import HOUR_S, Horizon
from ...units import ENERGY_TOLERANCE_KWH
from .facts import Wanted
from .gauge import Gauge

type Errand = Appliance | Deferrable | Vehicle

_LEVEL_KWH: Final = 0.01
"""Both homes have taken the same within a hundredth of a kilowatt-hour."""
_PART: Final = 0.1
"""Share of a car's capacity that a span charges: the charge is shown in whole per cents."""
_MIDDLE: Final = 0.5


@dataclass(frozen=True)
class Owed:
    """A device in both homes.

    Without SHEMS it takes what is wanted as soon as that is wanted, in all as much as in
    fact: what one run took more or less than was expected of it, the next one makes up for.
    A car is expected to take for what it shows to lack what it took for that before.

    Attributes:
        ahead_kwh: taken without SHEMS, less what was taken in fact.
        left_kwh: still to be taken without SHEMS.
        wanted_kwh: still wanted in fact when the last slot ended.
        since: when the running programme of an appliance began without SHEMS, epoch seconds.
        rest_kwh: what is left once that programme is over.
        gauge: what a car takes beside what it shows to lack.
    """

    ahead_kwh: float = 0.0
    left_kwh: float = 0.0
    wanted_kwh: float = 0.0
    since: float | None = None
    rest_kwh: float = 0.0
    gauge: Gauge = field(default_factory=Gauge)

    def noted(self, device: Errand, metered_kwh: float, wanted: Wanted | None) -> Owed:
        """Return the same with what a slot tells of a car, whoever let it charge."""
        if not isinstance(device, Vehicle):
            return self
        # Beyond what is wanted nothing is shown to lack.
        lacks = None if wanted is None or wanted.energy_kwh <= 0 else -wanted.energy_kwh
        part = _PART * device.capacity_kwh / device.charge_efficiency
        return replace(self, gauge=self.gauge.noted(lacks, 1.0, metered_kwh, part))

    def passed(self) -> Owed:
        """Return the same after a time of which nothing is known."""
        return replace(self, wanted_kwh=0.0, gauge=self.gauge.lost())

    @property
    def level(self) -> bool:
        """Whether both homes have done the same."""
        return abs(self.ahead_kwh) <= _LEVEL_KWH and self.left_kwh <= _LEVEL_KWH

    def alone(self, metered_kwh: float, most_kwh: float) -> tuple[Owed, float]:
        """Return the same after a slot in which it had its own ways, and what it took without.

        What it does in both homes it does at the same time; where they have not done the
        same, the difference is made up for as fast as it can be.
        """
        taken = metered_kwh
        if not self.level:
            taken = min(max(metered_kwh - self.ahead_kwh, 0.0), max(metered_kwh, most_kwh))
        ahead = self.ahead_kwh + taken - metered_kwh
        return Owed(ahead, gauge=self.gauge), taken

    def driven(
        self, device: Errand, metered_kwh: float, wanted: Wanted, start: float, hours: float
    ) -> tuple[Owed, float]:
        """Return the same after a slot in which SHEMS decided, and what it took without.

        Args:
            device: what it is.
            metered_kwh: taken in fact.
            wanted: when the slot ends.
            start: epoch seconds.
            hours: width of the slot.
        """
        left = self.left_kwh if wanted.able else 0.0
        since = self.since if wanted.able else None
        if wanted.able and wanted.energy_kwh > self.wanted_kwh + ENERGY_TOLERANCE_KWH:
            needs = wanted.energy_kwh * self.gauge.factor(_MIDDLE)
            left = max(needs - (self.ahead_kwh - metered_kwh), 0.0)
        now = replace(self, left_kwh=left, since=since)
        if isinstance(device, Appliance):
            now, taken = now.run(device, start, hours)
        else:
            here = min(max(start / HOUR_S + hours - wanted.since / HOUR_S, 0.0), hours)
            taken = min(left, device.most_kw * here)
            now = replace(now, left_kwh=left - taken)
        ahead = self.ahead_kwh + taken - metered_kwh
        still = wanted.energy_kwh if wanted.able else 0.0
        return replace(now, ahead_kwh=ahead, wanted_kwh=still), taken

    def run(self, device: Appliance, start: float, hours: float) -> tuple[Owed, float]:
        """Let one programme after another run, each as large as its part of what is left."""
        begun, left = self, self.left_kwh
        if self.since is None:
            if left <= _LEVEL_KWH:
                return replace(self, left_kwh=left), 0.0
            runs = max(1, round(left / device.energy_kwh))
            begun = replace(self, since=start, rest_kwh=left * (runs - 1) / runs)
        since = start if begun.since is None else begun.since
        edges = np.array([start, start + hours * HOUR_S])
        ahead = Horizon(np.array([start, max(since + device.length_s, start + 1.0)]))
        at = np.array([since])
        now_kwh = float(device.programme.power(Horizon(edges), at)[0, 0]) * hours
        to_come = float((device.programme.power(ahead, at)[0] * ahead.hours).sum())
        over = edges[1] >= since + device.length_s - 1.0 or to_come <= ENERGY_TOLERANCE_KWH
        share = 1.0 if over else now_kwh / to_come
        taken = share * max(left - begun.rest_kwh, 0.0)
        return replace(begun, left_kwh=left - taken, since=None if over else since), taken
