"""What every simulated device with a temperature says of it, to both versions."""

from abc import abstractmethod

from homeassistant.const import UnitOfTemperature


class Tempered:
    """The temperature as it is and as asked for, under the names of 2026.10 and 2026.11.

    2026.11 renamed what is in the device's own unit; both names serve both versions.
    """

    _attr_temperature_unit: str = UnitOfTemperature.CELSIUS
    _attr_native_temperature_unit: str = UnitOfTemperature.CELSIUS

    @property
    @abstractmethod
    def native_current_temperature(self) -> float | None:
        """The temperature now."""

    @property
    @abstractmethod
    def native_target_temperature(self) -> float | None:
        """The temperature asked for; None while the device is off."""

    @property
    def current_temperature(self) -> float | None:
        """The temperature now, before 2026.11."""
        return self.native_current_temperature

    @property
    def target_temperature(self) -> float | None:
        """The temperature asked for, before 2026.11."""
        return self.native_target_temperature
