"""Triggers: the plan changed, a cheap period started, there is surplus, an alert was raised."""

from datetime import timedelta
from typing import Any, ClassVar, Final, override

import probatio as vol
from homeassistant.const import CONF_DEVICE_ID, CONF_FOR, CONF_OPTIONS
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.trigger import (
    Trigger,
    TriggerActionRunner,
    TriggerConfig,
    TriggerNotTriggeredReporter,
)
from homeassistant.helpers.typing import ConfigType

from .asking import ATTR_CONFIG_ENTRY_ID
from .const import DOMAIN
from .core.report.surplus import USUAL_KW, USUAL_S, Surplus
from .insight.alert_settings import CODES
from .insight.levels import LEVELS, POWER, SHARE, measured_kw, share_of
from .insight.moments import DEVICE_TOLD, PLAN_CHANGED, SIGNAL_LOOK, Look

_HOME: Final[dict[vol.Marker, Any]] = {vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string}
_DEVICE: Final[dict[vol.Marker, Any]] = {vol.Optional(CONF_DEVICE_ID): cv.string}


def _schema(**fields: dict[vol.Marker, Any]) -> vol.Schema:
    every = {key: check for each in fields.values() for key, check in each.items()}
    return vol.Schema({vol.Optional(CONF_OPTIONS, default=dict): {**_HOME, **every}})


class _HomeTrigger(Trigger):
    """What all triggers have in common: the home they are about, where one is named."""

    schema: ClassVar[vol.Schema] = _schema()

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Take the options."""
        super().__init__(hass, config)
        self._options = config.options or {}

    @classmethod
    @override
    async def async_validate_config(cls, hass: HomeAssistant, config: ConfigType) -> ConfigType:
        """Check the options."""
        checked: ConfigType = cls.schema(config)
        return checked

    def _is_meant(self, entry_id: str) -> bool:
        return bool(self._options.get(ATTR_CONFIG_ENTRY_ID, entry_id) == entry_id)


class _EventTrigger(_HomeTrigger):
    """Fires with something that SHEMS tells on the event bus."""

    event: ClassVar[str]

    @override
    async def async_attach_runner(
        self,
        run_action: TriggerActionRunner,
        did_not_trigger: TriggerNotTriggeredReporter | None = None,
    ) -> CALLBACK_TYPE:
        """Follow the event bus."""

        @callback
        def on_event(event: Event[dict[str, Any]]) -> None:
            data = dict(event.data)
            if self._is_meant(data.get("config_entry_id", "")) and self._is_wanted(data):
                run_action(data, f"SHEMS: {self.event}", event.context)

        return self._hass.bus.async_listen(f"{DOMAIN}_{self.event}", on_event)

    def _is_wanted(self, data: dict[str, Any]) -> bool:
        """Return whether an event is one of those that were asked for."""
        wanted = self._options.get(CONF_DEVICE_ID)
        return wanted is None or data.get("device_id") == wanted


class PlanChanged(_EventTrigger):
    """Fires when a device's next run has moved, appeared or gone."""

    event = PLAN_CHANGED
    schema = _schema(device=_DEVICE)

    @override
    def _is_wanted(self, data: dict[str, Any]) -> bool:
        wanted = self._options.get(CONF_DEVICE_ID)
        return wanted is None or any(each["device_id"] == wanted for each in data["changes"])


class DeviceTold(_EventTrigger):
    """Fires when a device does what SHEMS has told it."""

    event = DEVICE_TOLD
    schema = _schema(device=_DEVICE)


class Alert(_EventTrigger):
    """Fires when an alert is raised."""

    event = "alert"
    schema = _schema(code={vol.Optional("code"): CODES})

    @override
    def _is_wanted(self, data: dict[str, Any]) -> bool:
        wanted = self._options.get("code")
        return not wanted or data.get("code") in wanted


class _LookTrigger(_HomeTrigger):
    """Fires when what is measured comes to be beyond a level of the automation's own."""

    @override
    async def async_attach_runner(
        self,
        run_action: TriggerActionRunner,
        did_not_trigger: TriggerNotTriggeredReporter | None = None,
    ) -> CALLBACK_TYPE:
        """Follow the homes."""

        @callback
        def on_look(look: Look) -> None:
            if self._is_meant(look.entry_id) and (found := self._begins(look)) is not None:
                run_action({"config_entry_id": look.entry_id, **found}, "SHEMS")

        return async_dispatcher_connect(self._hass, SIGNAL_LOOK, on_look)

    def _begins(self, look: Look) -> dict[str, Any] | None:
        """Return what to tell where what is waited for has just begun, else None."""
        raise NotImplementedError


class CheapPeriodStarted(_LookTrigger):
    """Fires when electricity gets cheap beside the day ahead."""

    schema = _schema(share=SHARE)

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Know of no home whether it is cheap there."""
        super().__init__(hass, config)
        self._was: dict[str, bool] = {}

    @override
    def _begins(self, look: Look) -> dict[str, Any] | None:
        if look.standing is None:
            return None
        cheap = look.standing.is_cheap(share_of(self._options))
        began = cheap and not self._was.get(look.entry_id, True)
        self._was[look.entry_id] = cheap
        return {"price": round(look.standing.price, 4)} if began else None


class SurplusAvailable(_LookTrigger):
    """Fires when there has been surplus for a while."""

    schema = _schema(
        level=LEVELS,
        lasting={
            vol.Optional(CONF_FOR, default=timedelta(seconds=USUAL_S)): cv.positive_time_period
        },
    )

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Begin without surplus."""
        super().__init__(hass, config)
        self._states: dict[str, Surplus] = {}

    @override
    def _begins(self, look: Look) -> dict[str, Any] | None:
        before = self._states.get(look.entry_id, Surplus())
        kw, level = measured_kw(look, self._options), self._options.get(POWER, USUAL_KW)
        lasting: timedelta = self._options.get(CONF_FOR, timedelta(seconds=USUAL_S))
        state = before.advance(kw, look.at, level, lasting.total_seconds())
        self._states[look.entry_id] = state
        return {"power_kw": kw} if state.on and not before.on else None


TRIGGERS: Final[dict[str, type[Trigger]]] = {
    "plan_changed": PlanChanged,
    "device_told": DeviceTold,
    "cheap_period_started": CheapPeriodStarted,
    "surplus_available": SurplusAvailable,
    "alert": Alert,
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers of SHEMS."""
    return TRIGGERS
