"""What is wrong with a home's inputs: told once, by an entity, in the log and as repair issues."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from homeassistant.core import CoreState, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN, LOGGER
from .core.observe.readings import Fault, Trust, Value
from .core.plan.result import Reason
from .core.units import Args
from .data import Lost, Problem, Stage
from .devices import Device
from .sources.configuration import Configuration
from .sources.instruments import fault_of
from .sources.states import Known

NOTICED_S: Final = 60.0
"""An integration that is reloaded, or a poll that is missed, is back by then."""
REPAIR_S: Final = 600.0
"""A device that restarts, or a cloud that is asked every five minutes, is back by then: what
lasts longer is for its owner to mend."""

_NO_ENTITY: Final = "-"


@dataclass(frozen=True)
class Trouble:
    """Something that is wrong at one look.

    Attributes:
        key: what it is followed by from look to look.
        reason: what, as a code with its arguments.
        stage: what is done about it.
        noticed_s: how long it lasts before it is told.
        issue: what its owner is asked to mend; None where no issue is raised.
        repair_s: how long it lasts before its owner is asked.
    """

    key: str
    reason: Reason
    stage: Stage
    noticed_s: float = NOTICED_S
    issue: Reason | None = None
    repair_s: float = REPAIR_S


@dataclass(frozen=True)
class Sight:
    """What one look at a home brought.

    Attributes:
        found: what each entity said that is read for a power or a level.
        known: of the devices that are moved in time.
        held: entities whose last states stand in for them.
        stored: the batteries whose energy is known or still believed.
        sources: prices, forecasts and weather that are lost.
        refused: a device that does not follow its commands.
        absent: entities that devices are driven through and that do not exist.
        unwritten: why not all that is to outlive a crash is on disk.
    """

    found: Mapping[str, Value]
    known: Known
    held: frozenset[str]
    stored: frozenset[str]
    sources: tuple[Lost, ...] = ()
    refused: Reason | None = None
    absent: frozenset[str] = frozenset()
    unwritten: Reason | None = None


class Problems:
    """Follows what is wrong with the inputs of one home."""

    def __init__(self, hass: HomeAssistant, configuration: Configuration) -> None:
        """Know nothing yet."""
        self._hass = hass
        self._configuration = configuration
        self._since: dict[str, float] = {}
        self._noticed: dict[str, Reason] = {}
        self._raised: dict[str, str] = {}
        self.current: tuple[Problem, ...] = ()

    @callback
    def look(self, at: float, sight: Sight) -> bool:
        """Follow what is wrong at a time; return whether something that was told is over.

        While Home Assistant starts, integrations are given time.

        Args:
            at: epoch seconds.
            sight: what is seen.
        """
        if self._hass.state is not CoreState.running:
            return False
        troubles = {each.key: each for each in self._troubles(sight)}
        self._since = {key: min(self._since.get(key, at), at) for key in troubles}
        lasting = {
            key: self._as_noticed(each)
            for key, each in troubles.items()
            if key in self._noticed or at - self._since[key] >= each.noticed_s
        }
        over = bool(self._noticed.keys() - lasting.keys())
        self._log(lasting)
        self.current = tuple(
            Problem(each.reason, self._since[key], each.stage) for key, each in lasting.items()
        )
        self._raise(
            {
                issue_id: each.issue
                for key, each in lasting.items()
                if each.issue is not None
                and (
                    (issue_id := self._issue_id(key)) in self._raised
                    or at - self._since[key] >= each.repair_s
                )
            }
        )
        return over

    @callback
    def async_stop(self) -> None:
        """Clear all issues; the next start looks anew."""
        self._raise({})

    def _as_noticed(self, trouble: Trouble) -> Trouble:
        """Return a trouble in the words of when it was noticed, though values have moved."""
        before = self._noticed.get(trouble.key)
        if before is None or before.code != trouble.reason.code:
            return trouble
        return replace(trouble, reason=before)

    def _log(self, lasting: Mapping[str, Trouble]) -> None:
        name = self._configuration.name
        for key, each in lasting.items():
            before = self._noticed.get(key)
            if before is None:
                LOGGER.warning("%s: %s %s", name, each.reason.code, dict(each.reason.args))
        for key, reason in self._noticed.items():
            if key not in lasting:
                LOGGER.info("%s: %s is over %s", name, reason.code, dict(reason.args))
        self._noticed = {key: each.reason for key, each in lasting.items()}

    def _raise(self, wanted: Mapping[str, Reason]) -> None:
        """Raise issues by their ids and clear the others."""
        for issue_id in self._raised.keys() - wanted.keys():
            ir.async_delete_issue(self._hass, DOMAIN, issue_id)
        for issue_id, reason in wanted.items():
            if self._raised.get(issue_id) != reason.code:
                ir.async_create_issue(
                    self._hass,
                    DOMAIN,
                    issue_id,
                    is_fixable=False,
                    severity=ir.IssueSeverity.WARNING,
                    translation_key=reason.code,
                    translation_placeholders={
                        "home": self._configuration.name,
                        **{key: str(value) for key, value in reason.args.items()},
                    },
                )
        self._raised = {issue_id: reason.code for issue_id, reason in wanted.items()}

    def _issue_id(self, key: str) -> str:
        return f"{self._configuration.entry_id}_input_{key}"

    def _troubles(self, sight: Sight) -> Iterable[Trouble]:
        """Yield what is wrong, each once, the most telling first."""
        if sight.unwritten is not None:
            full = sight.unwritten
            yield Trouble("disk", full, Stage.HELD, noticed_s=0.0, issue=full, repair_s=0.0)
        if sight.refused is not None:
            yield Trouble("refused", sight.refused, Stage.WITHOUT, noticed_s=0.0)
        for lost in sight.sources:
            words = [lost.reason.code.replace("_", " "), *map(str, lost.reason.args.values())]
            facts = {"source": lost.source, "detail": ", ".join(words)}
            yield Trouble(
                f"{lost.key}_{lost.source}",
                lost.reason,
                lost.stage,
                noticed_s=0.0,
                issue=Reason(lost.key, {**facts}),
            )
        for entity_id, value in sight.found.items():
            if value.fault is not None:
                used = value.trust is Trust.OK or self._stored(entity_id, sight.stored)
                stage = Stage.HELD if used else Stage.WITHOUT
                yield self._of_entity(entity_id, value.fault, stage)
        for entity_id in sorted(sight.held):
            yield self._of_entity(entity_id, self._fault(entity_id), Stage.HELD)
        for entity_id in sorted(sight.absent - sight.found.keys()):
            yield self._of_entity(entity_id, self._fault(entity_id), Stage.WITHOUT)
        for device_id, reason in sight.known.missing.items():
            entity_id = str(reason.args.get("entity", _NO_ENTITY))
            if reason.code == "device_unseen" and entity_id != _NO_ENTITY:
                fault = sight.known.faults.get(entity_id) or self._fault(entity_id)
                yield self._of_entity(entity_id, fault, Stage.WITHOUT)
            else:
                yield Trouble(device_id, reason, Stage.WITHOUT)

    def _fault(self, entity_id: str) -> Fault:
        return fault_of(self._hass.states.get(entity_id))

    def _of_entity(self, entity_id: str, fault: Fault, stage: Stage) -> Trouble:
        device = next(iter(self._owners(entity_id)), None)
        state = self._hass.states.get(entity_id)
        unit = None if state is None else state.attributes.get("unit_of_measurement")
        shown = "-" if state is None else f"{state.state} {unit or ''}".strip()
        args: Args = {
            "entity": entity_id,
            "device": self._configuration.name if device is None else device.name,
            "shown": shown,
        }
        reason = Reason(f"input_{fault}", args)
        return Trouble(entity_id, reason, stage, issue=reason)

    def _owners(self, entity_id: str) -> Iterable[Device]:
        """Yield the devices that have an entity in one of their fields."""
        for device in self._configuration.devices:
            for field in device.data.values():
                if field == entity_id or (isinstance(field, list | tuple) and entity_id in field):
                    yield device

    def _stored(self, entity_id: str, stored: frozenset[str]) -> bool:
        """Return whether an entity tells a charge that is still believed."""
        return any(
            each.kind == "battery" and each.entity("soc") == entity_id and each.id in stored
            for each in self._owners(entity_id)
        )
