"""The page of the options on which alerts are chosen."""

from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    EntitySelector,
    SelectSelector,
    SelectSelectorMode,
    TimeSelector,
)

from ..core.report.alerts.causes import PERCENT, WATTS
from ..core.report.alerts.rate import EVERY_DAYS
from ..core.report.standby import LEAST_KW
from ..devices.form import number
from ..insight.alert_settings import KINDS, USUAL

NOTIFY: Final = "notify"
PHONE: Final = "mobile_app_"
"""With this the companion app's actions begin."""


def schema(hass: HomeAssistant) -> vol.Schema:
    """Return the fields, with what is usual."""
    phones = sorted(
        each for each in hass.services.async_services_for_domain(NOTIFY) if each.startswith(PHONE)
    )
    kinds = SelectSelector(
        {
            "options": list(KINDS),
            "multiple": True,
            "mode": SelectSelectorMode.LIST,
            "translation_key": "alert_kind",
        }
    )
    chosen = SelectSelector(
        {"options": phones, "multiple": True, "custom_value": True, "sort": True}
    )
    return vol.Schema(
        {
            vol.Required("kinds", default=list(KINDS)): kinds,
            vol.Optional("notify"): EntitySelector({"domain": NOTIFY, "multiple": True}),
            vol.Optional("phones"): chosen,
            vol.Optional("quiet_from"): TimeSelector(),
            vol.Optional("quiet_to"): TimeSelector(),
            vol.Required("every_days", default=EVERY_DAYS): number("d", lowest=10, highest=160),
            vol.Required("standby_w", default=WATTS * LEAST_KW): number(
                "W", lowest=10, highest=2000
            ),
            vol.Required("left_on_h", default=USUAL.left_on_h): number("h", lowest=1, highest=168),
            vol.Required("fuse_percent", default=PERCENT * USUAL.fuse_share): number(
                "%", lowest=20, highest=150
            ),
            vol.Required("peak_percent", default=PERCENT * USUAL.peak_share): number(
                "%", lowest=20, highest=150
            ),
            vol.Required("price_below", default=USUAL.price_below): number(
                None, lowest=-10, highest=10
            ),
            vol.Required("spike_factor", default=USUAL.spike_factor): number(
                None, lowest=1.1, highest=20
            ),
            vol.Optional("freezers"): EntitySelector(
                {
                    "filter": [
                        {"domain": "sensor", "device_class": "power"},
                        {"domain": "sensor", "device_class": "temperature"},
                    ],
                    "multiple": True,
                }
            ),
            vol.Required("freezer_h", default=USUAL.freezer_h): number("h", lowest=1, highest=48),
            vol.Required("freezer_c", default=USUAL.freezer_c): number(
                "°C", lowest=-40, highest=10
            ),
            vol.Optional("grid"): EntitySelector(
                {
                    "filter": [
                        {"domain": ["binary_sensor", "input_boolean"]},
                        {"domain": "sensor", "device_class": "voltage"},
                    ]
                }
            ),
            vol.Optional("reserve_percent"): number("%", lowest=1, highest=100),
        }
    )
