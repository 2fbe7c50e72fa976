"""What can be asked, and what is answered."""

import math
from dataclasses import dataclass, field
from typing import ClassVar, Final

import numpy as np

from ...assets.battery import Battery
from ...assets.home import Home
from ...assets.plane import Plane, Site
from ...forecast.history import History
from ...peak import PeakTariff
from ...series import Series
from ...tariff import Tariff
from ...units import Args, Floats, InputError

LEVELS: Final = (0.1, 0.5, 0.9)
"""An interval that holds four times in five, and the median."""


@dataclass(frozen=True)
class MoreStorage:
    """A battery, beside those that there are.

    Attributes:
        capacity_kwh: of which a tenth is never used.
        power_kw: AC, into it and out of it.
        efficiency: of one way.
        wear_per_kwh: currency per kWh discharged.
        deviation: by how much batteries of a kind differ in what they hold from what they are
            sold with, as a share; in what a round trip loses by less than half of that.
    """

    KIND: ClassVar[str] = "battery"
    capacity_kwh: float
    power_kw: float
    efficiency: float = 0.95
    wear_per_kwh: float = 0.01
    deviation: float = 0.0

    def __post_init__(self) -> None:
        """Reject what no battery is."""
        _positive("capacity_kwh", self.capacity_kwh)
        _positive("power_kw", self.power_kw)
        _within("efficiency", self.efficiency, 0.5, 1.0)
        _within("wear_per_kwh", self.wear_per_kwh, 0.0, 10.0)
        _within("deviation", self.deviation, 0.0, 0.2)


@dataclass(frozen=True)
class MoreSun:
    """Modules on another plane.

    Attributes:
        peak_kw: at 1000 W/m².
        tilt_deg: 0 lies flat.
        azimuth_deg: from north over east.
        limit_kw: of their inverter, None where it is large enough.
    """

    KIND: ClassVar[str] = "solar"
    peak_kw: float
    tilt_deg: float = 35.0
    azimuth_deg: float = 180.0
    limit_kw: float | None = None

    def __post_init__(self) -> None:
        """Reject what no roof carries."""
        _positive("peak_kw", self.peak_kw)
        _within("tilt_deg", self.tilt_deg, 0.0, 90.0)
        _within("azimuth_deg", self.azimuth_deg, 0.0, 360.0)
        if self.limit_kw is not None:
            _positive("limit_kw", self.limit_kw)


@dataclass(frozen=True)
class OtherTariff:
    """Another contract.

    Attributes:
        tariff: its prices.
        peaks: what a month's highest power costs.
        market: what its prices follow, where that is not the market of the home's past;
            at best a year.
        yearly_fee: what it costs more a year than the present one.
    """

    KIND: ClassVar[str] = "tariff"
    tariff: Tariff
    peaks: tuple[PeakTariff, ...] = ()
    market: Series | None = None
    yearly_fee: float = 0.0


@dataclass(frozen=True)
class Trip:
    """A car's absence on a day of the week.

    Attributes:
        weekday: on which it leaves, Monday = 0.
        leave_h, back_h: hours of that day; `back_h` of 24 and more is on a later one.
        energy_kwh: drawn at the socket for it.
    """

    weekday: int
    leave_h: float
    back_h: float
    energy_kwh: float

    def __post_init__(self) -> None:
        """Reject what no week holds."""
        _within("weekday", self.weekday, 0, 6)
        _within("leave_h", self.leave_h, 0.0, 24.0)
        _within("back_h", self.back_h, self.leave_h, 168.0)
        _within("energy_kwh", self.energy_kwh, 0.0, 200.0)


@dataclass(frozen=True)
class Car:
    """A car that is charged at home.

    Attributes:
        week: its trips.
        power_kw: of the charger.
        fuel_cost: currency per kWh at the socket that the same way costs today; 0 where
            there is no car yet.
    """

    KIND: ClassVar[str] = "car"
    week: tuple[Trip, ...]
    power_kw: float = 11.0
    fuel_cost: float = 0.0

    def __post_init__(self) -> None:
        """Reject what no charger gives."""
        _positive("power_kw", self.power_kw)
        _within("fuel_cost", self.fuel_cost, 0.0, 1e4)


@dataclass(frozen=True)
class HeatPump:
    """A heat pump in place of what heats today.

    Attributes:
        heat_kwh: of heat that the rooms take in a year of usual weather.
        replaces: `fuel` (gas, oil: not in the home's load) or `direct` (electric, in it).
        fuel_price: currency per kWh of fuel.
        fuel_efficiency: heat per fuel.
        base_c: outdoor temperature above which nothing is heated.
    """

    KIND: ClassVar[str] = "heat_pump"
    heat_kwh: float
    replaces: str = "fuel"
    fuel_price: float = 0.0
    fuel_efficiency: float = 0.9
    base_c: float = 15.0

    def __post_init__(self) -> None:
        """Reject what heats no house."""
        _positive("heat_kwh", self.heat_kwh)
        if self.replaces not in ("fuel", "direct"):
            raise InputError("what_if_parameter", name="replaces", value=self.replaces)
        _within("fuel_price", self.fuel_price, 0.0, 1e4)
        _within("fuel_efficiency", self.fuel_efficiency, 0.1, 1.2)
        _within("base_c", self.base_c, 0.0, 30.0)


@dataclass(frozen=True)
class Insulation:
    """Less heat lost.

    Attributes:
        share: by how much the loss per K falls.
        heating_kwh: electricity that heating takes in a year; None to find it in the home's
            past by the outdoor temperature.
    """

    KIND: ClassVar[str] = "insulation"
    share: float = 0.2
    heating_kwh: float | None = None

    def __post_init__(self) -> None:
        """Reject what no insulation does."""
        _within("share", self.share, 0.0, 1.0)
        if self.heating_kwh is not None:
            _positive("heating_kwh", self.heating_kwh)


