"""Repair issues for devices that cannot be driven as they should be."""

from collections.abc import Iterable, Mapping

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .conflicts import Claim
from .const import DOMAIN
from .devices import Device
from .sources.configuration import Configuration


class DriveIssues:
    """The issues of one home."""

    def __init__(self, hass: HomeAssistant, entry_id: str, home: str) -> None:
        """Know the home; none is raised yet."""
        self._hass = hass
        self._prefix = f"{entry_id}_drive"
        self._home = home
        self._raised: set[str] = set()

    @callback
    def put(self, code: str, device: Device, *, wrong: bool, **facts: str) -> None:
        """Raise an issue of a device while something is wrong with it, once, or clear it.

        Args:
            code: of the issue.
            device: whose it is.
            wrong: whether there is one.
            facts: what its text names besides the home and the device.
        """
        issue_id = f"{self._prefix}_{code}_{device.id}"
        if wrong == (issue_id in self._raised):
            return
        if not wrong:
            self._raised.discard(issue_id)
            ir.async_delete_issue(self._hass, DOMAIN, issue_id)
            return
        self._raised.add(issue_id)
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            issue_id,
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key=code,
            translation_placeholders={"home": self._home, "device": device.name, **facts},
        )

    @callback
    def contest(self, devices: Iterable[Device], contested: Mapping[str, Claim]) -> None:
        """Tell which devices are not driven, because another drives one of their entities."""
        for device in devices:
            if (claim := contested.get(device.id)) is not None:
                facts = {"entity": claim.entity, "other": claim.device, "owner": claim.home}
                self.put("driven_twice", device, wrong=True, **facts)

    @callback
    def async_stop(self) -> None:
        """Clear all issues; the next start looks anew."""
        for issue_id in self._raised:
            ir.async_delete_issue(self._hass, DOMAIN, issue_id)
        self._raised.clear()


def drive_issues(hass: HomeAssistant, configuration: Configuration) -> DriveIssues:
    """Return the issues of a home, with those that its configuration brings."""
    issues = DriveIssues(hass, configuration.entry_id, configuration.name)
    issues.contest(configuration.devices, configuration.contested)
    return issues
