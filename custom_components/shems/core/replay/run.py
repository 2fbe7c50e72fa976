"""A run of the closed loop: the plant, what is known when, and what it costs.

The definitions of tariffs, costs and shares follow one published protocol, so that every
figure in money compares; see docs/closed-loop.md.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from ..assets.battery import Battery
from ..assets.connection import Connection
from ..assets.home import Home
from ..assets.solar import Solar
from ..dispatch.respond import Slot, respond
from ..forecast.history import History
from ..horizon import DAY_S, HOUR_S, Horizon
from ..series import Series, fill_short_gaps
from ..tariff import PriceRule, Tariff, Window
from ..units import Floats, InputError
from .course import Course, Market, utc, wall_clock

HISTORY_DAYS: Final = 14
START_SOC: Final = 0.4
LONGEST_GAP_S: Final = 6 * HOUR_S
AUCTION_MIN: Final = 13 * 60 + 15
"""Minute of the day from which tomorrow's prices are known."""
CONNECTION: Final = Connection(import_limit_kw=17.0, export_limit_kw=10.0)
_SEED: Final = 20260101

type Controller = Callable[[int, float], Slot]


def protocol_tariff(name: str, zone: str, currency: str) -> Tariff:
    """Return one of the protocol's tariffs: `spot`, `tou` or `flat`."""
    rules = {
        "spot": (PriceRule(1.0, 0.145), PriceRule(0.9)),
        "tou": (
            PriceRule(1.0, 0.14, (Window(0, 360, 0.06), Window(1020, 1260, 0.30))),
            PriceRule(0.9),
        ),
        "flat": (PriceRule(0.0, 0.30), PriceRule(0.0, 0.08)),
    }
    if name not in rules:
        raise InputError("tariff_unknown", tariff=name)
    return Tariff(*rules[name], zone, currency)


def protocol_battery(capacity_kwh: float = 10.0, power_kw: float = 5.0) -> Battery:
    """Return the protocol's battery: nine tenths usable, 5 kW, 0.95 each way, wear 0.01."""
    return Battery(
        "battery", "Battery", capacity_kwh, power_kw, power_kw, min_soc=0.1, wear_per_kwh=0.01
    )


@dataclass(frozen=True)
class Run:
    """Everything a controller meets, prepared once.

    Attributes:
        course: the household as measured: what forecasts see.
        market: prices on its clock.
        tariff: the contract.
        battery: the store.
        parts: sub-steps of each step.
        first, last: steps scored, half-open; those with long gaps are left out, see `steps`.
        inside: (N, parts) load and solar power as they were in the sub-steps; None where that
            is not known, and noise stands in.
        connection: what the grid carries.
    """

    course: Course
    market: Market
    tariff: Tariff
    battery: Battery
    parts: int
    first: int
    last: int
    inside: tuple[Floats, Floats] | None = None
    connection: Connection = CONNECTION

    @property
    def hours(self) -> float:
        """Width of a step."""
        return self.course.step_s / HOUR_S

    @property
    def start_kwh(self) -> float:
        """Energy in store when the run begins."""
        return START_SOC * self.battery.capacity_kwh

    @property
    def price_period(self) -> tuple[float, float]:
        """Wall-clock times of the first and the last price scored, as if they were UTC."""
        wall = self.market.wall[-len(self.course.start) :]
        return float(wall[self.steps[0]]), float(wall[self.steps[-1]])

    @cached_property
    def home(self) -> Home:
        """What SHEMS is told exists."""
        has_solar = self.course.solar_kw is not None
        solar = (Solar("solar", "Solar", curtailable=True),) if has_solar else ()
        return Home(self.connection, solar, (self.battery,))

    @cached_property
    def load_kw(self) -> Floats:
        """Load of the plant, (N,): short gaps interpolated."""
        return _plant(self.course.load_kw, self.course.step_s)

    @cached_property
    def solar_kw(self) -> Floats:
        """Solar power of the plant, (N,): short gaps interpolated, zero without solar."""
        if self.course.solar_kw is None:
            return np.zeros(len(self.course.start))
        return _plant(self.course.solar_kw, self.course.step_s)

    @cached_property
    def net_kw(self) -> Floats:
        """Load less solar in every sub-step, (N, parts)."""
        if self.inside is not None:
            return self.inside[0] - self.inside[1]
        load, solar = self.load_kw[:, np.newaxis], self.solar_kw[:, np.newaxis]
        if self.parts == 1:
            return load - solar
        noise = np.random.default_rng(_SEED)
        part_s = self.course.step_s / self.parts
        return split(load, self.parts, part_s, noise, sigma=0.7, memory_s=600) - split(
            solar, self.parts, part_s, noise, sigma=0.3, memory_s=900
        )

    @cached_property
    def prices(self) -> tuple[Floats, Floats]:
        """Import and export price of every step, (N,) each."""
        edges = np.append(self.course.start, self.course.start[-1] + self.course.step_s)
        horizon = Horizon(edges)
        market = self.market.price[-len(horizon) :]
        prices = self.tariff.prices(market, horizon)
        return prices.buy, prices.sell

    @cached_property
    def steps(self) -> list[int]:
        """Steps that are run and scored: those where load, sun and price are known."""
        buy, sell = self.prices
        known = np.isfinite(self.net_kw).all(axis=1) & np.isfinite(buy) & np.isfinite(sell)
        return [step for step in range(self.first, self.last) if known[step]]

    @property
    def masked_share(self) -> float:
        """Share of the period that was cut out or interpolated."""
        raw = (
            self.course.load_kw
            if self.course.solar_kw is None
            else (self.course.load_kw + self.course.solar_kw)
        )
        kept = set(self.steps)
        whole = sum(
            step in kept and bool(np.isfinite(raw[step])) for step in range(self.first, self.last)
        )
        return 1 - whole / (self.last - self.first)

    @cached_property
    def gross_load_cost(self) -> float:
        """Σ load · import price over the steps scored."""
        chosen = np.array(self.steps)
        return float(self.load_kw[chosen] @ self.prices[0][chosen] * self.hours)

    @cached_property
    def stored_price(self) -> float:
        """What a kWh left in store brings: η · the mean export price, never negative."""
        mean = float(self.prices[1][np.array(self.steps)].mean())
        return self.battery.discharge_efficiency * max(0.0, mean)

    @cached_property
    def history(self) -> History:
        """What forecasts are made from; causality is theirs to keep, by `now`."""
        step = self.course.step_s
        start = self.course.start
        solar = self.course.solar_kw
        return History(
            Series(start, start + step, self.course.load_kw),
            Series.empty() if solar is None else Series(start, start + step, solar),
            Series(self.market.start, self.market.start + step, self.market.price),
        )

    @cached_property
    def known_until(self) -> Floats:
        """End of the prices known at each step, (N,): today's, from 13:15 tomorrow's too.

        The join made the home's wall clock that of the price zone.
        """
        start, zone = self.course.start, self.course.zone
        day, second = np.divmod(wall_clock(start, zone), DAY_S)
        days = np.where(second >= AUCTION_MIN * 60, 2, 1)
        return utc((day + days) * DAY_S, zone)


