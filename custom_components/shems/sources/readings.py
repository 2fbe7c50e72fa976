"""Readings: the states of meters and devices in the core's terms."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import HomeAssistant, valid_entity_id

from ..core.horizon import HOUR_S
from ..core.observe.readings import (
    MISSING,
    BatteryReading,
    Fault,
    Readings,
    Trust,
    Value,
    derive_load,
)
from ..core.observe.standing import Standing
from ..core.units import PHASE_V
from ..devices import Device
from .configuration import Configuration
from .instruments import CURRENT, REST_HOLD_S, REST_KW, SHARE, SOC_HOLD_S, VOLTAGE, Instruments

GRID_HOLD_S: Final = float(HOUR_S)
"""Even a battery that keeps the meter at zero lets it flicker within the hour."""
SOLAR_FROZEN_S: Final = 10.0 * HOUR_S
"""On the longest day an inverter stays at its limit for nine hours."""

_SPIKE: Final = 3.0
"""Nothing carries three times what it was built for: such a value is a glitch."""
_UNLIMITED_KW: Final = 1e6
_UNLIMITED_A: Final = 1e4
_VOLTS: Final = (50.0, 500.0)
"""Between a phase and neutral, or between two of them, anywhere in the world."""
_BELOW_KW: Final = 0.2
"""What flows one way only is shown as less than nothing by as much: standby, a meter's error."""
_SOC_SLACK: Final = 0.02
"""Some devices calibrate to 101 %; that is full, not nonsense."""


class Reader:
    """Reads the meters and devices of one home."""

    def __init__(self, hass: HomeAssistant, configuration: Configuration) -> None:
        """Know nothing yet."""
        self._hass = hass
        self._configuration = configuration
        self._instruments = Instruments(hass)
        self._standing: dict[str, Standing] = {}
        self._assets = {each.id: each for each in configuration.home.devices}

    @property
    def found(self) -> Mapping[str, Value]:
        """What each entity that is read said last, with what is wrong with it."""
        return self._instruments.found

    def read(self, now: float) -> Readings:
        """Return what the home's meters and devices say now."""
        configuration = self._configuration
        connection = configuration.connection
        grid, solar = self._grid(now), self._solar(now)
        batteries = {
            device.id: self._battery(device, now) for device in configuration.of_kind("battery")
        }
        load_sensors = connection.entities("load_power")
        if load_sensors:
            load = total(
                self._instruments.power(each, now, _one_way(self._carried_kw), frozen_s=None)
                for each in load_sensors
            )
        else:
            load = derive_load(grid, solar, [each.power_kw for each in batteries.values()])
        devices = {
            each.id: self.device_power(each, now)
            for each in configuration.moved
            if each.id not in configuration.in_load
        }
        return Readings(now, grid, solar, load, batteries, devices, self._phases(now))

    @property
    def _carried_kw(self) -> float:
        limits = self._configuration.home.connection
        return _SPIKE * max(limits.import_limit_kw, limits.export_limit_kw)

    def _grid(self, now: float) -> Value:
        device, most = self._configuration.connection, self._carried_kw
        if meters := device.entities("grid_power"):
            sign = -1.0 if device.flag("grid_power_inverted") else 1.0
            return total(
                scaled(
                    self._instruments.power(
                        each, now, (-most, most), rest_s=GRID_HOLD_S, frozen_s=None
                    ),
                    sign,
                )
                for each in meters
            )
        # One of a pair rests for as long as the other counts.
        pair = self._pair(device, "import_power", "export_power", most, now)
        if pair:
            return total(pair)
        if device.entities("phase_currents") and not _counters(device, "import_energy"):
            return self._from_phases(now)
        return total(self._counted_pair(device, "import_energy", "export_energy", most, now))

    def _pair(
        self, device: Device, plus: str, minus: str, most_kw: float, now: float
    ) -> list[Value]:
        """Return the powers of meters that show one direction each."""
        return [
            scaled(self._instruments.power(each, now, _one_way(most_kw)), sign)
            for key, sign in ((plus, 1.0), (minus, -1.0))
            for each in device.entities(key)
        ]

    def _counted_pair(
        self, device: Device, plus: str, minus: str, most_kw: float, now: float
    ) -> list[Value]:
        """Return the powers that counters of one direction each tell."""
        return [
            scaled(self._instruments.counted(each, now, most_kw), sign)
            for key, sign in ((plus, 1.0), (minus, -1.0))
            for each in _counters(device, key)
        ]

    def _phases(self, now: float) -> tuple[Value, ...]:
        bounds = (-_UNLIMITED_A, _UNLIMITED_A)
        return tuple(
            self._instruments.measure(each, CURRENT, now, bounds)
            for each in self._configuration.connection.entities("phase_currents")
        )

    def _from_phases(self, now: float) -> Value:
        """Return the sum of current times voltage; where no voltage is known, the nominal one."""
        volts = [
            self._instruments.measure(each, VOLTAGE, now, _VOLTS).usable or PHASE_V
            for each in self._configuration.connection.entities("phase_voltages")
        ]
        currents = self._phases(now)
        volts += [PHASE_V] * (len(currents) - len(volts))
        pairs = zip(currents, volts, strict=False)
        power = total(scaled(amps, each / 1000) for amps, each in pairs)
        if power.value is None or abs(power.value) <= self._carried_kw:
            return power
        return Value(None, power.at, Trust.IMPLAUSIBLE, power.source, Fault.BEYOND)

    def _solar(self, now: float) -> Value:
        arrays = self._configuration.of_kind("solar")
        if not arrays:
            return Value(0.0, now, Trust.OK, "no solar")
        values = []
        for device in arrays:
            most = _SPIKE * (device.number("peak_kw", 0.0) or _UNLIMITED_KW)
            values += [
                self._instruments.power(each, now, _one_way(most), frozen_s=SOLAR_FROZEN_S)
                for each in device.entities("power")
            ] or [
                self._instruments.counted(each, now, most) for each in _counters(device, "energy")
            ]
        value = total(values)
        # At night an inverter consumes a few watts and says so.
        return value if value.value is None else replace(value, value=max(0.0, value.value))

    def device_power(self, device: Device, now: float) -> Value:
        """Return what a device takes that is moved in time."""
        asset = self._assets.get(device.id)
        if asset is None:
            return MISSING
        most = _SPIKE * asset.most_kw or _UNLIMITED_KW
        if entity_id := device.entity("power"):
            value = self._instruments.power(entity_id, now, (-most, most))
        elif counters := _counters(device, "energy"):
            value = self._instruments.counted(counters[0], now, most)
        else:
            return MISSING
        together = self._configuration.on_one_meter(device)
        return value if len(together) < 2 else _part_of(self._hass, device, together, value)

    def _battery(self, device: Device, now: float) -> BatteryReading:
        most = _SPIKE * max(device.number("charge_kw", 0.0), device.number("discharge_kw", 0.0))
        most = most or _UNLIMITED_KW
        if both := device.entity("power"):
            sign = -1.0 if device.flag("power_inverted") else 1.0
            power = scaled(self._instruments.power(both, now, (-most, most)), sign)
        else:
            power = total(
                self._pair(device, "discharge_power", "charge_power", most, now)
                or self._counted_pair(device, "discharged_energy", "charged_energy", most, now)
            )
        return BatteryReading(self._soc(device, now, power), power)

    def _soc(self, device: Device, now: float, power: Value) -> Value:
        entity_id = device.entity("soc")
        if entity_id is None:
            return MISSING
        resting = power.usable is not None and abs(power.usable) < REST_KW
        value = self._instruments.measure(
            entity_id,
            SHARE,
            now,
            (-_SOC_SLACK, 1 + _SOC_SLACK),
            hold_s=REST_HOLD_S if resting else SOC_HOLD_S,
        )
        if value.value is None:
            return value
        value = replace(value, value=min(max(value.value, 0.0), 1.0))
        battery = self._configuration.home.battery(device.id)
        if value.usable is None or battery is None:
            return value
        standing = self._standing.get(device.id, Standing())
        standing = standing.after(value.usable, power.usable, now)
        self._standing[device.id] = standing
        if not standing.frozen(battery.capacity_kwh):
            return value
        stuck = Value(None, value.at, Trust.IMPLAUSIBLE, entity_id, Fault.FROZEN)
        self._instruments.note(entity_id, stuck)
        return stuck


