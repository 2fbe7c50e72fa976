"""A home's question at a time: played in slices beside everything else, and told how far it is."""

import asyncio
from collections.abc import Awaitable, Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .const import LOGGER
from .core.plan.result import Reason
from .core.units import InputError
from .jobs import JobOverdueError
from .slices import Slice, async_in_slices
from .sources.error import SourceError

if TYPE_CHECKING:
    from .data import ShemsConfigEntry

TOLD: Final = 0.01
"""Progress is told by the percent: a wall of messages helps nobody."""

type Played = Generator[float, None, Mapping[str, Any]]
"""Tells the share that is done, 0 to 1, after every piece of the work; returns the answer."""
type Prepare = Callable[[], Awaitable[Played]]


class Stage(StrEnum):
    """What becomes of a question."""

    IDLE = "idle"
    READING = "reading"
    PLAYING = "playing"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


RUNNING: Final = (Stage.READING, Stage.PLAYING)


class BusyError(Exception):
    """Another question of the home is being answered."""


@dataclass(frozen=True)
class Asked:
    """The question under way, or the last one.

    Attributes:
        question: what was asked, as it was asked.
        stage, share: how far it is; the share 0 to 1.
        began, ended: epoch seconds; None where it has not.
        cpu_s: time of the processor so far.
        problem: why there is no answer, None where there is or may come one.
        answer: None until it is there.
    """

    question: Mapping[str, Any] = field(default_factory=dict)
    stage: Stage = Stage.IDLE
    share: float = 0.0
    began: float | None = None
    ended: float | None = None
    cpu_s: float = 0.0
    problem: Reason | None = None
    answer: Mapping[str, Any] | None = None

    @property
    def runs(self) -> bool:
        """Return whether it is being answered."""
        return self.stage in RUNNING


class Inquirer:
    """Answers the questions of one home, one at a time.

    The work is done in the threads that plans are made in, in slices of half a second: a plan
    that falls due waits for one, and what is cancelled ends with it.
    """

    def __init__(self, hass: HomeAssistant, entry: ShemsConfigEntry) -> None:
        """Know no question yet."""
        self._hass = hass
        self._entry = entry
        self._task: asyncio.Task[None] | None = None
        self._listeners: list[CALLBACK_TYPE] = []
        self._told = 0.0
        self._stopped = False
        self.asked = Asked()

    @callback
    def async_listen(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call the listener when the inquiry comes on; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def async_ask(self, question: Mapping[str, Any], prepare: Prepare) -> None:
        """Begin to answer a question.

        Args:
            question: as it was asked; only told again.
            prepare: reads what the answer rests on and returns the work.

        Raises:
            BusyError: another one is being answered.
        """
        if self._stopped or (self._task is not None and not self._task.done()):
            raise BusyError
        self._told = 0.0
        self._tell(Asked(question, Stage.READING, began=_now()))
        self._task = self._entry.async_create_background_task(
            self._hass,
            self._async_answer(prepare),
            f"shems inquiry {self._entry.entry_id}",
            eager_start=False,
        )

    async def async_wait(self, timeout_s: float) -> Asked:
        """Return the inquiry once it has ended, or as it is after a while; it goes on then."""
        if self._task is not None and timeout_s > 0:
            await asyncio.wait([self._task], timeout=timeout_s)
        return self.asked

    async def async_cancel(self) -> bool:
        """End the question under way without an answer; return whether there was one."""
        if (task := self._task) is None or task.done():
            return False
        task.cancel()
        await asyncio.wait([task])
        return True

    async def async_stop(self) -> None:
        """End for good: what is under way is cancelled, and who waits is told so."""
        self._stopped = True
        await self.async_cancel()

    async def _async_answer(self, prepare: Prepare) -> None:
        """Answer, whatever comes of it."""
        end, problem, answer = Stage.FAILED, None, None
        try:
            played = await prepare()
            self._tell(replace(self.asked, stage=Stage.PLAYING))
            answer = await self._async_play(played)
            end = Stage.DONE
        except asyncio.CancelledError:
            end = Stage.CANCELLED
            raise
        except (InputError, SourceError) as err:
            problem = Reason(err.code, dict(err.arguments))
        except JobOverdueError:
            problem = Reason("what_if_overdue")
        except Exception:  # noqa: BLE001  # Whatever it is, the home is run as ever.
            LOGGER.exception("A question about %s could not be answered", self._entry.title)
            problem = Reason("what_if_failed")
        finally:
            share = 1.0 if end is Stage.DONE else self.asked.share
            ended = replace(self.asked, stage=end, share=share, ended=_now())
            self._tell(replace(ended, problem=problem, answer=answer))

    async def _async_play(self, played: Played) -> Mapping[str, Any]:
        answers: list[Mapping[str, Any]] = []
        reached = 0.0

        def advance(pieces: int, more: int) -> tuple[int, float]:
            nonlocal reached
            for _ in range(more):
                try:
                    reached = next(played)
                except StopIteration as end:
                    answers.append(end.value)
                    return pieces, 1.0
            # Slices must come on with every piece, also where the share that is told does not.
            return pieces + more, 1 - 1 / (pieces + more + 1)

        def tell(done: Slice[int]) -> None:
            cpu_s = self.asked.cpu_s + done.cpu_s
            self._tell(replace(self.asked, share=reached, cpu_s=cpu_s))

        await async_in_slices(self._hass, 0, advance, tell)
        return answers[0]

    @callback
    def _tell(self, asked: Asked) -> None:
        """Tell the listeners of every stage, and of a stage's progress by the percent."""
        before, self.asked = self.asked, asked
        if asked.stage is before.stage and abs(asked.share - self._told) < TOLD:
            return
        self._told = asked.share
        for listener in tuple(self._listeners):
            listener()


def _now() -> float:
    return dt_util.utcnow().timestamp()
