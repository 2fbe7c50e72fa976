"""Walk through flows as the frontend does, and check that every page is worded."""

import json
from pathlib import Path
from typing import Any

import probatio
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, section
from homeassistant.helpers.config_validation import custom_serializer

from custom_components.shems import const

WORDS = json.loads(
    (Path(const.__file__).parent / "translations" / "en.json").read_text(encoding="utf-8")
)


class Pages:
    """A flow in progress."""

    def __init__(self, manager: Any, words: dict[str, Any]) -> None:
        """Take the manager of the flow's kind and the words of its pages."""
        self._manager = manager
        self._words = words
        self.result: Any = None

    async def begin(self, handler: Any, context: dict[str, Any]) -> Any:
        """Start the flow."""
        return self._checked(await self._manager.async_init(handler, context=context))

    async def give(self, **user_input: Any) -> Any:
        """Submit a page."""
        flow_id = self.result["flow_id"]
        return self._checked(await self._manager.async_configure(flow_id, user_input))

    async def choose(self, step: str) -> Any:
        """Choose from a menu."""
        return await self.give(next_step_id=step)

    async def again(self) -> Any:
        """Ask for the page that is shown, as a browser does that comes back."""
        return self._checked(await self._manager.async_configure(self.result["flow_id"]))

    @property
    def suggested(self) -> dict[str, Any]:
        """What the fields of the page hold, sections flattened."""
        return suggestions(self.result["data_schema"])

    @property
    def said(self) -> str:
        """What the page says above its fields or choices."""
        return "\n".join((self.result["description_placeholders"] or {}).values())

    def _checked(self, result: Any) -> Any:
        self.result = result
        match result["type"]:
            case FlowResultType.FORM:
                self._check_form(result)
            case FlowResultType.MENU:
                step = self._words["step"][result["step_id"]]
                assert set(step["menu_options"]) >= set(result["menu_options"])
                step.get("description", "").format(**(result["description_placeholders"] or {}))
            case FlowResultType.ABORT:
                assert result["reason"] in self._words["abort"]
        return result

    def _check_form(self, result: Any) -> None:
        check_words(self._words["step"][result["step_id"]], result["data_schema"])
        placeholders = result["description_placeholders"] or {}
        step = self._words["step"][result["step_id"]]
        if not result["errors"]:
            step.get("description", "").format(**placeholders)
        for error in (result["errors"] or {}).values():
            text = self._words["error"][error]
            text.format(**placeholders)


def check_words(step: dict[str, Any], schema: Any, *, whole: bool = False) -> None:
    """Check that a page can be sent to the browser, and that every field of it is worded.

    A whole page has every field there are words for; fields may depend on what is chosen.
    """
    json.dumps(probatio.to_field_list(schema, custom_serializer=custom_serializer))
    assert step["title"]
    fields: set[str] = set()
    for key, value in schema.schema.items():
        if isinstance(value, section):
            inside = {str(each) for each in value.schema.schema}
            words = step["sections"][str(key)]
            assert words["name"]
            assert set(words["data"]) == set(words["data_description"]) == inside
            assert all({**words["data"], **words["data_description"]}.values())
        else:
            fields.add(str(key))
    data, described = step.get("data", {}), step.get("data_description", {})
    assert set(data) == set(described) >= fields
    assert not whole or set(data) == fields
    assert all([*data.values(), *described.values()])
    for field in schema.schema.values():
        _check_selector(field)


def _check_selector(field: Any) -> None:
    """Check that the choices of a field are worded."""
    config = getattr(field, "config", {})
    words = WORDS["selector"].get(config.get("translation_key"), {})
    if "translation_key" in config and "options" in config:
        assert set(words["options"]) == set(config["options"])
    if "translation_key" in config and "fields" in config:
        assert set(words["fields"]) == set(config["fields"])
        for each in config["fields"].values():
            _check_selector(each["selector"])


def suggestions(schema: Any) -> dict[str, Any]:
    """Return the suggested values of a schema, sections flattened."""
    found: dict[str, Any] = {}
    for key, value in schema.schema.items():
        if isinstance(value, section):
            found |= suggestions(value.schema)
        elif isinstance(key.description, dict):
            found[str(key)] = key.description.get("suggested_value")
    return found


async def config_flow(hass: HomeAssistant) -> Pages:
    """Begin to set up a home."""
    pages = Pages(hass.config_entries.flow, WORDS["config"])
    await pages.begin("shems", {"source": "user"})
    return pages


async def subentry_flow(hass: HomeAssistant, entry_id: str, kind: str) -> Pages:
    """Begin to add a device."""
    pages = Pages(hass.config_entries.subentries, WORDS["config_subentries"][kind])
    await pages.begin((entry_id, kind), {"source": "user"})
    return pages


def measure(hass: HomeAssistant, entity_id: str, unit: str | None, value: object = 1) -> None:
    """Give an entity a state with a unit."""
    hass.states.async_set(entity_id, str(value), {"unit_of_measurement": unit})
