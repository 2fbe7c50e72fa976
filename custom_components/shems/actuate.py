"""Drive devices: the only caller of Home Assistant actions.

For each device there is a wish: what it should be doing. Each round compares the wish
with what was last written and with what the device shows, and writes, waits, tries again
or does nothing. A device is owned, on disk, from before its first write until its own
default has been seen again.
"""

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import probatio as vol
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError

from .audit import Audit
from .const import LOGGER
from .core.plan.result import Reason
from .devices import Device
from .devices.action import Action, Expect
from .steps import async_run_steps
from .store import HomeStore
from .wish import Wish, carry_out, power_kw, setpoint_c, word

ATTEMPTS: Final = 3
PATIENCE: Final = 2**ATTEMPTS - 1
"""Settling times after which a device is held to refuse: 1 + 2 + 4 for three attempts."""
CALL_TIMEOUT_S: Final = 10.0
STEPS_TIMEOUT_S: Final = 60.0
"""A user's own steps may wait in between; the round of all other devices waits with them."""
SETTLE_S: Final = 60.0
"""How long a device may take to show a command before its own time is known; a slow
inverter is polled every 30 s."""
SETTLE_LEAST_S: Final = 15.0
SETTLE_MARGIN: Final = 3.0
"""A device has settled when three times its slowest measured answer has passed."""
WRITE_INTERVAL_S: Final = 5.0
"""Powers are not written more often than this: many inverters keep them in flash."""
POWER_STEP_KW: Final = 0.02
"""Changes of power below this are not written: the meter's own noise."""
FAILED_S: Final = 5.0
"""Wait after the first write that raised an error; doubled for the next."""
AGAIN_S: Final = 300.0
"""When a device that refused is asked again."""
CAUSED_S: Final = 30.0
"""How long after a user's choice a write is that user's."""
RESTORE_WAIT_S: Final = 6.0
"""How long unload and shutdown wait to see a device's default, within Home Assistant's 20 s."""

_CONTEXTS: Final = 500


@dataclass
class Hold:
    """What SHEMS knows of a device it drives."""

    wish: Wish | None = None
    written: tuple[Action, ...] = ()
    written_at: float = 0.0
    acknowledged_at: float | None = None
    attempts: int = 0
    refused: bool = False
    failed: bool = False
    retry_at: float = 0.0
    unanswered_since: float = 0.0
    recent: deque[tuple[Action, ...]] = field(default_factory=lambda: deque(maxlen=12))
    cause: tuple[Context, float] | None = None
    shown: str | None = None
    answers_s: deque[float] = field(default_factory=lambda: deque(maxlen=20))
    deviates_since: float | None = None

    @property
    def settle_s(self) -> float:
        """How long the device may take to follow."""
        if not self.answers_s:
            return SETTLE_S
        return min(max(SETTLE_LEAST_S, SETTLE_MARGIN * max(self.answers_s)), 2 * SETTLE_S)

    def backoff_s(self, first_s: float) -> float:
        """Return how long to wait after the last of several attempts."""
        if self.attempts >= ATTEMPTS:
            return AGAIN_S
        return first_s * 2.0 ** max(0, self.attempts - 1)


