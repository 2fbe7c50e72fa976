"""What homes pay and get outside their community, slot by slot."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from ..core.market.report import Tariff, micro_cents
from ..core.market.rules import Rules
from ..core.report.rows import Row
from ..sources.error import SourceError

if TYPE_CHECKING:
    from .runtime import Community

_SLOTS_KEPT_S: Final = 60 * 86_400.0
"""As long as a home's ledger has slots; before, the mean of an hour stands for them."""
_SOME_KWH: Final = 1e-6

type Prices = Mapping[int, tuple[int, int]]
"""Import price and feed-in of the own home, µct/kWh, by the start of a slot."""


def own_prices(rows: Iterable[Row], rules: Rules) -> Prices:
    """Return what a home paid and got, from what its ledger counted.

    A slot in which nothing was bought has the import price that the community agreed on, and
    one in which nothing was sold its feed-in: there, they weigh nothing by the own meter.
    """
    sums: dict[int, list[float]] = {}
    for row in rows:
        # A row longer than a slot stands for each slot in it.
        for slot in range(rules.slot(row.start), int(row.end), rules.interval_s):
            found = sums.setdefault(slot, [0.0] * 4)
            totals, money = row.totals, row.money
            values = totals.bought_kwh, money.bought, totals.sold_kwh, money.sold
            sums[slot] = [one + other for one, other in zip(found, values, strict=True)]
    return {
        slot: (
            micro_cents(paid / bought) if bought > _SOME_KWH else rules.import_price,
            micro_cents(got / sold) if sold > _SOME_KWH else rules.feed_in,
        )
        for slot, (bought, paid, sold, got) in sums.items()
    }


async def async_tariff(community: Community, start: float, end: float, now: float) -> Tariff:
    """Return what each home pays outside the community between two times.

    Of the own home by its ledger; of the others, whose tariffs are nobody's business, what the
    members agreed is usual.
    """
    roster, home = community.roster, community.home
    if roster is None:
        return lambda _hid, _slot: None
    rules, hid = roster.rules, community.hid
    rows: list[Row] = []
    if home is not None:
        recent = max(start, now - _SLOTS_KEPT_S)
        try:
            if start < recent:
                rows += await home.insight.ledger.async_rows(start, recent, "hour")
            rows += await home.insight.ledger.async_rows(recent, end, "slot")
        except SourceError:
            # Its file is damaged, which is told elsewhere.
            rows = []
    own = own_prices(rows, rules)

    def tariff(asked: str, slot: int) -> tuple[int, int] | None:
        return own.get(slot) if asked == hid else (rules.import_price, rules.feed_in)

    return tariff
