"""A home and beliefs become one program."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from ..assets.battery import Battery
from ..assets.connection import GridColumns
from ..assets.device import Part
from ..assets.home import Home
from ..assets.kinds import MovableState, acting
from ..assets.phases import PhaseRows, constrain_phases
from ..assets.scenario import Scenario, Surroundings
from ..assets.shared import take_turns
from ..assets.solar import constrain_solar
from ..assets.storing import BatteryColumns, Sun, constrain_battery
from ..assets.timetable import keep_timetable
from ..forecast.beliefs import Beliefs
from ..horizon import HOUR_S
from ..linear import INFINITY, Arrays, Ints, Program
from ..tariff import Prices, typical_price
from ..units import Bools, Floats
from .settled import Settled
from .solve import EXACT_GAP_KWH, GAP_KWH

_PENALTY_FACTOR: Final = 20.0
"""A broken soft limit costs this many times the highest price, or the highest worth of a stored
kWh: no bargain ever breaks one, and the numbers stay within HiGHS' good range."""
WHOLE_H: Final = 3.0
"""Hours in which on and off are integers. A duty cycle is the better model of what comes
later, and plans made of binaries in the next 3 to 6 hours lost less than a cent."""
_SOONER: Final = 3e-4
"""What a kWh costs more at the horizon's end than now, as a share of the median import price:
below any price difference, above the solver's tolerance."""
_SETTLED: Final = 0.01
"""What a kWh costs more where the last plan let a device rest, as a share of the median import
price: a device does not hop between hours that are nearly equal."""


@dataclass(frozen=True)
class Columns:
    """Where one scenario's variables are.

    Attributes:
        batteries, devices: in the home's order.
        curtailed: (K,) solar power given up.
        balance: (K,) rows of the power balance.
        phases: rows of the phases' fuses.
    """

    grid: GridColumns
    curtailed: Ints
    batteries: tuple[BatteryColumns, ...]
    devices: tuple[Part, ...]
    balance: Ints
    phases: PhaseRows = field(default_factory=PhaseRows)

    def given_up_kw(self, column: Floats) -> Floats:
        """Return the solar power given up in a solution, and clipped by inverters, (K,)."""
        clipped = [column[each.clipped] for each in self.batteries if each.clipped is not None]
        given_up: Floats = np.sum([column[self.curtailed], *clipped], axis=0)
        return given_up


@dataclass(frozen=True)
class Problem:
    """A program and where to find each scenario in it.

    Attributes:
        gap: by how much its cost may miss the optimum, currency.
        around: what devices meet in it.
    """

    arrays: Arrays
    scenarios: tuple[Columns, ...]
    gap: float
    around: Surroundings


