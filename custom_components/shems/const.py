"""Names shared by the whole integration."""

import logging
from typing import Final

from homeassistant.const import Platform

DOMAIN: Final = "shems"
LOGGER: Final = logging.getLogger(__package__)

PLATFORMS: Final = (
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CALENDAR,
    Platform.EVENT,
    Platform.NUMBER,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SWITCH,
    Platform.TIME,
    Platform.TODO,
)
"""Platforms every home has."""

SIMULATED_PLATFORMS: Final = (
    *PLATFORMS,
    Platform.CLIMATE,
    Platform.LIGHT,
    Platform.WATER_HEATER,
    Platform.WEATHER,
)
"""Platforms of a simulated home."""

KIND_COMMUNITY: Final = "community"
"""Of an entry that is no home: neighbours who share."""
COMMUNITY_PLATFORMS: Final = (Platform.BINARY_SENSOR, Platform.BUTTON, Platform.SENSOR)
"""Platforms of a community."""

COMPLETE: Final = "complete"
SIZES: Final = ("simple", COMPLETE)
"""Sizes of a simulated home; the first is the usual one."""
