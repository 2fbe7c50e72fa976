"""See whether a community can be reached, before anybody joins it."""

import asyncio
from typing import TYPE_CHECKING, Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback

from ..core.market.invitation import Invitation
from ..core.market.refused import RefusedError
from ..core.market.roster import Roster
from ..core.market.topics import Topics, Typ
from ..sources.error import SourceError
from .peers import MQTT, QOS

if TYPE_CHECKING:
    from homeassistant.components.mqtt.models import ReceiveMessage

PATIENCE_S: Final = 10.0
"""The roster is retained: a broker that has it sends it at once."""


@callback
def check_mqtt(hass: HomeAssistant) -> None:
    """Raise SourceError where there is no mqtt integration, or it has no broker."""
    entries = hass.config_entries.async_entries(MQTT, include_disabled=False)
    if not any(each.state is ConfigEntryState.LOADED for each in entries):
        raise SourceError("mqtt_missing")
    # Imported here: a home without neighbours does without mqtt.
    from homeassistant.components import mqtt  # noqa: PLC0415  # As said.

    if not mqtt.is_connected(hass):
        raise SourceError("mqtt_disconnected")


async def async_meet(hass: HomeAssistant, invitation: Invitation) -> Roster:
    """Return the roster of the community that an invitation is for.

    Raises:
        SourceError: there is no mqtt, or nobody tells a roster that the organiser signed.
    """
    check_mqtt(hass)
    from homeassistant.components.mqtt.client import (  # noqa: PLC0415  # As in `check_mqtt`.
        async_subscribe,
    )

    found: asyncio.Future[Roster] = hass.loop.create_future()

    @callback
    def heard(message: ReceiveMessage) -> None:
        if found.done() or not isinstance(message.payload, bytes):
            return
        try:
            roster = Roster.read(message.payload, invitation.organiser, invitation.cid)
        except RefusedError:
            return  # Somebody else's; the organiser's own may still come.
        found.set_result(roster)

    topic = Topics(invitation.cid).of(Typ.ROSTER)
    unsubscribe = await async_subscribe(hass, topic, heard, QOS, None)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await found
    except TimeoutError as err:
        raise SourceError("community_silent", community=invitation.name) from err
    finally:
        unsubscribe()