def build(
    home: Home,
    beliefs: Beliefs,
    energy_kwh: Mapping[str, float],
    terminal_value: Mapping[str, float],
    paused: frozenset[str],
    states: Mapping[str, MovableState] | None = None,
    *,
    settled: Settled | None = None,
    whole_h: float = 0.0,
) -> Problem:
    """Build the two-stage program of a home: scenarios that share their first step.

    Balance of every scenario and step:

        buy - sell + Σ(discharge - charge) + Σ(given - taken) - curtailed = load - solar

    What batteries and devices do in the first step is the same in all scenarios: it is
    decided before it is known which of them comes true. Batteries that may not charge from
    the grid take no more than the surplus, those that may not discharge to it give no more
    than the load asks; in the shared step the expected ones.

    Args:
        home: what exists; every device has a state.
        beliefs: what is expected.
        energy_kwh: stored energy now, by battery.
        terminal_value: worth of a kWh stored at the end, by battery and device.
        paused: batteries that are not ours to move: they stand still in the plan.
        states: how each device is now.
        settled: what the last plan decided; kept where nothing is gained by leaving it.
        whole_h: hours ahead in which what is switched is an integer; with any, so is every
            programme's start. Later decisions are relaxed. Where it is infinite every flow has
            one direction in every step, too, and batteries that may not charge from the grid
            charge in any step in which nothing is bought, and likewise for what may not be
            sold: by the meter, as inverters do it. That takes a solver seconds instead of
            milliseconds.
    """
    program = Program()
    exact = math.isinf(whole_h)
    prices = beliefs.prices
    scenarios = beliefs.scenarios
    share = home.curtailable_share
    soft = exact or bool(home.devices) or _limits_in_reach(home, beliefs)
    expected_net = np.mean([load - solar for load, solar in scenarios], axis=0)
    around = _surroundings(home, beliefs, whole_h)
    movable = [(device, (states or {})[device.id]) for device in home.devices]
    built = []
    for load, solar in scenarios:
        net = load - solar
        known = np.concatenate([expected_net[:1], net[1:]])
        scenario = _scenario(
            program, beliefs, (net, known), 1 / len(scenarios), around, terminal_value
        )
        apart = (prices.sell > prices.buy) | (around.whole & _feigned(home)) | exact
        grid = home.connection.constrain(scenario, prices, apart, soft=soft)
        curtailed = constrain_solar(scenario, share * solar)
        batteries = tuple(
            constrain_battery(
                battery,
                scenario,
                energy_kwh[battery.id],
                _burning_pays(battery, beliefs, share) | exact,
                Sun(solar, curtailed),
                _able(home, battery, beliefs, paused),
            )
            for battery in home.batteries
        )
        devices = tuple(
            acting(device, state).constrain(
                replace(scenario, booked=home.booked_share(device.id, beliefs.horizon)), state
            )
            for device, state in movable
        )
        for device, part in zip(home.devices, devices, strict=True):
            if spans := home.barred.get(device.id):
                keep_timetable(scenario, part, spans, device.most_kw)
        take_turns(
            scenario,
            home,
            {each.id: part for each, part in zip(home.devices, devices, strict=True)},
        )
        taken = {
            each.id: (part.charge, part.discharge)
            for each, part in zip(home.batteries, batteries, strict=True)
        } | {
            each.id: (part.power, part.given)
            for each, part in zip(home.devices, devices, strict=True)
        }
        fuses = constrain_phases(scenario, home, grid, curtailed, (load, solar), taken)
        columns = Columns(grid, curtailed, batteries, devices, scenario.balance, fuses)
        if settled is not None:
            _keep_settled(scenario, home, columns, settled)
        granted = _keep_directions(program, home, columns, net) if exact else home
        _keep_rights(program, granted, columns, net, known)
        built.append(columns)
    _share_first_step(program, built)
    gap_kwh = EXACT_GAP_KWH if exact else GAP_KWH
    return Problem(program.arrays(), tuple(built), gap_kwh * typical_price(prices), around)


def penalty_of(prices: Prices, terminal_value: Mapping[str, float]) -> float:
    """Return what breaking a soft limit costs, currency/kWh."""
    highest = max(
        float(np.abs(prices.buy).max()),
        float(np.abs(prices.sell).max()),
        *terminal_value.values(),
        0.01,
    )
    return _PENALTY_FACTOR * highest


def _able(home: Home, battery: Battery, beliefs: Beliefs, paused: frozenset[str]) -> Floats:
    """Return the share of each step in which a battery is ours to move, (K,)."""
    free = home.free(battery.id, beliefs.horizon)
    return np.zeros_like(free) if battery.id in paused else free


def _scenario(
    program: Program,
    beliefs: Beliefs,
    net_kw: tuple[Floats, Floats],
    weight: float,
    around: Surroundings,
    terminal_value: Mapping[str, float],
) -> Scenario:
    hours, prices = beliefs.horizon.hours, beliefs.prices
    typical = typical_price(prices)
    begin = beliefs.horizon.start
    later = (begin - begin[0]) / (beliefs.horizon.edges[-1] - begin[0])
    return Scenario(
        program,
        program.rows(len(hours), lower=net_kw[0], upper=net_kw[0]),
        hours,
        weight,
        penalty_of(prices, terminal_value),
        typical,
        _SOONER * typical * later,
        around,
        prices,
        net_kw[1],
        terminal_value,
    )


