"""A home with its changes: what its meters would see."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ...assets.battery import Battery
from ...horizon import HOUR_S, Horizon
from ...peak import PeakTariff
from ...tariff import Tariff
from ...units import Floats, InputError
from .bounds import Scene
from .diary import Diary
from .question import (
    Change,
    Community,
    MoreStorage,
    OtherTariff,
    Subject,
    WithoutShems,
)
from .years import Years

_UNUSED: Final = 0.1
"""Share of a battery that is never used, as in the published protocol."""
BATTERY: Final = "battery"


@dataclass(frozen=True)
class World:
    """A home as it is, or with changes.

    Attributes:
        subject: the home as it is.
        diary: its past.
        changes: what is changed.
    """

    subject: Subject
    diary: Diary
    changes: tuple[Change, ...] = ()

    def change[C: Change](self, kind: type[C]) -> C | None:
        """Return the change of a kind, None where there is none."""
        return next((each for each in self.changes if isinstance(each, kind)), None)

    @property
    def tariff(self) -> Tariff:
        """The contract."""
        other = self.change(OtherTariff)
        return self.subject.tariff if other is None else other.tariff

    @property
    def peaks(self) -> tuple[PeakTariff, ...]:
        """What peaks cost."""
        other = self.change(OtherTariff)
        return self.subject.home.connection.peaks if other is None else other.peaks

    @property
    def managed(self) -> bool:
        """Whether SHEMS runs a battery here."""
        if self.battery is None or self.change(WithoutShems) is not None:
            return False
        return self.subject.managed or self.change(MoreStorage) is not None

    @property
    def battery(self) -> Battery | None:
        """All batteries as one."""
        found = list(self.subject.home.batteries)
        more = self.change(MoreStorage)
        if more is not None:
            found.append(
                Battery(
                    BATTERY,
                    BATTERY,
                    more.capacity_kwh,
                    more.power_kw,
                    more.power_kw,
                    more.efficiency,
                    more.efficiency,
                    min_soc=_UNUSED,
                    wear_per_kwh=more.wear_per_kwh,
                )
            )
        return _as_one(found) if found else None

    def scene(self, years: Years) -> Scene:
        """Return what the meters of a home with these changes would see."""
        buy, sell = self._prices(years)
        limits = self.subject.home.connection
        return Scene(
            years.load_kw,
            years.solar_kw,
            buy,
            sell,
            self.battery,
            replace(limits, limits=(), peaks=(), reached=()),
            all(each.curtailable for each in self.subject.home.solar),
        )

    def past(self) -> Years:
        """Return the past as one drawn year; NaN where unknown."""
        diary = self.diary
        solar = np.zeros(len(diary.load_kw)) if diary.solar_kw is None else diary.solar_kw
        outdoor = None if diary.outdoor_c is None else diary.outdoor_c[np.newaxis]
        return Years(
            diary.clock,
            diary.load_kw[np.newaxis],
            solar[np.newaxis],
            diary.market[np.newaxis],
            outdoor,
        )

    def _prices(self, years: Years) -> tuple[Floats, Floats]:
        start = years.clock.start
        horizon = Horizon(np.append(start, start[-1] + HOUR_S))
        if self.tariff.needs_market and not np.isfinite(years.market).any():
            raise InputError("no_price_history")
        pairs = [self.tariff.prices(row, horizon) for row in years.market]
        buy, sell = (np.array([getattr(each, name) for each in pairs]) for name in ("buy", "sell"))
        shared = self.change(Community)
        if shared is not None:
            sell = sell + shared.sells_share * np.maximum(shared.price - sell, 0.0)
            saved = np.maximum(buy - shared.price - shared.fee, 0.0)
            buy = buy - shared.buys_share * self._sunny(years) * saved
        return buy, sell

    def _sunny(self, years: Years) -> Floats:
        """Return in which hours neighbours have surplus, (T,): between nine and five."""
        inside: Floats = ((years.clock.slot >= 9) & (years.clock.slot < 17)).astype(np.float64)
        return inside


def _as_one(batteries: list[Battery]) -> Battery:
    """Return batteries that are filled and emptied alike."""
    if len(batteries) == 1:
        (one,) = batteries
    else:
        whole = sum(each.capacity_kwh for each in batteries)

        def mean(name: str) -> float:
            return sum(float(getattr(each, name)) * each.capacity_kwh for each in batteries) / whole

        def total(name: str) -> float:
            return sum(float(getattr(each, name)) for each in batteries)

        one = Battery(
            BATTERY,
            BATTERY,
            whole,
            total("charge_kw"),
            total("discharge_kw"),
            mean("charge_efficiency"),
            mean("discharge_efficiency"),
            min_soc=total("min_kwh") / whole,
            max_soc=min(1.0, total("max_kwh") / whole),
            reserve_soc=min(1.0, total("floor_kwh") / whole),
            wear_per_kwh=mean("wear_per_kwh"),
        )
    return replace(
        one,
        goals=(),
        demands=(),
        standby_kw=0.0,
        idle_kw=0.0,
        charge_segments=(),
        discharge_segments=(),
        taper_soc=1.0,
        least_kw=0.0,
        inverter_kw=None,
        reserve_price=None,
    )
