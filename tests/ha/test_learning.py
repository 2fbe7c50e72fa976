"""Learning: every night and when asked, in slices, kept, and harmless when it fails."""

import asyncio
import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.auth.permissions import PolicyPermissions
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems import jobs, knowledge, learning, slices
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.series import Series
from custom_components.shems.sources.inputs import Inputs

from .conftest import ENTRY_ID, advance, make_entry, settle

FILE = f"shems.{ENTRY_ID}.learned.npz"
DAYS = 30


@dataclass(frozen=True)
class Walked:
    """A learner's state that only knows how many days it has walked, and issues nothing."""

    days: int = 0
    load: None = None
    solar: None = None
    roofs: Any = field(default=None, compare=False, repr=False)

    def experts(self) -> dict[str, dict[str, float]]:
        return {"load": {"seven_day_mean": 0.25, "ridge": 0.75}}

    def to_arrays(self) -> dict[str, Any]:
        return {"version": np.array(1), "days": np.array(self.days)}

    @classmethod
    def from_arrays(cls, arrays: dict[str, Any]) -> Walked:
        if int(arrays["version"]) != 1:
            raise ValueError("version")
        return cls(int(arrays["days"]))


@dataclass
class School:
    """Learners of whom the test decides how they fare.

    Attributes:
        due: days there are to walk.
        began: the states with which slices began.
        sizes: how many days each slice was to walk.
        after_slice: is called in the slice's thread.
        history: what the recorder is to know.
        learned_from: what each slice was given.
    """

    due: int = DAYS
    began: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    after_slice: Callable[[], None] = lambda: None
    history: History = field(default_factory=History)
    learned_from: list[History] = field(default_factory=list)

    def learn(
        self, learned: Walked, history: History, zone: str, now: float, *, most_days: int, **_: Any
    ) -> tuple[Walked, float]:
        self.began.append(learned.days)
        self.learned_from.append(history)
        self.sizes.append(most_days)
        self.after_slice()
        days = min(self.due, learned.days + most_days)
        return Walked(days), days / self.due


@pytest.fixture(autouse=True)
def school(monkeypatch: pytest.MonkeyPatch, frozen: FrozenDateTimeFactory) -> School:
    """Let homes be learned at no cost, without a recorder."""
    made = School()
    now = dt_util.utcnow().timestamp() // HOUR_S * HOUR_S
    begin = now - DAYS * DAY_S
    made.history = History(
        load=Series.of(
            (begin + i * HOUR_S, begin + (i + 1) * HOUR_S, float(load))
            for i, load in enumerate(np.random.default_rng(1).uniform(1.0, 3.0, 24 * DAYS))
        )
    )
    monkeypatch.setattr(learning, "Learned", Walked)
    monkeypatch.setattr(knowledge, "Learned", Walked)
    monkeypatch.setattr(learning, "learn", made.learn)

    async def history(inputs: Inputs, now: float) -> History:
        return made.history

    monkeypatch.setattr(Inputs, "async_learning_history", history)
    return made


async def until(hass: HomeAssistant, reached: Callable[[], bool]) -> None:
    """Wait, in a thread, for what other threads do: the loop's clock stands still."""

    def wait() -> None:
        pause = threading.Event()
        for _ in range(1000):
            if reached():
                return
            pause.wait(0.01)
        raise TimeoutError

    await hass.async_add_executor_job(wait)


def files(folder: Path) -> list[str]:
    """Return the names of the files that homes have written."""
    return sorted(each.name for each in folder.glob("shems.*"))


async def learn(hass: HomeAssistant, context: Context | None = None, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, "learn", data, blocking=True, return_response=True, context=context
    )


async def test_the_action_learns_and_tells_what_came_of_it(
    hass: HomeAssistant, home: HomeCoordinator, school: School, array_folder: Path
) -> None:
    before = home.data.plan.created
    response = await learn(hass, config_entry_id=ENTRY_ID)
    assert home.learner.learned == Walked(DAYS)
    assert response["problem"] is None
    assert response["learned_until"] == "2026-06-10T00:00:00+00:00"
    assert response["history_days"] == pytest.approx(DAYS, abs=0.1)
    assert response["slices"] == len(school.sizes) > 1
    assert response["progress"] == 100
    assert (array_folder / FILE).exists()
    await settle(hass)
    await hass.async_block_till_done()
    assert home.data.plan.created >= before


