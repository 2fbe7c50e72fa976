"""What the last plan had decided, so that the next leaves it only where that pays."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from ..horizon import Horizon
from ..units import Floats
from .result import Plan

_STANDS_KW = 1e-3


@dataclass(frozen=True)
class Settled:
    """When the devices of a plan were to run.

    Attributes:
        edges: (K+1,) of its steps, epoch seconds.
        runs: (K,) by device, 1 where it was to run.
    """

    edges: Floats
    runs: dict[str, Floats]

    @classmethod
    def of(cls, plan: Plan) -> Self:
        """Return what a plan decided."""
        return cls(
            plan.horizon.edges,
            {
                each.device_id: (np.abs(each.power_kw) > _STANDS_KW).astype(np.float64)
                for each in plan.devices
            },
        )

    def idle(self, device_id: str, horizon: Horizon) -> Floats:
        """Return which share of each step a device was to rest, (K,).

        Nothing where the plan did not reach, or did not know the device.
        """
        runs = self.runs.get(device_id)
        if runs is None:
            return np.zeros(len(horizon))
        rested = np.concatenate([[0.0], np.cumsum((1.0 - runs) * np.diff(self.edges))])
        at_end = np.interp(horizon.end, self.edges, rested)
        at_start = np.interp(horizon.start, self.edges, rested)
        share: Floats = (at_end - at_start) / (horizon.end - horizon.start)
        return share
