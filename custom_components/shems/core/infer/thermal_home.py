"""One home's history to the posterior of its rooms, and that to what a plan reckons with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from ..assets.building import Building
from ..assets.performance import Performance
from ..horizon import DAY_S, HOUR_S
from ..units import Bools, Floats, InputError
from .judge import Seen, infer
from .network import Network
from .posterior import Posterior, entered, pool, prior_of
from .thermal import PRIOR, Thermal
from .thermal_rooms import WINDOW_H, Rooms

_AT_C: Final = 7.0
"""Outdoors, where a kWh of electricity is the unit of heat."""
_WINDOWS: Final = 14
"""Thirteen months: a whole winter, whenever it is."""
_LEARNED: Final = 0.1
"""Contraction below which the form knows more of a parameter than what was seen."""
_DAY_H: Final = 24
_SOME_KWH: Final = 0.5
_HARDLY: Final = 0.1
"""Share of what other machines took: less is standby."""
STEADY: Final = (0.0, 0.001)
"""Slope of a plain heater's heat per electricity, and how sure that is."""
_DRAWS: Final = 1000


@dataclass(frozen=True)
class Heated:
    """What is known of a machine and the room it heats, by the hour, (T,) each; NaN is unknown.

    Attributes:
        times: beginnings of successive hours, epoch seconds.
        power_kw: electricity of the machine.
        indoor_c: of the room whose thermostat leads.
        outdoor_c, sun_kw_m2: weather; irradiance on the level.
        longitude: degrees east: habits go by the sun.
        changeover_c: outdoors; above it the power cools. None where it only heats.
        water: whether the power includes hot water.
        steady: whether heat per electricity is the same in any weather, as of plain heaters.
    """

    times: Floats
    power_kw: Floats
    indoor_c: Floats
    outdoor_c: Floats
    sun_kw_m2: Floats
    longitude: float
    changeover_c: float | None = None
    water: bool = False
    steady: bool = False

    def __post_init__(self) -> None:
        """Reject what is not hour by hour."""
        shapes = {
            each.shape
            for each in (self.times, self.power_kw, self.indoor_c, self.outdoor_c, self.sun_kw_m2)
        }
        if len(shapes) != 1 or np.any(np.diff(self.times) != HOUR_S):
            raise InputError("history_not_hourly", block=Thermal.name)


def kept_by_another(power_kw: Floats, others_kw: Floats) -> Bools:
    """Return the hours, (T,), of days on which other machines kept the rooms, and this one hardly.

    An air conditioner that rests all winter, while a heat pump heats its rooms, would seem to
    have a house that needs no heat. Days are the last whole ones of 24 hours each.

    Args:
        power_kw: of this machine, by the hour; NaN where unknown.
        others_kw: of all others of the home together, likewise.
    """
    odd = len(power_kw) % _DAY_H
    days = (
        np.nan_to_num(each[odd:]).reshape(-1, _DAY_H).sum(axis=1) for each in (power_kw, others_kw)
    )
    own, other = days
    idle = (other > _SOME_KWH) & (own < _HARDLY * other)
    return np.concatenate([np.zeros(odd, dtype=np.bool_), np.repeat(idle, _DAY_H)])


