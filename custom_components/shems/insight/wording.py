"""Sentences that the server writes itself: for the logbook, calendars and answers.

Codes have the words that the cards have: one file per language, beside their sources.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..core.plan.result import Reason
from ..core.report.alerts.book import Alert
from ..flows.words import Words, async_words
from .alert_words import message

LOCALES: Final = Path(__file__).parent.parent / "frontend" / "src" / "locales"
ENGLISH: Final = "en"

_PRICES: Final = frozenset({"price", "value", "export_price", "usual", "later"})
_TIMES: Final = frozenset(
    {"until", "since", "at", "from", "to", "deadline", "starts", "ends", "earliest"}
)
_MONEY: Final = frozenset({"gain", "saves"})
_SHARES: Final = frozenset({"reserve", "soc"})
_SYMBOLS: Final = {"EUR": "€", "GBP": "£", "USD": "$", "AUD": "$", "NZD": "$", "PLN": "zł"}
_LARGE_KW: Final = 10.0
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SAME: Final = "%Y-%m-%d"


@dataclass(frozen=True)
class Tongue:
    """The texts of one language.

    Attributes:
        language: in which texts are written; English where there are none.
        words: of the server.
        phrases: of the cards, by key.
    """

    language: str
    words: Words
    phrases: Mapping[str, str]


KEY: Final[HassKey[dict[str, Tongue]]] = HassKey(f"{DOMAIN}_tongues")


async def async_tongue(hass: HomeAssistant, language: str | None = None) -> Tongue:
    """Return the texts of a language, Home Assistant's own where none is named."""
    asked = language or hass.config.language
    known = hass.data.setdefault(KEY, {})
    if asked not in known:
        words = await async_words(hass, asked)
        spoken, phrases = await hass.async_add_executor_job(_phrases, asked)
        known[asked] = Tongue(spoken, words, phrases)
    return known[asked]


def known_tongue(hass: HomeAssistant) -> Tongue | None:
    """Return the texts of Home Assistant's language where they have been read."""
    return hass.data.get(KEY, {}).get(hass.config.language)


def _phrases(language: str) -> tuple[str, dict[str, str]]:
    """Return the cards' texts, with English in place of what is missing, and their language."""
    texts: dict[str, str] = json.loads((LOCALES / f"{ENGLISH}.json").read_text("utf-8"))
    for spoken in (language, language.partition("-")[0]):
        file = LOCALES / f"{spoken}.json"
        if file.is_file():
            return spoken, texts | json.loads(file.read_text("utf-8"))
    return ENGLISH, texts


class Wording:
    """Writes for one home in one language."""

    def __init__(self, tongue: Tongue, currency: str, zone: str, now: float) -> None:
        """Write amounts in a currency, and times as they are in a zone, seen from now."""
        self._tongue = tongue
        self._currency = currency
        self._zone = dt_util.get_time_zone(zone) or UTC
        self._now = now

    def say(self, key: str, **values: object) -> str:
        """Return a text of the server."""
        return self._tongue.words.say(key, **values)

    def phrase(self, key: str) -> str:
        """Return a text of the cards."""
        return self._tongue.phrases[key]

    def reason(self, reason: Reason) -> str:
        """Return a reason as a sentence; one of an unknown code is a general one."""
        return self._sentence("reason", reason)

    def problem(self, reason: Reason) -> str:
        """Return what is wrong, and what to do about it, as a sentence."""
        return self._sentence("problem", reason)

    def alert(self, alert: Alert) -> str:
        """Return what an alert says."""
        return message(self._tongue.words, alert, self._currency)

    def _sentence(self, about: str, reason: Reason) -> str:
        args = dict(reason.args)
        cause = f"override.{args.get('cause')}"
        if cause in self._tongue.phrases:
            args["cause"] = self._tongue.phrases[cause]
        values = {name: self._written(name, each) for name, each in args.items()}
        for key in (f"{about}.{reason.code}", f"{about}.{reason.code}.short"):
            text = self._tongue.phrases.get(key)
            if text is not None and (said := _filled(text, values)) is not None:
                return said
        return self.phrase(f"{about}.unknown").format(code=reason.code.replace("_", " "))

    def _written(self, name: str, value: float | str) -> str:
        """Return an argument as its name asks for it to be written."""
        if isinstance(value, str):
            return value
        if name in _MONEY:
            return self.money(value)
        if name in _PRICES:
            return self.price(value)
        if name in _TIMES:
            return self.time(value)
        if name in _SHARES:
            return self.percent(value)
        if name.endswith("_kw"):
            return self.power(value)
        if name.endswith("_kwh"):
            return self.energy(value)
        return self.number(value, 0 if float(value).is_integer() else 2)

    def number(self, value: float, digits: int) -> str:
        """Return a number with a comma where the language has one; no minus before a zero."""
        text = f"{round(value, digits) + 0.0:.{digits}f}"
        return text if self._tongue.language == ENGLISH else text.replace(".", ",")

    def money(self, amount: float, digits: int = 2) -> str:
        """Return an amount of money."""
        symbol = _SYMBOLS.get(self._currency, self._currency)
        said = self.number(abs(amount), digits)
        sign = "-" if round(amount, digits) < 0 else ""
        before = self._tongue.language == ENGLISH and len(symbol) == 1
        return f"{sign}{symbol}{said}" if before else f"{sign}{said}\N{NO-BREAK SPACE}{symbol}"

    def price(self, amount: float) -> str:
        """Return a price per kWh."""
        return f"{self.money(amount, 3)}/kWh"

    def power(self, kw: float) -> str:
        """Return a power."""
        return f"{self.number(kw, 1 if abs(kw) >= _LARGE_KW else 2)} kW"

    def energy(self, kwh: float) -> str:
        """Return an energy."""
        return f"{self.number(kwh, 1)} kWh"

    def percent(self, share: float) -> str:
        """Return a fraction in percent."""
        return f"{self.number(100 * share, 0)} %"

    def time(self, at: float) -> str:
        """Return a time of day, with the day of the week where it is another day than now."""
        local = datetime.fromtimestamp(at, self._zone)
        clock = f"{local:%H:%M}"
        if f"{local:{_SAME}}" == f"{datetime.fromtimestamp(self._now, self._zone):{_SAME}}":
            return clock
        return f"{self._tongue.words.option('weekday', _DAYS[local.weekday()])} {clock}"


def _filled(text: str, values: Mapping[str, Any]) -> str | None:
    """Return a text with its values, None where one that it needs is missing."""
    try:
        return text.format(**values)
    except KeyError:
        return None
