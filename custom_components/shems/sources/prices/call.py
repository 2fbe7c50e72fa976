"""Asking another integration for prices by its action."""

from collections.abc import Mapping
from typing import Any

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..error import SourceError


async def async_ask(
    hass: HomeAssistant, domain: str, service: str, data: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return the response of an action.

    Raises:
        SourceError: the integration is not set up, refuses or fails.
    """
    source = f"{domain}.{service}"
    if not hass.services.has_service(domain, service):
        raise SourceError("price_action_missing", source=source)
    try:
        response = await hass.services.async_call(
            domain, service, dict(data), blocking=True, return_response=True
        )
    except (HomeAssistantError, vol.Invalid) as err:
        raise SourceError("price_action_failed", source=source, detail=str(err)) from err
    return response or {}