async def test_a_forecast_tells_what_it_rests_on(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    await learn(hass)
    response = await hass.services.async_call(
        DOMAIN, "get_forecast", {}, blocking=True, return_response=True
    )
    load, solar = response["provenance"]["load"], response["provenance"]["solar"]
    assert load["experts"] == {"seven_day_mean": 0.25, "ridge": 0.75}
    assert load["learned_until"] == "2026-06-10T00:00:00+00:00"
    assert load["history_days"] == pytest.approx(DAYS, abs=0.1)
    assert solar["experts"] == {}


async def test_a_new_state_is_planned_with(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await advance(hass, frozen, 20)
    before = home.data.plan.created
    await learn(hass)
    await advance(hass, frozen, 2)
    assert home.data.plan.created > before


async def test_slices_grow_to_a_measure_and_never_beyond(
    hass: HomeAssistant, home: HomeCoordinator, school: School
) -> None:
    school.due = 400
    await learn(hass)
    assert school.sizes[0] == 1
    assert max(school.sizes) == slices.MOST_UNITS
    assert all(
        after <= slices.GROWTH * before
        for before, after in zip(school.sizes, school.sizes[1:], strict=False)
    )


async def test_it_is_learned_after_the_start_and_every_night(
    hass: HomeAssistant, home: HomeCoordinator, school: School, frozen: FrozenDateTimeFactory
) -> None:
    assert home.learner.learned is None
    await advance(hass, frozen, 120)
    assert home.learner.until == 1781049600  # 2026-06-10T00:00Z
    first = len(school.began)
    await advance(hass, frozen, HOUR_S)
    assert len(school.began) == first
    school.due = DAYS + 1
    frozen.move_to("2026-06-10T23:30:00+00:00")
    await advance(hass, frozen, 0)
    frozen.move_to("2026-06-11T00:02:00+00:00")
    await advance(hass, frozen, 0)
    assert len(school.began) == first
    frozen.move_to("2026-06-11T00:14:00+00:00")
    await advance(hass, frozen, 0)
    assert school.began[first:] == [DAYS]
    assert home.learner.learned == Walked(DAYS + 1)


async def test_a_home_without_a_past_waits_for_one(
    hass: HomeAssistant, home: HomeCoordinator, school: School, array_folder: Path
) -> None:
    school.history = History()
    response = await learn(hass)
    assert response["problem"] == "no_history"
    assert response["learned_until"] is None
    assert home.learner.learned is None
    assert not (array_folder / FILE).exists()
    assert hass.states.get("sensor.home_learning").attributes["problem"] == "no_history"


async def test_what_was_learned_outlives_a_restart(
    hass: HomeAssistant, home: HomeCoordinator, school: School, frozen: FrozenDateTimeFactory
) -> None:
    await learn(hass)
    school.began.clear()
    await hass.config_entries.async_reload(ENTRY_ID)
    again = home.config_entry.runtime_data.coordinator
    assert again is not home
    assert again.learner.learned == Walked(DAYS)
    assert again.learner.until == home.learner.until
    await advance(hass, frozen, 120)
    assert school.began == []


async def test_a_stop_keeps_how_far_it_came_and_the_next_start_goes_on(
    hass: HomeAssistant, home: HomeCoordinator, school: School, frozen: FrozenDateTimeFactory
) -> None:
    school.due = 10_000
    running = hass.async_create_task(learn(hass))
    await until(hass, lambda: len(school.began) >= 4)
    await hass.config_entries.async_unload(ENTRY_ID)
    with pytest.raises(HomeAssistantError):
        await running
    walked = school.began[-1]
    school.began.clear()
    school.due = walked + 5
    assert await hass.config_entries.async_setup(ENTRY_ID)
    again = home.config_entry.runtime_data.coordinator
    assert again.learner.until is None
    await advance(hass, frozen, 120)
    assert school.began[0] >= walked
    assert again.learner.learned == Walked(walked + 5)


async def test_a_failure_is_told_once_and_changes_nothing(
    hass: HomeAssistant,
    home: HomeCoordinator,
    school: School,
    frozen: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await learn(hass)

    def fail() -> None:
        raise FloatingPointError("overflow")

    school.after_slice = fail
    for _ in range(2):
        with pytest.raises(HomeAssistantError) as caught:
            await learn(hass)
        assert caught.value.translation_key == "learning_failed"
    assert caplog.text.count("could not be learned") == 1
    assert home.learner.learned == Walked(DAYS)
    assert hass.states.get("sensor.home_learning").attributes["problem"] == "failed"
    await advance(hass, frozen, 20)
    assert home.data.status == "optimal"
    school.after_slice = lambda: None
    school.began.clear()
    await learn(hass)
    assert school.began[0] == 0, "what failed may have failed for its state"
    assert "can be learned again" in caplog.text


async def test_a_night_that_failed_is_tried_again_but_not_all_day(
    hass: HomeAssistant, home: HomeCoordinator, school: School, frozen: FrozenDateTimeFactory
) -> None:
    def fail() -> None:
        raise FloatingPointError("overflow")

    school.after_slice = fail
    for _ in range(12):
        await advance(hass, frozen, HOUR_S)
    assert len(school.began) == learning.MOST_TRIES


async def test_work_that_comes_to_no_end_is_ended(
    hass: HomeAssistant, home: HomeCoordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "learn", lambda learned, *_, **__: (learned, 0.5))
    with pytest.raises(HomeAssistantError):
        await learn(hass)


async def test_plans_are_made_between_slices(
    hass: HomeAssistant, home: HomeCoordinator, school: School, frozen: FrozenDateTimeFactory
) -> None:
    """A slice holds the turn of one job; a plan asked for meanwhile comes before the next."""
    school.due = 10_000
    order: list[str] = []
    school.after_slice = lambda: order.append("slice")
    running = hass.async_create_task(learn(hass))
    await until(hass, lambda: len(order) >= 2)
    plan = jobs.async_get_jobs(hass).async_run(lambda: order.append("plan"), 5.0)
    await plan
    assert "plan" in order
    school.due = school.began[-1] + 1
    await running
    assert order.index("plan") < len(order) - 1 or order[-1] == "plan"


@pytest.mark.parametrize("damage", [b"", b"no file of arrays", "cut", "newer"])
async def test_a_file_that_cannot_be_read_is_put_aside(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    array_folder: Path,
    caplog: pytest.LogCaptureFixture,
    damage: bytes | str,
) -> None:
    await hass.config_entries.async_unload(ENTRY_ID)
    path = array_folder / FILE
    whole = knowledge.Knowledge(Walked(7), 3, 1.0, 2.0, 4).to_arrays()
    np.savez(path, **({**whole, "version": np.array(9)} if damage == "newer" else whole))
    if isinstance(damage, bytes):
        path.write_bytes(damage)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-60])
    assert await hass.config_entries.async_setup(ENTRY_ID)
    await advance(hass, frozen, 2)
    again = home.config_entry.runtime_data.coordinator
    assert again.learner.learned is None
    assert again.data.status == "optimal"
    assert caplog.text.count("is put aside") == 1
    assert f"{FILE}.unreadable" in files(array_folder)
    assert FILE not in files(array_folder)
    await learn(hass)
    assert again.learner.learned == Walked(DAYS)


async def test_what_cannot_be_written_is_said_and_in_force_all_the_same(
    hass: HomeAssistant,
    home: HomeCoordinator,
    array_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez_compressed", full)
    await learn(hass)
    assert home.learner.learned == Walked(DAYS)
    assert "could not be kept" in caplog.text
    assert [each for each in files(array_folder) if each.startswith(FILE)] == []


async def test_removing_the_home_removes_what_it_learned(
    hass: HomeAssistant, home: HomeCoordinator, array_folder: Path
) -> None:
    await learn(hass)
    (array_folder / f"{FILE}.unreadable").touch()
    other = array_folder / "shems.other.learned.npz"
    other.touch()
    await hass.config_entries.async_remove(ENTRY_ID)
    await settle(hass)
    assert files(array_folder) == [other.name]


async def test_two_homes_learn_apart(
    hass: HomeAssistant, home: HomeCoordinator, school: School, array_folder: Path
) -> None:
    second = MockConfigEntry(
        domain=DOMAIN,
        entry_id="second",
        title="Second",
        data={"kind": "home", "name": "Second"},
        options=make_entry().options,
        subentries_data=[each.as_dict() for each in make_entry().subentries.values()],
    )
    second.add_to_hass(hass)
    assert await hass.config_entries.async_setup("second")
    await learn(hass, config_entry_id="second")
    assert second.runtime_data.coordinator.learner.learned == Walked(DAYS)
    assert home.learner.learned is None
    await hass.config_entries.async_unload("second")


async def test_homes_learn_one_after_the_other(
    hass: HomeAssistant, home: HomeCoordinator, school: School
) -> None:
    """What a year of a home takes in memory is there once."""
    second = MockConfigEntry(
        domain=DOMAIN,
        entry_id="second",
        title="Second",
        data={"kind": "home", "name": "Second"},
        options=make_entry().options,
        subentries_data=[each.as_dict() for each in make_entry().subentries.values()],
    )
    second.add_to_hass(hass)
    assert await hass.config_entries.async_setup("second")
    other = second.runtime_data.coordinator
    runs = await asyncio.gather(home.learner.async_learn_now(), other.learner.async_learn_now())
    assert [each.problem for each in runs] == [None, None]
    again = school.began.index(0, 1)
    assert again > 1
    assert school.began[again:] == school.began[:again] == sorted(set(school.began))
    await hass.config_entries.async_unload("second")


async def test_the_sensor_follows_the_run(
    hass: HomeAssistant, home: HomeCoordinator, school: School
) -> None:
    seen: list[tuple[str, int]] = []

    @callback
    def note(event: Any) -> None:
        if event.data["entity_id"] == "sensor.home_learning":
            state = event.data["new_state"]
            seen.append((state.state, state.attributes.get("progress")))

    hass.bus.async_listen("state_changed", note)
    await learn(hass)
    await settle(hass)
    stages = [stage for stage, _ in seen]
    assert stages[0] == "reading"
    assert stages[-1] == "idle"
    shares = [share for stage, share in seen if stage == "learning"]
    assert shares == sorted(shares)
    assert len(set(shares)) > 2
    assert hass.states.get("sensor.home_learned_until").state == "2026-06-10T00:00:00+00:00"
    registry = er.async_get(hass)
    assert registry.async_get("sensor.home_learning").entity_category == "diagnostic"


async def test_who_may_not_control_the_home_may_not_have_it_learn(
    hass: HomeAssistant, home: HomeCoordinator, hass_admin_user: User, school: School
) -> None:
    reader = await hass.auth.async_create_user("Reader", group_ids=[])
    reader.permissions = PolicyPermissions({"entities": {"all": {"read": True}}}, None)
    with pytest.raises(Unauthorized):
        await learn(hass, Context(user_id=reader.id))
    assert school.began == []


async def test_a_gap_in_the_past_is_no_day_of_history(
    hass: HomeAssistant, home: HomeCoordinator, school: School
) -> None:
    load = school.history.load
    value = load.value.copy()
    value[: 24 * 10] = math.nan
    school.history = History(load=Series(load.start, load.end, value))
    response = await learn(hass)
    assert response["history_days"] == pytest.approx(DAYS - 10, abs=0.1)


async def test_what_is_wrong_with_the_past_is_told_and_not_learned(
    hass: HomeAssistant, home: HomeCoordinator, school: School
) -> None:
    load = school.history.load
    value = load.value.copy()
    value[-72:-24] = math.nan
    value[100] = 5000.0  # More than any connection lets through.
    school.history = History(load=Series(load.start, load.end, value))
    await learn(hass)
    assert np.nanmax(school.learned_from[-1].load.value) <= 3.0
    issue = (DOMAIN, f"{ENTRY_ID}_health_missing_load")
    assert issue in ir.async_get(hass).issues
    assert [each["code"] for each in home.health.diagnostics()].count("missing") == 1
    await hass.config_entries.async_remove(ENTRY_ID)
    await settle(hass)
    assert issue not in ir.async_get(hass).issues


async def test_a_past_that_reads_otherwise_is_learned_anew(
    hass: HomeAssistant, home: HomeCoordinator, school: School
) -> None:
    await learn(hass)
    await learn(hass)
    assert school.began[-1] == DAYS
    load = school.history.load
    value = np.where(np.arange(len(load)) < len(load) // 2, load.value * 1000, load.value)
    school.history = History(load=Series(load.start, load.end, value))
    school.began.clear()
    await learn(hass)
    assert school.began[0] == 0


async def test_what_was_learned_from_other_meters_is_learned_anew(
    hass: HomeAssistant, home: HomeCoordinator, school: School
) -> None:
    await learn(hass)
    entry = home.config_entry
    solar = next(each for each in entry.subentries.values() if each.subentry_type == "solar")
    hass.config_entries.async_update_subentry(
        entry, solar, data={**solar.data, "power": ["sensor.other_sun"]}
    )
    await hass.config_entries.async_reload(ENTRY_ID)
    again = entry.runtime_data.coordinator
    assert again.learner.learned is None
    school.began.clear()
    await learn(hass)
    assert school.began[0] == 0
    assert again.learner.learned == Walked(DAYS)


async def test_a_machine_too_busy_goes_on_where_it_was(
    hass: HomeAssistant,
    home: HomeCoordinator,
    school: School,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = jobs.Jobs.async_run

    async def busy(self: jobs.Jobs, work: Any, deadline_s: float) -> Any:
        if len(school.began) == 3:
            raise jobs.JobOverdueError
        return await run(self, work, deadline_s)

    with monkeypatch.context() as patch:
        patch.setattr(jobs.Jobs, "async_run", busy)
        with pytest.raises(HomeAssistantError):
            await learn(hass)
    walked = school.began[-1] + school.sizes[-1]
    await learn(hass)
    assert school.began[3] == walked
    assert home.learner.learned == Walked(DAYS)
