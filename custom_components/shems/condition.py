"""Conditions: electricity is cheap, there is surplus, a device is to run, an alert lasts."""

from abc import abstractmethod
from typing import Any, ClassVar, Final, Unpack, override

import probatio as vol
from homeassistant.const import CONF_DEVICE_ID, CONF_OPTIONS
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.condition import Condition, ConditionCheckParams, ConditionConfig
from homeassistant.helpers.typing import ConfigType

from .asking import ATTR_CONFIG_ENTRY_ID, configured_device, loaded
from .coordinator import HomeCoordinator
from .core.report.alerts.book import Alert
from .core.report.alerts.kinds import HANDLING
from .core.report.runs import runs_of
from .core.report.surplus import USUAL_KW
from .data import Stage
from .insight.alert_settings import CODES
from .insight.levels import LEVELS, POWER, SHARE, measured_kw, share_of

_WITHIN: Final = "within"
_CODE: Final = "code"
_URGENT: Final = "urgent"
_ACKNOWLEDGED: Final = "acknowledged"
_HOME: Final[dict[vol.Marker, Any]] = {vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string}
_DEVICE: Final[dict[vol.Marker, Any]] = {vol.Required(CONF_DEVICE_ID): cv.string}
_SOON: Final[dict[vol.Marker, Any]] = {vol.Optional(_WITHIN): cv.positive_time_period}
_ALERTS: Final[dict[vol.Marker, Any]] = {
    vol.Optional(_CODE): CODES,
    vol.Optional(_URGENT): cv.boolean,
    vol.Optional(_ACKNOWLEDGED): cv.boolean,
}


def _schema(fields: dict[vol.Marker, Any]) -> vol.Schema:
    return vol.Schema({vol.Optional(CONF_OPTIONS, default=dict): fields})


class _ShemsCondition(Condition):
    """What all conditions have in common."""

    schema: ClassVar[vol.Schema] = _schema(_HOME)

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Take the options."""
        super().__init__(hass, config)
        self._options = config.options or {}

    @classmethod
    @override
    async def async_validate_config(cls, hass: HomeAssistant, config: ConfigType) -> ConfigType:
        """Check the options."""
        checked: ConfigType = cls.schema(config)
        return checked

    @override
    def _async_check(self, **kwargs: Unpack[ConditionCheckParams]) -> bool:
        """Return whether it holds in any of the homes that are meant; unknown is no."""
        named = self._options.get(ATTR_CONFIG_ENTRY_ID)
        homes = [each for each in loaded(self._hass) if named in (None, each.config_entry.entry_id)]
        return any(self._holds(home) for home in homes)

    @abstractmethod
    def _holds(self, home: HomeCoordinator) -> bool:
        """Return whether the condition holds in a home."""


class IsCheap(_ShemsCondition):
    """Electricity is cheap beside the day ahead."""

    schema = _schema({**_HOME, **SHARE})

    @override
    def _holds(self, home: HomeCoordinator) -> bool:
        look = home.config_entry.runtime_data.moments.look
        found = None if look is None else look.standing
        return found is not None and found.is_cheap(share_of(self._options))


class HasSurplus(_ShemsCondition):
    """There is more solar power than is used."""

    schema = _schema({**_HOME, **LEVELS})

    @override
    def _holds(self, home: HomeCoordinator) -> bool:
        look = home.config_entry.runtime_data.moments.look
        kw = None if look is None else measured_kw(look, self._options)
        return kw is not None and kw >= self._options.get(POWER, USUAL_KW)


class IsOptimal(_ShemsCondition):
    """The plan in force is the best that was found, and nothing is missing for it."""

    @override
    def _holds(self, home: HomeCoordinator) -> bool:
        problems = home.data.problems
        return home.data.status == "optimal" and all(each.stage is Stage.HELD for each in problems)


class _DeviceCondition(_ShemsCondition):
    """A condition on one device."""

    schema = _schema(_DEVICE)

    @override
    def _holds(self, home: HomeCoordinator) -> bool:
        device = configured_device(self._hass, home, self._options[CONF_DEVICE_ID])
        return device is not None and self._holds_of(home, device.id)

    @abstractmethod
    def _holds_of(self, home: HomeCoordinator, device_id: str) -> bool:
        """Return whether the condition holds of a configured device."""


class IsPlanned(_DeviceCondition):
    """A device is planned to run now, or within a while."""

    schema = _schema({**_DEVICE, **_SOON})

    @override
    def _holds_of(self, home: HomeCoordinator, device_id: str) -> bool:
        plan, now = home.data.plan, home.data.now
        within = self._options.get(_WITHIN)
        until = now if within is None else now + within.total_seconds()
        runs = () if plan is None else runs_of(plan, device_id)
        return any(each.begin <= until and each.end > now for each in runs)


class IsOverridden(_DeviceCondition):
    """Somebody else decides on a device for a while."""

    @override
    def _holds_of(self, home: HomeCoordinator, device_id: str) -> bool:
        return device_id in home.store.control.overrides


class AlertActive(_ShemsCondition):
    """An alert lasts that nobody has acknowledged."""

    schema = _schema({**_HOME, **_ALERTS})

    @override
    def _holds(self, home: HomeCoordinator) -> bool:
        return any(self._is_meant(each) for each in home.insight.alerts.active)

    def _is_meant(self, alert: Alert) -> bool:
        codes = self._options.get(_CODE)
        return (
            (not codes or alert.kind in codes)
            and (HANDLING[alert.kind].urgent or not self._options.get(_URGENT))
            and (not alert.acknowledged or bool(self._options.get(_ACKNOWLEDGED)))
        )


CONDITIONS: Final[dict[str, type[Condition]]] = {
    "is_cheap": IsCheap,
    "has_surplus": HasSurplus,
    "is_optimal": IsOptimal,
    "is_planned": IsPlanned,
    "is_overridden": IsOverridden,
    "alert_active": AlertActive,
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions of SHEMS."""
    return CONDITIONS
