"""What a community looks like to one of its homes at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

type Connection = Literal["connected", "disconnected", "unavailable"]
type Slot = Literal["measuring", "provisional", "final", "void"]

SLOT_STATES: Final = ("measuring", "provisional", "final", "void")
SPANS: Final = ("day", "month", "total")


@dataclass(frozen=True)
class Outlook:
    """What is expected of the community.

    Attributes:
        start: of the first slot, epoch seconds.
        step_s: length of a slot.
        need_wh, surplus_wh: of each slot.
        issued: epoch seconds.
        stale: too old to plan with.
    """

    start: int
    step_s: int
    need_wh: Sequence[int]
    surplus_wh: Sequence[int]
    issued: float
    stale: bool = False

    def power_kw(self, energies: Sequence[int], at: float) -> float | None:
        """Return the mean power of the slot that holds a time; None outside."""
        index = int((at - self.start) // self.step_s)
        if not 0 <= index < len(energies):
            return None
        return energies[index] * 3.6 / self.step_s


@dataclass(frozen=True)
class Span:
    """What the home shared in a time, and what that saved.

    Attributes:
        start: epoch seconds; None of all time.
        bought_wh, sold_wh: from and to neighbours.
        saving: beside the same meters without a community, currency; None where it is unknown.
        provisional, final, void: slots, by how they are known.
    """

    start: float | None
    bought_wh: int = 0
    sold_wh: int = 0
    saving: float | None = None
    provisional: int = 0
    final: int = 0
    void: int = 0


@dataclass(frozen=True)
class LastSlot:
    """The last slot that is over.

    Attributes:
        start, end: epoch seconds.
        state: how far it is.
        shared_wh: in the whole community; None where that is not told.
    """

    start: int
    end: int
    state: Slot
    shared_wh: int | None = None


@dataclass(frozen=True)
class View:
    """All that is shown of a community.

    Attributes:
        now: epoch seconds.
        connection: to the other members.
        currency: of its prices.
        mode: `sharing` or `p2p`.
        binding: whether money follows.
        members: how many are in the roster.
        online: how many of them are told to be there; None where that is not told.
        price, fee: of a shared kWh, currency/kWh; None where unknown.
        own_import, own_export: what the home pays and gets elsewhere, currency/kWh.
        slot: the last that is over.
        outlook: what is expected.
        spans: what the home shared, by `SPANS`; empty for an organiser without a home.
        rejected: messages that were refused, by why; None while nothing listens.
        settled_until: end of the last slot of which the ledger knows, epoch seconds.
    """

    now: float
    connection: Connection
    currency: str
    mode: str = "sharing"
    binding: bool = False
    members: int = 0
    online: int | None = None
    price: float | None = None
    fee: float | None = None
    own_import: float | None = None
    own_export: float | None = None
    slot: LastSlot | None = None
    outlook: Outlook | None = None
    spans: Mapping[str, Span] = field(default_factory=dict)
    rejected: Mapping[str, int] | None = None
    settled_until: float | None = None

    @property
    def outlook_age_s(self) -> float | None:
        """How old the outlook is."""
        return None if self.outlook is None else max(self.now - self.outlook.issued, 0.0)

    @property
    def ledger_lag_s(self) -> float | None:
        """How long ago the last slot ended of which the ledger knows."""
        return None if self.settled_until is None else max(self.now - self.settled_until, 0.0)


def message(view: View, entry_id: str, name: str) -> dict[str, Any]:
    """Return a view for a card; what is unknown is None."""
    slot, outlook = view.slot, view.outlook
    return {
        "entry_id": entry_id,
        "name": name,
        "currency": view.currency,
        "now": view.now,
        "mode": view.mode,
        "binding": view.binding,
        "connection": view.connection,
        "members": view.members,
        "online": view.online,
        "prices": {
            "community": view.price,
            "fee": view.fee,
            "import": view.own_import,
            "export": view.own_export,
        },
        "slot": slot and {"start": slot.start, "end": slot.end, "state": slot.state},
        "outlook": outlook
        and {
            "start": outlook.start,
            "step_s": outlook.step_s,
            "need_kwh": [each / 1000 for each in outlook.need_wh],
            "surplus_kwh": [each / 1000 for each in outlook.surplus_wh],
            "issued": outlook.issued,
            "stale": outlook.stale,
        },
        "spans": {
            name: {
                "bought_kwh": each.bought_wh / 1000,
                "sold_kwh": each.sold_wh / 1000,
                "saving": each.saving if each.saving is None else round(each.saving, 4),
                "provisional": each.provisional,
                "final": each.final,
                "void": each.void,
            }
            for name, each in view.spans.items()
        },
    }
