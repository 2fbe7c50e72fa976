"""Asking another integration for prices by its action."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ...const import LOGGER
from ..error import SourceError
from .interval import Row

PATIENCE_S: Final = 20.0
"""Integrations give up on their services after about ten seconds; a plan waits for no other."""

type Answer = Mapping[str, Any]


async def async_ask(
    hass: HomeAssistant, domain: str, service: str, data: Mapping[str, Any]
) -> Answer:
    """Return the response of an action.

    Raises:
        SourceError: the integration is not set up, refuses, fails or hangs.
    """
    source = f"{domain}.{service}"
    if not hass.services.has_service(domain, service):
        raise SourceError("price_action_missing", source=source)
    try:
        async with asyncio.timeout(PATIENCE_S):
            response = await hass.services.async_call(
                domain, service, dict(data), blocking=True, return_response=True
            )
    except (HomeAssistantError, vol.Invalid) as err:
        raise SourceError("price_action_failed", source=source, detail=str(err)) from err
    except Exception as err:  # Integrations from elsewhere fail in any way.
        detail = str(err) or type(err).__name__
        raise SourceError("price_action_failed", source=source, detail=detail) from err
    return response or {}


async def async_by_day(
    hass: HomeAssistant,
    action: tuple[str, str],
    today: date,
    data: Callable[[date], Mapping[str, Any]],
    parse: Callable[[Answer], list[Row]],
) -> list[Row]:
    """Return rows of today and, once published, of tomorrow, by an action that takes a day.

    Args:
        hass: Home Assistant.
        action: domain and name.
        today: the running day of delivery.
        data: what to ask for a day.
        parse: reads an answer.

    Raises:
        SourceError: today's prices cannot be had. Tomorrow's may be absent, or the provider's
            way to say so may be an error.
    """
    found = parse(await async_ask(hass, *action, data(today)))
    try:
        found += parse(await async_ask(hass, *action, data(today + timedelta(days=1))))
    except SourceError as err:
        LOGGER.debug("No prices for tomorrow yet: %s", err)
    return found
