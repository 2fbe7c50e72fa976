"""What an answer takes for granted."""

import numpy as np

from ...assets.performance import AIR_TO_WATER
from ...units import Args
from .capture import Capture
from .question import (
    Assumption,
    Car,
    Community,
    HeatPump,
    Insulation,
    MoreStorage,
    MoreSun,
    OtherTariff,
    Setpoint,
    WithoutShems,
)
from .weeks import Ahead, unseen_days
from .world import BASE_C, World
from .years import (
    LOAD_MONTHS,
    LOAD_YEARS,
    MARKET_YEARS,
    SUN_YEARS,
)


def assumptions_of(world: World, ahead: Ahead, loop: Capture | None) -> tuple[Assumption, ...]:
    """Return what was taken for granted, the most important first.

    Args:
        world: the home with its changes.
        ahead: the days that were asked about.
        loop: what the closed loop over the past came to; None where no battery is planned.
    """
    diary, subject = world.diary, world.subject
    found = [Assumption("history", {"days": diary.count, "missing": _percent(diary.masked)})]
    unseen = unseen_days(subject, diary, ahead)
    if unseen:
        found.append(Assumption("seasons_unseen", {"days": unseen}))
    found.append(
        Assumption("habits", {"year": _percent(LOAD_YEARS), "month": _percent(LOAD_MONTHS)})
    )
    if len(subject.lived):
        found.append(Assumption("habits_inferred", {"days": diary.count}))
    if len(subject.storage):
        found.append(Assumption("batteries_inferred"))
    if diary.solar_kw is not None:
        found.append(Assumption("sun", {"year": _percent(SUN_YEARS)}))
        if subject.site is None:
            found.append(Assumption("place_unknown"))
    if world.tariff.needs_market:
        days = int(np.isfinite(diary.prices).all(axis=1).sum())
        found.append(Assumption("prices", {"days": days, "year": _percent(MARKET_YEARS)}))
    if loop is not None:
        code = "captured" if loop.tells else "captured_usual"
        args: Args = {"share": _percent(loop.usual_share), "weeks": len(loop.gap)}
        found.append(Assumption(code, args))
    found += _of_changes(world)
    found.append(Assumption("hourly"))
    return tuple(found)


def _of_changes(world: World) -> list[Assumption]:
    subject, found = world.subject, []
    more = world.change(MoreStorage)
    if more is not None:
        found.append(
            Assumption("battery", {"efficiency": _percent(more.efficiency), "unused": 10.0})
        )
        if subject.home.batteries:
            found.append(Assumption("batteries_as_one"))
    shared = world.change(Community)
    if shared is not None:
        found.append(
            Assumption(
                "community",
                {"sells": _percent(shared.sells_share), "buys": _percent(shared.buys_share)},
            )
        )
    found += _of_heat(world)
    if world.change(MoreSun) is not None and world.diary.solar_kw is None:
        found.append(Assumption("sky_simulated"))
    car = world.change(Car)
    if car is not None:
        planned = subject.managed and world.change(WithoutShems) is None
        found.append(Assumption("car_planned" if planned else "car_at_once"))
    other = world.change(OtherTariff)
    if other is not None and other.market is not None:
        found.append(Assumption("other_market"))
    if world.peaks:
        found.append(Assumption("peaks_hourly"))
    if subject.history.flexible:
        found.append(Assumption("devices_as_were"))
    return found


def _of_heat(world: World) -> list[Assumption]:
    found, diary = [], world.diary
    pump = world.change(HeatPump)
    if pump is not None:
        found.append(
            Assumption(
                "heat_pump",
                {"base_c": pump.base_c, "cop": AIR_TO_WATER.cop, "at_c": AIR_TO_WATER.at_c},
            )
        )
    changes = [each for each in world.changes if isinstance(each, Insulation | Setpoint)]
    if changes and changes[0].heating_kwh is not None:
        found.append(Assumption("heating_told", {"heating_kwh": changes[0].heating_kwh}))
    elif changes and len(world.subject.heating_kw_per_k):
        found.append(Assumption("heating_inferred"))
    elif changes:
        found.append(Assumption("heating_by_days", {"base_c": BASE_C}))
    if (changes or pump is not None) and diary.outdoor_c is None:
        found.append(Assumption("weather_simulated"))
    return found


def _percent(share: float) -> float:
    return round(100.0 * share, 1)
