"""Every page of every form says what each of its fields is, wherever it is shown."""

from collections.abc import Callable, Iterator
from typing import Any

import probatio as vol
import pytest
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import EntitySelector, SelectSelector, TextSelector

from custom_components.shems.devices import KINDS
from custom_components.shems.devices.form import Form
from custom_components.shems.flows import contract

from .flow_pages import WORDS, check_words

PROPOSED = ("connection", "solar", "battery", "load", "vehicle", "heating", "water")
"""Kinds that a home is proposed with at first, so that the set-up may ask for them too."""

type Forms = Callable[[dict[str, Any]], tuple[Form, ...]]


def _answers(schema: vol.Schema) -> Iterator[dict[str, Any]]:
    """Return answers on which the pages that follow may depend, one at a time."""
    for key, value in schema.schema.items():
        if isinstance(value, section):
            yield from _answers(value.schema)
        elif isinstance(value, SelectSelector) and not value.config["multiple"]:
            for each in value.config["options"]:
                yield {str(key): each if isinstance(each, str) else each["value"]}
        elif isinstance(value, EntitySelector):
            for domain in value.config.get("domain", ()):
                yield {str(key): f"{domain}.any"}


def every_page(hass: HomeAssistant, forms: Forms) -> dict[str, vol.Schema]:
    """Return every page that some answers lead to, by its step."""
    pages: dict[str, vol.Schema] = {}
    waiting: list[dict[str, Any]] = [{}]
    while waiting:
        data = waiting.pop()
        for form in forms(data):
            if form.step not in pages:
                pages[form.step] = form.schema(hass, data)
                waiting += [data | each for each in _answers(pages[form.step])]
    return pages


@pytest.fixture(autouse=True)
def _thermostats(hass: HomeAssistant) -> None:
    """Let thermostats list what fields depend on."""
    lists = {"hvac_modes": ["off"], "operation_list": ["off"], "preset_modes": ["eco"]}
    for domain in ("climate", "water_heater"):
        hass.states.async_set(f"{domain}.any", "off", lists)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_device_is_worded(hass: HomeAssistant, kind: str) -> None:
    pages = every_page(hass, KINDS[kind].forms)
    assert next(iter(pages)) == kind
    own, shared = WORDS["config_subentries"][kind], WORDS["config"]["step"]
    for number, (step, schema) in enumerate(pages.items()):
        name = {vol.Required("name"): TextSelector()} if number == 0 else {}
        shown = vol.Schema({**name, **schema.schema})
        check_words(own["step"][step], shown, whole=True)
        if kind in PROPOSED:
            assert shared[step] == own["step"][step]
    for key in ("entry_type", "initiate_flow", "abort", "error"):
        assert own[key]


def test_the_walk_finds_pages_that_depend_on_answers(hass: HomeAssistant) -> None:
    assert {"battery_options", "battery_number", "battery_enable", "battery_switch"} <= set(
        every_page(hass, KINDS["battery"].forms)
    )
    assert len(every_page(hass, KINDS["heating"].forms)) > 1


@pytest.mark.parametrize("flow", ["config", "options"])
def test_every_field_of_the_contract_is_worded(hass: HomeAssistant, flow: str) -> None:
    pages = every_page(hass, contract.forms)
    assert {"price_source", "tariff_market", "tariff_fixed", "tariff_tou"} <= set(pages)
    for step, schema in pages.items():
        check_words(WORDS[flow]["step"][step], schema, whole=True)
