"""Check that SHEMS does nothing for a user that the user may not do."""

from collections.abc import Iterable

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import entity_registry as er


async def async_check_control(
    hass: HomeAssistant, context: Context | None, entity_ids: Iterable[str]
) -> None:
    """Raise where the user behind a context may not control one of the entities."""
    user = await _async_user(hass, context)
    if user is None or context is None:
        return
    for entity_id in entity_ids:
        if not user.permissions.check_entity(entity_id, POLICY_CONTROL):
            raise Unauthorized(context=context, entity_id=entity_id, permission=POLICY_CONTROL)


async def async_check_everything(hass: HomeAssistant, context: Context | None) -> None:
    """Raise where the user behind a context may not control every entity there is."""
    user = await _async_user(hass, context)
    if user is None or user.is_admin or user.permissions.access_all_entities(POLICY_CONTROL):
        return
    raise Unauthorized(context=context, permission=POLICY_CONTROL)


async def async_check_home(
    hass: HomeAssistant, context: Context, entry_id: str, permission: str
) -> None:
    """Raise where the user behind a context may not do this with every entity of a home."""
    user = await _async_user(hass, context)
    if user is not None and not may(hass, user, entry_id, permission):
        raise Unauthorized(context=context, permission=permission)


async def async_is_administrator(hass: HomeAssistant, context: Context | None) -> bool:
    """Return whether an administrator, or the system itself, is behind a context."""
    user = await _async_user(hass, context)
    return user is None or user.is_admin


@callback
def may_read(hass: HomeAssistant, user: User, entry_id: str) -> bool:
    """Return whether a user may read every entity of a home."""
    return may(hass, user, entry_id, POLICY_READ)


@callback
def may(hass: HomeAssistant, user: User, entry_id: str, permission: str) -> bool:
    """Return whether a user has a permission for every entity of a home."""
    if user.is_admin or user.permissions.access_all_entities(permission):
        return True
    entries = er.async_entries_for_config_entry(er.async_get(hass), entry_id)
    return bool(entries) and all(
        user.permissions.check_entity(entry.entity_id, permission) for entry in entries
    )


async def _async_user(hass: HomeAssistant, context: Context | None) -> User | None:
    """Return the user behind a context, None where it is the system itself."""
    if context is None or context.user_id is None:
        return None
    user = await hass.auth.async_get_user(context.user_id)
    if user is None:
        raise UnknownUser(context=context)
    return user
