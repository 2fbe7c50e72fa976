"""Actions: what is to be asked of Home Assistant, and how to see that it was done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from ..core.dispatch.command import Command, DeviceCommand

type Order = Command | DeviceCommand | Literal["default", "on", "off"]
"""What a device should be doing; `default` is what it does by itself."""

_NOTHING: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True)
class Expect:
    """A state that shows that an action was carried out.

    Attributes:
        entity_id: whose state to look at.
        value: a number, or the text of the state, or one of several.
        tolerance: how far a number may be off; half of the entity's own step.
        attribute: whose value it is, None for the state itself.
        lasts: whether a device that shows something else later was changed by somebody; a
            power that it takes may end by itself.
    """

    entity_id: str
    value: float | str | tuple[str, ...]
    tolerance: float = 0.0
    attribute: str | None = None
    lasts: bool = True

    def met(self, state: str, attributes: Mapping[str, Any] = _NOTHING) -> bool:
        """Return whether a state, or its attribute, is the expected one."""
        shown = state if self.attribute is None else attributes.get(self.attribute)
        if isinstance(self.value, str | tuple):
            return shown in ((self.value,) if isinstance(self.value, str) else self.value)
        try:
            return abs(float(shown or "") - self.value) <= self.tolerance
        except ValueError:
            return False


@dataclass(frozen=True)
class Action:
    """A call of one Home Assistant action on one entity, or a user's own steps.

    Attributes:
        domain, service: which action.
        data: its arguments, the entity's id among them; for steps, their variables.
        expect: the state that confirms it, None where there is none to look at.
        steps: what a user wants done instead, as in a script.
    """

    domain: str
    service: str
    data: Mapping[str, Any]
    expect: Expect | None = None
    steps: tuple[Mapping[str, Any], ...] = ()

    @property
    def entity_id(self) -> str:
        """The entity of a call."""
        return str(self.data["entity_id"])

    @property
    def entities(self) -> frozenset[str]:
        """The entities it is sent to, as far as they are named."""
        if self.steps:
            return frozenset(targets(self.steps))
        return frozenset({self.entity_id})


def targets(steps: Any) -> Iterator[str]:
    """Yield the entities that actions in a sequence name as their targets.

    Conditions and triggers only look at theirs, so they are left out.
    """
    if isinstance(steps, Mapping):
        if "action" in steps or "service" in steps:
            for part in (steps, steps.get("target"), steps.get("data")):
                yield from _named(part)
        else:
            yield from (each for value in steps.values() for each in targets(value))
    elif isinstance(steps, list | tuple):
        yield from (each for step in steps for each in targets(step))


def _named(part: Any) -> Iterator[str]:
    given = part.get("entity_id") if isinstance(part, Mapping) else None
    for each in [given] if isinstance(given, str) else given or ():
        if isinstance(each, str) and "{" not in each:
            yield each
