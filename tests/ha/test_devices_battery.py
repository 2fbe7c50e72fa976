"""A battery's orders become the right writes, in the right order and unit."""

import math
from dataclasses import replace
from typing import Any

import pytest

from custom_components.shems.core.assets.curve import Segment
from custom_components.shems.core.dispatch.command import Command
from custom_components.shems.core.plan.result import Mode, Reason
from custom_components.shems.core.units import InputError
from custom_components.shems.devices import KINDS, Action, Device, Expect, actions
from custom_components.shems.devices.device import Range
from custom_components.shems.devices.solar import throttle

LIMITS = {"charge_kw": 5.0, "discharge_kw": 4.0, "capacity_kwh": 10.0}
WATTS = Range("W", 0.0, 5000.0, 10.0)


def device(kind: str = "battery", *, ranges: dict[str, Range] | None = None, **data: Any) -> Device:
    known = ranges or {}
    return Device(
        "id", kind, "Battery", {**LIMITS, **data}, range_of=lambda each: known.get(each, WATTS)
    )


def command(mode: Mode, power_kw: float = 0.0) -> Command:
    return Command("id", mode, power_kw, Reason("any"))


def written(made: tuple[Action, ...]) -> list[tuple[str, Any]]:
    """Return each entity with what it is set to, in order."""
    return [
        (
            each.entity_id,
            each.data.get("option", each.data.get("value", each.service.removeprefix("turn_"))),
        )
        for each in made
    ]


SELECT = {
    "control": "select",
    "mode_select": "select.mode",
    "option_self_consume": "auto",
    "option_charge": "force charge",
    "option_discharge": "force discharge",
    "option_hold": "standby",
    "option_default": "general",
}


def test_select_gives_the_power_before_a_mode_that_uses_it() -> None:
    made = actions(device(**SELECT, power_number="number.power"), command(Mode.CHARGE, -2.5))
    assert written(made) == [("number.power", 2500.0), ("select.mode", "force charge")]
    assert made[0].expect == Expect("number.power", 2500.0, pytest.approx(25.0, abs=0.01))
    assert made[1].expect == Expect("select.mode", "force charge")
    assert (made[0].domain, made[0].service) == ("number", "set_value")
    assert (made[1].domain, made[1].service) == ("select", "select_option")


def test_select_opens_the_limit_after_leaving_a_forced_mode() -> None:
    battery = device(**SELECT, power_number="number.power")
    assert written(actions(battery, command(Mode.SELF_CONSUME, 0.4))) == [
        ("select.mode", "auto"),
        ("number.power", 5000.0),
    ]
    assert written(actions(battery, "default")) == [
        ("select.mode", "general"),
        ("number.power", 5000.0),
    ]


@pytest.mark.parametrize(
    ("mode", "option"),
    [
        (Mode.SELF_CONSUME, "auto"),
        (Mode.CHARGE, "force charge"),
        (Mode.DISCHARGE, "force discharge"),
        (Mode.HOLD, "standby"),
        (Mode.ABSORB, "no discharge"),
        (Mode.COVER, "no charge"),
    ],
)
def test_select_has_an_option_for_each_mode(mode: Mode, option: str) -> None:
    battery = device(**SELECT, option_absorb="no discharge", option_cover="no charge")
    assert written(actions(battery, command(mode, 1.0))) == [("select.mode", option)]


@pytest.mark.parametrize(
    ("mode", "power_kw", "number", "expected"),
    [
        (Mode.ABSORB, -1.2, True, [("number.power", 1200.0), ("select.mode", "force charge")]),
        (Mode.COVER, 0.8, True, [("number.power", 800.0), ("select.mode", "force discharge")]),
        (Mode.ABSORB, 0.0, True, [("select.mode", "standby"), ("number.power", 5000.0)]),
        (Mode.ABSORB, -1.2, False, [("select.mode", "auto")]),
        (Mode.COVER, 0.8, False, [("select.mode", "auto")]),
        (Mode.COVER, 0.0, False, [("select.mode", "standby")]),
    ],
)
def test_a_missing_option_becomes_a_power_or_the_nearest_mode(
    mode: Mode, power_kw: float, number: bool, expected: list[tuple[str, Any]]
) -> None:
    battery = device(**SELECT, **({"power_number": "number.power"} if number else {}))
    assert written(actions(battery, command(mode, power_kw))) == expected


def test_without_an_option_to_hold_the_device_decides() -> None:
    battery = device(control="select", mode_select="select.mode", option_self_consume="auto")
    assert written(actions(battery, command(Mode.HOLD))) == [("select.mode", "auto")]
    assert written(actions(battery, "default")) == [("select.mode", "auto")]


def test_what_is_not_configured_is_not_written() -> None:
    assert actions(device(control="none"), command(Mode.CHARGE, -1.0)) == ()
    assert actions(device(), "default") == ()
    assert actions(device(control="select"), "default") == ()
    assert actions(device(control="select", mode_select="select.mode"), "default") == ()
    assert actions(device(control="number"), command(Mode.CHARGE, -1.0)) == ()
    assert actions(device("connection"), "default") == ()


