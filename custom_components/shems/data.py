"""What a loaded entry holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeGuard

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from .const import DOMAIN, KIND_COMMUNITY
from .core.dispatch.command import Command, DeviceCommand
from .core.dispatch.throttle import Throttle
from .core.forecast.beliefs import Beliefs
from .core.observe.readings import Readings
from .core.plan.result import Plan, Reason

if TYPE_CHECKING:
    from .coordinator import HomeCoordinator
    from .insight.moments import Moments
    from .sources.inputs import Inputs
    from .virtual import VirtualHome


@dataclass
class ShemsData:
    """Runtime data of an entry.

    Attributes:
        coordinator: the three clocks of the home.
        inputs: what the home is told by others.
        moments: what automations wait for.
        virtual: the simulated home behind it, None for a real one.
    """

    coordinator: HomeCoordinator
    inputs: Inputs
    moments: Moments
    virtual: VirtualHome | None = None


type ShemsConfigEntry = ConfigEntry[ShemsData]


def is_community(entry: ConfigEntry) -> TypeGuard[ConfigEntry[Any]]:
    """Return whether an entry of ours is a community and no home."""
    return entry.data.get("kind") == KIND_COMMUNITY


def home_entries(hass: HomeAssistant) -> list[ShemsConfigEntry]:
    """Return the homes there are, loaded or not, without those that are disabled."""
    entries: list[ShemsConfigEntry] = hass.config_entries.async_entries(
        DOMAIN, include_ignore=False, include_disabled=False
    )
    return [each for each in entries if not is_community(each)]


def loaded_homes(hass: HomeAssistant) -> list[ShemsConfigEntry]:
    """Return the homes that run."""
    entries: list[ShemsConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    return [each for each in entries if not is_community(each)]


def community_entries(hass: HomeAssistant) -> list[ConfigEntry[Any]]:
    """Return the communities there are, loaded or not, without those that are disabled."""
    entries = hass.config_entries.async_entries(
        DOMAIN, include_ignore=False, include_disabled=False
    )
    return [each for each in entries if is_community(each)]


class Stage(StrEnum):
    """What SHEMS does about something that is missing, in the order in which it happens."""

    HELD = "held"
    """What was known before stands in for it."""
    WITHOUT = "without"
    """It plans without what depends on it."""
    SAFE = "safe"
    """There is no plan: every device has its own mode back."""


@dataclass(frozen=True)
class Problem:
    """Something that is wrong.

    Attributes:
        reason: what, as a code; its arguments name the entity and the device where it has one.
        since: epoch seconds.
        stage: what is done about it.
    """

    reason: Reason
    since: float
    stage: Stage


@dataclass(frozen=True)
class Lost:
    """A source of prices or forecasts that cannot be read.

    Attributes:
        key: of its repair issue.
        reason: what is wrong.
        stage: what is done about it.
        source: what the user knows it by.
    """

    key: str
    reason: Reason
    stage: Stage
    source: str


@dataclass(frozen=True)
class Snapshot:
    """What the home looks like to its entities at one moment.

    Attributes:
        now: epoch seconds.
        status: `waiting`, `optimal`, `rule`, `safe` or `off`.
        problem: what is wrong, None where nothing is.
        plan: the plan in force, None where there is none.
        beliefs: what the plan rests on; None after a restart until the next plan.
        readings: None before the first round.
        price: of buying and selling now, None where unknown.
        commands: what batteries are to do now, by device id.
        moves: what devices that are moved in time are to do now, by device id.
        problems: all that is wrong; `problem` is the first of them.
        throttled: solar arrays that are to give less than they could now, by device id.
    """

    now: float
    status: str
    problem: Reason | None
    plan: Plan | None
    beliefs: Beliefs | None
    readings: Readings | None
    price: tuple[float, float] | None
    commands: dict[str, Command]
    moves: dict[str, DeviceCommand]
    problems: tuple[Problem, ...] = ()
    throttled: Mapping[str, Throttle] = field(default_factory=dict)
