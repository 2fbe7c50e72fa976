"""Device triggers: the same moments, chosen at the home's or a device's own page."""

from typing import Final

import probatio as vol
from homeassistant.components.device_automation import DEVICE_TRIGGER_BASE_SCHEMA
from homeassistant.components.homeassistant.triggers import event as event_trigger
from homeassistant.const import (
    CONF_DEVICE_ID,
    CONF_DOMAIN,
    CONF_EVENT_DATA,
    CONF_PLATFORM,
    CONF_TYPE,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
from homeassistant.helpers.trigger import TriggerActionType, TriggerInfo
from homeassistant.helpers.typing import ConfigType

from .asking import configured_device, loaded
from .const import DOMAIN
from .flows.words import async_words
from .insight.alert_settings import CODES, KINDS
from .insight.moments import OF_DEVICE, OF_HOME

ALERT: Final = "alert"
CODE: Final = "code"

TRIGGER_SCHEMA: Final = DEVICE_TRIGGER_BASE_SCHEMA.extend(
    {vol.Required(CONF_TYPE): vol.In((*OF_HOME, ALERT, *OF_DEVICE)), vol.Optional(CODE): CODES}
)


async def async_get_triggers(hass: HomeAssistant, device_id: str) -> list[dict[str, str]]:
    """Return the triggers of a home or of a driven device; others have none."""
    types: tuple[str, ...] = ()
    for home in loaded(hass):
        if home.hub_device_id == device_id:
            types = (*OF_HOME, ALERT)
        elif configured_device(hass, home, device_id) in home.driven:
            types = OF_DEVICE
    return [
        {
            CONF_PLATFORM: "device",
            CONF_DOMAIN: DOMAIN,
            CONF_DEVICE_ID: device_id,
            CONF_TYPE: each,
        }
        for each in types
    ]


async def async_get_trigger_capabilities(
    hass: HomeAssistant, config: ConfigType
) -> dict[str, vol.Schema]:
    """Return what can be chosen of a trigger: of an alert, its kinds."""
    if config[CONF_TYPE] != ALERT:
        return {}
    words = await async_words(hass)
    kinds = SelectSelector(
        SelectSelectorConfig(
            # The form of a device's trigger translates no options of a selector.
            options=[
                SelectOptionDict(value=each, label=words.option("alert_kind", each))
                for each in KINDS
            ],
            multiple=True,
            mode=SelectSelectorMode.DROPDOWN,
        )
    )
    return {"extra_fields": vol.Schema({vol.Optional(CODE): kinds})}


async def async_attach_trigger(
    hass: HomeAssistant,
    config: ConfigType,
    action: TriggerActionType,
    trigger_info: TriggerInfo,
) -> CALLBACK_TYPE:
    """Wait for the event of a device; of alerts, for each kind that was chosen."""
    wanted = {CONF_DEVICE_ID: config[CONF_DEVICE_ID]}
    stops = [
        await _async_follow(hass, config[CONF_TYPE], each, action, trigger_info)
        for each in [wanted | {CODE: code} for code in config.get(CODE, ())] or [wanted]
    ]

    def stop() -> None:
        for each in stops:
            each()

    return stop


async def _async_follow(
    hass: HomeAssistant,
    event: str,
    wanted: dict[str, str],
    action: TriggerActionType,
    trigger_info: TriggerInfo,
) -> CALLBACK_TYPE:
    followed = event_trigger.TRIGGER_SCHEMA(
        {
            CONF_PLATFORM: "event",
            event_trigger.CONF_EVENT_TYPE: f"{DOMAIN}_{event}",
            CONF_EVENT_DATA: wanted,
        }
    )
    return await event_trigger.async_attach_trigger(
        hass, followed, action, trigger_info, platform_type="device"
    )
