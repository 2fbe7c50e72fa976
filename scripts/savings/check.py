"""One home lived twice: as SHEMS ran it, and without; and what its ledger made of that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from custom_components.shems.core.horizon import DAY_S
from custom_components.shems.core.plan.style import Method, Style
from custom_components.shems.core.replay.household import Manager as Runs
from custom_components.shems.core.replay.household import live
from custom_components.shems.core.replay.manager import Manager
from custom_components.shems.core.replay.reckoning import parts
from custom_components.shems.core.replay.ruled import Ruled, plain_rules, timer_rules
from custom_components.shems.core.report.counterfactual.advance import WITHOUT
from custom_components.shems.core.report.slot import SlotRecord

from .books import Watched, keep_books
from .worlds import Error, World, world

WATCHED_DAYS: Final = 7
"""SHEMS looks on before it is let drive anything."""


@dataclass(frozen=True)
class Checked:
    """A home's savings.

    Attributes:
        name: by how much it differs from its forms.
        cost: without SHEMS, currency.
        true: saved in fact, by the same home without SHEMS.
        ledger: saved as the ledger says.
        by_device, by_cause: shares of that.
    """

    name: str
    cost: float
    true: float
    ledger: float
    by_device: Mapping[str, float]
    by_cause: Mapping[str, float]

    @property
    def bias(self) -> float:
        """By how much the ledger's saving is larger, as a share of the true one."""
        return (self.ledger - self.true) / abs(self.true)


def check(seed: int, error: Error, days: int, kinds: str, tariff: str, manager: str) -> Checked:
    """Return the savings of a home; see `world` for what it is.

    Args:
        seed, error, days, kinds, tariff: of the home.
        manager: `shems`, `timers`, or `nobody` for a home in which SHEMS only looks on.
    """
    home = world(seed, error, days, kinds, tariff)
    household = home.household
    run = household.run
    plain = plain_rules(household, "self_consumption")
    without = live(household, Ruled(household, plain))
    looked = round(WATCHED_DAYS * DAY_S / household.ticks.step_s)
    since = run.last * run.parts if manager == "nobody" else run.first * run.parts + looked
    watched = Watched(_runs(home, manager), Ruled(household, plain), since, home.form)
    lived = live(household, watched)
    slots = keep_books(household, lived, watched)
    # Service is comfort: both homes want the same, and the ledger counts money alone.
    cost, paid = (parts(household, each, run.first, run.last)[0] for each in (without, lived))
    return Checked(
        error.name,
        cost,
        cost - paid,
        sum(map(_saved, slots)),
        _summed(each.saved_by_device for each in slots),
        _summed(each.saved_by_cause for each in slots),
    )


def _runs(home: World, manager: str) -> Runs:
    household = home.household
    if manager == "shems":
        return Manager(household, style=Style(method=Method.POINT), scenarios=1)
    return Ruled(household, timer_rules(household))


def _saved(slot: SlotRecord) -> float:
    without = slot.otherwise[WITHOUT]
    return without.cost - slot.metered_cost - slot.wear_cost + slot.stored_value


def _summed(shares: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for each in shares:
        for key, value in each.items():
            total[key] = total.get(key, 0.0) + value
    return total
