"""What a sensor is: where its state comes from and what belongs to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from homeassistant.components.sensor import SensorEntityDescription
from homeassistant.helpers.typing import StateType

from .coordinator import HomeCoordinator


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
    """

    value: Callable[[HomeCoordinator], StateType | datetime]
    attributes: Callable[[HomeCoordinator], dict[str, Any]] | None = None
    forecast: Callable[[HomeCoordinator], list[dict[str, Any]]] | None = None
    unit: Callable[[str], str] | None = None
    resets: Callable[[HomeCoordinator], datetime | None] | None = None
    learner: bool = False


@dataclass(frozen=True, kw_only=True)
class DeviceDescription(SensorEntityDescription):
    """A sensor of a driven device.

    Attributes:
        value: its state.
        attributes: further facts, small.
    """

    value: Callable[[HomeCoordinator, str], StateType | datetime]
    attributes: Callable[[HomeCoordinator, str], dict[str, Any]] | None = None
