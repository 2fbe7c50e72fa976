"""The blueprints in the repository are what Home Assistant accepts, and choose well."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from homeassistant.components.automation.config import AUTOMATION_BLUEPRINT_SCHEMA
from homeassistant.components.blueprint.models import Blueprint
from homeassistant.components.blueprint.schemas import BLUEPRINT_SCHEMA
from homeassistant.core import HomeAssistant
from homeassistant.helpers.template import Template
from homeassistant.util import dt as dt_util
from homeassistant.util.yaml import load_yaml_dict

ROOT = Path(__file__).resolve().parents[2] / "blueprints"
FILES = sorted(ROOT.glob("*/shems/*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_blueprint_is_valid_and_names_its_source(path: Path) -> None:
    """Home Assistant reads it, every input is described, and it says where it comes from."""
    domain = path.parts[-3]
    schema = AUTOMATION_BLUEPRINT_SCHEMA if domain == "automation" else BLUEPRINT_SCHEMA
    blueprint = Blueprint(
        load_yaml_dict(str(path)), path=str(path), expected_domain=domain, schema=schema
    )
    assert blueprint.validate() is None
    assert blueprint.metadata["source_url"].endswith(path.relative_to(ROOT.parent).as_posix())
    assert all("description" in each for each in blueprint.inputs.values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_readme_has_a_link_that_imports_it(path: Path) -> None:
    source = load_yaml_dict(str(path))["blueprint"]["source_url"]
    link = "https://my.home-assistant.io/redirect/blueprint_import/?blueprint_url="
    assert f"({link}{quote(source, safe='')})" in (ROOT.parent / "README.md").read_text("utf-8")


def test_there_is_a_blueprint_of_each_kind() -> None:
    """The folder is not empty by accident."""
    assert {path.parts[-3] for path in FILES} == {"automation", "script"}


def _outlook(prices: list[float | None], solar: list[float]) -> dict[str, Any]:
    begin = dt_util.utcnow()
    return {
        "forecast": [
            {
                "start": (begin + timedelta(hours=hour)).isoformat(),
                "end": (begin + timedelta(hours=hour + 1)).isoformat(),
                "import_price": price,
                "export_price": 0.05,
                "load_kw": {"p50": 0.5},
                "solar_kw": {"p50": solar[hour]},
            }
            for hour, price in enumerate(prices)
        ]
    }


@pytest.mark.parametrize(
    ("prices", "solar", "hour"),
    [
        pytest.param([0.3, 0.3, 0.1, 0.1, 0.3, 0.3], [0.0] * 6, 2, id="cheap hours"),
        pytest.param([0.3] * 6, [0, 0, 0, 3.0, 3.0, 0], 3, id="surplus of the sun"),
        pytest.param([0.3] * 6, [0.0] * 6, 0, id="all alike: at once"),
        pytest.param([0.3, 0.3, None, None, 0.2, 0.2], [0.0] * 6, 4, id="unknown is not free"),
    ],
)
async def test_the_cheapest_start_is_found(
    hass: HomeAssistant,
    freezer: Any,
    prices: list[float | None],
    solar: list[float],
    hour: int,
) -> None:
    """The device starts where its two hours cost the least, and not in the unknown."""
    freezer.move_to("2026-03-02 20:00:00+00:00")
    file = ROOT / "automation/shems/run_when_cheapest.yaml"
    source = load_yaml_dict(str(file))["actions"][1]["variables"]["start_at"]
    start = Template(source, hass).async_render(
        {"hours": 2, "within": 6, "power": 1.0, "outlook": _outlook(prices, solar)}
    )
    assert start - dt_util.utcnow().timestamp() == pytest.approx(3600 * hour, abs=1)
