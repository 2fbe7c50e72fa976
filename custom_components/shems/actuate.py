"""Drive devices: the only caller of Home Assistant actions.

For each device there is a wish: what it should be doing. Each round compares the wish
with what was last written and with what the device shows, and writes, waits, tries again
or does nothing. A device is owned, on disk, from before its first write until its own
default has been seen again.
"""

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

import probatio as vol
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError

from .audit import Audit
from .calling import async_call
from .const import LOGGER
from .core.plan.result import Reason
from .core.units import InputError
from .devices import Before, Device
from .devices.action import Action
from .devices.controls import controlled
from .drive_issues import DriveIssues
from .holding import ATTEMPTS, PATIENCE, Hold
from .seeing import available, left_behind, met, taken_over
from .store import HomeStore
from .wish import Wish, carry_out, word
from .write_budget import WriteBudget, most

ROUND_S: Final = 1.0
"""How long a round waits for slow devices; they go on alone, and the others are not held up."""
FAILED_S: Final = 5.0
"""Wait after the first write that raised an error; doubled for the next."""
CAUSED_S: Final = 30.0
"""How long after a user's choice a write is that user's."""
RESTORE_WAIT_S: Final = 6.0
"""How long unload and shutdown wait to see a device's default, within Home Assistant's 20 s."""

_CONTEXTS: Final = 5000
"""Several for each device of a very large home: late answers must still be known as ours."""
_NO_ENTITY: Final = "-"