def windows_of(history: Heated) -> tuple[Rooms, list[Seen]]:
    """Return a history as windows of four weeks, the last first, each from solar midnight on.

    What is missing of the oldest is not known. Windows with nothing in them are left out, up
    to all of them.
    """
    solar = history.times + history.longitude / 15.0 * HOUR_S
    # The last window ends with the last whole day.
    over = int(np.mod(solar[-1] + HOUR_S, DAY_S) // HOUR_S) if len(solar) else 0
    count = len(solar) - over
    number = min(-(-count // WINDOW_H), _WINDOWS)
    summer = (
        np.zeros(len(solar), dtype=bool)
        if history.changeover_c is None
        else history.outdoor_c > history.changeover_c
    )
    power = np.maximum(history.power_kw, 0.0)
    hours = np.mod(solar / HOUR_S + 0.5, 24.0)
    hour, heating, cooling, indoor, outdoor, sun = (
        _cut(each, count, number)
        for each in (
            hours,
            np.where(summer, 0.0 * power, power),
            np.where(summer, power, 0.0 * power),
            history.indoor_c,
            history.outdoor_c,
            history.sun_kw_m2,
        )
    )
    water = np.full(number, history.water)
    rooms = Rooms(hour, heating, cooling, indoor, outdoor, sun, water)
    end = history.times[0] + count * HOUR_S if len(solar) else 0.0
    known = rooms.known
    kept = np.flatnonzero(known.any(axis=1))
    seen = [
        Seen(
            (float(end - (at + 1) * WINDOW_H * HOUR_S), float(end - at * WINDOW_H * HOUR_S)),
            float(known[at].sum() / 24.0),
        )
        for at in kept
    ]
    return rooms.at(kept), seen


def _cut(values: Floats, count: int, number: int) -> Floats:
    """Return the last windows of what is known, the last first, (number, WINDOW_H)."""
    long = np.full(max(number * WINDOW_H, count), np.nan)
    long[len(long) - count :] = values[:count]
    kept: Floats = long[len(long) - number * WINDOW_H :].reshape(number, WINDOW_H)[::-1]
    return kept


def infer_thermal(
    network: Network,
    history: Heated,
    random: np.random.Generator,
    known: Mapping[str, tuple[float, float]] | None = None,
    earlier: Sequence[Posterior] = (),
) -> Posterior:
    """Return the posterior of a home's rooms from 7 to 400 days of history.

    Windows are inferred by themselves and the most telling are pooled, so that summer goes on
    with the loss that the last winter told of.

    Args:
        network: trained for `Thermal`.
        history: hour by hour.
        random: what draws come from.
        known: values that the household entered, with their standard deviations.
        earlier: posteriors of a past that is no longer in the history.

    Raises:
        InputError: the networks were trained for something else.
    """
    told = {**({"cop_slope": STEADY} if history.steady else {}), **(known or {})}
    rooms, seen = windows_of(history)
    found = infer(Thermal(), network, rooms, seen, random) if seen else []
    pooled = pool([*found, *earlier], PRIOR, network.learned)
    if pooled is None:
        pooled = found[0] if found else prior_of(Thermal.name, PRIOR, random, _DRAWS)
    return entered(pooled, PRIOR, told, random)


def learned(posterior: Posterior) -> frozenset[str]:
    """Return the parameters that something was learned of."""
    return frozenset(
        name for name, each in posterior.summary(PRIOR).items() if each.contraction >= _LEARNED
    )


@dataclass(frozen=True)
class Known:
    """What a home's form says of its rooms and its machine.

    Attributes:
        building: the rooms.
        performance: heat per electricity, which scales electric-equivalent units.
    """

    building: Building = field(default_factory=Building)
    performance: Performance = field(default_factory=Performance)


def as_building(values: Mapping[str, float], form: Known) -> Known:
    """Return a draw of the parameters as rooms and a machine that a plan reckons with.

    A kWh of electricity is as much heat as the form's machine makes of it at 7 °C. What is
    not among the values stays as the form says, in proportion to the loss. Coupling and the
    mass's shares of loss and sun are always the form's.

    Args:
        values: draws by the names of parameters, in the prior's units.
        form: what the household entered.
    """
    building, performance = form.building, form.performance
    cop = performance.at(_AT_C)
    loss = values["loss"] * cop if "loss" in values else building.loss_kw_per_k
    scale = loss / building.loss_kw_per_k
    air, mass = building.air_kwh_per_k * scale, building.mass_kwh_per_k * scale
    if "time_constant" in values or "air_share" in values:
        both = loss * values["time_constant"] if "time_constant" in values else air + mass
        share = values.get("air_share", air / (air + mass))
        air, mass = both * share, both * (1.0 - share)
    slope = performance.slope_per_k
    if "cop_slope" in values:
        slope = values["cop_slope"] * cop
    return Known(
        replace(
            building,
            loss_kw_per_k=loss,
            air_kwh_per_k=air,
            mass_kwh_per_k=mass,
            coupling_kw_per_k=building.coupling_kw_per_k * scale,
            aperture_m2=values["aperture"] * loss if "aperture" in values else building.aperture_m2,
            gains_kw=values["gains"] * loss if "gains" in values else building.gains_kw,
        ),
        replace(performance, slope_per_k=slope),
    )


def buildings_of(posterior: Posterior, form: Known, count: int) -> list[Known]:
    """Return `count` draws as rooms and machines; the form alone where nothing may be believed."""
    if not posterior.usable:
        return [form]
    free = learned(posterior)
    step = max(1, len(posterior.draws) // count)
    return [
        as_building(
            {
                name: float(value)
                for name, value in zip(posterior.names, row, strict=True)
                if name in free
            },
            form,
        )
        for row in posterior.draws[::step][:count]
    ]
