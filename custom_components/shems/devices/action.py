"""Actions: what is to be asked of Home Assistant, and how to see that it was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..core.dispatch.command import Command, DeviceCommand

type Order = Command | DeviceCommand | Literal["default", "on", "off"]
"""What a device should be doing; `default` is what it does by itself."""


@dataclass(frozen=True)
class Expect:
    """A state that shows that an action was carried out.

    Attributes:
        entity_id: whose state to look at.
        value: a number, or the text of the state.
        tolerance: how far a number may be off; half of the entity's own step.
    """

    entity_id: str
    value: float | str
    tolerance: float = 0.0

    def met(self, state: str) -> bool:
        """Return whether a state is the expected one."""
        if isinstance(self.value, str):
            return state == self.value
        try:
            return abs(float(state) - self.value) <= self.tolerance
        except ValueError:
            return False


@dataclass(frozen=True)
class Action:
    """A call of one Home Assistant action on one entity.

    Attributes:
        domain, service: which action.
        data: its arguments, the entity's id among them.
        expect: the state that confirms it, None where there is none to look at.
    """

    domain: str
    service: str
    data: Mapping[str, Any]
    expect: Expect | None = None

    @property
    def entity_id(self) -> str:
        """The entity it is sent to."""
        return str(self.data["entity_id"])
