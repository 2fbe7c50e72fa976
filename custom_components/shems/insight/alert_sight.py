"""What a look at one home says of every cause of an alert."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant

from ..convert import celsius, power_kw
from ..core.horizon import HOUR_S
from ..core.report.alerts import causes
from ..core.report.alerts.book import Signal
from ..core.report.alerts.causes import IDLE_KW, Runs
from ..core.report.alerts.kinds import Kind
from ..core.units import PHASE_V, InputError
from ..devices import Device
from ..devices.form import COOLS
from .alert_settings import AlertSettings
from .outages import backup_h, grid_is_out
from .unusual import Excess, Unusual

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator

_LEFT_ON: Final = frozenset({"appliance", "deferrable", "load", "sheddable"})
"""Kinds that somebody turns on; cars, rooms and tanks take what they need."""
_MEANT: Final = frozenset({"on", "charge"})
_INPUT: Final = "input_"
"""With this the codes of problems begin that are about one entity."""
_LEAST_PRICES: Final = 12


@dataclass(frozen=True)
class Watched:
    """What must be remembered from look to look.

    Attributes:
        runs: of the devices, by id.
        resting: since when a freezer has taken nothing, epoch seconds, by entity.
    """

    runs: Mapping[str, Runs] = field(default_factory=dict)
    resting: Mapping[str, float] = field(default_factory=dict)


def look(
    hass: HomeAssistant,
    home: HomeCoordinator,
    unusual: Unusual,
    excess: Excess | None,
    settings: AlertSettings,
    watched: Watched,
    at: float,
) -> tuple[list[Signal], Watched]:
    """Return the signals of the kinds that are wanted, and what to remember.

    Args:
        hass: where the states are.
        home: which is looked at.
        unusual: what was learned of it.
        excess: how unusual the last hours were.
        settings: what the household has chosen.
        watched: what the last look remembered.
        at: epoch seconds.
    """
    limits = settings.limits
    freezers, resting = _freezers(hass, _cold(home, settings), watched, settings, at)
    left, runs = _left_on(hass, home, settings, watched.runs, at)
    every: dict[Kind, Callable[[], Iterable[Signal]]] = {
        Kind.CONSUMPTION: lambda: [_consumption(excess)],
        Kind.STANDBY: lambda: [causes.standby(unusual.standby)],
        Kind.LEFT_ON: lambda: left,
        Kind.FUSE: lambda: [causes.fuse(_carried(home), limits)],
        Kind.PEAK: lambda: [causes.peak(*_peak(home, at), limits)],
        Kind.NEGATIVE_PRICE: lambda: [_prices(home, settings)[0]],
        Kind.PRICE_SPIKE: lambda: [_prices(home, settings)[1]],
        Kind.DISOBEYED: lambda: causes.wrong(Kind.DISOBEYED, _disobedient(home)),
        Kind.METER_SILENT: lambda: causes.wrong(Kind.METER_SILENT, _silent(home)),
        Kind.FREEZER_OFF: lambda: freezers,
        Kind.OUTAGE_RESERVE: lambda: [causes.reserve(_stored(home), limits)],
        Kind.GRID_OUTAGE: lambda: [
            causes.outage(grid_is_out(hass, settings.grid), _stored(home), backup_h(home, at))
        ],
    }
    signals = [each for kind in Kind if kind in settings.kinds for each in every[kind]()]
    return signals, Watched(runs, resting)


def _consumption(excess: Excess | None) -> Signal:
    if excess is None:
        return causes.consumption(None, None, None, None)
    return causes.consumption(excess.score, excess.threshold, excess.kw, excess.usual_kw)


def _carried(home: HomeCoordinator) -> float | None:
    """Return the share that is reached of a phase's fuse, or of what may be bought."""
    readings = home.data.readings
    if readings is None:
        return None
    connection = home.grid.connection(home.data.now)
    shares = []
    if connection.fuse_a:
        amps = [each.usable for each in readings.phases_a]
        shares += [abs(each) / connection.fuse_a for each in amps if each is not None]
    grid = readings.grid_kw.usable
    if grid is not None and connection.import_limit_kw > 0:
        shares.append(grid / connection.import_limit_kw)
        if connection.fuse_a and connection.phases == 1:
            shares.append(abs(grid) / (connection.fuse_a * PHASE_V / 1000))
    return max(shares, default=None)


def _peak(home: HomeCoordinator, at: float) -> tuple[float | None, float | None]:
    """Return the mean of the running interval if it goes on as now, and the month's so far."""
    readings, peaks = home.data.readings, home.store.memory.peaks
    grid = None if readings is None else readings.grid_kw.usable
    if grid is None or not peaks:
        return None, None
    length = peaks[0].tariff.interval_s
    begin = at // length * length
    slots = [each for each in home.store.memory.slots if each.start >= begin]
    bought = sum(each.bought_kwh for each in slots)
    left_h = (begin + length - max([begin, *(each.end for each in slots)])) / HOUR_S
    running = (bought + max(grid, 0.0) * left_h) * HOUR_S / length
    return running, peaks[0].level_kw


