"""Words: texts that the server puts together, in the language Home Assistant is set to.

A flow does not know its user's language; pages name such texts as one value.
"""

from collections.abc import Iterable, Mapping

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from ..const import DOMAIN
from ..sources.error import SourceError


class Words:
    """Texts of SHEMS in one language."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Take texts by their full keys."""
        self._texts = texts

    def say(self, key: str, **values: object) -> str:
        """Return a text with values in it."""
        return self._texts[f"component.{DOMAIN}.common.{key}"].format(**values)

    def kind(self, kind: str) -> str:
        """Return what a kind of device is called."""
        return self._texts[f"component.{DOMAIN}.config_subentries.{kind}.entry_type"]

    def option(self, selector: str, value: str) -> str:
        """Return what an option of a choice is called."""
        return self._texts[f"component.{DOMAIN}.selector.{selector}.options.{value}"]

    def problem(self, err: SourceError) -> str:
        """Return what an error says."""
        text = self._texts[f"component.{DOMAIN}.exceptions.{err.code}.message"]
        return text.format(**(err.translation_placeholders or {}))


def bullets(lines: Iterable[str]) -> str:
    """Return lines as a list in Markdown."""
    return "\n".join(f"- {line}" for line in lines)


async def async_words(hass: HomeAssistant, language: str | None = None) -> Words:
    """Return the texts that flows need, in Home Assistant's language where none is named."""
    texts: dict[str, str] = {}
    for category in ("common", "config_subentries", "exceptions", "selector"):
        spoken = language or hass.config.language
        texts |= await async_get_translations(hass, spoken, category, {DOMAIN})
    return Words(texts)
