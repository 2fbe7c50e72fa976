"""A car at its charger in a program: what it wants by when, surplus, bargains, giving back."""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from ..horizon import HOUR_S
from ..linear import INFINITY, Ints
from ..units import Bools, Floats
from .battery import LEAST_WEAR
from .charger import Charger
from .connection import separate
from .device import Part, Wish
from .scenario import Scenario
from .stay import Chain, VehicleState, chains
from .switching import Switching, switched

_IDLE: Final = 0.1
"""Taking less than the least while it is on, as it does when it is full, costs this share of
the penalty: twice the highest price, more than any saving, less than energy that is missing."""
_MOST_WORTH: Final = 0.25
"""Energy beyond what is wanted counts at most this share of the penalty, five times the
highest price, so that it is never taken in place of what is wanted."""
_SURPLUS_GAIN: Final = 0.04
"""Surplus goes into the car as if that gained this share of the median import price over
selling it: above what ties and decisions of the last plan count."""
_NONE: Final = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class Vehicle(Charger):
    """A car whose charging can be planned; see `Charger` for its attributes."""

    KIND: ClassVar[str] = "vehicle"

    @property
    def worth(self) -> float:
        """A stored kWh saves a bought one later, and what is lost on its way."""
        return 1.0

    def check(self, state: VehicleState) -> None:
        """Raise InputError for what no car holds, and stays that cannot be."""
        state.check(self.name, self.capacity_kwh)

    def constrain(self, scenario: Scenario, state: VehicleState) -> Part:
        """Add charging, giving back, stored energy and what is wanted.

        energy[k] - energy[k-1] - η_c·h·power[k] + h/η_d·given[k] = 0 from arrival on

        A stay that is over, or goes unmet, is told as a wish.
        """
        horizon, count = scenario.around.horizon, len(scenario.hours)
        found = chains(state.stays, state.energy_kwh, horizon)
        share = np.zeros(count)
        for chain in found:
            share[chain.steps] = chain.share
        power = scenario.program.columns(
            count, upper=self.charge_kw * share, cost=scenario.sooner * scenario.paid
        )
        scenario.program.terms(scenario.balance, power, -1.0)
        demanded, short = self._demand(scenario, state, found, power)
        given = self._give(scenario, power, share, demanded) if self.discharge_kw > 0 else None
        energy, store = self._store(scenario, state, found, (power, given))
        sunny = self._sunny(scenario, power, share, demanded)
        wishes = self._past(scenario, state) + short
        for chain in found:
            wishes += self._wanted(scenario, chain, energy)
            self._beyond(scenario, chain, energy, sunny)
        on, asked = self._switch(scenario, state, power, share)
        self._phases(scenario, on, asked)
        return Part(
            power,
            given=given,
            sold=self.to_grid,
            surplus=sunny,
            state=energy,
            store=store,
            first=np.concatenate([power[:1], on[:1], _NONE if given is None else given[:1]]),
            wishes=wishes,
        )

    def _demand(
        self, scenario: Scenario, state: VehicleState, found: tuple[Chain, ...], power: Ints
    ) -> tuple[Floats, tuple[Wish, ...]]:
        """Add what is lacking of the power that is demanded; return that power, (K,).

            power + lacking ≥ demanded

        A car that gives nothing back is full after a while; then nothing is demanded. While it
        is booked, all that the charger can give is.
        """
        program, hours = scenario.program, scenario.hours
        everywhere, demanded = state.demanded_kw(scenario.around.horizon), np.zeros(len(hours))
        if scenario.booked is not None:
            everywhere = np.maximum(everywhere, self.charge_kw * scenario.booked)
        for chain in found:
            stored_kwh = everywhere[chain.steps] * hours[chain.steps] * self.charge_efficiency
            room = max(self.limit_kwh - chain.begin_kwh, 0.0)
            if self.discharge_kw == 0:
                before = np.cumsum(stored_kwh) - stored_kwh
                stored_kwh = np.clip(room - before, 0.0, stored_kwh)
            demanded[chain.steps] = stored_kwh / (hours[chain.steps] * self.charge_efficiency)
        steps = np.flatnonzero(demanded)
        if len(steps) == 0:
            return demanded, ()
        lacking = program.columns(len(steps), cost=scenario.penalty * scenario.paid[steps])
        rows = program.rows(len(steps), lower=demanded[steps])
        program.terms(rows, power[steps], 1.0)
        program.terms(rows, lacking, 1.0)
        return demanded, (Wish("power_short", lacking, hours[steps], "kWh"),)

    def _give(self, scenario: Scenario, power: Ints, share: Floats, demanded: Floats) -> Ints:
        """Add what it gives back; return its columns, (K,).

        A binary keeps it apart from charging where doing both would feign a power below the
        least, or one that was demanded, and where burning energy in the losses pays.
        """
        program, prices = scenario.program, scenario.prices
        given = program.columns(
            len(share),
            upper=self.discharge_kw * share,
            cost=max(self.wear_per_kwh, LEAST_WEAR) * scenario.paid,
        )
        program.terms(scenario.balance, given, 1.0)
        loop = self.charge_efficiency * self.discharge_efficiency
        least = -self.wear_per_kwh * loop / (1 - loop) if loop < 1 else -INFINITY
        pays: Bools = np.minimum(prices.buy, prices.sell) < least
        ahead = np.cumsum(pays[::-1])[::-1] > 0
        kept = (prices.sell < 0) | (not self.to_grid)
        apart = scenario.around.whole | pays | (ahead & kept) | (demanded > 0)
        steps = np.flatnonzero(apart & (share > 0))
        separate(program, steps, (power, self.charge_kw), (given, self.discharge_kw))
        return given

    def _store(
        self,
        scenario: Scenario,
        state: VehicleState,
        found: tuple[Chain, ...],
        flows: tuple[Ints, Ints | None],
    ) -> tuple[Ints, Ints]:
        """Add stored energy; return its columns and the rows that balance it, (K,) each.

        Each arrival begins anew; while it is away it holds what it left with. Below its floor
        energy is short at a penalty, so that it charges at once.
        """
        program, hours, count = scenario.program, scenario.hours, len(scenario.hours)
        begin, known = np.full(count, state.energy_kwh), np.zeros(count)
        known[0] = state.energy_kwh
        for chain in found:
            begin[chain.steps[0] :] = known[chain.steps[0]] = chain.begin_kwh
        energy = program.columns(
            count,
            lower=np.minimum(begin, self.floor_kwh),
            upper=np.maximum(begin, self.limit_kwh),
        )
        store = program.rows(count, lower=known, upper=known)
        program.terms(store, energy, 1.0)
        follows = np.setdiff1d(np.arange(1, count), [chain.steps[0] for chain in found])
        program.terms(store[follows], energy[follows - 1], -1.0)
        program.terms(store, flows[0], -self.charge_efficiency * hours)
        if flows[1] is not None:
            program.terms(store, flows[1], hours / self.discharge_efficiency)
        for chain in found:
            if chain.begin_kwh < self.floor_kwh:
                steps = chain.steps
                below = program.columns(len(steps), cost=scenario.penalty * scenario.paid[steps])
                floor = program.rows(len(steps), lower=self.floor_kwh)
                program.terms(floor, energy[steps], 1.0)
                program.terms(floor, below, 1.0)
            if flows[1] is not None and chain.begin_kwh > self.limit_kwh:
                self._refill(scenario, chain, flows[0], energy)
        return energy, store

    def _refill(self, scenario: Scenario, chain: Chain, power: Ints, energy: Ints) -> None:
        """Let a car that is above its limit charge only once it is below, and up to it.

            power ≤ most · below,   energy ≤ limit + (begin - limit) · (1 - below)

        One that gives nothing back never comes below, and needs no binary.
        """
        program, steps = scenario.program, chain.steps
        below = program.columns(len(steps), upper=1.0, integer=True)
        within = program.rows(len(steps), upper=0.0)
        program.terms(within, power[steps], 1.0)
        program.terms(within, below, -self.charge_kw)
        kept = program.rows(len(steps), upper=chain.begin_kwh)
        program.terms(kept, energy[steps], 1.0)
        program.terms(kept, below, chain.begin_kwh - self.limit_kwh)

    def _past(self, scenario: Scenario, state: VehicleState) -> tuple[Wish, ...]:
        """Return what stays that are over have left unmet."""
        now = float(scenario.around.horizon.edges[0])
        short = [
            (max(stay.target_kwh - state.energy_kwh, 0.0), stay.end)
            for stay in state.stays
            if stay.end <= now
        ]
        return tuple(
            Wish(
                "departure_past",
                scenario.program.columns(1, lower=amount, upper=amount),
                np.ones(1),
                "kWh",
                at,
            )
            for amount, at in short
        )

    def _wanted(self, scenario: Scenario, chain: Chain, energy: Ints) -> tuple[Wish, ...]:
        """Add what is missing of each goal of a stay; return the wishes.

            energy at the goal + missing ≥ goal,   - missing ≤ goal where it is the most

        Of a goal beyond the horizon that is wanted at its end which could not be charged
        later at full power; the rest is left to the worth of what is stored there.
        """
        program, horizon = scenario.program, scenario.around.horizon
        last, wishes = float(horizon.edges[-1]), []
        for goal in chain.stay.wanted:
            at = min(goal.at, chain.stay.end)
            later_h = max(at - last, 0.0) / HOUR_S
            wanted = goal.energy_kwh - later_h * self.charge_kw * self.charge_efficiency
            idle = later_h > 0 if goal.most else wanted <= 0
            if idle or at <= horizon.edges[0]:
                continue
            step, part = chain.place(at, horizon)
            first = step == chain.steps[0]
            wanted -= (1 - part) * chain.begin_kwh * first
            row = program.rows(1, upper=wanted) if goal.most else program.rows(1, lower=wanted)
            if not first:
                program.terms(row, energy[[step - 1]], 1 - part)
            price = scenario.weight * scenario.penalty * goal.importance
            missing = program.columns(1, cost=price)
            program.terms(row, energy[[step]], part)
            program.terms(row, missing, -1.0 if goal.most else 1.0)
            wishes.append(Wish(goal.code, missing, np.ones(1), "kWh", at))
        return tuple(wishes)

    def _sunny(
        self, scenario: Scenario, power: Ints, share: Floats, demanded: Floats
    ) -> Ints | None:
        """Add how much of the power is surplus; return its columns, (K,), None for any.

        sunny ≤ power,   sunny ≤ surplus,   power ≤ sunny + demanded without the grid
        """
        if self.from_grid and not self.surplus:
            return None
        program, count = scenario.program, len(share)
        most = np.minimum(self.charge_kw * share, np.maximum(-scenario.net_kw, 0.0))
        sunny = program.columns(count, upper=most)
        within = program.rows(count, lower=0.0, upper=INFINITY if self.from_grid else demanded)
        program.terms(within, power, 1.0)
        program.terms(within, sunny, -1.0)
        return sunny

    def _beyond(self, scenario: Scenario, chain: Chain, energy: Ints, sunny: Ints | None) -> None:
        """Price what is stored when a stay, or the horizon, ends.

            energy + below - cheap - sun ≥ target,   sun ≤ stored above it before + η·h·Σ sunny

        Cheap and sun are worth what may be paid for them. At the horizon's end `below` costs
        what a stored kWh is worth there; a car that gives back has use for more than its
        target.
        """
        program, stay, steps = scenario.program, chain.stay, chain.steps
        cap = _MOST_WORTH * scenario.penalty
        worth = 0.0
        if stay.end > scenario.around.horizon.edges[-1]:
            worth = float(np.clip(scenario.terminal_value.get(self.id, 0.0), 0.0, cap))
        cheap = worth if self.discharge_kw > 0 else 0.0
        if self.cheap_below is not None:
            cheap = max(cheap, min(self.cheap_below / self.charge_efficiency, cap))
        sun = 0.0
        if self.surplus:
            sold = scenario.prices.sell[steps][scenario.net_kw[steps] < 0]
            price = float(sold.max(initial=0.0)) + _SURPLUS_GAIN * scenario.typical
            sun = min(price / self.charge_efficiency, cap)
        dearest = max(worth, cheap, sun)
        if dearest <= 0:
            return
        row = program.rows(1, lower=stay.target_kwh)
        program.terms(row, energy[steps[-1:]], 1.0)
        program.terms(row, program.columns(1, cost=scenario.weight * dearest), 1.0)
        program.terms(row, program.columns(1, cost=-scenario.weight * cheap), -1.0)
        if sunny is not None and sun > 0:
            above = max(chain.begin_kwh - stay.target_kwh, 0.0)
            taken = program.columns(1, cost=-scenario.weight * sun)
            program.terms(row, taken, -1.0)
            source = program.rows(1, upper=above)
            program.terms(source, taken, 1.0)
            stored = -self.charge_efficiency * scenario.hours[steps]
            program.terms(np.repeat(source, len(steps)), sunny[steps], stored)

    def _switch(
        self, scenario: Scenario, state: VehicleState, power: Ints, share: Floats
    ) -> tuple[Ints, Ints]:
        """Add the charger's setpoint in the near steps; return the columns of *on* and of it.

            power = share · (setpoint - idle),   setpoint zero or from the least to the most

        A car that is full takes less than it is offered, and one that is away nothing, so
        that least times never ask for what cannot be.
        """
        near = int(np.count_nonzero(scenario.around.whole))
        if near == 0 or (self.least_kw <= 0 and self.switching == Switching()):
            return _NONE, _NONE
        program, there = scenario.program, share[:near]
        asked = program.columns(near, upper=self.charge_kw)
        price = _IDLE * scenario.penalty * scenario.paid[:near] * there
        idle = program.columns(near, upper=self.charge_kw, cost=price)
        rows = program.rows(near, lower=0.0, upper=0.0)
        program.terms(rows, power[:near], 1.0)
        program.terms(rows, asked, -there)
        program.terms(rows, idle, there)
        course = np.concatenate([asked, power[near:]])
        rules = self.switching
        on = switched(scenario, course, self.least_kw, self.charge_kw, rules, state.running)
        return on, asked

    def _phases(self, scenario: Scenario, on: Ints, asked: Ints) -> None:
        """Keep the setpoint out of the gap between one phase and all.

        least + (high - least) · all ≤ setpoint ≤ low + (most - low) · all,   all binary
        """
        if self.gap_kw is None or len(on) == 0:
            return
        program, (low, high) = scenario.program, self.gap_kw
        every = program.columns(len(on), upper=1.0, integer=True)
        most = program.rows(len(on), upper=low)
        program.terms(most, asked, 1.0)
        program.terms(most, every, low - self.charge_kw)
        least = program.rows(len(on), lower=0.0)
        program.terms(least, asked, 1.0)
        program.terms(least, on, -self.least_kw)
        program.terms(least, every, self.least_kw - high)