def _prices(home: HomeCoordinator, settings: AlertSettings) -> tuple[Signal, Signal]:
    now = None if home.data.price is None else home.data.price[0]
    plan = home.data.plan
    median = None
    if plan is not None:
        known = plan.prices.buy[plan.prices.known]
        if len(known) >= _LEAST_PRICES:
            median = float(np.median(known))
    return causes.prices(now, median, settings.limits)


def _disobedient(home: HomeCoordinator) -> dict[str, str]:
    return {each.id: each.name for each in home.driven if home.actuator.hold(each.id).refused}


def _silent(home: HomeCoordinator) -> dict[str, str]:
    reasons = [each.reason for each in home.problems.current]
    return {
        str(each.args["entity"]): str(each.args["device"])
        for each in reasons
        if each.code.startswith(_INPUT) and "entity" in each.args
    }


def _stored(home: HomeCoordinator) -> float | None:
    """Return how full all batteries are together; None where that of one is unknown."""
    readings, batteries = home.data.readings, home.configuration.home.batteries
    if readings is None or not batteries:
        return None
    try:
        held = sum(readings.energy_kwh(each.id, each.capacity_kwh) for each in batteries)
    except InputError:
        return None
    return held / sum(each.capacity_kwh for each in batteries)


def _left_on(
    hass: HomeAssistant,
    home: HomeCoordinator,
    settings: AlertSettings,
    before: Mapping[str, Runs],
    at: float,
) -> tuple[list[Signal], dict[str, Runs]]:
    signals = []
    runs: dict[str, Runs] = {}
    for device in home.configuration.devices:
        entity_id = device.entity("power")
        if device.kind not in _LEFT_ON or entity_id is None:
            continue
        seen = before.get(device.id, Runs()).seen(_kw(hass, entity_id), at)
        runs[device.id] = seen
        meant = _is_meant(home, device)
        signals.append(
            causes.left_on(device.id, device.name, seen, at, settings.limits, meant=meant)
        )
    return signals, runs


def _is_meant(home: HomeCoordinator, device: Device) -> bool:
    """Return whether SHEMS, or its user by SHEMS, has a device run."""
    command = home.data.moves.get(device.id)
    told = command is not None and command.on and home.actuator.owned(device.id)
    return told or home.store.control.mode(device.id) in _MEANT


def _cold(home: HomeCoordinator, settings: AlertSettings) -> dict[str, str | None]:
    """Return what tells of refrigerators and freezers, with the name of its device, if known.

    That are the entities that were named, and the power of devices whose form says that they
    keep food cold.
    """
    named: dict[str, str | None] = dict.fromkeys(settings.freezers)
    formed = {
        entity_id: device.name
        for device in home.configuration.devices
        if device.data.get(COOLS) and (entity_id := device.entity("power")) is not None
    }
    return named | formed


def _freezers(
    hass: HomeAssistant,
    cold: Mapping[str, str | None],
    watched: Watched,
    settings: AlertSettings,
    at: float,
) -> tuple[list[Signal], dict[str, float]]:
    signals = []
    before, resting = watched.resting, dict[str, float]()
    for entity_id, named in cold.items():
        state = hass.states.get(entity_id)
        name = named or (entity_id if state is None else state.name)
        warm = _measured(hass, entity_id, celsius)
        kw = _kw(hass, entity_id)
        rests_h = None
        if kw is not None:
            if kw <= IDLE_KW:
                resting[entity_id] = min(before.get(entity_id, at), at)
            rests_h = (at - resting.get(entity_id, at)) / HOUR_S
        elif warm is None and entity_id in before:
            resting[entity_id] = before[entity_id]  # A plug out of reach says nothing.
        signals.append(
            causes.freezer(entity_id, name, resting_h=rests_h, celsius=warm, limits=settings.limits)
        )
    return signals, resting


def _kw(hass: HomeAssistant, entity_id: str) -> float | None:
    return _measured(hass, entity_id, power_kw)


def _measured(
    hass: HomeAssistant, entity_id: str, convert: Callable[[float, str | None], float]
) -> float | None:
    """Return what an entity shows now in the core's unit; None where it shows no such number."""
    state = hass.states.get(entity_id)
    if state is None:
        return None
    try:
        value = convert(float(state.state), state.attributes.get(ATTR_UNIT_OF_MEASUREMENT))
    except InputError, ValueError:
        return None
    return value if np.isfinite(value) else None
