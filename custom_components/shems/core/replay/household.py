"""A whole household played again: battery, devices that can be moved, and what it all costs."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np

from ..assets.home import Home
from ..dispatch.respond import Slot, respond
from ..forecast.history import History, Weather
from ..peak import PeakTariff
from ..series import Series
from ..units import Floats
from .run import CONNECTION, Run
from .use.use import SERVICE, InUse, Ticks, Timers, Use


@dataclass(frozen=True)
class Household:
    """Everything that a manager of a home with devices meets.

    Attributes:
        run: the battery, what nobody plans of the load, the sun, and the market.
        uses: the devices and what is done with them.
        module_kw: what the modules give in full sun; None without any.
        outdoor_c: (M,) temperature in each step of `ticks`; None where no device asks for it.
        foreseen_c: (M,) as the day before expected it; None where nobody did.
        peaks: what the month's peaks cost.
    """

    run: Run
    uses: tuple[Use, ...] = ()
    module_kw: float | None = None
    outdoor_c: Floats | None = None
    foreseen_c: Floats | None = None
    peaks: tuple[PeakTariff, ...] = ()

    @cached_property
    def ticks(self) -> Ticks:
        """The steps of execution: the parts of the run's."""
        return ticks_of(self.run)

    @cached_property
    def home(self) -> Home:
        """What SHEMS is told exists."""
        plain = self.run.home
        solar = tuple(replace(each, module_kw=self.module_kw) for each in plain.solar)
        return replace(
            plain,
            connection=replace(CONNECTION, peaks=self.peaks),
            solar=solar,
            devices=tuple(each.device for each in self.uses),
            zone=self.run.course.zone,
        )

    @cached_property
    def timers(self) -> Timers:
        """Hours that the household chose from the prices before the first day scored."""
        past = slice(0, self.run.first)
        start = self.run.course.start[past]
        hour = Ticks(start, self.run.course.step_s, self.run.course.zone).hour
        return Timers.of(hour, self.run.prices[0][past])

    @cached_property
    def mean_price(self) -> float:
        """Mean import price of the steps scored."""
        return float(self.run.prices[0][np.array(self.run.steps)].mean())

    def most_out_kw(self, step: int) -> float:
        """Return what may be fed in, in a step of the run: nothing where that costs money."""
        return CONNECTION.export_limit_kw if self.run.prices[1][step] >= 0 else 0.0

    @cached_property
    def history(self) -> History:
        """What forecasts are made from."""
        plain = self.run.history
        start, end = self.ticks.start, self.ticks.start + self.ticks.step_s
        outdoor = self.outdoor_c
        foreseen = self.foreseen_c
        return replace(
            plain,
            outdoor=Series.empty() if outdoor is None else Series(start, end, outdoor),
            weather=Weather()
            if foreseen is None
            else Weather(temperature_c=Series(start, end, foreseen)),
        )

    def begin(self) -> tuple[InUse, ...]:
        """Return the devices as they stand at the first step scored."""
        first = self.run.first * self.run.parts
        return tuple(each.begin(self.ticks, self.timers, first) for each in self.uses)


def ticks_of(run: Run) -> Ticks:
    """Return the steps in which a run is executed: the parts of its steps."""
    width = run.course.step_s / run.parts
    start = run.course.start[:, np.newaxis] + width * np.arange(run.parts)
    return Ticks(start.ravel(), width, run.course.zone)


@dataclass(frozen=True)
class Direction:
    """What is done in a step of execution.

    Attributes:
        slot: what the battery may do.
        powers: of each device, kW.
        most_in_kw: import up to which the battery may charge from the grid; where that is
            less than the connection carries, it also gives what goes beyond.
        left_kw: import that the battery does not cover.
    """

    slot: Slot
    powers: list[float]
    most_in_kw: float = CONNECTION.import_limit_kw
    left_kw: float = 0.0


class Manager(Protocol):
    """What runs a home."""

    def __call__(self, tick: int, energy_kwh: float, devices: Sequence[InUse]) -> Direction:
        """Return what battery, devices and connection do in a step of execution."""
        ...

    def metered(self, tick: int, grid_kw: float) -> None:
        """Take note of what the meter showed in a step."""
        ...


