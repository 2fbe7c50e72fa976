"""Has the nodes of a community work, one thing after another and off the event loop.

What they are is on disk before anything that they say is sent.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..core.market.outgoing import Event, Outgoing
from ..files import HomeFile, UnwrittenError
from .parties import Parties
from .peers import Peers

MOST_WAITING: Final = 20_000
"""Twenty messages of each of a thousand homes; of more the oldest are dropped."""
MOST_AT_ONCE: Final = 500
"""Half a second of a processor: others use the threads between."""
AT_ONCE: Final = 32
"""Messages whose receipt is awaited together."""
SAVE_S: Final = 60.0
"""What nobody was told of yet is saved this often."""
AFTER_FAILURE_S: Final = 10.0
"""What failed is still due, and would fail over and over were it tried again at once."""

type Act = Callable[[Parties, float], list[Outgoing]]


class Worker:
    """Takes what comes and what is asked for, saves, sends, and wakes when something is due."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        parties: Parties,
        file: HomeFile,
        peers: Peers,
        done: Callable[[list[Event]], None],
    ) -> None:
        """Wait for something to do; `done` is called after each turn, with what happened."""
        self._hass, self._entry = hass, entry
        self._parties, self._file, self._peers, self._done = parties, file, peers, done
        self._waiting: deque[tuple[str, bytes]] = deque(maxlen=MOST_WAITING)
        self._turn = asyncio.Lock()
        self._timer: CALLBACK_TYPE | None = None
        self._task: asyncio.Task[None] | None = None
        self._saved = 0.0
        self._stopped = False

    @callback
    def heard(self, topic: str, payload: bytes) -> None:
        """Take a message, to be looked at soon."""
        self._waiting.append((topic, payload))
        self.wake()

    @callback
    def wake(self) -> None:
        """Look at what waits and what is due."""
        if not self._stopped and self._task is None:
            self._task = self._entry.async_create_background_task(
                self._hass, self._async_work(), f"community {self._entry.title}", eager_start=False
            )

    async def async_do(self, act: Act) -> None:
        """Have something done, and return when it was saved and sent.

        Raises:
            UnwrittenError: it was done, but could not be saved, and so nothing was sent.
        """
        await self._async_turn(act, save=True)
        self._rest()

    async def async_try(self, act: Act) -> None:
        """Have something done that nobody waits for; what goes wrong is in the log."""
        try:
            await self.async_do(act)
        except UnwrittenError:
            LOGGER.error("%s tells nobody anything until it can be saved", self._entry.title)

    async def async_stop(self, act: Act) -> None:
        """End, with everything saved; a last thing is done and sent."""
        self._stopped = True
        if self._timer is not None:
            self._timer()
            self._timer = None
        if self._task is not None:
            await self._task
        try:
            await self._async_turn(act)
            await self._async_save(now())
        except UnwrittenError:
            LOGGER.error("%s could not be saved at its end", self._entry.title)

    async def _async_work(self) -> None:
        pause_s = 0.0
        try:
            more = True
            while more and not self._stopped:
                count = min(len(self._waiting), MOST_AT_ONCE)
                batch = [self._waiting.popleft() for _ in range(count)]
                await self._async_turn(partial(_look, batch))
                more = bool(self._waiting)
        except UnwrittenError:
            LOGGER.error("%s tells nobody anything until it can be saved", self._entry.title)
        except Exception:  # noqa: BLE001  # Whatever it is, the next message is another chance.
            LOGGER.exception("Messages of %s could not be looked at", self._entry.title)
            pause_s = AFTER_FAILURE_S
        finally:
            self._task = None
        self._rest(pause_s)

    async def _async_turn(self, act: Act, *, save: bool = False) -> None:
        """Have the nodes do something, save what they are and send what they say.

        With `save`, what they are is saved even where they say nothing.
        """
        async with self._turn:
            run = self._hass.async_add_executor_job
            answers, events = await run(self._act, act)
            self._done(events)
            await self._async_send(answers, save)

    def _act(self, act: Act) -> tuple[list[Outgoing], list[Event]]:
        """Do something with the nodes; runs in an executor."""
        answers = act(self._parties, now())
        return answers, self._parties.take_events()

    @callback
    def _rest(self, pause_s: float = 0.0) -> None:
        """Wake when something is due, not before the pause is over."""
        if self._stopped:
            return
        if self._timer is not None:
            self._timer()
        at = now()
        due = dt_util.utc_from_timestamp(max(self._parties.next_at(at), at + pause_s))
        self._timer = async_track_point_in_utc_time(self._hass, self._on_due, due)

    @callback
    def _on_due(self, _: datetime) -> None:
        self._timer = None
        self.wake()

    async def _async_send(self, answers: list[Outgoing], save: bool) -> None:
        """Save, then send."""
        at = now()
        if save or answers or abs(at - self._saved) >= SAVE_S:
            await self._async_save(at)
        await self._async_publish(answers)

    async def _async_save(self, at: float) -> None:
        state: dict[str, Any] = await self._hass.async_add_executor_job(self._parties.state)
        await self._file.async_write(state)
        self._saved = at

    async def _async_publish(self, answers: list[Outgoing]) -> None:
        """Send; what the broker did not take, nodes say again when it is back."""
        for begin in range(0, len(answers), AT_ONCE):
            few = answers[begin : begin + AT_ONCE]
            await asyncio.gather(*(self._peers.async_send(each) for each in few))


def _look(batch: list[tuple[str, bytes]], parties: Parties, at: float) -> list[Outgoing]:
    """Take messages, and do what is due."""
    answers: list[Outgoing] = []
    for topic, payload in batch:
        answers += parties.receive(topic, payload, at)
    return [*answers, *parties.tick(at)]


def now() -> float:
    """Return the time in epoch seconds."""
    return dt_util.utcnow().timestamp()
