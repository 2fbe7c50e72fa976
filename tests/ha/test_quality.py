"""What the quality scale asks of a running Home Assistant."""

from pathlib import Path

import yaml
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from custom_components.shems import const
from custom_components.shems.const import DOMAIN


async def test_every_action_is_there_before_any_home(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    described = yaml.safe_load((Path(const.__file__).parent / "services.yaml").read_text())
    assert hass.services.async_services_for_domain(DOMAIN).keys() == described.keys()
