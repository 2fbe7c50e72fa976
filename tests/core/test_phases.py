"""No phase stays above its fuse for longer than a meter update, and nothing is cut in vain."""

from dataclasses import replace

import pytest

from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.deferrable import Deferrable
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.dispatch.command import Command
from custom_components.shems.core.dispatch.guard import relieve_phases
from custom_components.shems.core.dispatch.phases import PhaseRoom, guard_phases
from custom_components.shems.core.observe.readings import BatteryReading, Readings
from custom_components.shems.core.plan.result import Mode, Reason
from tests.core.homes import BATTERY, NOW, value_of

HOME = Home(
    Connection.fused(25.0),
    batteries=(BATTERY,),
    devices=(Deferrable("car", "Car", 7.4, 1.4), Deferrable("pump", "Pump", 2.0)),
    wired={"car": 0, "pump": 1},
)


def meters(
    grid_kw: float | None, *amps: float | None, soc: float | None = 0.5, **powers: float | None
) -> Readings:
    return Readings(
        NOW,
        value_of(grid_kw),
        batteries={"store": BatteryReading(value_of(soc), value_of(powers.pop("store", 0.0)))},
        devices={key: value_of(power) for key, power in powers.items()},
        phases_a=tuple(value_of(each) for each in amps),
    )


def test_what_may_be_taken_is_what_is_on_the_phase_less_what_is_too_much() -> None:
    seen = meters(12.0, 30.0, 10.0, 26.0, car=5.0, pump=2.0, store=-3.0)
    first, third = guard_phases(HOME, seen, (), NOW)
    assert first == PhaseRoom(0, pytest.approx(5.0 + 3.0 / 3 - 5 * 0.23), NOW + 300)
    assert third == PhaseRoom(2, pytest.approx(3.0 / 3 - 0.23), NOW + 300)


def test_a_current_of_nobody_knows_which_phase_counts_a_third_of_everything() -> None:
    (room,) = guard_phases(HOME, meters(12.0, 24.0, 30.0, car=5.0, pump=2.0), (), NOW)
    assert room == PhaseRoom(None, pytest.approx(7.0 / 3 - 5 * 0.23), NOW + 300)
    assert room.share(HOME, "car") == room.share(HOME, "store") == pytest.approx(1 / 3)


def test_what_was_taken_stays_taken_for_five_minutes() -> None:
    first = guard_phases(HOME, meters(12.0, 30.0, 8.0, 9.0, car=5.0), (), NOW)
    calm = meters(8.0, 20.0, 8.0, 9.0, car=3.0)
    assert guard_phases(HOME, calm, first, NOW + 299) == first
    assert guard_phases(HOME, calm, first, NOW + 300) == ()
    (again,) = guard_phases(HOME, meters(12.0, 26.0, 8.0, 9.0, car=5.0), first, NOW + 10)
    assert again.most_kw == first[0].most_kw, "the meter has not seen yet what was cut"
    assert again.end == NOW + 310


@pytest.mark.parametrize(
    ("home", "readings"),
    [
        (HOME, meters(12.0, 25.0, 10.0, -40.0)),
        (HOME, meters(12.0)),
        (HOME, meters(12.0, None, None, None)),
        (HOME, meters(None, 30.0, 10.0, 10.0)),
        (HOME, meters(-15.0, 30.0, 20.0, 20.0)),
        (replace(HOME, connection=Connection()), meters(12.0, 30.0, 10.0, 10.0)),
    ],
    ids=["below", "none", "unknown", "no grid", "no sign", "no fuse"],
)
def test_what_is_below_or_unknown_is_no_reason(home: Home, readings: Readings) -> None:
    assert guard_phases(home, readings, (), NOW) == ()


@pytest.mark.parametrize("amps", [(30.0, 10.0, -60.0), (30.0, None, 10.0), (30.0,)])
def test_a_phase_may_import_while_the_home_exports(amps: tuple[float | None, ...]) -> None:
    assert len(guard_phases(HOME, meters(-4.0, *amps), (), NOW)) == 1