@dataclass(frozen=True)
class Setpoint:
    """Rooms kept warmer or cooler.

    Attributes:
        change_k: by how much; below zero is cooler.
        heating_kwh: see `Insulation`.
    """

    KIND: ClassVar[str] = "setpoint"
    change_k: float
    heating_kwh: float | None = None

    def __post_init__(self) -> None:
        """Reject what nobody bears."""
        _within("change_k", self.change_k, -6.0, 6.0)
        if self.heating_kwh is not None:
            _positive("heating_kwh", self.heating_kwh)


@dataclass(frozen=True)
class WithoutShems:
    """The home's batteries follow the meter, and nobody plans."""

    KIND: ClassVar[str] = "without_shems"


@dataclass(frozen=True)
class Community:
    """Neighbours who share their surplus.

    Attributes:
        price: agreed, currency/kWh; `fee` is what a kWh bought of them costs besides.
        fee: network and taxes.
        sells_share: of what this home feeds in, what the neighbours take.
        buys_share: of what it buys while the sun shines, what they give.
    """

    KIND: ClassVar[str] = "community"
    price: float
    fee: float = 0.0
    sells_share: float = 0.5
    buys_share: float = 0.3

    def __post_init__(self) -> None:
        """Reject shares that are none."""
        _within("price", self.price, 0.0, 1e4)
        _within("fee", self.fee, 0.0, 1e4)
        _within("sells_share", self.sells_share, 0.0, 1.0)
        _within("buys_share", self.buys_share, 0.0, 1.0)


type Change = (
    MoreStorage
    | MoreSun
    | OtherTariff
    | Car
    | HeatPump
    | Insulation
    | Setpoint
    | WithoutShems
    | Community
)


@dataclass(frozen=True)
class Question:
    """What would have been, or will be, if.

    Attributes:
        changes: all at once.
        price: what they cost, currency; None where nobody asks for the payback.
        draws: years that are drawn.
        seed: of the draws.
    """

    changes: tuple[Change, ...]
    price: float | None = None
    draws: int = 64
    seed: int = 1

    def __post_init__(self) -> None:
        """Reject what asks nothing."""
        kinds = [each.KIND for each in self.changes]
        if not kinds:
            raise InputError("what_if_empty")
        twice = [kind for kind in kinds if kinds.count(kind) > 1]
        if twice:
            raise InputError("what_if_twice", kind=twice[0])
        if self.price is not None:
            _within("price", self.price, 0.0, 1e9)
        _within("draws", self.draws, 8, 1024)


@dataclass(frozen=True)
class Subject:
    """The home that is asked about.

    Attributes:
        home: what exists. Devices that move stay as they were: what they took is load.
        tariff: the present contract.
        history: measured, with market prices; nothing after `until` is used.
        zone: IANA name of the home's wall clock.
        until: epoch seconds.
        site: where it stands, None where that is unknown.
        managed: whether SHEMS runs its batteries.
        carbon_g_per_kwh: what the grid emits where the history does not tell; None where
            nobody knows.
        heating_kw_per_k: (S,) draws of the electricity that heating takes per K of cold
            (`infer`, thermal block); empty where nothing was inferred, or not to be trusted.
        roofs: draws of the planes of its modules (`infer`, PV block); empty where the past
            itself is to tell.
        storage: all its batteries as they may be (`infer`, battery block), the likeliest first;
            empty where their forms are to tell.
        lived: (S, T) kW that such people may take, without what SHEMS moves, in the hours of
            the year from the midnight before `until` on (`infer`, living block); (0, 0) where
            the past itself is to tell.
    """

    home: Home
    tariff: Tariff
    history: History
    zone: str
    until: float
    site: Site | None = None
    managed: bool = True
    carbon_g_per_kwh: float | None = None
    heating_kw_per_k: Floats = field(default_factory=lambda: np.zeros(0))
    roofs: tuple[tuple[Plane, ...], ...] = ()
    storage: tuple[tuple[Battery, ...], ...] = ()
    lived: Floats = field(default_factory=lambda: np.zeros((0, 0)))


@dataclass(frozen=True)
class Band:
    """An amount that is not known for sure: in four years of five between low and high."""

    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Figures:
    """A year of a home.

    Attributes:
        cost: currency: bought less sold, wear, peaks and fees; fuel where it is replaced.
        bought_kwh, sold_kwh: at the meter.
        self_sufficiency: share of the load not bought; None without load.
        self_use: share of the sun's energy used at home; None without sun.
        cycles: of the battery; None without one.
        carbon_kg: of what is bought; None where nothing is known of the grid.
    """

    cost: Band
    bought_kwh: Band
    sold_kwh: Band
    self_sufficiency: Band | None
    self_use: Band | None
    cycles: Band | None
    carbon_kg: Band | None


@dataclass(frozen=True)
class Assumption:
    """What an answer takes for granted, as a code with arguments for a translated text."""

    code: str
    args: Args = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What the changes bring.

    Attributes:
        saving: currency a year, + = cheaper than as it is.
        payback_years: None where no price was given; infinite where nothing is saved.
        before, after: a year as it is, and with the changes.
        months: (12,) median saving of each calendar month, January first.
        assumptions: what was taken for granted.
        days: of history used.
        draws: years drawn.
    """

    saving: Band
    payback_years: Band | None
    before: Figures
    after: Figures
    months: tuple[float, ...]
    assumptions: tuple[Assumption, ...]
    days: int
    draws: int


def _positive(name: str, value: float) -> None:
    if not (0 < value < math.inf):
        raise InputError("what_if_parameter", name=name, value=value)


def _within(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise InputError("what_if_parameter", name=name, value=value)