@pytest.mark.parametrize(
    ("limits", "extra", "power_kw", "value"),
    [
        (Range("W", -5000, 5000, 1), {}, 1.2345, 1234.0),
        (Range("W", -5000, 5000, 1), {"number_positive": "charge"}, 1.2345, -1234.0),
        (Range("kW", -5, 5, 0.1), {}, -1.29, -1.2),
        (Range("%", -100, 100, 1), {}, 2.0, 50.0),
        (Range("%", -100, 100, 1), {}, -2.5, -50.0),
        (Range("A", -100, 100, 1), {"battery_volts": 50.0}, 2.0, 40.0),
        (Range("W", -3000, 3000, 100), {}, 3.9, 3000.0),
        (Range("W", -3000, 3000, 100), {}, -1.234, -1200.0),
        (Range("W"), {}, 0.1234, 123.4),
    ],
)
def test_number_takes_unit_sign_range_and_step(
    limits: Range, extra: dict[str, Any], power_kw: float, value: float
) -> None:
    battery = device(
        control="number", power_number="number.p", ranges={"number.p": limits}, **extra
    )
    mode = Mode.DISCHARGE if power_kw > 0 else Mode.CHARGE
    assert written(actions(battery, command(mode, power_kw))) == [
        ("number.p", pytest.approx(value))
    ]


def test_a_percentage_without_a_rated_power_asks_for_nothing() -> None:
    battery = device(
        control="number",
        power_number="number.p",
        ranges={"number.p": Range("%", 0, 100, 1)},
        charge_kw=0.0,
        discharge_kw=0.0,
    )
    assert written(actions(battery, command(Mode.DISCHARGE, 1.0))) == [("number.p", 0.0)]


def test_a_number_without_a_unit_of_power_is_an_error() -> None:
    battery = device(control="number", power_number="number.p", ranges={"number.p": Range("°C")})
    with pytest.raises(InputError, match="unit not power"):
        actions(battery, command(Mode.CHARGE, -1.0))


def test_two_numbers_end_one_direction_before_the_other_begins() -> None:
    battery = device(
        control="number", charge_number="number.charge", discharge_number="number.discharge"
    )
    assert written(actions(battery, command(Mode.CHARGE, -2.0))) == [
        ("number.discharge", 0.0),
        ("number.charge", 2000.0),
    ]
    assert written(actions(battery, command(Mode.DISCHARGE, 3.0))) == [
        ("number.charge", 0.0),
        ("number.discharge", 3000.0),
    ]
    assert written(actions(battery, command(Mode.HOLD))) == [
        ("number.discharge", 0.0),
        ("number.charge", 0.0),
    ]
    assert written(actions(battery, "default")) == [
        ("number.charge", 0.0),
        ("number.discharge", 0.0),
    ]


def test_number_takes_control_with_a_switch_and_gives_it_back() -> None:
    battery = device(control="number", power_number="number.p", enable="switch.remote")
    assert written(actions(battery, command(Mode.DISCHARGE, 1.0))) == [
        ("number.p", 1000.0),
        ("switch.remote", "on"),
    ]
    released = [("switch.remote", "off"), ("number.p", 0.0)]
    assert written(actions(battery, "default")) == released
    assert written(actions(battery, command(Mode.SELF_CONSUME, 1.0))) == released


def test_number_takes_control_with_a_select() -> None:
    battery = device(
        control="number",
        power_number="number.p",
        enable="input_select.remote",
        enable_option="remote",
        release_option="local",
        release_value=7.0,
        ranges={"number.p": Range("W")},
    )
    made = actions(battery, command(Mode.CHARGE, -1.0))
    assert written(made) == [("number.p", -1000.0), ("input_select.remote", "remote")]
    assert written(actions(battery, "default")) == [
        ("input_select.remote", "local"),
        ("number.p", 7.0),
    ]
    unnamed = device(control="number", power_number="number.p", enable="select.remote")
    assert written(actions(unnamed, "default")) == [("number.p", 0.0)]


def test_without_remote_control_self_consumption_is_a_setpoint() -> None:
    battery = device(control="number", power_number="number.p")
    assert written(actions(battery, command(Mode.SELF_CONSUME, 0.5))) == [("number.p", 500.0)]


SWITCHES = {
    "control": "switch",
    "charge_switch": "switch.charge",
    "discharge_switch": "switch.discharge",
    "force_charge_switch": "switch.force",
}


@pytest.mark.parametrize(
    ("mode", "on"),
    [
        (Mode.SELF_CONSUME, {"charge", "discharge"}),
        (Mode.ABSORB, {"charge"}),
        (Mode.COVER, {"discharge"}),
        (Mode.HOLD, set()),
        (Mode.CHARGE, {"charge", "force"}),
        (Mode.DISCHARGE, {"discharge"}),
    ],
)
def test_switches_allow_and_force(mode: Mode, on: set[str]) -> None:
    made = written(actions(device(**SWITCHES), command(mode, 1.0)))
    assert {entity.removeprefix("switch.") for entity, word in made if word == "on"} == on
    assert len(made) == 3
    words = [word for _, word in made]
    assert words == sorted(words), "what is turned off comes first"


