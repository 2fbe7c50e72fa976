"""A home that is being set up: what was found, what is asked for and what becomes of it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final, Self

from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant

from ..conflicts import taken
from ..devices import KINDS
from ..devices.controls import controlled, without_controls
from ..migration import SINGLE
from ..sources.configuration import Configuration, configured
from ..sources.found import Found, Note
from ..sources.surroundings import SURROUNDINGS, title_of
from . import contract
from .around import forms_of
from .draft import Draft
from .words import Words

GRID: Final = "grid"
PRICES: Final = "prices"


@dataclass
class Part:
    """One thing that is set up.

    Attributes:
        draft: its form.
        ask: the page that has to be looked at, None where all is known.
        included: whether it becomes part of the home.
        counted: whether another device's meter counts it already.
        notes: what was assumed of it, or seen in its past.
    """

    draft: Draft
    ask: str | None = None
    included: bool = True
    counted: bool = False
    notes: tuple[Note, ...] = ()


@dataclass
class Setup:
    """The parts of a home by their keys.

    These are the grid, the devices by number, what surrounds the home by its kind, the prices.
    """

    parts: dict[str, Part]
    name: str = ""
    open: list[tuple[Part, str | None]] = field(default_factory=list)

    @classmethod
    async def of(cls, hass: HomeAssistant, found: Found) -> Self:
        """Make a draft of everything found, and see what each lacks."""
        parts: dict[str, Part] = {}
        for number, each in enumerate((found.connection, *found.devices)):
            kind = KINDS[each.kind]
            # What another home drives can only be measured by this one.
            driven = controlled(each.data) & taken(hass).keys()
            data = without_controls(each.data) if driven else each.data
            draft = Draft(kind.forms, data, kind=each.kind, name=each.name)
            lacks = await draft.async_complete(hass)
            ask = lacks or (kind.forms(draft.data)[0].step if each.ask else None)
            key = GRID if number == 0 else str(number)
            parts[key] = Part(draft, ask, not each.part, each.part, each.notes)
        for key, around in found.surroundings.items():
            draft = Draft(forms_of(key), around, kind=key)
            parts[key] = Part(draft, await draft.async_complete(hass))
        prices = Draft(contract.forms, found.contract.data)
        asked = {await prices.async_complete(hass), found.contract.ask}
        parts[PRICES] = Part(prices, next((each for each in prices.steps if each in asked), None))
        setup = cls(parts)
        for part in parts.values():
            part.draft.beside = setup.drafts
        return setup

    def drafts(self) -> list[Draft]:
        """Return the drafts of what becomes part of the home."""
        return [each.draft for each in self.included]

    def _title(self, hass: HomeAssistant, draft: Draft) -> str:
        around = draft.kind in SURROUNDINGS
        return title_of(hass, draft.kind, draft.data) if around else draft.name or ""

    @property
    def devices(self) -> dict[str, Part]:
        """The parts that a home can do without."""
        return {key: each for key, each in self.parts.items() if key not in (GRID, PRICES)}

    def labels(self, hass: HomeAssistant, words: Words) -> dict[str, str]:
        """Return what each part is called."""
        return {
            key: words.say("prices")
            if key == PRICES
            else f"{self._title(hass, each.draft)} ({words.kind(each.draft.kind)})"
            for key, each in self.parts.items()
        }

    def include(self, keys: Collection[str]) -> None:
        """Take these devices into the home and leave the others out."""
        for key, each in self.devices.items():
            each.included = key in keys

    def look(self, keys: Collection[str]) -> None:
        """Open these parts from their first page, and the lacking ones where they lack it."""
        self.open = [
            (each, None if key in keys else each.ask)
            for key, each in self.parts.items()
            if each.included and (key in keys or each.ask is not None)
        ]

    @property
    def included(self) -> list[Part]:
        """What becomes part of the home, but for the prices."""
        return [each for key, each in self.parts.items() if each.included and key != PRICES]

    @property
    def notes(self) -> list[tuple[str, Note]]:
        """What the household should know of its devices, each with the device's name."""
        return [(each.draft.name or "", note) for each in self.included for note in each.notes]

    def options(self, currency: str) -> dict[str, Any]:
        """Return the entry's options."""
        return contract.options(self.parts[PRICES].draft.data, currency)

    def subentries(self, hass: HomeAssistant) -> list[ConfigSubentryData]:
        """Return the entry's subentries."""
        return [
            {
                "subentry_type": each.draft.kind,
                "title": self._title(hass, each.draft),
                "data": each.draft.data,
                "unique_id": each.draft.kind if each.draft.kind in SINGLE else None,
            }
            for each in self.included
        ]

    def configuration(self, hass: HomeAssistant) -> Configuration:
        """Return the home as it would be.

        Raises:
            SourceError: it cannot be; the message names the device.
        """
        return configured(
            hass,
            "",
            self.name,
            self.options(hass.config.currency),
            (
                (str(number), each.draft.kind, each.draft.name or "", each.draft.data)
                for number, each in enumerate(self.included)
            ),
        )
