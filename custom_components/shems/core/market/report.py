"""What a community brought its homes over a span: shared, paid, saved, and how sure that is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .entries import Entry, State, current
from .rules import CT

type Tariff = Callable[[str, int], tuple[int, int] | None]
"""Of a home and a slot: its own import price and feed-in, µct/kWh; None where unknown."""

NCT_PER_CT: Final = 10**9
_CT_PER_UNIT: Final = 100


def micro_cents(price: float) -> int:
    """Return a price in currency/kWh as whole µct/kWh."""
    return round(price * _CT_PER_UNIT * CT)


@dataclass(frozen=True, slots=True)
class Share:
    """What one home, or all together, took part in.

    Attributes:
        hid: home; empty for all.
        slots: with an entry, void ones left out.
        final_slots: of them by the grid operator's figures.
        import_wh, export_wh: as metered.
        from_community, to_community: shared of it.
        bought_nct, sold_nct: paid for what came from the community, and received for what
            went to it.
        imbalance_nct: paid for traded energy that was not delivered or taken, less received.
        fee_nct: to the grid operator for shared energy.
        saved_nct: against no community, from metered energy and the home's own tariff at each
            slot: from_community x (import price - price - fee) + to_community x (price -
            feed-in) - imbalance. Of the slots whose tariff is known; None where none is.
        priced_slots: those whose tariff is known.
    """

    hid: str
    slots: int = 0
    final_slots: int = 0
    import_wh: int = 0
    export_wh: int = 0
    from_community: int = 0
    to_community: int = 0
    bought_nct: int = 0
    sold_nct: int = 0
    imbalance_nct: int = 0
    fee_nct: int = 0
    saved_nct: int | None = None
    priced_slots: int = 0

    @property
    def paid_nct(self) -> int:
        """Paid to other homes, less received."""
        return self.bought_nct - self.sold_nct + self.imbalance_nct

    @property
    def provisional_slots(self) -> int:
        """By our own meters alone."""
        return self.slots - self.final_slots

    def to_json(self) -> dict[str, Any]:
        """Return kWh and cents beside the counts."""
        return {
            "hid": self.hid,
            "slots": self.slots,
            "final_slots": self.final_slots,
            "provisional_slots": self.provisional_slots,
            "priced_slots": self.priced_slots,
            "import_kwh": self.import_wh / 1000,
            "export_kwh": self.export_wh / 1000,
            "from_community_kwh": self.from_community / 1000,
            "to_community_kwh": self.to_community / 1000,
            "bought_ct": self.bought_nct / NCT_PER_CT,
            "sold_ct": self.sold_nct / NCT_PER_CT,
            "imbalance_ct": self.imbalance_nct / NCT_PER_CT,
            "fee_ct": self.fee_nct / NCT_PER_CT,
            "paid_ct": self.paid_nct / NCT_PER_CT,
            "saved_ct": None if self.saved_nct is None else self.saved_nct / NCT_PER_CT,
        }


@dataclass(frozen=True, slots=True)
class CommunityReport:
    """A span of a community.

    Attributes:
        start, end: epoch seconds.
        homes: by pseudonym.
        whole: all of them together; its `paid_nct` is zero where every home is known.
        slots: of the span.
        provisional, final, void: of them; a slot is final once all of its homes are.
    """

    start: int
    end: int
    homes: tuple[Share, ...]
    whole: Share
    slots: int
    provisional: int
    final: int
    void: int

    @property
    def missing(self) -> int:
        """Slots of which nothing is known."""
        return self.slots - self.provisional - self.final - self.void

    @property
    def balanced(self) -> bool:
        """Whether what the homes paid each other adds up to exactly zero."""
        return self.whole.paid_nct == 0

    @property
    def shared_wh(self) -> int:
        """What came from the community."""
        return self.whole.from_community

    @property
    def coverage(self) -> float | None:
        """Part of the homes' import that the community gave; None without import."""
        bought = self.whole.import_wh
        return self.whole.from_community / bought if bought else None

    def to_json(self) -> dict[str, Any]:
        """Return everything, in kWh and cents."""
        return {
            "start": self.start,
            "end": self.end,
            "slots": self.slots,
            "provisional_slots": self.provisional,
            "final_slots": self.final,
            "void_slots": self.void,
            "missing_slots": self.missing,
            "shared_kwh": self.shared_wh / 1000,
            "coverage": self.coverage,
            "balanced": self.balanced,
            "whole": self.whole.to_json(),
            "homes": [each.to_json() for each in self.homes],
        }


def report(
    entries: Iterable[Entry], start: int, end: int, interval_s: int, tariff: Tariff
) -> CommunityReport:
    """Add up what counts of a span.

    Args:
        entries: every one that there is, or what counts of them; others are left out.
        start: epoch seconds; slots that begin from it on.
        end: epoch seconds; slots that begin before it.
        interval_s: length of a slot.
        tariff: of each home.
    """
    inside = current(each for each in entries if start <= each.slot < end)
    states: dict[int, set[State]] = {}
    rows: dict[str, list[Entry]] = {}
    for entry in inside:
        states.setdefault(entry.slot, set()).add(entry.state)
        if entry.row is not None:
            rows.setdefault(entry.hid, []).append(entry)
    homes = tuple(_share(hid, rows[hid], tariff) for hid in sorted(rows))
    told = list(states.values())
    return CommunityReport(
        start,
        end,
        homes,
        _together(homes),
        # Slots begin at multiples of their length.
        -(-end // interval_s) + (-start // interval_s),
        provisional=sum("provisional" in each for each in told),
        final=sum(each == {"final"} for each in told),
        void=sum(each == {"void"} for each in told),
    )


def _share(hid: str, entries: Sequence[Entry], tariff: Tariff) -> Share:
    rows = [(each.slot, each.row) for each in entries if each.row is not None]
    saved = [
        row.from_community * own[0] - row.to_community * own[1] - row.paid_nct - row.fee_nct
        for slot, row in rows
        if (own := tariff(hid, slot)) is not None
    ]
    return Share(
        hid,
        slots=len(rows),
        final_slots=sum(each.state == "final" for each in entries),
        import_wh=sum(row.import_wh for _, row in rows),
        export_wh=sum(row.export_wh for _, row in rows),
        from_community=sum(row.from_community for _, row in rows),
        to_community=sum(row.to_community for _, row in rows),
        bought_nct=sum(row.from_community * (row.price or 0) for _, row in rows),
        sold_nct=sum(row.to_community * (row.price or 0) for _, row in rows),
        imbalance_nct=sum(row.imbalance_nct for _, row in rows),
        fee_nct=sum(row.fee_nct for _, row in rows),
        saved_nct=sum(saved) if saved else None,
        priced_slots=len(saved),
    )


def _together(homes: Sequence[Share]) -> Share:
    saved = [each.saved_nct for each in homes if each.saved_nct is not None]
    return Share(
        "",
        **{name: sum(getattr(each, name) for each in homes) for name in _SUMMED},
        saved_nct=sum(saved) if saved else None,
    )


_SUMMED: Final = (
    *("slots", "final_slots", "priced_slots"),
    *("import_wh", "export_wh", "from_community", "to_community"),
    *("bought_nct", "sold_nct", "imbalance_nct", "fee_nct"),
)