def test_switches_by_default_leave_the_device_alone() -> None:
    assert sorted(written(actions(device(**SWITCHES), "default"))) == [
        ("switch.charge", "on"),
        ("switch.discharge", "on"),
        ("switch.force", "off"),
    ]


def test_expected_states_are_recognised() -> None:
    number = Expect("number.p", 1000.0, 10.0)
    assert number.met("1009.5")
    assert not number.met("1011")
    assert not number.met("unavailable")
    assert Expect("select.mode", "auto").met("auto")
    assert not Expect("select.mode", "auto").met("hold")


def test_a_range_that_is_unknown_limits_nothing() -> None:
    battery = Device("id", "battery", "B", LIMITS)
    assert battery.range_of("number.any") == Range(None, -math.inf, math.inf, 0.0)


def test_the_asset_is_in_the_cores_terms() -> None:
    battery = KINDS["battery"].asset(
        device(
            charge_efficiency=96.0,
            discharge_efficiency=94.0,
            min_soc=5.0,
            max_soc=95.0,
            reserve_soc=20.0,
            wear_per_kwh=0.02,
            may_charge_from_grid=False,
        )
    )
    assert battery == type(battery)(
        id="id",
        name="Battery",
        capacity_kwh=10.0,
        charge_kw=5.0,
        discharge_kw=4.0,
        charge_efficiency=0.96,
        discharge_efficiency=0.94,
        min_soc=0.05,
        max_soc=0.95,
        reserve_soc=0.2,
        wear_per_kwh=0.02,
        may_charge_from_grid=False,
        may_discharge_to_grid=True,
    )


def test_a_field_that_is_no_number_is_named() -> None:
    with pytest.raises(InputError, match=r"field not number .*capacity_kwh.*Battery"):
        KINDS["battery"].asset(device(capacity_kwh="much"))


def test_solar_is_throttled_and_released() -> None:
    roof = device("solar", peak_kw=8.0, limit_number="number.limit")
    percent = device(
        "solar",
        peak_kw=8.0,
        limit_number="number.limit",
        ranges={"number.limit": Range("%", 0, 100, 1)},
    )
    assert written(throttle(roof, 2.0)) == [("number.limit", 2000.0)]
    assert written(throttle(percent, 2.0)) == [("number.limit", 25.0)]
    assert written(throttle(percent, None)) == [("number.limit", 100.0)]
    assert written(actions(percent, "default")) == [("number.limit", 100.0)]
    assert actions(percent, "on") == ()
    assert throttle(device("solar", peak_kw=8.0), 1.0) == ()
    assert KINDS["solar"].asset(roof).curtailable
    assert not KINDS["solar"].asset(device("solar")).curtailable


def test_a_consumer_is_switched_in_its_own_domain() -> None:
    lamp = device("load", switch="light.lamp")
    (on,) = actions(lamp, "on")
    assert (on.domain, on.service, on.expect) == ("light", "turn_on", Expect("light.lamp", "on"))
    (off,) = actions(lamp, "off")
    assert (off.domain, off.service, off.expect) == (
        "light",
        "turn_off",
        Expect("light.lamp", "off"),
    )
    assert actions(lamp, "default") == ()
    assert actions(device("load"), "on") == ()
    assert KINDS["load"].asset(lamp).name == "Battery"


def test_every_kind_tells_what_it_watches() -> None:
    assert set(
        KINDS["battery"].watched(device(soc="sensor.soc", power="sensor.p", **SWITCHES))
    ) == {
        "sensor.soc",
        "sensor.p",
        "switch.charge",
        "switch.discharge",
        "switch.force",
    }
    assert set(
        KINDS["connection"].watched(device("connection", grid_power=["sensor.a", "sensor.b"]))
    ) == {
        "sensor.a",
        "sensor.b",
    }
    assert set(KINDS["load"].watched(device("load", power="sensor.p", switch=""))) == {"sensor.p"}
    assert set(KINDS["solar"].watched(device("solar", power="sensor.p"))) == {"sensor.p"}


def test_what_a_battery_loses_and_shares_is_told_to_the_plan() -> None:
    battery = KINDS["battery"].asset(
        device(
            charge_efficiency=98.0,
            blackout_soc=15.0,
            standby_w=12.0,
            idle_w=40.0,
            taper_soc=90.0,
            taper_kw=1.0,
            inverter_kw=6.0,
            solar_share=100.0,
            charge_segments=[
                {"up_to_kw": 2.0, "efficiency": 96.0},
                {"up_to_kw": 5.0, "efficiency": 92.0},
            ],
        )
    )
    assert battery == replace(
        KINDS["battery"].asset(device(charge_efficiency=98.0)),
        blackout_soc=0.15,
        standby_kw=0.012,
        idle_kw=0.04,
        taper_soc=0.9,
        taper_kw=1.0,
        inverter_kw=6.0,
        solar_share=1.0,
        charge_segments=(Segment(2.0, 0.96), Segment(5.0, 0.92)),
    )
    assert battery.dc_efficiency == 0.98
