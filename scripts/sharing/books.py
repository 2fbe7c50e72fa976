"""What a community pays, by its meters: each home's supplier, each other, and the grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from custom_components.shems.core.market.allocate import allocate
from custom_components.shems.core.market.settle import Meters, settle
from custom_components.shems.core.replay.household import Lived
from custom_components.shems.core.units import Floats

from .homes import FEED_IN, IMPORT, Member

_NCT: Final = 1e-11
"""Currency of a nano-cent."""


@dataclass(frozen=True)
class Account:
    """What a community's homes paid together.

    Attributes:
        cost: currency: bought less sold, fees, wear, and what cars lacked, less what is left in
            batteries.
        imported_kwh, exported_kwh, shared_kwh: by the meters.
        worst: of all homes, what sharing changed for the one that gained least, currency;
            positive is a loss.
    """

    cost: float
    imported_kwh: float
    exported_kwh: float
    shared_kwh: float
    worst: float


def grids_kw(homes: Sequence[Member], lived: Sequence[Lived | None]) -> Floats:
    """Return what the meters showed, (H, T) kW in the scored slots, + = import."""
    return np.array(
        [
            (home.run.load_kw - home.run.solar_kw if life is None else life.grid_kw)[
                home.run.first : home.run.last
            ]
            for home, life in zip(homes, lived, strict=True)
        ]
    )


def besides(home: Member, life: Lived | None) -> float:
    """Return what a home's days cost besides energy, currency.

    That is wear and what was asked of a car and not done, less what batteries have more in
    store at the end than at the beginning; see docs/closed-loop.md.
    """
    if life is None:
        return 0.0
    run, first = home.run, home.run.first
    wear = run.battery.wear_per_kwh * float(life.discharged_kwh[first:].sum())
    stored = run.stored_price * float(life.energy_kwh[-1] - life.energy_kwh[first - 1])
    kept = float(life.kept[-1] - life.kept[first - 1])
    return wear + float(life.service[first:].sum()) - stored - kept


def account(
    homes: Sequence[Member], grid_kw: Floats, extra: float, price: int, fee: int | None
) -> Account:
    """Return what the homes paid together, with their surplus shared or not.

    Args:
        homes: of the community.
        grid_kw: (H, T), see `grids_kw`.
        extra: see `besides`, of all homes.
        price: of shared energy, µct/kWh.
        fee: on it; None where nothing is shared.
    """
    hids = [each.hid for each in homes]
    wh = np.rint(250 * grid_kw).astype(np.int64)
    imported, exported = np.maximum(wh, 0), np.maximum(-wh, 0)
    alone = IMPORT * imported - FEED_IN * exported
    paid, shared = alone.copy(), 0
    starts = homes[0].run.course.start[homes[0].run.first :]
    for slot in range(wh.shape[1] if fee is not None else 0):
        at = round(float(starts[slot]))
        meters = Meters(hids, imported[:, slot], exported[:, slot])
        found = allocate(hids, meters.import_wh, meters.export_wh, at)
        rows = settle(meters, found, at, price, fee or 0).rows
        shared += found.shared_wh
        own = IMPORT * found.from_grid - FEED_IN * found.to_grid
        paid[:, slot] = own + [each.paid_nct + each.fee_nct for each in rows]
    changed = (paid - alone).sum(axis=1) * _NCT
    return Account(
        float(paid.sum()) * _NCT + extra,
        float(imported.sum()) / 1000,
        float(exported.sum()) / 1000,
        shared / 1000,
        float(changed.max()),
    )
