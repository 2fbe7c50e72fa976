"""A home with its changes: what its meters would see."""

from dataclasses import dataclass, replace
from functools import cached_property
from statistics import NormalDist
from typing import Final

import numpy as np

from ...assets.battery import Battery
from ...assets.performance import AIR_TO_WATER
from ...assets.plane import Plane
from ...horizon import DAY_S, HOUR_S, Horizon
from ...peak import PeakTariff
from ...tariff import Tariff
from ...units import Floats, InputError
from .bounds import Scene
from .car import charging
from .diary import Diary
from .question import (
    Car,
    Change,
    Community,
    HeatPump,
    Insulation,
    MoreStorage,
    MoreSun,
    OtherTariff,
    Setpoint,
    Subject,
    WithoutShems,
)
from .sky import Roofs, cloudless
from .weather import degree_hours, heating_slope, simulated, usual_degree_hours
from .years import Clearness, Years

_UNUSED: Final = 0.1
"""Share of a battery that is never used, as in the published protocol."""
BATTERY: Final = "battery"
TOGETHER: Final = 16
"""Years that are played at once: what fits into some tens of megabytes."""
_EVEN: Final = (0.7548776662466927, 0.5698402909980532)
"""Steps that fill a square evenly (Roberts 2018, after Weyl 1916): few batteries stand for all."""
_LOSSES: Final = 0.2
"""How much less the efficiency of one way differs than the capacity: 1 % for 5 %."""
BASE_C: Final = 15.0
"""Outdoors, where sun and people warm a usual house enough (VDI 4710 and 3807: 15 °C)."""
_SUNNY_H: Final = (9, 17)
"""Hours in which neighbours have surplus."""
_BACK_YEARS: Final = 4
_WEEKS: Final = 52
_WEEK: Final = 7
_YEAR: Final = 365.25