@dataclass(frozen=True)
class Lived:
    """What a manager made of a household, per step of execution; zero in those left out.

    Attributes:
        grid_kw: (M,) + = import, after feed-in that would cost money was given up.
        cost: (M,) bought less sold plus wear, currency.
        service: (M,) what was not done, priced; `missing` tells how much of what.
        kept: (M,) worth of what devices have stored beyond what they owe, at the end of each.
        discharged_kwh, energy_kwh: (M,) of the battery.
        device_kw: (M,) of each device.
        missing: amounts by device and name of `SERVICE`.
        starts: by device.
    """

    grid_kw: Floats
    cost: Floats
    service: Floats
    kept: Floats
    discharged_kwh: Floats
    energy_kwh: Floats
    device_kw: dict[str, Floats]
    missing: dict[str, dict[str, float]]
    starts: dict[str, int]


def live(
    household: Household, manager: Manager, *, tick: Callable[[], None] | None = None
) -> Lived:
    """Run a manager through the plant, see `living`; tell of every step of the run."""
    steps = living(household, manager)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            lived: Lived = end.value
            return lived
        if tick:
            tick()


def living(household: Household, manager: Manager) -> Generator[None, None, Lived]:
    """Run a manager through the plant, and pause after every step of the run.

    Every step of execution is billed by itself.
    """
    run = household.run
    devices = household.begin()
    count = len(household.ticks)
    names = ("grid_kw", "cost", "service", "kept", "discharged_kwh", "energy_kwh")
    columns = {name: np.zeros(count) for name in names}
    powers = np.zeros((len(devices), count))
    battery, hours = run.battery, household.ticks.hours
    energy = run.start_kwh
    buy, sell = (price.tolist() for price in run.prices)
    columns["energy_kwh"][: run.first * run.parts] = energy
    columns["kept"][: run.first * run.parts] = _kept(household, devices)
    before = run.first * run.parts
    for step in run.steps:
        export_limit = household.most_out_kw(step)
        for part, net in enumerate(run.net_kw[step].tolist()):
            now = step * run.parts + part
            columns["energy_kwh"][before:now] = energy
            columns["kept"][before:now] = columns["kept"][before - 1]
            for each in devices:
                each.happen(now)
            told = manager(now, energy, devices)
            for row, (each, power) in enumerate(zip(devices, told.powers, strict=True)):
                powers[row, now] = each.step(power, now)
            asked = net + float(powers[:, now].sum())
            energy, power = battery.step(
                energy, battery_kw(told, energy, asked, hours, export_limit), hours
            )
            told.slot.spend(power, hours)
            grid = max(asked - power, -export_limit)
            price = buy[step] if grid > 0 else sell[step]
            given = max(power, 0.0) * hours
            columns["grid_kw"][now] = grid
            columns["cost"][now] = grid * hours * price + given * battery.wear_per_kwh
            columns["service"][now] = _service(devices)
            columns["kept"][now] = _kept(household, devices)
            columns["discharged_kwh"][now] = given
            columns["energy_kwh"][now] = energy
            before = now + 1
            manager.metered(now, grid)
        yield
    columns["energy_kwh"][before:] = energy
    columns["kept"][before:] = columns["kept"][before - 1]
    owed = columns["service"]
    done = np.maximum.accumulate(owed)
    columns["service"] = household.mean_price * np.diff(done, prepend=0.0)
    ids = [each.device.id for each in household.uses]
    return Lived(
        **columns,
        device_kw=dict(zip(ids, powers, strict=True)),
        missing={key: dict(each.service) for key, each in zip(ids, devices, strict=True)},
        starts={key: each.starts for key, each in zip(ids, devices, strict=True)},
    )


def battery_kw(
    told: Direction, energy_kwh: float, asked_kw: float, hours: float, export_limit_kw: float
) -> float:
    """Return the battery's power, + = discharge, as dispatch does it in a home.

    Args:
        told: what it may do.
        energy_kwh: stored.
        asked_kw: load and devices less sun.
        hours: for which the power is held.
        export_limit_kw: what may be fed in.
    """
    room = (
        max(0.0, told.most_in_kw - max(asked_kw, 0.0)),
        max(0.0, export_limit_kw + min(asked_kw, 0.0)),
    )
    net = max(0.0, asked_kw - told.left_kw) if asked_kw > 0 else asked_kw
    power = respond(told.slot, energy_kwh, net, hours, room)
    over = asked_kw - power - told.most_in_kw
    if over <= 0 or told.most_in_kw >= CONNECTION.import_limit_kw:
        return power
    battery = told.slot.battery
    return min(power + over, battery.most_discharge_kw(energy_kwh, hours, battery.floor_kwh))


def _service(devices: Sequence[InUse]) -> float:
    """Return what was not done so far, in kWh at the mean price."""
    return sum(SERVICE[name] * amount for each in devices for name, amount in each.service.items())


def _kept(household: Household, devices: Sequence[InUse]) -> float:
    return household.mean_price * sum(each.kept_kwh for each in devices)
