"""What is wrong with a community and what to do about it, as repair issues; each told once."""

from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..const import DOMAIN

MQTT_MISSING: Final = "community_mqtt_missing"
OFFLINE: Final = "community_offline"
SKEWED: Final = "community_skewed"
JOIN_SKEWED: Final = "community_join_skewed"
REMOVED: Final = "community_removed"
CONFLICT: Final = "community_conflict"
INVITATION_OVER: Final = "community_invitation_over"
HOME_MISSING: Final = "community_home_missing"


class Issues:
    """The repair issues of one community."""

    def __init__(self, hass: HomeAssistant, entry_id: str, name: str) -> None:
        """Tell none yet."""
        self._hass = hass
        self._entry_id = entry_id
        self._name = name

    @callback
    def show(self, code: str, wrong: bool, **facts: str) -> None:
        """Tell of an issue, or take it back.

        Args:
            code: its translation key.
            wrong: whether there is anything to tell.
            facts: what its text names besides the community.
        """
        issue_id = f"{self._entry_id}_{code}"
        if not wrong:
            ir.async_delete_issue(self._hass, DOMAIN, issue_id)
            return
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            issue_id,
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key=code,
            translation_placeholders={"community": self._name, **facts},
        )
