"""What a sensor is: where its state comes from and what belongs to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from homeassistant.components.sensor import SensorEntityDescription
from homeassistant.helpers.typing import StateType

from .coordinator import HomeCoordinator
from .core.plan.result import Plan

type Origin = Literal["meters", "plan"]
"""Where a state comes from that is never merely unknown: without it, there is nothing to show."""


@dataclass(frozen=True, kw_only=True)
class HomeDescription(SensorEntityDescription):
    """A sensor of the home.

    Attributes:
        value: its state.
        attributes: further facts, small.
        forecast: a series of the plan, kept from the recorder.
        unit: the unit, where it depends on the currency.
        resets: when its total began again.
        learner: it follows the learner, not only the home.
        origin: see there; None where a state may be unknown.
    """

    value: Callable[[HomeCoordinator], StateType | datetime]
    attributes: Callable[[HomeCoordinator], dict[str, Any]] | None = None
    forecast: Callable[[Plan], list[dict[str, Any]]] | None = None
    unit: Callable[[str], str] | None = None
    resets: Callable[[HomeCoordinator], datetime | None] | None = None
    learner: bool = False
    origin: Origin | None = None

    def lost(self, home: HomeCoordinator) -> bool:
        """Return whether what the state comes from is not there."""
        return _lost(self.origin, home, self.value(home))


@dataclass(frozen=True, kw_only=True)
class DeviceDescription(SensorEntityDescription):
    """A sensor of a driven device.

    Attributes:
        value: its state.
        attributes: further facts, small.
        unit: the unit, where it depends on the currency.
        resets: when its total began again.
        origin: see there; None where a state may be unknown.
    """

    value: Callable[[HomeCoordinator, str], StateType | datetime]
    attributes: Callable[[HomeCoordinator, str], dict[str, Any]] | None = None
    unit: Callable[[str], str] | None = None
    resets: Callable[[HomeCoordinator], datetime | None] | None = None
    origin: Origin | None = None

    def lost(self, home: HomeCoordinator, device_id: str) -> bool:
        """Return whether what the state comes from is not there."""
        return _lost(self.origin, home, self.value(home, device_id))


def _lost(origin: Origin | None, home: HomeCoordinator, value: StateType | datetime) -> bool:
    """Return whether a state is lost; without a plan because nobody wants one, it is not."""
    if value is not None or origin is None:
        return False
    return origin == "meters" or home.store.control.enabled
