"""What the Energy dashboard asks of SHEMS: the solar power it expects."""

from homeassistant.components.energy.types import SolarForecastType
from homeassistant.core import HomeAssistant

from .asking import loaded
from .core.report.hourly import hourly_kwh
from .values import stamp


async def async_get_solar_forecast(
    hass: HomeAssistant, config_entry_id: str
) -> SolarForecastType | None:
    """Return what the plan in force expects of all arrays, Wh by hour; None where it cannot."""
    home = next(
        (each for each in loaded(hass) if each.config_entry.entry_id == config_entry_id), None
    )
    plan = None if home is None else home.data.plan
    if home is None or plan is None or not home.configuration.of_kind("solar"):
        return None
    hours = hourly_kwh(plan.solar_kw, plan.horizon)
    return {"wh_hours": {stamp(at): round(1000 * kwh, 1) for at, kwh in hours.items()}}