class Actuator:
    """Writes to the devices of one home."""

    def __init__(
        self,
        hass: HomeAssistant,
        store: HomeStore,
        devices: Iterable[Device],
        issues: DriveIssues,
    ) -> None:
        """Take over what the store says is owned; nothing is written yet."""
        self._hass = hass
        self._store = store
        self._issues = issues
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._returned: set[str] = set()
        self._devices = {device.id: device for device in devices}
        self._holds: dict[str, Hold] = {}
        self._contexts: deque[str] = deque(maxlen=_CONTEXTS)
        self.audit = Audit()
        self.budget = WriteBudget(store)

    def hold(self, device_id: str) -> Hold:
        """Return what is known of a device."""
        hold = self._holds.get(device_id)
        if hold is None:
            hold = self._holds[device_id] = Hold()
        return hold

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
        """Bring every device one round closer to its wish.

        A device that takes its time goes on alone; until it has answered it is left out.
        """
        busy = self._busy()
        due = {
            device_id: wish
            for device_id, wish in wishes.items()
            if device_id in self._devices and device_id not in busy
        }
        await self._async_own(due, now)
        for device_id, wish in due.items():
            device = self._asked(device_id)
            self._tasks[device_id] = self._hass.async_create_task(
                self._async_follow(device, wish, now), f"shems {device_id}"
            )
        if busy := self._busy():
            await asyncio.wait(busy.values(), timeout=ROUND_S)
        self._finish()
        await self._async_disown(now)
        self._report(now)

    def _busy(self) -> dict[str, asyncio.Task[None]]:
        """Return what is still being written, by device."""
        return {key: task for key, task in self._tasks.items() if not task.done()}

    def _finish(self) -> None:
        """Forget what has come to its end, and tell what went wrong in it."""
        for device_id, task in tuple(self._tasks.items()):
            if not task.done():
                continue
            del self._tasks[device_id]
            if not task.cancelled() and (err := task.exception()) is not None:
                LOGGER.error("%s could not be driven", self._devices[device_id].name, exc_info=err)

    def _asked(self, device_id: str) -> Device:
        """Return a device with the charges that its user chose in place of its form's."""
        device, settings = self._devices[device_id], self._store.control.device(device_id)
        chosen = {"reserve_soc": settings.reserve, "target_soc": settings.target}
        data = {key: 100.0 * each for key, each in chosen.items() if each is not None}
        return replace(device, data={**device.data, **data}) if data else device

    async def _async_own(self, wishes: Mapping[str, Wish], now: float) -> None:
        """Note on disk, at once for all, which devices are written to from now on.

        Of what is not on disk, no next start would know that it is to be given back.
        """
        await self._store.async_write_again(now)
        new = [
            device_id
            for device_id, wish in wishes.items()
            if wish != "default"
            and not self.owned(device_id)
            and not self._store.control.left(device_id)
            and self.budget.allows(self._devices[device_id], wish, now)
            and self._wanted(self._asked(device_id), wish) is not None
        ]
        if new:
            known = self._store.control.before
            devices = {each: self._devices[each] for each in new}
            stood = {
                key: taken_over(self._hass, device, known.get(key, {}))
                for key, device in devices.items()
            }
            await self._store.async_own(stood, now)

    def _wanted(self, device: Device, wish: Wish) -> tuple[Action, ...] | None:
        """Return what carries out a wish, None while the device cannot be told."""
        wanted = self._told(device, wish)
        return wanted if wanted is not None and self._reachable(wanted) else None

    def _told(self, device: Device, wish: Wish) -> tuple[Action, ...] | None:
        """Return what carries out a wish, None for a number that has no unit of power.

        At a start it may have none yet; once all of the device's entities are there, that is
        a mistake in its form.
        """
        try:
            wanted = carry_out(device, wish, self._store.control.before.get(device.id, {}))
        except InputError as err:
            LOGGER.debug("%s cannot be told: %s", device.name, err)
            wanted = None
        wrong = wanted is None and all(
            available(self._hass, each) for each in controlled(device.data)
        )
        self._issues.put("device_untold", device, wrong=wrong)
        return wanted

    async def _async_follow(self, device: Device, wish: Wish, now: float) -> None:
        hold = self.hold(device.id)
        wish, wanted = self._decided(device, wish, now)
        if wanted is None:
            return
        if hold.differs(wish, wanted):
            if now < hold.next_write(wish):
                return
            hold.attempts, began = 0, self._hass.loop.time()
            await self._async_write(device, wish, wanted, now)
            now += self._hass.loop.time() - began
        elif wanted == hold.written:
            hold.wish = wish
        self._acknowledge(device, now)
        if hold.acknowledged_at is None:
            hold.refused = now - hold.unanswered_since >= hold.settle_s * PATIENCE
            if now >= hold.retry_at and self.budget.allows(device, wish, now):
                await self._async_write(device, wish, wanted, now)
        elif hold.wish == "default":
            self._returned.add(device.id)
        elif hold.fades(device, now) and self.budget.allows(device, wish, now):
            hold.done = ()
            await self._async_write(device, wish, wanted, now, again=True)

    def _decided(
        self, device: Device, wish: Wish, now: float
    ) -> tuple[Wish, tuple[Action, ...] | None]:
        """Return what is carried out and how; a device whose writes are spent is given back."""
        if not self.owned(device.id):
            return wish, None
        wanted = self._wanted(device, wish)
        held = self.hold(device.id).written
        if wanted is None or wanted == held or self.budget.allows(device, wish, now):
            return wish, wanted
        return "default", self._wanted(device, "default")

    def _report(self, now: float) -> None:
        """Raise and clear the issues of all devices."""
        for device_id, hold in self._holds.items():
            if (device := self._devices.get(device_id)) is None:
                continue
            entity = (self._unmet(hold) or hold.culprit or _NO_ENTITY) if hold.refused else ""
            self._issues.put("device_refuses", device, wrong=hold.refused, entity=entity)
            spent = self.budget.spent(device, now)
            self._issues.put("writes_spent", device, wrong=spent, count=str(most(device)))

    def _unmet(self, hold: Hold) -> str | None:
        """Return the entity that does not show what was written."""
        waiting = (each.expect for each in hold.written if not met(self._hass, each))
        return next((each.entity_id for each in waiting if each is not None), None)

    def _reachable(self, wanted: tuple[Action, ...]) -> bool:
        return all(
            available(self._hass, each.expect.entity_id)
            for each in wanted
            if each.expect is not None
        )

    async def _async_write(
        self,
        device: Device,
        wish: Wish,
        wanted: tuple[Action, ...],
        now: float,
        *,
        again: bool = False,
    ) -> None:
        hold = self.hold(device.id)
        certain = hold.wish is None or hold.acknowledged_at is not None
        if certain:
            hold.unanswered_since = now
        hold.wish, hold.written, hold.written_at = wish, wanted, now
        hold.done = tuple(each for each in hold.done if each in wanted)
        hold.recent.append(wanted)
        hold.acknowledged_at = hold.deviates_since = hold.culprit = None
        hold.failed = False
        hold.attempts += 1
        due = hold.due(wanted, partial(met, self._hass), certain=certain, again=again)
        outcome = "sent"
        for action in due:
            if self._store.control.left(device.id):
                return  # Somebody took the device while this was waiting.
            self.budget.count(device.id, now)
            try:
                context = self._own_context(hold, now)
                await async_call(self._hass, device.name, action, context)
            except (HomeAssistantError, vol.Invalid, TimeoutError) as err:
                self.budget.fail(device.id, now)
                culprit = next(iter(sorted(action.entities)), None)
                hold.fail(culprit, now + hold.backoff_s(FAILED_S))
                self._complain(device, hold, err)
                outcome = "failed"
                break
            hold.done = (*hold.done, action)
        else:
            hold.retry_at = now + hold.backoff_s(hold.settle_s)
        if due:
            self.audit.note(device, wish, outcome, now, due)

    @staticmethod
    def _complain(device: Device, hold: Hold, err: Exception) -> None:
        if hold.attempts == ATTEMPTS:
            LOGGER.warning("%s does not take its command: %s", device.name, str(err) or "no answer")

    def _own_context(self, hold: Hold, now: float) -> Context:
        cause, hold.cause = hold.cause, None
        if cause is None or now - cause[1] > CAUSED_S:
            context = Context()
        else:
            context = Context(user_id=cause[0].user_id, parent_id=cause[0].id)
        self._contexts.append(context.id)
        return context

    @callback
    def _acknowledge(self, device: Device, now: float) -> None:
        hold = self.hold(device.id)
        if hold.wish is None or hold.acknowledged_at is not None:
            return
        # What nothing shows is done when it was sent without an error.
        if hold.failed and any(each.expect is None for each in hold.written):
            return
        if not all(met(self._hass, action) for action in hold.written):
            if any(all(met(self._hass, each) for each in older) for older in hold.recent):
                hold.unanswered_since = now  # It follows, some writes behind.
            return
        hold.acknowledged_at = now
        hold.answers_s.append(now - hold.written_at)
        hold.attempts, hold.refused = 0, False
        hold.recent.clear()
        if hold.written:
            self.audit.note(device, hold.wish, "acknowledged", now)

    async def _async_disown(self, now: float) -> None:
        """Note on disk, at once for all, which devices do again what is their own."""
        returned, self._returned = self._returned, set()
        if not returned:
            return
        control = self._store.control
        owned = {key: at for key, at in control.owned.items() if key not in returned}
        before = {key: each for key, each in control.before.items() if key not in returned}
        await self._store.async_update(owned=owned, before=before)
        for device_id in returned:
            self.audit.note(self._devices[device_id], "default", "released", now)
            self._holds[device_id] = Hold(answers_s=self.hold(device_id).answers_s)

    def drop(self, device_id: str, cause: str, now: float) -> dict[str, Before]:
        """Forget a device as it is, because somebody else has taken it.

        Returns:
            What stood before in those of its entities that show what SHEMS wrote.
        """
        self.audit.note(self._devices[device_id], "default", "yielded", now, reason=cause)
        hold, known = self.hold(device_id), self._store.control.before.get(device_id, {})
        self._holds[device_id] = Hold(answers_s=hold.answers_s)
        return left_behind(self._hass, hold.written, known)

    def show(self, wishes: Mapping[str, Wish], now: float) -> None:
        """Record what would be written to devices that SHEMS may not write to."""
        for device_id, wish in wishes.items():
            hold = self.hold(device_id)
            if wish == "default":
                continue
            if hold.shown != word(wish):
                hold.shown = word(wish)
                device = self._devices[device_id]
                written = self._told(device, wish) or ()
                self.audit.note(device, wish, "dry_run", now, written)

    async def async_release_all(self, now: float) -> None:
        """Give every owned device its own mode back and wait a little to see it.

        What does not show it in time stays owned on disk; the next start takes care of it.
        """
        if busy := self._busy():
            _, late = await asyncio.wait(busy.values(), timeout=RESTORE_WAIT_S)
            for task in late:
                task.cancel()
        self._tasks.clear()
        owned = [each for each in self._store.control.owned if each in self._devices]
        wishes: dict[str, Wish] = dict.fromkeys(owned, "default")
        await self.async_converge(wishes, now)
        waited = 0.0
        while waited < RESTORE_WAIT_S and any(self.owned(each) for each in owned):
            await asyncio.sleep(0.25)
            waited += 0.25
            await self.async_converge(wishes, now + waited)
        self._issues.async_stop()
