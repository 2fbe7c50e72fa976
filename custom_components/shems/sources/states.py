"""States: what devices that are moved in time are doing, and were seen to do."""

from dataclasses import dataclass, field
from typing import Final

from homeassistant.core import HomeAssistant

from ..core.assets.kinds import Movable, MovableState, acting
from ..core.assets.stay import VehicleState
from ..core.assets.vehicle import Vehicle
from ..core.observe.readings import Fault, Readings
from ..core.observe.standing import Standing
from ..core.plan.result import Reason
from ..core.units import InputError
from ..devices import KINDS, Device
from ..devices.appliance import done_by
from ..devices.look import Look, Seen
from ..store import HomeStore
from ..usage import Usages
from .configuration import Configuration
from .readings import Reader
from .remembered import Remembered

_NEVER: Final = Seen()


@dataclass(frozen=True)
class Known:
    """What is known of the devices at one moment.

    Attributes:
        states: by device id.
        missing: why a device's state is not known, by device id.
        faults: what is wrong with the entities that are to blame, where more is known of it.
    """

    states: dict[str, MovableState] = field(default_factory=dict)
    missing: dict[str, Reason] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)

    @property
    def problem(self) -> Reason | None:
        """Why the first of them is left out of the plan."""
        return next(iter(self.missing.values()), None)


class DeviceWatch:
    """Looks at the devices of one home and remembers what they did."""

    def __init__(
        self,
        hass: HomeAssistant,
        configuration: Configuration,
        store: HomeStore,
        usages: Usages,
        reader: Reader,
    ) -> None:
        """Go on with what the store remembers."""
        self._configuration = configuration
        self._store = store
        self._usages = usages
        self._reader = reader
        self._standing: dict[str, Standing] = {}
        self._frozen: set[str] = set()
        self.remembered = Remembered(hass)

    def look(self, readings: Readings) -> tuple[str, ...]:
        """Note what every device does now; return the devices that have just begun to run."""
        begun = []
        memory = self._store.memory
        for device in self._configuration.moved:
            movement = KINDS[device.kind].movement
            if movement is None:
                continue
            look = self._look(device, readings)
            before = look.seen.running
            try:
                seen = look.seen.after(
                    look,
                    runs=movement.runs(device, look),
                    span=movement.span(device, look),
                    hot=movement.hot(device, look),
                )
            except InputError:
                continue  # A field cannot be; `known` says which.
            memory.seen = {**memory.seen, device.id: seen}
            if seen.running.on and not before.on:
                begun.append(device.id)
        return tuple(begun)

    def done_by(self, device: Device, earliest: float) -> float:
        """Return by when a run is wanted of which no more was said."""
        return done_by(device, self._configuration.zone, earliest)

    def known(self, readings: Readings) -> Known:
        """Return the states of all devices of which enough is known."""
        known = Known()
        for device in self._configuration.moved:
            asset = self._configuration.home.device(device.id)
            movement = KINDS[device.kind].movement
            if asset is None or movement is None:
                continue
            try:
                look = self._look(device, readings)
                state = movement.state(device, look)
                _check(asset, state)
                self._check_charge(device, asset, state, look)
            except InputError as err:
                known.missing[device.id] = Reason(err.code, dict(err.arguments))
            else:
                known.states[device.id] = state
        known.faults.update(self.remembered.faults)
        known.faults.update(dict.fromkeys(self._frozen, Fault.FROZEN))
        return known

    def _check_charge(
        self, device: Device, asset: Movable, state: MovableState, look: Look
    ) -> None:
        """Raise InputError where a car charges and its charge stands still all the same."""
        soc = device.entity("soc")
        if soc is None or not isinstance(asset, Vehicle) or not isinstance(state, VehicleState):
            return
        standing = self._standing.get(device.id, Standing())
        power_kw = None if look.power_kw is None else -look.power_kw
        level = state.energy_kwh / asset.capacity_kwh
        standing = self._standing[device.id] = standing.after(level, power_kw, look.now)
        self._frozen.discard(soc)
        if standing.frozen(asset.capacity_kwh):
            self._frozen.add(soc)
            raise look.unseen(soc)

    def _look(self, device: Device, readings: Readings) -> Look:
        return Look(
            now=readings.now,
            zone=self._configuration.zone,
            device=device.name,
            power_kw=self._reader.device_power(device, readings.now).usable,
            settings=self._store.control.device(device.id),
            seen=self._store.memory.seen.get(device.id, _NEVER),
            find=lambda entity_id: self.remembered.find(entity_id, readings.now),
            usage=self._usages.of(device.id),
            away=self._usages.away(readings.now),
            told=self._usages.told(device.id),
        )


def _check(asset: Movable, state: MovableState) -> None:
    """Raise InputError for a state the device cannot be in: it would stop the whole plan."""
    acting(asset, state).check(state)
