"""A tank of hot water as one well-mixed store: its physics."""

from dataclasses import dataclass
from typing import Final

from ..linear import INFINITY
from ..units import Floats, InputError

_KWH_PER_LITRE_K: Final = 4.186 / 3600


@dataclass(frozen=True)
class Tank:
    """Water that is heated, drawn and cools down.

        C·dT = Q - loss·(T - ambient) - draws

    A stratified tank gives hot water for longer than that: a plan errs on the safe side.

    Attributes:
        litres: of water.
        loss_kw_per_k: to the room; 1.2 kWh a day at 50 °C, as labels of good tanks say.
        ambient_c, inlet_c: of the room, and of the water that comes in.
    """

    litres: float = 200.0
    loss_kw_per_k: float = 0.0016
    ambient_c: float = 20.0
    inlet_c: float = 10.0

    def __post_init__(self) -> None:
        """Reject what no tank has."""
        if not 0 < self.litres < INFINITY:
            raise InputError("device_parameter", name="litres", value=self.litres)
        if not 0 <= self.loss_kw_per_k < INFINITY:
            raise InputError("device_parameter", name="loss_kw_per_k", value=self.loss_kw_per_k)
        for name in ("ambient_c", "inlet_c"):
            if not -INFINITY < getattr(self, name) < INFINITY:
                raise InputError("device_parameter", name=name, value=getattr(self, name))

    @property
    def kwh_per_k(self) -> float:
        """Heat that the water stores."""
        return self.litres * _KWH_PER_LITRE_K

    def step[N: (float, Floats)](self, temp_c: N, heat_kw: N, drawn_kwh: N, hours: float) -> N:
        """Return the water after a step by implicit Euler; numbers, or arrays of one shape."""
        gained = hours * (heat_kw + self.loss_kw_per_k * self.ambient_c) - drawn_kwh
        return (self.kwh_per_k * temp_c + gained) / (self.kwh_per_k + hours * self.loss_kw_per_k)

    def heat_for_kw(self, temp_c: float, idle_c: float, hours: float) -> float:
        """Return the heat that ends a step at a temperature instead of at `idle_c`."""
        return (temp_c - idle_c) * (self.kwh_per_k / hours + self.loss_kw_per_k)
