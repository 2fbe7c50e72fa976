"""Sensors of what was inferred: a verdict for each block, and its parameters with intervals."""

from typing import Any, Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.typing import StateType
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import HomeCoordinator
from .core.infer.posterior import Verdict
from .entity import hub_info
from .inference import Parameter, verdict
from .subjects import Subject
from .values import stamp

_CLASSES: Final = {
    "kW": SensorDeviceClass.POWER,
    "W": SensorDeviceClass.POWER,
    "kWh": SensorDeviceClass.ENERGY_STORAGE,
    "K": SensorDeviceClass.TEMPERATURE_DELTA,
    "°C": SensorDeviceClass.TEMPERATURE,
}
"""What has another unit has no class that fits: a duration of hours is none that ends."""
_DIGITS: Final = 4


def inferred_sensors(coordinator: HomeCoordinator) -> dict[str | None, list[SensorEntity]]:
    """Return the sensors, by the device they belong to; None for the home."""
    found: dict[str | None, list[SensorEntity]] = {}
    for subject in coordinator.inference.subjects:
        found.setdefault(subject.device_id, []).extend(
            (
                VerdictSensor(coordinator, subject),
                *(
                    ParameterSensor(coordinator, subject, each)
                    for each in coordinator.inference.parameters(subject.key)
                ),
            )
        )
    return found


class InferredSensor(CoordinatorEntity[HomeCoordinator], SensorEntity):
    """A sensor of what was inferred."""

    _attr_has_entity_name = True

    def __init__(
        self, coordinator: HomeCoordinator, subject: Subject, description: SensorEntityDescription
    ) -> None:
        """Give it to the home or the device whose parameters they are."""
        super().__init__(coordinator)
        self.entity_description = description
        self.subject = subject
        entry_id = coordinator.config_entry.entry_id
        self._attr_unique_id = f"{entry_id}_{subject.key}_{description.key}"
        device = subject.device_id and coordinator.configuration.device(subject.device_id)
        self._attr_device_info = (
            DeviceInfo(
                identifiers={(DOMAIN, f"{entry_id}_{device.id}")},
                manufacturer="SHEMS",
                name=device.name,
                via_device_id=coordinator.hub_device_id,
            )
            if device
            else hub_info(coordinator)
        )

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the learner, after which everything is inferred."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.learner.async_listen(self.async_write_ha_state))


class VerdictSensor(InferredSensor):
    """Whether a block's parameters may be used, and what speaks against it."""

    def __init__(self, coordinator: HomeCoordinator, subject: Subject) -> None:
        """Describe it by the block."""
        key = f"inferred_{subject.block}"
        description = SensorEntityDescription(
            key=key,
            translation_key=key,
            device_class=SensorDeviceClass.ENUM,
            options=[each.value for each in Verdict],
            entity_category=EntityCategory.DIAGNOSTIC,
        )
        super().__init__(coordinator, subject, description)

    @property
    @override
    def native_value(self) -> StateType:
        """Return the verdict."""
        posterior = self.coordinator.inference.of(self.subject.key)
        return None if posterior is None else posterior.verdict.value

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return the alarms, on how many days it rests and when it was inferred."""
        inference = self.coordinator.inference
        posterior = inference.of(self.subject.key)
        facts = {} if posterior is None else verdict(posterior)
        facts.pop("verdict", None)
        at = inference.at
        return {**facts, "inferred": None if at is None else stamp(at)}


class ParameterSensor(InferredSensor):
    """A parameter: its mean, and the interval in which it lies with four chances in five."""

    def __init__(
        self, coordinator: HomeCoordinator, subject: Subject, parameter: Parameter
    ) -> None:
        """Describe it by the parameter; there are many, for who wants to know."""
        self._name = parameter.name
        key = f"inferred_{subject.block}_{parameter.name}"
        description = SensorEntityDescription(
            key=key,
            translation_key=key,
            device_class=_CLASSES.get(parameter.unit),
            native_unit_of_measurement=parameter.unit or None,
            entity_category=EntityCategory.DIAGNOSTIC,
            entity_registry_enabled_default=False,
            suggested_display_precision=2,
        )
        super().__init__(coordinator, subject, description)

    @property
    def _parameter(self) -> Parameter:
        shown = self.coordinator.inference.parameters(self.subject.key)
        return next(each for each in shown if each.name == self._name)

    @property
    @override
    def native_value(self) -> StateType:
        """Return the mean; None where the past tells nothing that may be believed."""
        posterior = self.coordinator.inference.of(self.subject.key)
        parameter = self._parameter
        believed = posterior is not None and posterior.usable
        return round(parameter.summary.mean, _DIGITS) if believed or parameter.entered else None

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return the interval, and whether it may be believed."""
        posterior = self.coordinator.inference.of(self.subject.key)
        parameter = self._parameter
        return {
            "low": round(parameter.low, _DIGITS),
            "high": round(parameter.high, _DIGITS),
            "entered": parameter.entered,
            **({} if posterior is None else verdict(posterior)),
        }
