"""Timetables of a device's user: when it may run, when a car is away, when rooms are lived in."""

from collections.abc import Mapping
from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section

from ..core.assets.timetable import Spans, without
from ..core.horizon import DAY_S
from .device import Device
from .form import Data, Errors, Fields, check_known, choice, entities

TIMETABLE: Final = "timetable"
PRESENCE: Final = "presence_calendar"
COMFORT: Final = "comfort_timetable"
TIMETABLES: Final = (TIMETABLE, PRESENCE, COMFORT)
"""Fields that hold an entity which is on at times."""

AHEAD_S: Final = 5.0 * DAY_S
"""Further than any plan looks."""

TELLERS: Final = ("binary_sensor", "calendar", "input_boolean", "schedule", "switch")
RULES: Final = ("only_while_on", "not_while_on")
PRESENCES: Final = ("away_while_on", "home_while_on")


def timetable_fields(more: Fields | None = None, meaning: str = "timetable_rule") -> Fields:
    """Make the fields of a timetable, and others, in a section that all forms call the same.

    Args:
        more: fields of other timetables.
        meaning: key of the words that tell what it means.
    """
    fields: Fields = {
        vol.Optional(TIMETABLE): entities(*TELLERS),
        vol.Required("timetable_rule", default=RULES[0]): choice(RULES, meaning),
        **(more or {}),
    }
    return {vol.Optional("timetables"): section(vol.Schema(fields), {"collapsed": True})}


def presence_fields() -> Fields:
    """Make the fields of a calendar that tells when a car is away, or at home."""
    return {
        vol.Optional(PRESENCE): entities("calendar", "schedule"),
        vol.Required("presence_rule", default=PRESENCES[0]): choice(PRESENCES, "presence_rule"),
    }


def check_timetables(hass: HomeAssistant, data: Data) -> Errors:
    """Return what is wrong with the entities of timetables."""
    return check_known(hass, data, *TIMETABLES)


def barred(device: Device, told: Mapping[str, Spans], begin: float, end: float) -> Spans:
    """Return when a device may not run, or be shed, between two times.

    Args:
        device: with its timetable.
        told: when the entities of its timetables are on, by field; one that is missing has
            told nothing, and bars nothing.
        begin, end: epoch seconds.
    """
    if TIMETABLE not in told:
        return ()
    spans = told[TIMETABLE]
    only = device.data.get("timetable_rule", RULES[0]) == RULES[0]
    return without(spans, begin, end) if only else spans


def away(device: Device, told: Mapping[str, Spans], now: float) -> Spans | None:
    """Return when a car is away by its calendar; None where none tells of it."""
    if PRESENCE not in told:
        return None
    spans = told[PRESENCE]
    home = device.data.get("presence_rule", PRESENCES[0]) == PRESENCES[1]
    return without(spans, now, now + AHEAD_S) if home else spans


def uninhabited(told: Mapping[str, Spans], now: float) -> Spans:
    """Return when rooms need no comfort by their timetable; never where none tells of it."""
    return without(told[COMFORT], now, now + AHEAD_S) if COMFORT in told else ()