def _keep_settled(scenario: Scenario, home: Home, columns: Columns, settled: Settled) -> None:
    price = _SETTLED * scenario.typical * scenario.paid
    for device, part in zip(home.devices, columns.devices, strict=True):
        idle = settled.idle(device.id, scenario.around.horizon)
        scenario.program.charge(part.power, price * idle)


def _feigned(home: Home) -> bool:
    """Return whether a battery could sell what a device that it may not feed buys back."""
    return any(each.may_discharge_to_grid for each in home.batteries) and not all(
        device.from_battery for device in home.devices
    )


def _surroundings(home: Home, beliefs: Beliefs, whole_h: float) -> Surroundings:
    horizon = beliefs.horizon
    near: Bools = horizon.start < horizon.edges[0] + whole_h * HOUR_S
    return Surroundings(
        horizon,
        home.zone,
        beliefs.outdoor_c,
        beliefs.sun_kw_m2(home.solar),
        near,
        whole_starts=whole_h > 0,
    )


def _keep_directions(program: Program, home: Home, columns: Columns, net_kw: Floats) -> Home:
    """Tie what batteries may not do to the direction of the grid; return the home they leave.

    With a binary in every step that is 1 where the home may buy, of batteries that are denied

        charge ≤ most · (1 - buying),   discharge ≤ most · buying

    and beyond its limits the grid has the same direction as within them.
    """
    grid = columns.grid

    def allow(powers: Ints, most: float | Floats, *, buying: bool) -> None:
        rows = program.rows(len(grid.buying), upper=0.0 if buying else most)
        program.terms(rows, powers, 1.0)
        program.terms(rows, grid.buying, np.negative(most) if buying else most)

    for battery, part in zip(home.batteries, columns.batteries, strict=True):
        if not battery.may_charge_from_grid:
            allow(part.charge, battery.charge_kw, buying=False)
        if not battery.may_discharge_to_grid:
            allow(part.discharge, battery.discharge_kw, buying=True)
    movable = sum(each.most_kw for each in home.devices)
    taken = sum(each.charge_kw for each in home.batteries) + movable
    given = sum(each.discharge_kw for each in home.batteries) + movable
    allow(grid.over_buy, np.maximum(net_kw, 0.0) + taken, buying=True)
    allow(grid.over_sell, np.maximum(-net_kw, 0.0) + given, buying=False)
    free = tuple(
        replace(battery, may_charge_from_grid=True, may_discharge_to_grid=True)
        for battery in home.batteries
    )
    return replace(home, batteries=free)


