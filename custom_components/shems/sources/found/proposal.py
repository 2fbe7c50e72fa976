"""Proposals: devices found, with what is known of each and where that comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .prices import Contract

type Args = Mapping[str, str]


@dataclass(frozen=True)
class Note:
    """What the household should know of a proposal.

    Attributes:
        code: key of the text.
        args: values that the text names.
    """

    code: str
    args: Args = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """A device found.

    Attributes:
        kind: one of the kinds of devices.
        name: what the household calls it.
        data: the fields of its form that are known.
        part: whether another device's meter counts it already.
        ask: whether it has to be looked at although its form could be filled in.
        notes: what was assumed of it, and what its past showed.
    """

    kind: str
    name: str
    data: dict[str, Any]
    part: bool = False
    ask: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Found:
    """What Home Assistant knows of the home.

    Attributes:
        connection: the grid connection.
        devices: solar arrays, batteries and consumers.
        contract: what is paid.
        surroundings: the data of weather and carbon, by kind of subentry.
    """

    connection: Proposal
    devices: tuple[Proposal, ...] = ()
    contract: Contract = field(default_factory=Contract)
    surroundings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
