"""Meters: which statistics add up to which power of the home."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from ..core.units import PHASE_V
from ..devices import Device
from .configuration import Configuration

_SPIKE: Final = 3.0
"""Nothing carries three times what it was built for: such a value is a glitch."""
_UNLIMITED_KW: Final = 1e6

type Signed = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Term:
    """One meter in a sum of powers.

    Attributes:
        energy: statistics that count energy, each with its sign.
        power: statistics of mean power, each with its sign; of a current, with its voltage.
        most_kw: what none of them can exceed.
    """

    energy: Signed = ()
    power: Signed = ()
    most_kw: float = _UNLIMITED_KW

    @property
    def ids(self) -> set[str]:
        """Every statistic of the term."""
        return {each for each, _ in (*self.energy, *self.power)}


@dataclass(frozen=True)
class Meters:
    """The meters whose sums are the home's solar power and load.

    Attributes:
        solar: of the arrays.
        grid, batteries: the rest of load = grid + battery + solar.
        flexible: of the consumers SHEMS moves, by device id; part of the load.
    """

    solar: tuple[Term, ...]
    grid: Term
    batteries: tuple[Term, ...]
    flexible: Mapping[str, Term]

    @property
    def ids(self) -> set[str]:
        """Every statistic needed."""
        terms = (*self.solar, self.grid, *self.batteries, *self.flexible.values())
        return {each for term in terms for each in term.ids}

    def unlimited(self) -> Meters:
        """Return the same meters without a limit for what they may show."""
        return Meters(
            tuple(map(_unlimited, self.solar)),
            _unlimited(self.grid),
            tuple(map(_unlimited, self.batteries)),
            {device_id: _unlimited(term) for device_id, term in self.flexible.items()},
        )


def _unlimited(term: Term) -> Term:
    return replace(term, most_kw=_UNLIMITED_KW)


def meters(configuration: Configuration) -> Meters:
    """Return the home's meters."""
    carried = _carried_kw(configuration)
    return Meters(
        solar=tuple(
            _plain(device, _SPIKE * (device.number("peak_kw", 0.0) or _UNLIMITED_KW))
            for device in configuration.of_kind("solar")
        ),
        grid=_grid(configuration.connection, carried),
        batteries=tuple(battery_term(device) for device in configuration.of_kind("battery")),
        flexible={
            device.id: _plain(device, carried)
            for device in (*configuration.of_kind("load"), *configuration.moved)
            if (device.kind != "load" or device.flag("flexible"))
            and device.id not in configuration.in_load | configuration.counted_elsewhere
        },
    )


def _carried_kw(configuration: Configuration) -> float:
    limits = configuration.home.connection
    return _SPIKE * max(limits.import_limit_kw, limits.export_limit_kw)


def _plain(device: Device, most_kw: float) -> Term:
    return Term(_signed(device, ("energy", 1.0)), _signed(device, ("power", 1.0)), most_kw)


def _grid(device: Device, most_kw: float) -> Term:
    sign = -1.0 if device.flag("grid_power_inverted") else 1.0
    powers = _signed(device, ("grid_power", sign), ("import_power", 1.0), ("export_power", -1.0))
    return Term(
        _signed(device, ("import_energy", 1.0), ("export_energy", -1.0)),
        # Where only currents are measured, the voltage of the past is taken to be nominal.
        powers or _signed(device, ("phase_currents", PHASE_V / 1000)),
        most_kw,
    )


def battery_term(device: Device) -> Term:
    """Return the meters of a battery: of its energies discharge first, then charge."""
    sign = -1.0 if device.flag("power_inverted") else 1.0
    pair = ("discharged_energy", "charged_energy")
    both = all(device.entities(key) for key in pair)
    rated = max(device.number("charge_kw", 0.0), device.number("discharge_kw", 0.0))
    return Term(
        _signed(device, (pair[0], 1.0), (pair[1], -1.0)) if both else (),
        _signed(device, ("power", sign), ("discharge_power", 1.0), ("charge_power", -1.0)),
        _SPIKE * rated or _UNLIMITED_KW,
    )


def _signed(device: Device, *keys: tuple[str, float]) -> Signed:
    return tuple((each, sign) for key, sign in keys for each in device.entities(key))