def total(values: Iterable[Value]) -> Value:
    """Return a sum, as bad as its worst part and as old as its oldest."""
    parts = list(values)
    if not parts:
        return MISSING
    for trust in (Trust.MISSING, Trust.IMPLAUSIBLE, Trust.STALE):
        for part in parts:
            if part.trust is trust:
                return Value(None, part.at, trust, part.source, part.fault)
    return Value(
        sum(part.value for part in parts if part.value is not None),
        min(part.at for part in parts if part.at is not None),
        Trust.OK,
        ", ".join(part.source for part in parts),
        next((part.fault for part in parts if part.fault is not None), None),
    )


def scaled(value: Value, factor: float) -> Value:
    """Return a value with another sign or in another unit."""
    return value if value.value is None else replace(value, value=factor * value.value)


def _one_way(most_kw: float) -> tuple[float, float]:
    """Return what can be of a power that flows one way only."""
    return -min(_BELOW_KW, most_kw), most_kw


def _counters(device: Device, key: str) -> tuple[str, ...]:
    """Return a field's counters that show what they count: external statistics do not."""
    return tuple(each for each in device.entities(key) if valid_entity_id(each))


def _part_of(
    hass: HomeAssistant, device: Device, together: tuple[Device, ...], value: Value
) -> Value:
    """Return what a device has of a meter that counts several, of which one runs at a time.

    Which one that is may be told by an entity of each; who else is silent has nothing, and
    where nobody tells, it counts for the first.
    """
    told = {each.id: _active(hass, each) for each in together}
    running = next((each.id for each in together if told[each.id]), None)
    if running is None:
        running = next((each.id for each in together if told[each.id] is None), None)
    if device.id == running:
        return value
    known = told[device.id] is False or any(told.values())
    return replace(value, value=0.0) if known and value.usable is not None else MISSING


def _active(hass: HomeAssistant, device: Device) -> bool | None:
    """Return whether the heat pump warms this now, None where nobody tells."""
    entity_id = device.entity("pump_active")
    state = None if entity_id is None else hass.states.get(entity_id)
    if state is None or state.state not in (STATE_ON, STATE_OFF):
        return None
    return state.state == STATE_ON