def given(home: Home, seen: Readings, power_kw: float, mode: Mode = Mode.CHARGE) -> Command:
    """Return what a battery is told when `power_kw` is what it was to do."""
    command = Command("store", mode, power_kw, Reason("idle"))
    rooms = guard_phases(home, seen, (), NOW)
    net = seen.net_kw
    assert net is not None
    return relieve_phases(home, seen, {"store": command}, net, rooms)["store"]


@pytest.mark.parametrize(("phase", "power"), [(0, -5.0 + 1.15), (1, -5.0), (None, -5.0 + 3 * 1.15)])
def test_a_battery_takes_less_by_what_it_has_on_the_phase(phase: int | None, power: float) -> None:
    home = replace(HOME, wired={} if phase is None else {"store": phase})
    seen = meters(8.0, 30.0, 8.0, -4.0, store=-5.0)
    command = given(home, seen, -5.0)
    assert command.power_kw == pytest.approx(power)
    assert command.mode is Mode.CHARGE
    why = Reason("limit_phase", {"limit_kw": 25 * 0.23})
    assert command.reason == (Reason("idle") if phase == 1 else why)


def test_a_battery_gives_what_is_missing_and_no_more_than_the_home_takes() -> None:
    home = replace(HOME, wired={"store": 0})
    giving = given(home, meters(8.0, 35.0, 0.0, 0.0), 0.0, Mode.HOLD)
    assert (giving.mode, giving.power_kw) == (Mode.DISCHARGE, pytest.approx(2.3))
    assert given(home, meters(1.0, 35.0, 0.0, -30.0), 0.0).power_kw == pytest.approx(1.0)
    # What is given up of charging is fed in where another phase has too much sun.
    fed = given(home, meters(-1.0, 40.0, 0.0, -44.0, store=-3.0), -3.0)
    assert fed.power_kw == pytest.approx(0.0)


def test_a_battery_that_already_gives_more_goes_on() -> None:
    home = replace(HOME, wired={"store": 0})
    giving = given(home, meters(1.0, 30.0, 0.0, -25.0, store=2.0), 4.0, Mode.DISCHARGE)
    assert giving.power_kw == 4.0
    exporting = given(home, meters(-2.0, 40.0, 0.0, -48.0, store=1.0), 1.0, Mode.COVER)
    assert exporting.power_kw == 1.0


def test_no_more_batteries_give_than_must() -> None:
    home = replace(
        HOME, batteries=(BATTERY, replace(BATTERY, id="other")), wired={"store": 0, "other": 0}
    )
    seen = meters(8.0, 35.0, 0.0, 0.0)
    seen.batteries["other"] = seen.batteries["store"]
    orders = {key: Command(key, Mode.HOLD, 0.0, Reason("idle")) for key in ("store", "other")}
    told = relieve_phases(home, seen, orders, 8.0, guard_phases(home, seen, (), NOW))
    assert told["store"].power_kw == pytest.approx(2.3)
    assert told["other"] == orders["other"]


def test_of_what_is_not_measured_nothing_is_counted_on() -> None:
    """Its charge is unknown, so it is told nothing; its power is, so it relieves nothing yet."""
    home = replace(HOME, wired={"store": 0})
    assert given(home, meters(8.0, 30.0, 0.0, 5.0, soc=None), 0.0).power_kw == 0.0
    silent = replace(meters(8.0, 30.0, 8.0, 0.0, store=None), load_kw=value_of(8.0))
    rooms = guard_phases(home, silent, (), NOW)
    command = Command("store", Mode.DISCHARGE, 2.0, Reason("idle"))
    told = relieve_phases(home, silent, {"store": command}, 8.0, rooms)["store"]
    assert told.power_kw == pytest.approx(2.0 + 1.15)
