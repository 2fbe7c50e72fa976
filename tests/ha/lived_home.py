"""A home with days of measured slots in its ledger."""

from collections.abc import Callable

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.report.counterfactual.facts import Facts
from custom_components.shems.core.report.ledger import Ledger
from custom_components.shems.core.report.slot import SlotRecord

from .conftest import SLOT_S, settle

DAY_S = 86400.0
NOW = 1_781_085_630.0
"""Wednesday, 10 June 2026, 10:00:30 UTC."""
MIDNIGHT = NOW // DAY_S * DAY_S


async def lived(home: HomeCoordinator, *, days: int, kwh_today: float = 0.1) -> None:
    """Enter days of slots in the ledger, up to now."""
    begin = MIDNIGHT - days * DAY_S
    await enter(home, begin, NOW, lambda start: kwh_today if start >= MIDNIGHT else 0.05)


async def enter(
    home: HomeCoordinator, begin: float, end: float, bought: Callable[[float], float]
) -> None:
    """Enter the slots of a time in a ledger that knows nothing else."""
    ledger, slots = Ledger(), []
    for count in range(round((end - begin) // SLOT_S)):
        start = begin + count * SLOT_S
        record = SlotRecord(
            start=start,
            end=start + SLOT_S,
            bought_kwh=bought(start),
            sold_kwh=0.0,
            solar_kwh=0.02,
            charged_kwh=0.0,
            discharged_kwh=0.0,
            buy=0.3,
            sell=0.1,
            energy_kwh={each.id: 0.5 * each.capacity_kwh for each in home.home.batteries},
            device_kwh={"load_id": 0.01},
        )
        driven = frozenset(each.id for each in home.home.batteries)
        ledger, entered = ledger.closed(record, home.home, "UTC", Facts(driven))
        assert entered is not None
        slots.append(entered)
    file = home.insight.ledger.file

    def anew() -> None:
        file.path.unlink(missing_ok=True)
        file.open()
        file.append(slots, end)

    await home.hass.async_add_executor_job(anew)
    home.store.memory.ledger = ledger
    home.store.memory.slots = tuple(slots[-288:])
    await settle(home.hass)
