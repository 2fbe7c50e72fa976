"""What is known of each slot that tells what it would have been without SHEMS."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final, override

from homeassistant.core import CALLBACK_TYPE, callback

from ..core.assets.appliance import Appliance, ApplianceState
from ..core.assets.battery import Battery
from ..core.assets.deferrable import DeferrableState
from ..core.assets.heating import Heating, HeatingState
from ..core.assets.home import Home
from ..core.assets.kinds import Movable, MovableState
from ..core.assets.sheddable import SheddableState
from ..core.assets.stay import VehicleState
from ..core.assets.vehicle import Vehicle
from ..core.assets.water import Water, WaterState
from ..core.horizon import FINE_S, HOUR_S
from ..core.infer.posterior import Verdict
from ..core.plan.result import Mode
from ..core.report.counterfactual.facts import Facts, Wanted, Warmth
from ..orders import may_write
from .part import Part

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator

_LONGEST_S: Final = 120.0
"""How long what was seen counts as going on; see `accounting.LONGEST_HOLD_S`."""
_HYSTERESIS_K: Final = 0.3
"""By how much a thermostat's setpoint lies inside the band whose edge it holds."""


class Otherwise(Part):
    """Follows one home through its slots; each slot's facts are asked for when it closes."""

    def __init__(self, home: HomeCoordinator) -> None:
        """Know nothing yet."""
        self._home = home
        self._driven: set[str] = set()
        self._shed_kwh: dict[str, float] = {}
        self._curtailed_kwh = 0.0
        self._seen = 0.0
        self._unlisten: CALLBACK_TYPE | None = None

    @callback
    @override
    def async_start(self) -> None:
        """Look whenever the home was looked at."""
        self._unlisten = self._home.async_add_listener(self._look)

    @override
    async def async_stop(self) -> None:
        """Look no more."""
        if self._unlisten is not None:
            self._unlisten()

    @override
    async def async_on_slot(self, at: float) -> None:
        """Begin the next slot with what is driven now."""
        self._driven = set()
        self._shed_kwh, self._curtailed_kwh = {}, 0.0
        self._look()

    @callback
    def facts(self) -> Facts:
        """Return what is known of the slot that ends now."""
        self._look()
        home, states = self._home.home, self._home.director.known.states
        at = self._home.data.now
        outdoor_c = self._outdoor_c(at)
        wanted, warmth = {}, {}
        for device in home.devices:
            state = states.get(device.id)
            if (want := wanted_of(device, state, at)) is not None:
                wanted[device.id] = want
            elif (warm := self._warmth(device, state, home, at)) is not None:
                warmth[device.id] = warm
        return Facts(
            frozenset(self._driven),
            wanted,
            warmth,
            dict(self._shed_kwh),
            outdoor_c,
            self._curtailed_kwh,
            dict(self._believed(home)),
            self._home.store.memory.peaks,
        )

    @callback
    def _look(self) -> None:
        """Note what SHEMS drives now, and what is shed and held back since the last look."""
        home, snapshot = self._home, self._home.data
        control = home.store.control
        driven = {
            each.id
            for each in home.driven
            if may_write(control, each.id)
            and not control.left(each.id)
            and (each.id in control.owned or each.id in snapshot.moves)
        }
        own = {key for key, each in snapshot.commands.items() if each.mode is Mode.SELF_CONSUME}
        self._driven |= driven - own
        hours = min(max(snapshot.now - self._seen, 0.0), _LONGEST_S) / HOUR_S
        self._seen = snapshot.now
        for key, state in home.director.known.states.items():
            if isinstance(state, SheddableState) and state.running.on and key in driven:
                shed = self._shed_kwh.get(key, 0.0)
                self._shed_kwh[key] = shed + state.expected_kw[0] * hours
        if snapshot.throttled.keys() & driven:
            self._curtailed_kwh += self._held_back_kw(snapshot.now) * hours

    def _held_back_kw(self, at: float) -> float:
        """Return what the sun was expected to give more than it does, kW."""
        snapshot = self._home.data
        beliefs, readings = snapshot.beliefs, snapshot.readings
        step = None if beliefs is None else beliefs.horizon.index(at)
        if beliefs is None or step is None or readings is None:
            return 0.0
        given = readings.solar_kw.usable
        return 0.0 if given is None else max(float(beliefs.solar.mean[step]) - given, 0.0)

    def _outdoor_c(self, at: float) -> float | None:
        beliefs = self._home.data.beliefs
        if beliefs is None or beliefs.temperature is None:
            return None
        step = beliefs.horizon.index(at)
        return None if step is None else float(beliefs.temperature.mean[step])

    def _warmth(
        self, device: Movable, state: MovableState | None, home: Home, at: float
    ) -> Warmth | None:
        """Return how warm it is, and what its thermostat was set to before SHEMS took it over."""
        before = self._home.store.control.before.get(device.id, {}).values()
        set_c = next((each.temperature for each in before if each.temperature is not None), None)
        return warmth_of(device, state, set_c, home.zone, at)

    def _believed(self, home: Home) -> Iterator[tuple[str, Battery]]:
        """Yield the batteries of which what was inferred is trusted."""
        for battery in home.batteries:
            posterior = self._home.inference.of(f"battery:{battery.id}")
            if posterior is None or posterior.verdict is not Verdict.TRUSTED:
                continue
            one_way = float(posterior.draw_of("round_trip").mean()) ** 0.5
            yield (
                battery.id,
                replace(
                    battery,
                    capacity_kwh=float(posterior.draw_of("capacity_kwh").mean()),
                    charge_efficiency=one_way,
                    discharge_efficiency=one_way,
                ),
            )


def wanted_of(device: Movable, state: MovableState | None, at: float) -> Wanted | None:
    """Return what a device still wants now; None where that is unknown or it wants warmth.

    Args:
        device: which.
        state: what is known of it, None where that is too little.
        at: epoch seconds.
    """
    match device, state:
        case Vehicle(), VehicleState(energy_kwh=energy, stays=stays):
            stay = next((each for each in stays if each.begin <= at < each.end), None)
            if stay is None:
                return Wanted(0.0, able=False)
            lacks_kwh = max(stay.target_kwh - energy, 0.0)
            return Wanted(lacks_kwh / device.charge_efficiency, since=stay.begin)
        case Appliance(), ApplianceState(runs=runs, progress=progress):
            asked = sum(each.earliest <= at + FINE_S for each in runs) + (progress is not None)
            return Wanted(asked * device.energy_kwh)
        case _, DeferrableState(errands=errands):
            now = [each.energy_kwh for each in errands if each.begin <= at < each.end]
            return Wanted(sum(now), able=bool(now))
    return None


def warmth_of(
    device: Movable, state: MovableState | None, set_c: float | None, zone: str, at: float
) -> Warmth | None:
    """Return how warm rooms or a tank are and what is kept; None for what keeps nothing warm.

    Args:
        device: which.
        state: what is known of it, None where that is too little.
        set_c: what its thermostat was set to by hand; None for what its form says.
        zone: the home's.
        at: epoch seconds.
    """
    match device, state:
        case Heating(), HeatingState(indoor_c=indoor, spells=spells):
            low, high = device.comfort.limits_at(at, zone, spells)
            if set_c is not None:
                low, high = set_c - _HYSTERESIS_K, set_c + _HYSTERESIS_K
            return Warmth(indoor, low, high)
        case Water(), WaterState(temp_c=temp):
            high = device.high_c if set_c is None else max(set_c, device.tank.inlet_c + 1.0)
            return Warmth(temp, device.low_c, high)
    return None
