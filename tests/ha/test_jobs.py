"""One solve at a time, each with a deadline; and work at a measured pace."""

import asyncio
import threading
from collections.abc import Callable

import pytest
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.jobs import JobOverdueError, async_get_jobs
from custom_components.shems.pace import Pace

from .conftest import settle


@pytest.fixture
def _custom() -> None:
    """Let time go on: threads are waited for."""


@pytest.fixture
def frozen() -> None:
    """The same."""


def blocked(until: threading.Event, seen: list[str], name: str) -> Callable[[], str]:
    def work() -> str:
        seen.append(f"{name} begins")
        until.wait(5)
        seen.append(f"{name} ends")
        return name

    return work


async def test_jobs_run_one_after_another(hass: HomeAssistant) -> None:
    jobs = async_get_jobs(hass)
    assert async_get_jobs(hass) is jobs
    seen: list[str] = []
    free = threading.Event()
    one = hass.async_create_task(jobs.async_run(blocked(free, seen, "one"), 5))
    other = hass.async_create_task(jobs.async_run(blocked(free, seen, "other"), 5))
    await asyncio.sleep(0.05)
    assert seen == ["one begins"]
    free.set()
    assert await asyncio.gather(one, other) == ["one", "other"]
    assert seen == ["one begins", "one ends", "other begins", "other ends"]


async def test_a_job_past_its_deadline_is_given_up_but_waited_for(hass: HomeAssistant) -> None:
    jobs = async_get_jobs(hass)
    seen: list[str] = []
    free = threading.Event()
    with pytest.raises(JobOverdueError):
        await jobs.async_run(blocked(free, seen, "one"), 0.01)
    with pytest.raises(JobOverdueError):
        await jobs.async_run(blocked(free, seen, "other"), 0.01)
    assert seen == ["one begins"]
    free.set()
    assert await jobs.async_run(lambda: "next", 5) == "next"


async def test_an_error_reaches_the_caller_and_blocks_nobody(hass: HomeAssistant) -> None:
    def fail() -> None:
        raise ValueError("bad")

    jobs = async_get_jobs(hass)
    with pytest.raises(ValueError, match="bad"):
        await jobs.async_run(fail, 5)
    assert await jobs.async_run(lambda: 1, 5) == 1


class Work:
    """Counts its runs; each waits to be let go."""

    def __init__(self) -> None:
        self.runs = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self) -> None:
        self.runs += 1
        await self.gate.wait()


async def test_requests_that_come_together_are_one_run(hass: HomeAssistant) -> None:
    work = Work()
    pace = Pace(hass, MockConfigEntry(), "work", work)
    for _ in range(5):
        pace.soon()
    await asyncio.sleep(0.02)
    assert work.runs == 1
    await pace.async_stop(cancel=False)


async def test_a_request_during_a_run_is_served_after_it(hass: HomeAssistant) -> None:
    work = Work()
    work.gate.clear()
    pace = Pace(hass, MockConfigEntry(), "work", work)
    pace.soon()
    await asyncio.sleep(0.02)
    assert not pace.superseded
    pace.soon()
    pace.soon()
    assert pace.superseded
    assert work.runs == 1
    work.gate.set()
    await asyncio.sleep(0.02)
    assert work.runs == 2
    await pace.async_stop(cancel=False)


async def test_now_waits_for_a_run_that_began_later(hass: HomeAssistant) -> None:
    work = Work()
    work.gate.clear()
    pace = Pace(hass, MockConfigEntry(), "work", work, delay_s=60)
    pace.soon()
    task = hass.async_create_task(pace.async_now())
    await asyncio.sleep(0.02)
    assert work.runs == 1
    other = hass.async_create_task(pace.async_now())
    await asyncio.sleep(0.02)
    work.gate.set()
    await asyncio.gather(task, other)
    assert work.runs == 2
    await pace.async_stop(cancel=False)


async def test_runs_keep_their_distance(hass: HomeAssistant) -> None:
    work = Work()
    pace = Pace(hass, MockConfigEntry(), "work", work, least_s=0.2)
    pace.soon()
    await asyncio.sleep(0.02)
    pace.soon()
    await asyncio.sleep(0.02)
    assert work.runs == 1
    await asyncio.sleep(0.25)
    assert work.runs == 2
    await pace.async_stop(cancel=False)


async def test_an_error_is_logged_and_the_next_run_comes(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail() -> None:
        raise ValueError("bad")

    pace = Pace(hass, MockConfigEntry(), "work", fail)
    await pace.async_now()
    await pace.async_now()
    assert caplog.text.count("ValueError: bad") == 2
    await pace.async_stop(cancel=False)


@pytest.mark.parametrize("cancel", [True, False])
async def test_after_the_end_nothing_runs(hass: HomeAssistant, cancel: bool) -> None:
    work = Work()
    work.gate.clear()
    pace = Pace(hass, MockConfigEntry(), "work", work)
    pace.soon()
    await asyncio.sleep(0.02)
    pace.soon()
    if not cancel:
        hass.loop.call_later(0.02, work.gate.set)
    await pace.async_stop(cancel=cancel)
    pace.soon()
    await pace.async_now()
    await settle(hass)
    assert work.runs == 1


async def test_the_end_forgets_what_was_asked_for(hass: HomeAssistant) -> None:
    work = Work()
    pace = Pace(hass, MockConfigEntry(), "work", work, delay_s=0.01)
    pace.soon()
    await pace.async_stop(cancel=True)
    await asyncio.sleep(0.03)
    assert work.runs == 0
