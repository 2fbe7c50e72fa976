"""Moments that automations wait for: the plan changes, electricity gets cheap, and so on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.util.signal_type import SignalType

from ..audit import AuditLine
from ..const import DOMAIN
from ..core.horizon import HOUR_S
from ..core.plan.result import Plan
from ..core.report.changes import changes
from ..core.report.cheap import Standing, cheap_periods, standing
from ..core.report.surplus import Surplus
from ..devices import Device
from ..values import stamp

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator

PLAN_CHANGED: Final = "plan_changed"
STATUS_CHANGED: Final = "status_changed"
CHEAP_STARTED: Final = "cheap_period_started"
CHEAP_ENDED: Final = "cheap_period_ended"
SURPLUS_AVAILABLE: Final = "surplus_available"
SURPLUS_ENDED: Final = "surplus_ended"
DEVICE_TOLD: Final = "device_told"
DEVICE_RETURNED: Final = "device_returned"
DEVICE_TAKEN: Final = "device_taken"
DEVICE_REFUSED: Final = "device_refused"

OF_HOME: Final = (
    PLAN_CHANGED,
    STATUS_CHANGED,
    CHEAP_STARTED,
    CHEAP_ENDED,
    SURPLUS_AVAILABLE,
    SURPLUS_ENDED,
)
OF_DEVICE: Final = (DEVICE_TOLD, DEVICE_RETURNED, DEVICE_TAKEN, DEVICE_REFUSED)

_OUTCOMES: Final = {
    "acknowledged": DEVICE_TOLD,
    "released": DEVICE_RETURNED,
    "yielded": DEVICE_TAKEN,
    "failed": DEVICE_REFUSED,
}
_COMPARED: Final = frozenset({"appliance", "battery", "deferrable", "vehicle"})
"""Rooms and tanks are heated a little sooner or later with each plan: nobody plans a day by it."""
_BEGINNING: Final = "waiting"
_REFERENCE_S: Final = 12.0 * HOUR_S
"""A plan that is older says too little of the day ahead."""


@dataclass(frozen=True)
class Look:
    """What automations hold against levels of their own.

    Attributes:
        entry_id: of the home.
        at: epoch seconds.
        standing: of the price among those of the day ahead, None where unknown.
        exported_kw: what goes to the grid now, None where unknown.
        unused_kw: what the sun gives beyond what the house uses, batteries left aside.
    """

    entry_id: str
    at: float
    standing: Standing | None
    exported_kw: float | None
    unused_kw: float | None


SIGNAL_LOOK: Final[SignalType[Look]] = SignalType(f"{DOMAIN}_look")


@dataclass(frozen=True)
class Moment:
    """Something that has just happened.

    Attributes:
        type: one of `OF_HOME` or `OF_DEVICE`.
        device_id: of the configured device, None where it is about the home.
        data: what belongs to it, as it goes on the event bus.
    """

    type: str
    device_id: str | None
    data: Mapping[str, Any] = field(default_factory=dict)


class Moments:
    """Notices what happens in one home, and tells it once."""

    def __init__(self, hass: HomeAssistant, home: HomeCoordinator) -> None:
        """Have noticed nothing yet."""
        self._hass = hass
        self._home = home
        self.look: Look | None = None
        self.is_cheap: bool | None = None
        self._surplus = Surplus()
        self._reference: Plan | None = home.data.plan
        self._status = home.data.status
        self._told: dict[str, tuple[str, str]] = {}
        self._listeners: list[Callable[[Moment], None]] = []

    @callback
    def async_start(self) -> CALLBACK_TYPE:
        """Begin to notice; return what ends it."""
        stops = [
            self._home.async_add_listener(self._on_update),
            self._home.actuator.audit.listen(self._on_line),
        ]

        def stop() -> None:
            for each in stops:
                each()

        return stop

    @callback
    def listen(self, listener: Callable[[Moment], None]) -> CALLBACK_TYPE:
        """Have every moment told to a listener; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def _on_update(self) -> None:
        self._compare_plans()
        self.look = look = self._look()
        self._compare_prices(look)
        before = self._surplus.on
        self._surplus = self._surplus.advance(look.exported_kw, look.at)
        if self._surplus.on != before:
            kind = SURPLUS_AVAILABLE if self._surplus.on else SURPLUS_ENDED
            self._tell(kind, power_kw=_rounded(look.exported_kw))
        async_dispatcher_send(self._hass, SIGNAL_LOOK, look)

    def _look(self) -> Look:
        data = self._home.data
        found = None
        if data.plan is not None:
            found = standing(data.plan.prices.buy, data.plan.horizon, data.now)
        exported = unused = None
        if data.readings is not None:
            grid, net = data.readings.grid_kw.usable, data.readings.net_kw
            exported = None if grid is None else max(-grid, 0.0)
            unused = None if net is None else max(-net, 0.0)
        return Look(self._home.config_entry.entry_id, data.now, found, exported, unused)

    def _compare_plans(self) -> None:
        data, before = self._home.data, self._status
        self._status = data.status
        if before not in (data.status, _BEGINNING):
            self._tell(STATUS_CHANGED, status=data.status, before=before)
        old, new = self._reference, data.plan
        if new is None or (old is not None and old.created == new.created):
            return
        devices = {
            each.id: each for each in self._home.configuration.devices if each.kind in _COMPARED
        }
        found = changes(old, new, devices, data.now)
        if found or old is None or data.now - old.created > _REFERENCE_S:
            self._reference = new
        if found:
            told = [
                {
                    "device": devices[each.device_id].name,
                    "device_id": self.registry_id(each.device_id),
                    "change": each.what,
                    "before": None if each.before is None else stamp(each.before),
                    "after": None if each.after is None else stamp(each.after),
                }
                for each in found
            ]
            self._tell(PLAN_CHANGED, status=data.status, changes=told)

    def _compare_prices(self, look: Look) -> None:
        if look.standing is None:
            return
        before, self.is_cheap = self.is_cheap, look.standing.is_cheap()
        if before is None or before == self.is_cheap:
            return
        kind = CHEAP_STARTED if self.is_cheap else CHEAP_ENDED
        self._tell(kind, price=round(look.standing.price, 4), until=self.cheap_until())

    def cheap_until(self) -> str | None:
        """Return until when electricity is cheap, None where it is not."""
        plan, now = self._home.data.plan, self._home.data.now
        periods = () if plan is None else cheap_periods(plan.prices.buy, plan.horizon, now)
        ends = (each.end for each in periods if each.begin <= now < each.end)
        return next((stamp(end) for end in ends), None)

    @callback
    def _on_line(self, device: Device, line: AuditLine) -> None:
        """Tell what a device was told, once: its power follows the meter every few seconds."""
        kind = _OUTCOMES.get(line.outcome)
        if kind is None or self._told.get(device.id) == (kind, line.order):
            return
        self._told[device.id] = (kind, line.order)
        told = {"order": line.order, "power_kw": _rounded(line.power_kw)}
        reason = {"reason": line.reason, "arguments": dict(line.arguments)}
        self._tell(kind, device, **told, **reason)

    def _tell(self, kind: str, device: Device | None = None, **data: Any) -> None:
        named = self._home.config_entry.title if device is None else device.name
        own = None if device is None else device.id
        told = {
            "config_entry_id": self._home.config_entry.entry_id,
            "device_id": self.registry_id(own),
            "name": named,
            **data,
        }
        self._hass.bus.async_fire(f"{DOMAIN}_{kind}", told)
        for listener in tuple(self._listeners):
            listener(Moment(kind, own, data))

    def registry_id(self, device_id: str | None) -> str | None:
        """Return the id in the device registry of a device, or of the home itself."""
        if device_id is None:
            return self._home.hub_device_id
        entry_id = self._home.config_entry.entry_id
        identifier = (DOMAIN, f"{entry_id}_{device_id}")
        entry = dr.async_get(self._hass).async_get_device_by_identifier(identifier, entry_id)
        return None if entry is None else entry.id


def _rounded(kw: float | None) -> float | None:
    return None if kw is None else round(kw, 3)
