"""All devices that are moved in time, as they would have run without SHEMS."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...assets.heating import Heating
from ...assets.home import Home
from ...assets.kinds import Movable
from ...assets.sheddable import Sheddable
from ...assets.water import Water
from ..slot import SlotRecord
from .errand import Owed
from .facts import Facts
from .split import MeanPrices
from .warmth import Rooms, Tank


@dataclass(frozen=True)
class MovedHome:
    """The devices without SHEMS beside the real ones, by device id.

    Attributes:
        owed: cars, appliances and deferrable loads.
        rooms, tanks: what thermostats keep.
    """

    owed: Mapping[str, Owed] = field(default_factory=dict)
    rooms: Mapping[str, Rooms] = field(default_factory=dict)
    tanks: Mapping[str, Tank] = field(default_factory=dict)

    def missing(self, slot: SlotRecord, home: Home, facts: Facts) -> tuple[str, ...]:
        """Return the devices of which a fact is missing in a slot.

        What has no meter at all is a part of the load, and does the same in both homes.
        """
        known = self.owed.keys() | self.rooms.keys() | self.tanks.keys()
        lost = []
        for device in home.devices:
            if device.id not in slot.device_kwh:
                unseen = device.id in known
            elif isinstance(device, Heating | Water):
                cold = facts.outdoor_c is None
                unseen = device.id in facts.driven and (cold or device.id not in facts.warmth)
            elif isinstance(device, Sheddable):
                unseen = False
            else:
                unseen = device.id in facts.driven and device.id not in facts.wanted
            if unseen:
                lost.append(device.id)
        return tuple(lost)

    def passed(self, home: Home, hours: float) -> MovedHome:
        """Return the devices after a time of which nothing is known: as far apart as before."""
        owed = {key: each.passed() for key, each in self.owed.items()}
        rooms = {
            each.id: self.rooms[each.id].passed(each, hours)
            for each in home.devices
            if isinstance(each, Heating) and each.id in self.rooms
        }
        tanks = {
            each.id: self.tanks[each.id].passed(each, hours)
            for each in home.devices
            if isinstance(each, Water) and each.id in self.tanks
        }
        return MovedHome(owed, rooms, tanks)

    def after(
        self, slot: SlotRecord, home: Home, facts: Facts, hours: float
    ) -> tuple[MovedHome, dict[str, float]]:
        """Return the devices after a slot, and what each took without SHEMS, kWh."""
        owed, rooms, tanks = dict(self.owed), dict(self.rooms), dict(self.tanks)
        taken = {}
        span = slot.start, hours
        for device in home.devices:
            key = device.id
            if key not in slot.device_kwh:
                continue
            metered, driven = slot.device_kwh[key], key in facts.driven
            outdoor = 7.0 if facts.outdoor_c is None else facts.outdoor_c
            if isinstance(device, Sheddable):
                taken[key] = metered + facts.shed_kwh.get(key, 0.0)
            elif isinstance(device, Heating):
                room = rooms.get(key, Rooms())
                if driven:
                    made = room.driven(device, metered, facts.warmth[key], outdoor, span)
                else:
                    warmth = None if facts.outdoor_c is None else facts.warmth.get(key)
                    made = room.alone(device, metered, warmth, outdoor, span)
                rooms[key], taken[key] = made
            elif isinstance(device, Water):
                seen = None if facts.outdoor_c is None else facts.warmth.get(key)
                tank = tanks.get(key, Tank()).noted(device, metered, seen, outdoor, hours)
                if driven:
                    heated = tank.driven(device, metered, facts.warmth[key], outdoor, span)
                else:
                    heated = tank.alone(device, metered, outdoor, hours)
                tanks[key], taken[key] = heated
            else:
                debt = owed.get(key, Owed()).noted(device, metered, facts.wanted.get(key))
                if driven:
                    done = debt.driven(device, metered, facts.wanted[key], *span)
                else:
                    done = debt.alone(metered, device.most_kw * hours)
                owed[key], taken[key] = done
        return MovedHome(owed, rooms, tanks), taken

    def value(self, home: Home, mean: MeanPrices) -> dict[str, float]:
        """Return what each device has in store in fact more than without, currency.

        What is still to be taken in fact, and was taken without, is worth less than nothing.
        """
        return {
            device.id: mean.buy * ahead
            for device in home.devices
            if (ahead := self._ahead(device)) is not None
        }

    def _ahead(self, device: Movable) -> float | None:
        key = device.id
        if isinstance(device, Heating):
            return self.rooms[key].lacks_kwh(device) if key in self.rooms else None
        if isinstance(device, Water):
            return self.tanks[key].lacks_kwh(device) if key in self.tanks else None
        return -self.owed[key].ahead_kwh if key in self.owed else None
