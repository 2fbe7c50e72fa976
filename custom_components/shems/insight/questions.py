"""Questions to Assist that are answered without a language model.

Home Assistant reads sentences of integrations only from its own package and from files in the
user's folder. Sentences that are registered as those of an automation are matched first, in
every pipeline that handles commands locally, and need no copying.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.setup import async_when_setup
from homeassistant.util.hass_dict import HassKey

from ..asking import loaded
from ..const import DOMAIN
from ..coordinator import HomeCoordinator
from ..devices import Device
from .answers import PERIODS, Answer, outlook, prices, saved, stored, when_to_start, why, wrong
from .exposure import async_may_hear, exposed_devices, exposed_homes
from .wording import ENGLISH, Wording, async_tongue

if TYPE_CHECKING:
    from hassil.recognize import RecognizeResult
    from homeassistant.components.conversation.models import ConversationInput

ASSISTANT: Final = "conversation"
_MARKUP: Final = re.compile(r"[^\w\s'-]")
"""What means something in a sentence's grammar, or is no part of a spoken name."""

type AnswerOf = Callable[[HomeCoordinator, Wording], Awaitable[Answer]]
type AboutDevice = Callable[[HomeCoordinator, Device, Wording], Answer]

QUESTIONS: Final[HassKey[Questions]] = HassKey(f"{DOMAIN}_questions")


class Questions:
    """The questions of all homes together: each is registered once."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Register none yet."""
        self._hass = hass
        self._registered: list[CALLBACK_TYPE] = []
        self._lock = asyncio.Lock()

    async def async_register(self) -> None:
        """Register what can be asked of the homes that run now, in place of what could."""
        async with self._lock:
            await self._async_register()

    async def _async_register(self) -> None:
        for each in self._registered:
            each()
        self._registered.clear()
        languages = dict.fromkeys((self._hass.config.language, ENGLISH))
        for tongue in [await async_tongue(self._hass, each) for each in languages]:
            asked = partial(Wording(tongue, "", "UTC", 0.0).say)
            for key, answer in HOME_QUESTIONS.items():
                self._listen(asked(f"ask_{key}"), answer)
            for period in PERIODS:
                sentences = asked("ask_saved", period=f"({asked(f'asked_{period}')})")
                self._listen(sentences, of_period(period))
            names = {spoken(each.name) for home in loaded(self._hass) for each in _askable(home)}
            for name in names - {""}:
                for key, ask in DEVICE_QUESTIONS.items():
                    self._listen(asked(f"ask_{key}", device=name), about(name, ask))

    def _listen(self, sentences: str, answer: AnswerOf) -> None:
        # Imported here: it needs what Home Assistant installs with its conversation integration.
        from homeassistant.components.conversation.agent_manager import (  # noqa: PLC0415  # As said.
            get_agent_manager,
        )

        async def reply(asked: ConversationInput, _: RecognizeResult) -> str | None:
            return await async_reply(self._hass, answer, asked.context, asked.language)

        manager = get_agent_manager(self._hass)
        self._registered.append(manager.register_trigger(sentences.split("\n"), reply))


async def async_reply(
    hass: HomeAssistant,
    answer: AnswerOf,
    context: Context,
    language: str,
    assistant: str = ASSISTANT,
) -> str:
    """Return what is to be said to a question, home by home where there are several.

    Args:
        hass: where the homes are.
        answer: what answers for one home; an empty text where the home has nothing to say.
        context: of who asks.
        language: in which.
        assistant: to whom what is told must be exposed.
    """
    tongue = await async_tongue(hass, language)
    homes = [
        each for each in exposed_homes(hass, assistant) if await async_may_hear(hass, context, each)
    ]
    said = []
    for home in homes:
        currency, zone = home.configuration.tariff.currency, home.configuration.zone
        text = (await answer(home, Wording(tongue, currency, zone, home.data.now))).text
        if text:
            said.append(text if len(homes) == 1 else f"{home.config_entry.title}: {text}")
    return " ".join(said) or tongue.words.say("answer_not_exposed")


def _askable(home: HomeCoordinator) -> list[Device]:
    kinds = ("connection", "solar")
    return [each for each in home.configuration.devices if each.kind not in kinds]


async def _stored(home: HomeCoordinator, wording: Wording) -> Answer:
    return stored(home, wording)


async def _prices(home: HomeCoordinator, wording: Wording) -> Answer:
    return prices(home, wording)


async def _wrong(home: HomeCoordinator, wording: Wording) -> Answer:
    return wrong(home, wording)


async def _saved(period: str, home: HomeCoordinator, wording: Wording) -> Answer:
    return await saved(home, period, wording)


def about(named: str, ask: AboutDevice, assistant: str = ASSISTANT) -> AnswerOf:
    """Return what answers for the device of a home that has a name, where it is exposed."""

    async def answer(home: HomeCoordinator, wording: Wording) -> Answer:
        devices = exposed_devices(home.hass, home, assistant)
        wanted = spoken(named).casefold()
        device = next((each for each in devices if spoken(each.name).casefold() == wanted), None)
        return Answer("") if device is None else ask(home, device, wording)

    return answer


def spoken(name: str) -> str:
    """Return a name as it is spoken: without what means something in a sentence's grammar."""
    return " ".join(_MARKUP.sub(" ", name).split())


HOME_QUESTIONS: Final[dict[str, AnswerOf]] = {
    "battery": _stored,
    "price": _prices,
    "wrong": _wrong,
}
"""What can be asked of a home, by the sentences `ask_…` of it."""
DEVICE_QUESTIONS: Final[dict[str, AboutDevice]] = {
    "start": when_to_start,
    "why": why,
    "outlook": outlook,
}
"""What can be asked of a device."""


def of_period(period: str) -> AnswerOf:
    """Return what answers how much was saved in one of `PERIODS`."""
    return partial(_saved, period)


@callback
def async_setup_questions(hass: HomeAssistant) -> None:
    """Have questions answered once Home Assistant has conversations."""

    async def ready(_: HomeAssistant, __: str) -> None:
        hass.data[QUESTIONS] = Questions(hass)
        await hass.data[QUESTIONS].async_register()

    async_when_setup(hass, "conversation", ready)


async def async_follow_homes(hass: HomeAssistant) -> None:
    """Register anew what can be asked: a home has come or gone."""
    if (questions := hass.data.get(QUESTIONS)) is not None:
        await questions.async_register()
