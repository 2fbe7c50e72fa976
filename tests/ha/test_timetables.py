"""Users' schedules and calendars: when devices may run, when a car is away, when rooms rest."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse
from homeassistant.setup import async_setup_component

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.assets.stay import Stay
from custom_components.shems.core.assets.timetable import free_share

from .conftest import PLUG, PUMP, PUMP_DATA, START, advance, call, pump_shows, settle

pytestmark = pytest.mark.usefixtures("real_calendars")
NOW = datetime.fromisoformat(START)
HOUR = 3600.0
ARM = "switch.thing_allow_control"


def at(text: str) -> float:
    """Return a time of June 2026."""
    return datetime.fromisoformat(f"2026-06-{text}:00+00:00").timestamp()


async def schedule(hass: HomeAssistant, name: str, **days: list[tuple[str, str]]) -> str:
    """Set up a schedule helper."""
    blocks = {
        day: [{"from": one, "to": other} for one, other in each] for day, each in days.items()
    }
    helper = {name: {"name": name, **blocks}}
    assert await async_setup_component(hass, "schedule", {"schedule": helper})
    await settle(hass)
    return f"schedule.{name}"


def calendar(hass: HomeAssistant, *events: tuple[str, str]) -> list[ServiceCall]:
    """Answer for a calendar with events in June; return how often it was asked."""
    asked: list[ServiceCall] = []

    async def get_events(service: ServiceCall) -> dict[str, Any]:
        asked.append(service)
        listed = [
            {"start": f"2026-06-{one}:00+00:00", "end": f"2026-06-{other}:00+00:00"}
            for one, other in events
        ]
        return {"calendar.car": {"events": listed}}

    hass.services.async_register(
        "calendar", "get_events", get_events, supports_response=SupportsResponse.ONLY
    )
    return asked


def runs_at(home: HomeCoordinator) -> list[float]:
    """Return when the steps begin in which the device runs by the plan."""
    plan, part = home.data.plan, home.data.plan.device(PUMP)
    return plan.horizon.start[abs(part.power_kw) > 0.01].tolist()


PUMP_AT_NIGHT = PUMP_DATA | {"begin": "00:00:00", "end": "00:00:00"}


@pytest.mark.parametrize("expected_lingering_timers", [True])  # The helper's own.
async def test_a_device_runs_only_while_its_schedule_is_on(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    pump_shows(hass, 0.0)
    hours = [("13:00:00", "15:00:00"), ("20:00:00", "24:00:00")]
    entity = await schedule(hass, "pool", wednesday=hours, thursday=hours)
    home = await begin("deferrable", PUMP_AT_NIGHT | {"timetable": entity})
    free = home.home.barred[PUMP]
    assert runs_at(home)
    for start in runs_at(home):
        moment = datetime.fromtimestamp(start, UTC)
        assert moment.weekday() in (2, 3)
        assert moment.hour in (13, 14, 20, 21, 22, 23), moment
    assert free_share(free, home.data.plan.horizon)[0] == 0
    part = home.data.plan.device(PUMP)
    assert part.reason[0].code == "timetable"
    assert part.reason[0].args["until"] == at("10T13:00")
    shown = hass.states.get("sensor.thing_planned_power").attributes["reason"]
    assert shown["code"] == "timetable"


async def test_a_device_is_off_while_its_switch_is_on(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    pump_shows(hass, 0.0)
    hass.states.async_set("input_boolean.quiet", "off")
    data = PUMP_DATA | {"timetable": "input_boolean.quiet", "timetable_rule": "not_while_on"}
    home = await begin("deferrable", data)
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 5)
    assert hass.states.get(PLUG).state == "on", "it is cheap until eleven"
    hass.states.async_set("input_boolean.quiet", "on")
    for _ in range(3):
        await advance(hass, frozen, 2)
    assert hass.states.get(PLUG).state == "off"
    assert runs_at(home) == []
    hass.states.async_set("input_boolean.quiet", "unavailable")
    for _ in range(3):
        await advance(hass, frozen, 2)
    assert hass.states.get(PLUG).state == "off", "what is lost goes on as it was"
    for _ in range(15):
        await advance(hass, frozen, 60)
    told = [each.reason for each in home.problems.current]
    assert "input_boolean.quiet" in [each.args.get("entity") for each in told]
    hass.states.async_set("input_boolean.quiet", "off")
    for _ in range(40):
        await advance(hass, frozen, 10)
    assert hass.states.get(PLUG).state == "on"


async def test_what_was_never_heard_bars_nothing(
    hass: HomeAssistant, begin: Callable[..., Any]
) -> None:
    pump_shows(hass, 0.0)
    home = await begin("deferrable", PUMP_DATA | {"timetable": "schedule.gone"})
    assert home.home.barred == {}
    assert runs_at(home)


CAR: dict[str, Any] = {
    "power": "sensor.pump",
    "soc": "sensor.car",
    "capacity_kwh": 50.0,
    "charge_kw": 10.0,
    "connected": "binary_sensor.plugged",
    "ready_by": "07:00:00",
    "arrives_at": "18:00:00",
    "target_soc": 80.0,
    "session_kwh": 12.0,
    "switch": PLUG,
    "presence_calendar": "calendar.car",
}


def stays(home: HomeCoordinator) -> list[tuple[float, float]]:
    found: tuple[Stay, ...] = home.planner.scenario.states[PUMP].stays
    return [(each.begin, each.end) for each in found]


@pytest.fixture
def plugged(hass: HomeAssistant) -> None:
    """Plug in a car that is half full."""
    hass.states.async_set("sensor.car", "50", {"unit_of_measurement": "%"})
    hass.states.async_set("binary_sensor.plugged", "on")
    hass.states.async_set("calendar.car", "off")


async def test_a_car_leaves_and_comes_by_its_calendar(
    hass: HomeAssistant, plugged: None, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    asked = calendar(hass, ("10T20:00", "11T02:00"), ("12T08:00", "12T17:00"))
    home = await begin("vehicle", CAR)
    assert [end for _, end in stays(home)] == [at("10T20:00"), at("12T08:00"), at("13T07:00")]
    assert [begin for begin, _ in stays(home)[1:]] == [at("11T02:00"), at("12T17:00")]
    state = home.planner.scenario.states[PUMP]
    assert {each.target_kwh for each in state.stays} == {40.0}
    assert [each.arrives_kwh for each in state.stays[1:]] == [28.0, 28.0]
    for _ in range(2):
        await advance(hass, frozen, 300)
    assert len(asked) == 1, "it is asked again in a quarter of an hour"
    await advance(hass, frozen, 300)
    await home.async_plan_now()
    assert len(asked) == 2
    hass.states.async_set("calendar.car", "on")
    await advance(hass, frozen, 5)
    await home.async_plan_now()
    assert len(asked) == 3


async def test_a_car_at_home_during_a_trip_may_leave_at_any_time(
    hass: HomeAssistant, plugged: None, begin: Callable[..., Any]
) -> None:
    calendar(hass, ("10T09:00", "10T14:00"))
    home = await begin("vehicle", CAR)
    assert [end for _, end in stays(home)] == [at("10T14:00"), at("11T07:00")]


async def test_a_car_that_is_away_is_back_when_its_trip_ends(
    hass: HomeAssistant, plugged: None, begin: Callable[..., Any]
) -> None:
    hass.states.async_set("binary_sensor.plugged", "off")
    calendar(hass, ("10T09:00", "10T14:00"), ("12T00:00", "14T00:00"))
    home = await begin("vehicle", CAR)
    assert stays(home) == [
        (at("10T14:00"), at("12T00:00")),
        (at("14T00:00"), at("14T07:00")),
    ]


async def test_a_car_that_is_late_is_expected_as_always(
    hass: HomeAssistant, plugged: None, begin: Callable[..., Any]
) -> None:
    hass.states.async_set("binary_sensor.plugged", "off")
    calendar(hass, ("11T05:00", "11T14:00"))
    home = await begin("vehicle", CAR)
    assert stays(home)[:2] == [
        (at("10T18:00"), at("11T05:00")),
        (at("11T14:00"), at("12T07:00")),
    ]


async def test_a_calendar_may_say_when_the_car_is_at_home(
    hass: HomeAssistant, plugged: None, begin: Callable[..., Any]
) -> None:
    calendar(hass, ("10T08:00", "10T16:00"), ("11T08:00", "11T16:00"))
    home = await begin("vehicle", CAR | {"presence_rule": "home_while_on"})
    assert [end for _, end in stays(home)][:2] == [at("10T16:00"), at("11T16:00")]


async def test_a_calendar_that_is_empty_or_fails_changes_nothing(
    hass: HomeAssistant, plugged: None, begin: Callable[..., Any]
) -> None:
    calendar(hass)
    home = await begin("vehicle", CAR)
    assert stays(home)[0][1] == at("11T07:00")

    async def fail(service: ServiceCall) -> None:
        raise RuntimeError("offline")

    hass.services.async_register(
        "calendar", "get_events", fail, supports_response=SupportsResponse.ONLY
    )
    hass.states.async_set("calendar.car", "on")
    await home.async_plan_now()
    assert stays(home)[0][1] == at("11T07:00")


ROOMS: dict[str, Any] = {
    "power": "sensor.pump",
    "power_kw": 3.0,
    "temperature": "sensor.room",
    "low_c": 20.0,
    "high_c": 23.0,
    "switch": PLUG,
    "heater": "electric",
}


@pytest.fixture
def winter(hass: HomeAssistant) -> None:
    """Let it be cold outside, and forecast to stay so."""
    hass.states.async_set("sensor.room", "20.5", {"unit_of_measurement": "°C"})
    hass.states.async_set(
        "weather.home",
        "cloudy",
        {"temperature": 0.0, "temperature_unit": "°C", "supported_features": 2},
    )

    async def get_forecasts(service: ServiceCall) -> dict[str, Any]:
        begin = NOW.replace(minute=0, second=0)
        listed = [
            {"datetime": (begin + timedelta(hours=each)).isoformat(), "temperature": 0.0}
            for each in range(72)
        ]
        return {"weather.home": {"forecast": listed}}

    hass.services.async_register(
        "weather", "get_forecasts", get_forecasts, supports_response=SupportsResponse.ONLY
    )


def lowest(home: HomeCoordinator, begin: float, end: float) -> float:
    """Return how cold the rooms get by the plan in a span."""
    plan, part = home.data.plan, home.data.plan.device(PUMP)
    inside = (plan.horizon.end > begin) & (plan.horizon.end <= end)
    return float(part.state[inside].min())


@pytest.mark.parametrize("expected_lingering_timers", [True])  # The helper's own.
async def test_rooms_rest_outside_their_timetable(
    hass: HomeAssistant, winter: None, begin: Callable[..., Any]
) -> None:
    entity = await schedule(hass, "living", wednesday=[("18:00:00", "22:00:00")])
    home = await begin("heating", ROOMS | {"comfort_timetable": entity, "setback_k": 2.0})
    assert home.data.problem is None
    assert 17.5 <= lowest(home, at("10T12:00"), at("10T17:00")) < 19.0
    assert lowest(home, at("10T18:00"), at("10T22:00")) >= 19.5


async def test_an_absence_lets_rooms_and_tank_get_cold_and_warm_in_time(
    hass: HomeAssistant, winter: None, begin: Callable[..., Any]
) -> None:
    home = await begin("heating", ROOMS)
    before = lowest(home, at("10T12:00"), at("10T20:00"))
    await hass.services.async_call(
        "shems", "set_absence", {"end": "2026-06-11T18:00:00+00:00"}, blocking=True
    )
    await home.async_plan_now()
    away = lowest(home, at("10T12:00"), at("11T12:00"))
    assert 15.5 <= away < before - 1.0
    assert lowest(home, at("11T18:00"), at("11T22:00")) >= 19.5


async def test_an_absence_lets_the_tank_rest(
    hass: HomeAssistant, winter: None, begin: Callable[..., Any]
) -> None:
    hass.states.async_set("sensor.room", "50", {"unit_of_measurement": "°C"})
    tank = {"power": "sensor.pump", "power_kw": 2.0, "temperature": "sensor.room", "switch": PLUG}
    home = await begin("water", tank)
    assert runs_at(home)
    await hass.services.async_call(
        "shems", "set_absence", {"end": "2026-06-20T18:00:00+00:00"}, blocking=True
    )
    await home.async_plan_now()
    assert runs_at(home) == []


async def test_a_loaded_machine_waits_for_who_is_away(
    hass: HomeAssistant, begin: Callable[..., Any]
) -> None:
    pump_shows(hass, 0.0)
    hass.states.async_set("binary_sensor.loaded", "on")
    washer = {
        "power": "sensor.pump",
        "shape": "flat",
        "programme_min": 60.0,
        "programme_kwh": 1.0,
        "done_by": "18:00:00",
        "switch": PLUG,
        "ready": "binary_sensor.loaded",
    }
    home = await begin("appliance", washer)
    assert runs_at(home)
    await hass.services.async_call(
        "shems", "set_absence", {"end": "2026-06-11T18:00:00+00:00"}, blocking=True
    )
    await home.async_plan_now()
    assert all(start >= at("11T18:00") for start in runs_at(home))
    (run,) = home.planner.scenario.states[PUMP].runs
    assert run.earliest == at("11T18:00")
