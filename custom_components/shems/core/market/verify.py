"""A member's own check of a result: no trust in the coordinator beyond its signature."""

from dataclasses import dataclass, fields
from typing import Any

from . import proof
from .bodies import Inputs, PublicResult, Result, SlotState
from .roster import Roster
from .rounds import auction, input_hash, leaf, who

__all__ = ["SlotView", "Verdict", "checked"]


@dataclass(slots=True)
class SlotView:
    """What a home heard of one slot, as it can be saved.

    Attributes:
        own: the own row with its proof, of `bodies.Result`.
        public: the sums and the root, of `bodies.PublicResult`.
        inputs: the published orders, of `bodies.Inputs`.
        by: who sent the public result.
        void: whether two coordinators contradicted each other; the own tariff holds.
        trade: the own row of the auction, before delivery.
        cleared: the public result of the auction.
    """

    slot: int
    own: dict[str, Any] | None = None
    public: dict[str, Any] | None = None
    inputs: dict[str, Any] | None = None
    by: str = ""
    void: bool = False
    trade: dict[str, Any] | None = None
    cleared: dict[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return what is saved; what was heard is JSON as it is."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def result(self) -> Result | None:
        """The own row, None before it came."""
        return None if self.own is None else Result.from_json(self.own)

    @property
    def traded(self) -> Result | None:
        """The own row of the auction, None before it came."""
        return None if self.trade is None else Result.from_json(self.trade)

    @property
    def sums(self) -> PublicResult | None:
        """What everybody was told, None before it came."""
        return None if self.public is None else PublicResult.from_json(self.public)

    @property
    def state(self) -> SlotState | None:
        """How far the slot is; a contradiction voids it until final figures come."""
        told = self.sums or self.result
        if self.void and (told is None or told.state is not SlotState.FINAL):
            return SlotState.VOID
        return None if told is None else told.state


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found; None where there is nothing to check it by.

    Attributes:
        included: the own row is in the tree of the public root.
        metered: the row has the figures of the own meter.
        adds_up: energy, price, fee and money of the row fit together and the rules.
        recomputed: the published orders, cleared here, give the same price, volume and fill; in
            sharing, the own part is pro rata of the published sums to the watt-hour.
    """

    slot: int
    included: bool | None
    metered: bool | None
    adds_up: bool | None
    recomputed: bool | None

    @property
    def sound(self) -> bool:
        """Whether nothing speaks against the result and the row was proven."""
        return self.included is True and False not in (self.metered, self.adds_up, self.recomputed)


def checked(view: SlotView, roster: Roster, hid: str, metered: tuple[int, int] | None) -> Verdict:
    """Check a slot with what its home knows.

    Args:
        view: what was heard.
        roster: with the rules.
        hid: the home.
        metered: own import and export, Wh, None if not known.
    """
    row, sums = view.result or view.traded, view.sums
    included = matches = adds_up = None
    if row is not None:
        adds_up = _adds_up(row, roster)
        if row.state is SlotState.CLEARED or metered is None:
            matches = None
        else:
            matches = (row.import_wh, row.export_wh) == metered
        if sums is not None and sums.rev == row.rev:
            included = row.size == sums.homes and proof.verify(
                leaf(roster.cid, view.slot, hid, row),
                proof.Proof(row.index, row.size, row.path),
                sums.root,
            )
    recomputed = _cleared_again(view, roster) if view.cleared else _shared_again(view, roster)
    return Verdict(view.slot, included, matches, adds_up, recomputed)


def _adds_up(row: Result, roster: Roster) -> bool:
    rules = roster.rules
    price = row.price or 0
    energy = (row.from_community + row.from_grid, row.to_community + row.to_grid)
    paid = (row.from_community - row.to_community) * price + row.imbalance_nct
    return (
        energy == (row.import_wh, row.export_wh)
        and row.paid_nct == paid
        and row.fee == rules.fee
        and row.fee_nct == row.from_community * rules.fee
        and (rules.mode == "p2p" or row.price in (None, rules.price))
    )


def _cleared_again(view: SlotView, roster: Roster) -> bool | None:
    """Clear the published orders and compare price, volume and the own fill."""
    trade = view.traded
    if view.inputs is None or view.cleared is None:
        return None
    inputs, told = Inputs.from_json(view.inputs), PublicResult.from_json(view.cleared)
    if input_hash(inputs) != told.inputs:
        return False
    price, volume, traded = auction(inputs, view.slot, roster.rules.bounds)
    if (price, volume) != (told.price, told.shared_wh):
        return False
    return trade is None or traded.get(who(trade.salt, view.slot)) == trade.traded_wh


def _shared_again(view: SlotView, roster: Roster) -> bool | None:
    """Compare the own part with what pro rata of the sums gives; rounding moves one watt-hour."""
    row, sums, rules = view.result, view.sums, roster.rules
    if row is None or sums is None or rules.mode != "sharing" or sums.rev != row.rev:
        return None
    if row.state is SlotState.FINAL:  # The grid operator shared; its rounding is its own.
        return None
    if view.state is SlotState.VOID:
        return row.from_community == row.to_community == 0
    bought = min(sums.import_wh, sums.export_wh) if rules.key == "dynamic" else None
    return _pro_rata(row.to_community, sums.shared_wh, row.export_wh, sums.export_wh) and (
        bought is None
        or (
            sums.shared_wh == bought
            and _pro_rata(row.from_community, bought, row.import_wh, sums.import_wh)
        )
    )


def _pro_rata(part: int, amount: int, own: int, total: int) -> bool:
    return part == 0 if total == 0 else abs(part * total - amount * own) < total
