"""A building as one or two heat stores: its physics, once, for plans and for replays."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, overload

import numpy as np

from ..linear import INFINITY, Ints
from ..units import Floats, InputError
from .scenario import Scenario


class Stores[P: (float, Floats)](NamedTuple):
    """Two heat stores during a step, kW/K: of one building, or of many in arrays.

    Attributes:
        air, mass: C_i and C_e by the width of the step.
        leak, walls: what they lose to the outside.
        coupling: H, between them.
    """

    air: P
    mass: P
    leak: P
    walls: P
    coupling: P


@overload
def advance[N: (float, Floats)](
    stores: Stores[float], indoor_c: N, mass_c: N, air_kw: N, mass_kw: N
) -> tuple[N, N]: ...


@overload
def advance(
    stores: Stores[Floats], indoor_c: Floats, mass_c: Floats, air_kw: Floats, mass_kw: Floats
) -> tuple[Floats, Floats]: ...


def advance(
    stores: Stores[float] | Stores[Floats],
    indoor_c: float | Floats,
    mass_c: float | Floats,
    air_kw: float | Floats,
    mass_kw: float | Floats,
) -> tuple[float | Floats, float | Floats]:
    """Return air and mass after a step of the equations of `Building`, by implicit Euler.

    Args:
        stores: what they are.
        indoor_c, mass_c: before.
        air_kw, mass_kw: what comes into each: loss times outdoors, heat, sun and gains.
    """
    air, mass, leak, walls, coupling = stores
    own, other = air + leak + coupling, mass + walls + coupling
    air_in, mass_in = air * indoor_c + air_kw, mass * mass_c + mass_kw
    det = own * other - coupling * coupling
    return (
        (air_in * other + coupling * mass_in) / det,
        (own * mass_in + coupling * air_in) / det,
    )


class Warmth(NamedTuple):
    """Where a building is in a program, (K,) each.

    Attributes:
        indoor, mass: columns of temperatures at the end of each step; no mass in 1R1C.
        store: rows of the air's heat balance, kWh.
    """

    indoor: Ints
    mass: Ints | None
    store: Ints


@dataclass(frozen=True)
class Building:
    """Two heat stores that the weather, the sun and a heater act upon (2R2C, or 1R1C).

        C_i·dT_i = H·(T_e - T_i) + U·(1 - s)·(T_a - T_i) + Q + gains + A·(1 - g)·G
        C_e·dT_e = H·(T_i - T_e) + U·s·(T_a - T_e) + A·g·G

    with air and furniture i, walls and floors e, outdoors a (Bacher and Madsen 2011, Energy
    and Buildings 43). By implicit Euler it is stable at any width of a step.

    Attributes:
        loss_kw_per_k: U, heat lost to the outside.
        air_kwh_per_k, mass_kwh_per_k: C_i and C_e; a mass of zero makes it 1R1C, in which
            all loss and sun are the air's.
        coupling_kw_per_k: H.
        mass_loss, mass_sun: s and g, the shares that the mass has.
        aperture_m2: A, the area through which the sun heats.
        gains_kw: of people and appliances.
    """

    loss_kw_per_k: float = 0.15
    air_kwh_per_k: float = 1.2
    mass_kwh_per_k: float = 9.0
    coupling_kw_per_k: float = 1.2
    mass_loss: float = 0.6
    mass_sun: float = 0.5
    aperture_m2: float = 3.0
    gains_kw: float = 0.3

    def __post_init__(self) -> None:
        """Reject what no building has."""
        for name in ("mass_kwh_per_k", "coupling_kw_per_k", "aperture_m2", "gains_kw"):
            if not 0 <= getattr(self, name) < INFINITY:
                raise InputError("device_parameter", name=name, value=getattr(self, name))
        for name in ("loss_kw_per_k", "air_kwh_per_k"):
            if not 0 < getattr(self, name) < INFINITY:
                raise InputError("device_parameter", name=name, value=getattr(self, name))
        for name in ("mass_loss", "mass_sun"):
            if not 0 <= getattr(self, name) <= 1:
                raise InputError("device_parameter", name=name, value=getattr(self, name))

    @property
    def heavy(self) -> bool:
        """Whether it has a second store."""
        return self.mass_kwh_per_k > 0

    @cached_property
    def _shares(self) -> tuple[float, float, float, float, float]:
        """Return losses of air and mass, the coupling, and apertures of air and mass."""
        if not self.heavy:
            return self.loss_kw_per_k, 0.0, 0.0, self.aperture_m2, 0.0
        walls, sun = self.mass_loss * self.loss_kw_per_k, self.mass_sun * self.aperture_m2
        return (
            self.loss_kw_per_k - walls,
            walls,
            self.coupling_kw_per_k,
            self.aperture_m2 - sun,
            sun,
        )

    def step[N: (float, Floats)](
        self,
        indoor_c: N,
        mass_c: N,
        heat_kw: N,
        outdoor_c: N,
        sun_kw_m2: N,
        hours: float,
        airing_kw_per_k: float = 0.0,
    ) -> tuple[N, N]:
        """Return air and mass after a step; numbers, or arrays of one shape.

        Args:
            indoor_c, mass_c: before.
            heat_kw: of heaters, negative of coolers.
            outdoor_c, sun_kw_m2: during the step.
            hours: its width.
            airing_kw_per_k: lost through open windows besides.
        """
        leak, walls, coupling, pane, front = self._shares
        leak = leak + airing_kw_per_k
        air = self.air_kwh_per_k / hours
        air_kw = leak * outdoor_c + heat_kw + self.gains_kw + pane * sun_kw_m2
        if not self.heavy:
            alone = (air * indoor_c + air_kw) / (air + leak)
            return alone, alone
        stores = Stores(air, self.mass_kwh_per_k / hours, leak, walls, coupling)
        return advance(stores, indoor_c, mass_c, air_kw, walls * outdoor_c + front * sun_kw_m2)

    def settled_mass_c(self, indoor_c: float, outdoor_c: float) -> float:
        """Return what the mass comes to between steady air and a dark steady outside."""
        _, walls, coupling, _, _ = self._shares
        if walls + coupling <= 0:
            return indoor_c
        return (coupling * indoor_c + walls * outdoor_c) / (coupling + walls)

    def idle_c(self, outdoor_c: float, sun_kw_m2: float) -> float:
        """Return what the air comes to in steady weather without heater or cooler."""
        gains = self.gains_kw + self.aperture_m2 * sun_kw_m2
        return outdoor_c + gains / self.loss_kw_per_k

    def course(
        self,
        indoor_c: float,
        mass_c: float,
        heat_kw: Floats,
        outdoor_c: Floats,
        sun_kw_m2: Floats,
        hours: Floats,
    ) -> Floats:
        """Return the air at the end of each of K steps."""
        found = np.empty(len(hours))
        steps = zip(
            heat_kw.tolist(), outdoor_c.tolist(), sun_kw_m2.tolist(), hours.tolist(), strict=True
        )
        for index, (heat, outdoor, sun, width) in enumerate(steps):
            indoor_c, mass_c = self.step(indoor_c, mass_c, heat, outdoor, sun, width)
            found[index] = indoor_c
        return found

    def constrain(
        self, scenario: Scenario, indoor_c: float, mass_c: float, power: Ints, heat: Floats
    ) -> Warmth:
        """Add temperatures and their balances, the same equations as `step`.

        Args:
            scenario: the course of events.
            indoor_c, mass_c: now.
            power: (K,) columns of what heats or cools, kW.
            heat: (K,) heat per electricity, negative where it cools.
        """
        program, hours = scenario.program, scenario.hours
        around, count = scenario.around, len(scenario.hours)
        leak, walls, coupling, pane, front = self._shares

        def balance(
            temperature: Ints, kwh_per_k: float, loss: float, known_c: float, given_kw: Floats
        ) -> Ints:
            given = hours * (loss * around.outdoor_c + given_kw)
            given[0] += kwh_per_k * known_c
            rows = program.rows(count, lower=given, upper=given)
            program.terms(rows, temperature, kwh_per_k + hours * (loss + coupling))
            program.terms(rows[1:], temperature[:-1], -kwh_per_k)
            return rows

        indoor = program.columns(count, lower=-INFINITY)
        store = balance(
            indoor, self.air_kwh_per_k, leak, indoor_c, self.gains_kw + pane * around.sun_kw_m2
        )
        program.terms(store, power, -hours * heat)
        if not self.heavy:
            return Warmth(indoor, None, store)
        mass = program.columns(count, lower=-INFINITY)
        rows = balance(mass, self.mass_kwh_per_k, walls, mass_c, front * around.sun_kw_m2)
        program.terms(store, mass, -hours * coupling)
        program.terms(rows, indoor, -hours * coupling)
        return Warmth(indoor, mass, store)