def _plant(value: Floats, step_s: float) -> Floats:
    filled, _ = fill_short_gaps(value, step_s, LONGEST_GAP_S)
    return np.maximum(filled, 0.0)


def split(
    mean_kw: Floats,
    parts: int,
    part_s: float,
    noise: np.random.Generator,
    *,
    sigma: float,
    memory_s: float,
) -> Floats:
    """Return powers inside each step that keep its mean, (N, 1) to (N, parts).

    The mean is multiplied by exp(z), with z a first-order autoregression of standard
    deviation `sigma` and correlation time `memory_s`, then scaled so that the energy of
    every step is kept. Synthetic: homes with finer meters differ.
    """
    count = len(mean_kw) * parts
    keep = float(np.exp(-part_s / memory_s))
    shocks = noise.normal(0.0, sigma * float(np.sqrt(1 - keep**2)), count)
    course = np.empty(count)
    last = 0.0
    for number, shock in enumerate(shocks.tolist()):
        last = keep * last + shock
        course[number] = last
    factor = np.exp(course).reshape(len(mean_kw), parts)
    powers: Floats = mean_kw * factor / factor.mean(axis=1, keepdims=True)
    return powers


@dataclass(frozen=True)
class Outcome:
    """What a controller made of a run, per step; zero in steps left out.

    Attributes:
        cost: (N,) bought less sold plus wear, currency.
        bought_kwh, sold_kwh, discharged_kwh: (N,).
        energy_kwh: (N,) stored at the end of each step.
        power_kw: (N,) mean battery power, + = discharge.
    """

    cost: Floats
    bought_kwh: Floats
    sold_kwh: Floats
    discharged_kwh: Floats
    energy_kwh: Floats
    power_kw: Floats


def play(run: Run, controller: Controller, *, tick: Callable[[], None] | None = None) -> Outcome:
    """Run a controller through the plant, see `playing`; tell of every step."""
    steps = playing(run, controller)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome
        if tick:
            tick()


def playing(run: Run, controller: Controller) -> Generator[None, None, Outcome]:
    """Run a controller through the plant, and pause after every step.

    Every sub-step is billed by itself. Feed-in that would cost money is throttled to none,
    so that a battery has nowhere to sell to.
    """
    battery, part_h = run.battery, run.hours / run.parts
    limits = run.connection
    count = len(run.course.start)
    columns = {name: np.zeros(count) for name in Outcome.__dataclass_fields__}
    buy, sell = (price.tolist() for price in run.prices)
    energy = run.start_kwh
    columns["energy_kwh"][: run.first] = energy
    previous = run.first
    for step in run.steps:
        columns["energy_kwh"][previous:step] = energy
        slot = controller(step, energy)
        export_limit = limits.export_limit_kw if sell[step] >= 0 else 0.0
        bought = sold = given = moved = 0.0
        for net in run.net_kw[step].tolist():
            room = (
                max(0.0, limits.import_limit_kw - max(net, 0.0)),
                max(0.0, export_limit + min(net, 0.0)),
            )
            energy, power = battery.step(energy, respond(slot, energy, net, part_h, room), part_h)
            slot.spend(power, part_h)
            grid = net - power
            bought += max(grid, 0.0) * part_h
            sold += min(max(-grid, 0.0), export_limit) * part_h
            given += max(power, 0.0) * part_h
            moved += power
        columns["cost"][step] = (
            bought * buy[step] - sold * sell[step] + given * battery.wear_per_kwh
        )
        columns["bought_kwh"][step] = bought
        columns["sold_kwh"][step] = sold
        columns["discharged_kwh"][step] = given
        columns["energy_kwh"][step] = energy
        columns["power_kw"][step] = moved / run.parts
        previous = step
        yield
    columns["energy_kwh"][previous:] = energy
    return Outcome(**columns)
