"""Intents by which sentences of a household's own ask what SHEMS knows."""

from typing import Any, Final, override

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import intent

from .insight.answers import PERIODS
from .insight.questions import (
    ASSISTANT,
    DEVICE_QUESTIONS,
    HOME_QUESTIONS,
    AnswerOf,
    about,
    async_reply,
    of_period,
)

_NAMES: Final = {
    "battery": ("ShemsBattery", "Tells how full the home's batteries are, and what they do."),
    "price": ("ShemsPrice", "Tells what electricity costs now, and when it is cheap."),
    "wrong": ("ShemsProblems", "Tells whether anything is wrong with the home's energy."),
    "start": ("ShemsWhenToStart", "Tells when a device is planned to run, or best started."),
    "why": ("ShemsWhy", "Tells why a device does what it does now."),
    "outlook": ("ShemsPlan", "Tells what a device is planned to do within a day."),
}
_SAVINGS: Final = ("ShemsSavings", "Tells what was saved in a period, and what was paid.")
_DEVICE: Final = "device"
_PERIOD: Final = "period"


class Question(intent.IntentHandler):
    """A question that is answered as Assist's own sentences are."""

    def __init__(self, named: tuple[str, str], key: str) -> None:
        """Take its name, what it is for, and what is asked."""
        self.intent_type, self.description = named
        self._key = key

    @property
    @override
    def slot_schema(self) -> dict[Any, Any] | None:
        """What has to be said with it."""
        if self._key in DEVICE_QUESTIONS:
            return {vol.Required(_DEVICE): cv.string}
        return {vol.Required(_PERIOD): vol.In(PERIODS)} if self._key == _PERIOD else None

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        """Answer for the homes that the user may read."""
        assistant = intent_obj.assistant or ASSISTANT
        slots = self.async_validate_slots(intent_obj.slots)
        said = await async_reply(
            intent_obj.hass,
            self._answer(slots, assistant),
            intent_obj.context,
            intent_obj.language,
            assistant,
        )
        response = intent_obj.create_response()
        response.response_type = intent.IntentResponseType.QUERY_ANSWER
        response.async_set_speech(said)
        return response

    def _answer(self, slots: dict[str, Any], assistant: str) -> AnswerOf:
        if self._key == _PERIOD:
            return of_period(slots[_PERIOD]["value"])
        if self._key in DEVICE_QUESTIONS:
            return about(slots[_DEVICE]["value"], DEVICE_QUESTIONS[self._key], assistant)
        return HOME_QUESTIONS[self._key]


async def async_setup_intents(hass: HomeAssistant) -> None:
    """Register the intents."""
    for key, named in _NAMES.items():
        intent.async_register(hass, Question(named, key))
    intent.async_register(hass, Question(_SAVINGS, _PERIOD))