def _keep_rights(
    program: Program, home: Home, columns: Columns, net_kw: Floats, expected_kw: Floats
) -> None:
    """Keep what the contract, or the household, denies out of the plan.

        Σ charge of those denied + Σ what devices take of surplus alone ≤ max(0, -net)
        Σ discharge, or given by devices, of those denied ≤ max(0, net) + Σ taken
        Σ discharge ≤ max(0, net) + Σ taken by what batteries may feed + sell

    and, where devices move, what is bought is no more than load, devices and the charge
    allowed, what is sold no more than the surplus and the discharge allowed. Of the first
    step, which the scenarios share, the expected net load is taken, and these two are left out.

    Args:
        program: where rows go.
        home: what exists.
        columns: of a scenario.
        net_kw: (K,) load less sun of the scenario.
        expected_kw: (K,) the same with the expected first step.
    """
    pairs = list(zip(home.batteries, columns.batteries, strict=True))
    devices = list(zip(home.devices, columns.devices, strict=True))
    count = len(net_kw)
    load, surplus = np.maximum(expected_kw, 0.0), np.maximum(-expected_kw, 0.0)
    taken = [part.power for _, part in devices]

    def limit(powers: list[Ints], most: Floats, more: list[Ints], first: int = 0) -> None:
        rows = program.rows(count - first, upper=most[first:])
        for power in powers:
            program.terms(rows, power[first:], 1.0)
        for power in more:
            program.terms(rows, power[first:], -1.0)

    begin = int(not np.array_equal(net_kw[:1], expected_kw[:1]))
    kept_in = [part.charge for each, part in pairs if not each.may_charge_from_grid]
    sunny = [part.surplus for _, part in devices if part.surplus is not None]
    if kept_in or sunny:
        limit(kept_in + sunny, surplus, [])
    if kept_in and devices:
        free = [part.charge for each, part in pairs if each.may_charge_from_grid]
        limit([columns.grid.buy], load, taken + free, begin)
    kept_out = [part.discharge for each, part in pairs if not each.may_discharge_to_grid]
    unsold = [part.given for _, part in devices if part.given is not None and not part.sold]
    if kept_out or unsold:
        limit(kept_out + unsold, load, taken)
        if devices:
            free = [part.discharge for each, part in pairs if each.may_discharge_to_grid]
            sold = [part.given for _, part in devices if part.given is not None and part.sold]
            limit([columns.grid.sell], surplus, free + sold, begin)
    if pairs and not all(device.from_battery for device in home.devices):
        fed = [part.power for device, part in devices if device.from_battery]
        limit([part.discharge for _, part in pairs], load, [*fed, columns.grid.sell])


def _share_first_step(program: Program, scenarios: list[Columns]) -> None:
    decided = [
        np.concatenate(
            [
                *(column[:1] for each in one.batteries for column in (each.charge, each.discharge)),
                *(part.first for part in one.devices),
            ]
        )
        for one in scenarios
        if one.batteries or one.devices
    ]
    for other in decided[1:]:
        same = program.rows(len(other), lower=0.0, upper=0.0)
        program.terms(same, decided[0], 1.0)
        program.terms(same, other, -1.0)


def _burning_pays(battery: Battery, beliefs: Beliefs, curtailable_share: float) -> Bools:
    """Return the steps in which turning energy into losses would pay, (K,).

    A battery that charges and discharges at once takes 1 - η_c·η_d of what it charges off
    the grid's hands, for the wear of η_c·η_d. That pays where buying brings enough money, or
    where feed-in that cannot be throttled costs enough. Before such a step an empty store is
    worth more than a full one, so that burning what it holds pays too, unless it can be sold.
    """
    loop = battery.loop_efficiency
    least = -battery.wear_per_kwh * loop / (1 - loop) if loop < 1 else -INFINITY
    pays: Bools = beliefs.prices.buy < least
    if curtailable_share < 1:
        pays = pays | (beliefs.prices.sell < least)
    ahead = np.cumsum(pays[::-1])[::-1] > 0
    kept = (beliefs.prices.sell < 0) | (not battery.may_discharge_to_grid)
    return pays | (ahead & kept)


def needs_integers(home: Home, beliefs: Beliefs) -> bool:
    """Return whether prices reward what only a binary forbids, or a battery needs one."""
    if any(battery.switched for battery in home.batteries):
        return True
    share = home.curtailable_share
    return bool((beliefs.prices.sell > beliefs.prices.buy).any()) or any(
        bool(_burning_pays(battery, beliefs, share).any()) for battery in home.batteries
    )


def _limits_in_reach(home: Home, beliefs: Beliefs) -> bool:
    """Return whether load or surplus alone can exceed a limit of the connection."""
    most_in = home.connection.import_kw(beliefs.horizon)
    most_out = home.connection.export_kw(beliefs.horizon)
    kept = 1 - home.curtailable_share
    return any(
        bool((load - solar > most_in).any() or (kept * solar - load > most_out).any())
        for load, solar in beliefs.scenarios
    )