class Actuator:
    """Writes to the devices of one home."""

    def __init__(self, hass: HomeAssistant, store: HomeStore, devices: Iterable[Device]) -> None:
        """Take over what the store says is owned; nothing is written yet."""
        self._hass = hass
        self._store = store
        self._devices = {device.id: device for device in devices}
        self._holds: dict[str, Hold] = {}
        self._contexts: deque[str] = deque(maxlen=_CONTEXTS)
        self.audit = Audit()

    def hold(self, device_id: str) -> Hold:
        """Return what is known of a device."""
        return self._holds.setdefault(device_id, Hold())

    def owned(self, device_id: str) -> bool:
        """Return whether SHEMS holds the device."""
        return device_id in self._store.control.owned

    def ours(self, context: Context) -> bool:
        """Return whether a change came from here."""
        return context.id in self._contexts or context.parent_id in self._contexts

    @property
    def refused(self) -> Reason | None:
        """The first device that does not follow, as a problem to show."""
        for device_id, hold in self._holds.items():
            if hold.refused and device_id in self._devices:
                return Reason("device_refuses", {"device": self._devices[device_id].name})
        return None

    def clock_set(self, by_s: float) -> None:
        """Put right all times that are waited for."""
        for hold in self._holds.values():
            hold.written_at += by_s
            hold.retry_at += by_s
            hold.unanswered_since += by_s
            if hold.acknowledged_at is not None:
                hold.acknowledged_at += by_s
            if hold.deviates_since is not None:
                hold.deviates_since += by_s

    def attribute(self, device_id: str, context: Context, now: float) -> None:
        """Let the write that follows at once carry the context of the user who caused it."""
        self.hold(device_id).cause = (context, now)

    async def async_converge(self, wishes: Mapping[str, Wish], now: float) -> None:
        """Bring every device one round closer to its wish."""
        await asyncio.gather(
            *(
                self._async_follow(self._devices[device_id], wish, now)
                for device_id, wish in wishes.items()
                if device_id in self._devices
            )
        )

    async def _async_follow(self, device: Device, wish: Wish, now: float) -> None:
        hold = self.hold(device.id)
        if wish == "default" and not self.owned(device.id):
            return
        wanted = carry_out(device, wish)
        if not self._reachable(wanted):
            return
        if hold.wish is None or self._changed(hold.wish, hold.written, wish, wanted):
            if now < self._next_write(hold, wish):
                return
            hold.attempts = 0
            await self._async_write(device, wish, wanted, now)
        elif wanted == hold.written:
            hold.wish = wish
        self._acknowledge(device, now)
        if hold.acknowledged_at is None:
            hold.refused = now - hold.unanswered_since >= hold.settle_s * PATIENCE
            if now >= hold.retry_at:
                await self._async_write(device, wish, wanted, now)
        elif hold.wish == "default":
            await self._async_disown(device, now)

    def _reachable(self, wanted: tuple[Action, ...]) -> bool:
        return all(
            self._available(each.expect.entity_id) for each in wanted if each.expect is not None
        )

    @staticmethod
    def _changed(
        old: Wish, written: tuple[Action, ...], wish: Wish, wanted: tuple[Action, ...]
    ) -> bool:
        before, power = power_kw(old), power_kw(wish)
        same = word(old) == word(wish) and setpoint_c(old) == setpoint_c(wish)
        if before is None or power is None or not same:
            return wanted != written or (old == "default") != (wish == "default")
        moved = abs(power - before) >= POWER_STEP_KW
        stopped = (power == 0) != (before == 0)
        return wanted != written and (moved or stopped)

    @staticmethod
    def _next_write(hold: Hold, wish: Wish) -> float:
        if hold.refused:
            return hold.retry_at
        if hold.wish is not None and power_kw(wish) is not None and word(hold.wish) == word(wish):
            return hold.written_at + WRITE_INTERVAL_S
        return 0.0

    async def _async_write(
        self, device: Device, wish: Wish, wanted: tuple[Action, ...], now: float
    ) -> None:
        hold = self.hold(device.id)
        certain = hold.wish is None or hold.acknowledged_at is not None
        if certain:
            hold.unanswered_since = now
        if not self.owned(device.id):
            await self._store.async_update(owned={**self._store.control.owned, device.id: now})
        hold.wish, hold.written, hold.written_at = wish, wanted, now
        hold.recent.append(wanted)
        hold.acknowledged_at = hold.deviates_since = None
        hold.failed = False
        hold.attempts += 1
        # A device that has not answered yet may still show what it did before.
        due = [each for each in wanted if each.expect is None or not (certain and self._met(each))]
        try:
            await self._async_call(device.id, due, self._own_context(hold, now))
        except (HomeAssistantError, vol.Invalid, TimeoutError) as err:
            hold.failed = True
            hold.retry_at = now + hold.backoff_s(FAILED_S)
            self.audit.note(device, wish, "failed", now, due)
            if hold.attempts == ATTEMPTS:
                LOGGER.warning(
                    "%s does not take its command: %s", device.name, str(err) or "no answer"
                )
            return
        hold.retry_at = now + hold.backoff_s(hold.settle_s)
        if due:
            self.audit.note(device, wish, "sent", now, due)

    async def _async_call(self, device_id: str, due: Iterable[Action], context: Context) -> None:
        for action in due:
            if self._store.control.left(device_id):
                return  # Somebody took the device while this was waiting.
            async with asyncio.timeout(STEPS_TIMEOUT_S if action.steps else CALL_TIMEOUT_S):
                if action.steps:
                    name = self._devices[device_id].name
                    await async_run_steps(self._hass, name, action, context)
                    continue
                await self._hass.services.async_call(
                    action.domain,
                    action.service,
                    dict(action.data),
                    blocking=True,
                    context=context,
                )

    def _own_context(self, hold: Hold, now: float) -> Context:
        cause, hold.cause = hold.cause, None
        if cause is None or now - cause[1] > CAUSED_S:
            context = Context()
        else:
            context = Context(user_id=cause[0].user_id, parent_id=cause[0].id)
        self._contexts.append(context.id)
        return context

    def _met(self, action: Action) -> bool:
        return action.expect is None or self._shows(action.expect)

    def _shows(self, expect: Expect) -> bool:
        state = self._hass.states.get(expect.entity_id)
        return state is not None and expect.met(state.state, state.attributes)

    def _available(self, entity_id: str) -> bool:
        state = self._hass.states.get(entity_id)
        return state is not None and state.state not in (STATE_UNAVAILABLE, STATE_UNKNOWN)

    @callback
    def _acknowledge(self, device: Device, now: float) -> None:
        hold = self.hold(device.id)
        if hold.wish is None or hold.acknowledged_at is not None:
            return
        # What nothing shows is done when it was sent without an error.
        if hold.failed and any(each.expect is None for each in hold.written):
            return
        if not all(self._met(action) for action in hold.written):
            if any(all(self._met(each) for each in older) for older in hold.recent):
                hold.unanswered_since = now  # It follows, some writes behind.
            return
        hold.acknowledged_at = now
        hold.answers_s.append(now - hold.written_at)
        hold.attempts, hold.refused = 0, False
        hold.recent.clear()
        if hold.written:
            self.audit.note(device, hold.wish, "acknowledged", now)

    async def _async_disown(self, device: Device, now: float) -> None:
        owned = {key: at for key, at in self._store.control.owned.items() if key != device.id}
        await self._store.async_update(owned=owned)
        self.audit.note(device, "default", "released", now)
        self._holds[device.id] = Hold(answers_s=self.hold(device.id).answers_s)

    def drop(self, device_id: str, cause: str, now: float) -> None:
        """Forget a device as it is, because somebody else has taken it."""
        self.audit.note(self._devices[device_id], "default", "yielded", now, reason=cause)
        self._holds[device_id] = Hold(answers_s=self.hold(device_id).answers_s)

    def deviation_s(self, device_id: str, now: float) -> float:
        """Return for how long an acknowledged device has shown something else, 0 if it follows.

        A device that cannot be seen is not held to have changed.
        """
        hold = self.hold(device_id)
        if hold.acknowledged_at is None:
            return 0.0
        expects = [each.expect for each in hold.written if each.expect is not None]
        if any(not self._available(each.entity_id) for each in expects) or all(
            self._shows(each) for each in expects
        ):
            hold.deviates_since = None
            return 0.0
        if hold.deviates_since is None:
            hold.deviates_since = now
        return now - hold.deviates_since

    def follows(self, device_id: str) -> bool:
        """Return whether a device shows what it was told, as far as that can be seen."""
        expects = [each.expect for each in self.hold(device_id).written if each.expect is not None]
        return all(self._shows(each) for each in expects)

    def renew(self, device_id: str, now: float) -> None:
        """Have a device told again what it was told, because it does something else by itself."""
        hold = self.hold(device_id)
        hold.acknowledged_at = hold.deviates_since = None
        hold.attempts, hold.retry_at, hold.unanswered_since = 0, now, now
        hold.recent.clear()

    def show(self, wishes: Mapping[str, Wish], now: float) -> None:
        """Record what would be written to devices that SHEMS may not write to."""
        for device_id, wish in wishes.items():
            hold = self.hold(device_id)
            if wish == "default":
                continue
            if hold.shown != word(wish):
                hold.shown = word(wish)
                device = self._devices[device_id]
                self.audit.note(device, wish, "dry_run", now, carry_out(device, wish))

    async def async_release_all(self, now: float) -> None:
        """Give every owned device its own mode back and wait a little to see it.

        What does not show it in time stays owned on disk; the next start takes care of it.
        """
        owned = [each for each in self._store.control.owned if each in self._devices]
        wishes: dict[str, Wish] = dict.fromkeys(owned, "default")
        await self.async_converge(wishes, now)
        waited = 0.0
        while waited < RESTORE_WAIT_S and any(self.owned(each) for each in owned):
            await asyncio.sleep(0.25)
            waited += 0.25
            await self.async_converge(wishes, now + waited)
