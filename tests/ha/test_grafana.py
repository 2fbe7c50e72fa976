"""Every metric that the Grafana dashboard asks for is in a scrape of Home Assistant."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import prometheus_client
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from prometheus_client.parser import text_string_to_metric_families
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.shems.coordinator import HomeCoordinator

from .conftest import SLOT_S, advance, settle

ROOT = Path(__file__).resolve().parent.parent.parent
DASHBOARD = json.loads((ROOT / "docs" / "grafana" / "shems.json").read_text())
SELECTOR = re.compile(r"(?P<name>[a-zA-Z_:]\w*)?\{(?P<labels>[^{}]*)\}")
LABEL = re.compile(r"""(\w+)\s*(=~|=)\s*"([^"]*)\"""")


def expressions() -> list[tuple[str, str]]:
    """Return what each panel asks for, with its title."""
    return [
        (panel["title"], target["expr"].replace("${home}", "home"))
        for panel in DASHBOARD["panels"]
        for target in panel.get("targets", ())
    ]


def matches(expression: str, samples: list[tuple[str, dict[str, str]]]) -> bool:
    """Return whether something in a scrape answers each selector of an expression."""
    selectors = list(SELECTOR.finditer(expression))
    assert selectors, expression
    return all(any(_answers(each, *sample) for sample in samples) for each in selectors)


def _answers(selector: re.Match[str], name: str, labels: dict[str, str]) -> bool:
    wanted = LABEL.findall(selector["labels"])
    if selector["name"]:
        wanted.append(("__name__", "=", selector["name"]))
    known = {**labels, "__name__": name}
    return all(
        key in known
        and (known[key] == value if sign == "=" else re.fullmatch(value, known[key]) is not None)
        for key, sign, value in wanted
    )


@pytest.fixture
async def scrape(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> list[tuple[str, dict[str, str]]]:
    """Return the names and labels of a scrape, after some hours of running."""
    # Home Assistant registers its metrics in one registry of the whole process.
    monkeypatch.setattr(prometheus_client, "REGISTRY", prometheus_client.CollectorRegistry())
    assert await async_setup_component(hass, "prometheus", {"prometheus": {"requires_auth": False}})
    for _ in range(28):
        meters(grid_kw=1.0, battery_kw=0.0, solar_kw=1.0)
        await advance(hass, frozen, SLOT_S / 3)
        for _ in range(4):
            meters(grid_kw=1.0, battery_kw=0.0, solar_kw=1.0)
            await advance(hass, frozen, SLOT_S / 6)
    await settle(hass)
    client = await hass_client_no_auth()
    response = await client.get("/api/prometheus")
    assert response.status == 200
    families = text_string_to_metric_families(await response.text())
    return [(each.name, each.labels) for family in families for each in family.samples]


async def test_every_query_of_the_dashboard_is_answered(
    scrape: list[tuple[str, dict[str, str]]],
) -> None:
    unanswered = [title for title, expr in expressions() if not matches(expr, scrape)]
    assert unanswered == []


async def test_the_home_is_found_by_the_dashboard_s_variable(
    scrape: list[tuple[str, dict[str, str]]],
) -> None:
    variable: dict[str, Any] = next(
        each for each in DASHBOARD["templating"]["list"] if each["name"] == "home"
    )
    assert matches(variable["query"]["query"], scrape)
    found = re.compile(variable["regex"].strip("/"))
    entities = {labels.get("entity", "") for _, labels in scrape}
    assert {match[1] for each in entities if (match := found.match(each))} == {"home"}


def test_a_metric_that_nobody_tells_is_noticed() -> None:
    sample = ("homeassistant_sensor_power_kw", {"entity": "sensor.home_grid_power"})
    assert matches('homeassistant_sensor_power_kw{entity=~"sensor.+_power"}', [sample])
    assert not matches('homeassistant_sensor_power_w{entity="sensor.home_grid_power"}', [sample])
    assert not matches('homeassistant_sensor_power_kw{entity="sensor.home_solar"}', [sample])