@dataclass(frozen=True)
class World:
    """A home as it is, or with changes.

    Attributes:
        subject: the home as it is.
        diary: its past.
        roofs: how its modules may lie, None where nothing tells.
        changes: what is changed.
    """

    subject: Subject
    diary: Diary
    roofs: Roofs | None = None
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
        """All batteries as one, as they most likely are."""
        return self.battery_in(0)

    def battery_in(self, number: int) -> Battery | None:
        """Return all batteries as one, as they may be in a drawn year.

        Years that are played together have the same: `TOGETHER` of them.
        """
        part = number // TOGETHER
        drawn = self.subject.storage
        found = list(drawn[part % len(drawn)] if drawn else self.subject.home.batteries)
        more = self.change(MoreStorage)
        if more is not None:
            holds, loses = (
                NormalDist().inv_cdf((0.5 + part * step) % 1.0) * more.deviation for step in _EVEN
            )
            efficiency = min(more.efficiency * (1 + _LOSSES * loses), 1.0)
            found.append(
                Battery(
                    BATTERY,
                    BATTERY,
                    more.capacity_kwh * (1 + holds),
                    more.power_kw,
                    more.power_kw,
                    efficiency,
                    efficiency,
                    min_soc=_UNUSED,
                    wear_per_kwh=more.wear_per_kwh,
                )
            )
        return _as_one(found) if found else None

    def scene(self, years: Years) -> Scene:
        """Return what the meters of a home with these changes would see.

        Raises:
            InputError: a price, a temperature or the place is unknown and is needed.
        """
        buy, sell = self._prices(years)
        limits = self.subject.home.connection
        load, solar = years.load_kw + self._heat(years), years.solar_kw + self._sun(years)
        car = self.change(Car)
        if car is not None:
            left = np.maximum(solar - load, 0.0)
            planned = self.subject.managed and self.change(WithoutShems) is None
            load = load + charging(car, years.clock, left, (buy, sell), planned=planned)
        return Scene(
            np.maximum(load, 0.0),
            solar,
            buy,
            sell,
            self.battery_in(int(years.number[0])),
            replace(limits, limits=(), peaks=(), reached=()),
            all(each.curtailable for each in self.subject.home.solar),
        )

    def past(self) -> Years:
        """Return the past as one drawn year; NaN where unknown."""
        diary, site = self.diary, self.subject.site
        solar = np.zeros(len(diary.load_kw)) if diary.solar_kw is None else diary.solar_kw
        noise = np.random.default_rng(0)
        weather = simulated(site, diary.clock, 1, noise) if site else (None, None)
        hours = np.arange(len(diary.load_kw), dtype=np.intp)[np.newaxis]
        return Years(
            diary.clock,
            diary.load_kw[np.newaxis],
            solar[np.newaxis],
            diary.market[np.newaxis],
            weather[0] if diary.outdoor_c is None else diary.outdoor_c[np.newaxis],
            weather[1] if self.roofs is None else Clearness.likeliest(diary, self.roofs),
            np.zeros(1, dtype=np.intp),
            hours,
            hours,
        )

    @cached_property
    def fuel_cost(self) -> float:
        """What is paid a year, as it is, for what the changes replace."""
        heat, car = self.change(HeatPump), self.change(Car)
        paid = 0.0
        if heat is not None and heat.replaces == "fuel":
            paid += heat.heat_kwh / heat.fuel_efficiency * heat.fuel_price
        if car is not None:
            week = sum(trip.energy_kwh for trip in car.week)
            paid += week * car.fuel_cost * _YEAR / _WEEK
        return paid

    @property
    def fees(self) -> float:
        """What the contract costs more a year."""
        other = self.change(OtherTariff)
        return 0.0 if other is None else other.yearly_fee

    def _sun(self, years: Years) -> Floats:
        """Return what new modules give, (N, T) kW, under the sky that the others have."""
        more, site = self.change(MoreSun), self.subject.site
        if more is None:
            return np.zeros(years.load_kw.shape)
        if site is None or years.clearness is None:
            raise InputError("what_if_place")
        plane = Plane(more.tilt_deg, more.azimuth_deg, more.peak_kw)
        first, last = int(years.clock.day[0]), int(years.clock.day[-1])
        table = cloudless(site, ((plane,),), self.diary.days, first, last + 1 - first)
        most = table[years.clock.day - first, years.clock.slot, 0]
        limit = np.inf if more.limit_kw is None else more.limit_kw
        power: Floats = np.minimum(np.nan_to_num(years.clearness) * most, limit)
        return power

    def _heat(self, years: Years) -> Floats:
        """Return by how much heating takes more than today, (N, T) kW."""
        load = np.zeros(years.load_kw.shape)
        pump = self.change(HeatPump)
        if pump is not None:
            cold = degree_hours(self._outdoor(years), pump.base_c)
            heat = cold * pump.heat_kwh / self._usual(pump.base_c)
            load += heat / AIR_TO_WATER.along(self._outdoor(years).ravel()).reshape(heat.shape)
            load -= heat if pump.replaces == "direct" else 0.0
        insulation, setpoint = self.change(Insulation), self.change(Setpoint)
        kept = 1.0
        if insulation is not None:
            kept = 1.0 - insulation.share
            today = self._slope(years, insulation.heating_kwh)
            load -= insulation.share * today * degree_hours(self._outdoor(years), BASE_C)
        if setpoint is not None:
            outdoor = self._outdoor(years)
            moved = degree_hours(outdoor, BASE_C + setpoint.change_k)
            moved -= degree_hours(outdoor, BASE_C)
            load += kept * self._slope(years, setpoint.heating_kwh) * moved
        return load

    def _outdoor(self, years: Years) -> Floats:
        if years.outdoor_c is None:
            raise InputError("what_if_place")
        return years.outdoor_c

    def _usual(self, base_c: float) -> float:
        return usual_degree_hours(self.subject, self.diary, base_c)

    def _slope(self, years: Years, heating_kwh: float | None) -> Floats:
        """Return what heating takes per degree hour today, (N, 1) kWh/Kh.

        As the household says, else as was inferred, else by the days of the past.

        Raises:
            InputError: nobody knows.
        """
        inferred = self.subject.heating_kw_per_k
        if heating_kwh is None and len(inferred):
            return inferred[years.number % len(inferred), np.newaxis]
        if heating_kwh is None:
            slope = heating_slope(self.diary, BASE_C)
        else:
            slope = heating_kwh / self._usual(BASE_C)
        if slope is None:
            raise InputError("what_if_heating")
        return np.full((len(years.number), 1), slope)

    def _prices(self, years: Years) -> tuple[Floats, Floats]:
        market = self._market(years)
        start = years.clock.start
        horizon = Horizon(np.append(start, start[-1] + HOUR_S))
        if self.tariff.needs_market and not np.isfinite(market).any():
            raise InputError("no_price_history")
        pairs = [self.tariff.prices(row, horizon) for row in market]
        buy, sell = (np.array([getattr(each, name) for each in pairs]) for name in ("buy", "sell"))
        shared = self.change(Community)
        if shared is not None:
            sell = sell + shared.sells_share * np.maximum(shared.price - sell, 0.0)
            saved = np.maximum(buy - shared.price - shared.fee, 0.0)
            sunny = (years.clock.slot >= _SUNNY_H[0]) & (years.clock.slot < _SUNNY_H[1])
            buy = buy - shared.buys_share * sunny * saved
        return buy, sell

    def _market(self, years: Years) -> Floats:
        """Return what prices follow, (N, T): of another market the same days of the year."""
        other = self.change(OtherTariff)
        if other is None or other.market is None:
            return years.market
        start = years.clock.start
        found = np.full(len(start), np.nan)
        for back in range(_BACK_YEARS + 1):
            shift = back * _WEEKS * _WEEK * DAY_S
            there = other.market.between(start - shift, start - shift + HOUR_S)
            found = np.where(np.isfinite(found), found, there)
        return np.broadcast_to(found, years.load_kw.shape)


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
