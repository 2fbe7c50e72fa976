"""What the sensors of a home are: its powers, its money and its plan."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import (
    PERCENTAGE,
    EntityCategory,
    UnitOfEnergy,
    UnitOfMass,
    UnitOfPower,
    UnitOfTime,
)
from homeassistant.helpers.typing import StateType

from . import ledger_values, peak_values, price_values, values
from .coordinator import HomeCoordinator
from .core.plan.result import Mode
from .core.plan.style import Method, Rule
from .descriptions import HomeDescription

STATUSES: Final = ["waiting", "optimal", "rule", "safe", "off"]
MODES: Final = [mode.value for mode in Mode]
STRATEGIES: Final = [each.value for kind in (Method, Rule) for each in kind]


def _power(key: str, value: Callable[[HomeCoordinator], StateType]) -> HomeDescription:
    return HomeDescription(
        key=key,
        translation_key=key,
        value=value,
        device_class=SensorDeviceClass.POWER,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfPower.KILO_WATT,
        suggested_display_precision=2,
        origin="meters",
    )


def _price(key: str, value: Callable[[HomeCoordinator], StateType]) -> HomeDescription:
    return HomeDescription(
        key=key,
        translation_key=key,
        value=value,
        state_class=SensorStateClass.MEASUREMENT,
        unit=lambda currency: f"{currency}/kWh",
        suggested_display_precision=3,
        origin="meters",
    )


def _money(
    key: str, value: Callable[[HomeCoordinator], StateType], *, daily: bool = True
) -> HomeDescription:
    return HomeDescription(
        key=key,
        translation_key=key,
        value=value,
        device_class=SensorDeviceClass.MONETARY,
        state_class=SensorStateClass.TOTAL,
        unit=lambda currency: currency,
        resets=values.midnight if daily else None,
        suggested_display_precision=2,
    )


def _energy_today(key: str, value: Callable[[HomeCoordinator], StateType]) -> HomeDescription:
    return HomeDescription(
        key=key,
        translation_key=key,
        value=value,
        device_class=SensorDeviceClass.ENERGY,
        state_class=SensorStateClass.TOTAL,
        native_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        resets=values.midnight,
        suggested_display_precision=2,
    )


def _forecast(key: str) -> HomeDescription:
    return HomeDescription(
        key=key,
        translation_key=key,
        value=lambda home: values.next_hour(home, key),
        forecast=lambda plan: values.forecast(plan, key),
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.KILO_WATT,
        suggested_display_precision=2,
        origin="plan",
    )


def _share(key: str) -> HomeDescription:
    return HomeDescription(
        key=key,
        translation_key=key,
        value=lambda home: values.share_today(home, key),
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=PERCENTAGE,
        suggested_display_precision=0,
    )


HOME: Final = (
    HomeDescription(
        key="plan_status",
        translation_key="plan_status",
        value=lambda home: home.data.status,
        attributes=values.problem,
        device_class=SensorDeviceClass.ENUM,
        options=STATUSES,
    ),
    HomeDescription(
        key="next_action",
        translation_key="next_action",
        value=values.next_mode,
        attributes=values.next_reason,
        device_class=SensorDeviceClass.ENUM,
        options=MODES,
    ),
    HomeDescription(
        key="plan_cost_today",
        translation_key="plan_cost_today",
        value=values.plan_cost_today,
        device_class=SensorDeviceClass.MONETARY,
        unit=lambda currency: currency,
        suggested_display_precision=2,
        origin="plan",
    ),
    _money("cost_today", lambda home: values.today(home, "cost")),
    replace(
        _money("income_today", ledger_values.income_today), attributes=ledger_values.sold_today
    ),
    _energy_today("sold_energy_today", ledger_values.sold_energy_today),
    _energy_today("kept_energy_today", ledger_values.kept_energy_today),
    replace(
        _money("saving_today", values.saving_today),
        attributes=lambda home: values.saving_shares(home, "day"),
    ),
    _money("saving_total", values.saving_total, daily=False),
    replace(
        _money("saving_month", lambda home: ledger_values.saving(home, "month")),
        resets=lambda home: ledger_values.begun(home, "month"),
        attributes=lambda home: values.saving_shares(home, "month"),
    ),
    replace(
        _money("saving_year", lambda home: ledger_values.saving(home, "year")),
        resets=lambda home: ledger_values.begun(home, "year"),
        attributes=lambda home: values.saving_shares(home, "year"),
    ),
    HomeDescription(
        key="carbon_today",
        translation_key="carbon_today",
        value=ledger_values.carbon_today,
        device_class=SensorDeviceClass.WEIGHT,
        state_class=SensorStateClass.TOTAL,
        native_unit_of_measurement=UnitOfMass.KILOGRAMS,
        resets=values.midnight,
        suggested_display_precision=2,
    ),
    HomeDescription(
        key="ledger_deviation",
        translation_key="ledger_deviation",
        value=ledger_values.deviation,
        attributes=ledger_values.reconciliation,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=PERCENTAGE,
        entity_category=EntityCategory.DIAGNOSTIC,
        suggested_display_precision=2,
    ),
    _power("grid_power", lambda home: values.power(home, "grid_kw")),
    _power("load_power", lambda home: values.power(home, "load_kw")),
    _power("solar_power", lambda home: values.power(home, "solar_kw")),
    _power("surplus_power", price_values.surplus),
    _price("import_price", lambda home: home.data.price and home.data.price[0]),
    _price("export_price", lambda home: home.data.price and home.data.price[1]),
    _forecast("load_forecast"),
    _forecast("solar_forecast"),
    _forecast("net_forecast"),
    _share("self_consumption"),
    _share("self_sufficiency"),
    HomeDescription(
        key="plan_time",
        translation_key="plan_time",
        value=values.plan_time_ms,
        device_class=SensorDeviceClass.DURATION,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfTime.MILLISECONDS,
        entity_category=EntityCategory.DIAGNOSTIC,
        suggested_display_precision=0,
    ),
)

IMPORT_LIMIT: Final = HomeDescription(
    key="import_limit",
    translation_key="import_limit",
    value=values.import_limit,
    attributes=values.limits,
    device_class=SensorDeviceClass.POWER,
    native_unit_of_measurement=UnitOfPower.KILO_WATT,
    entity_category=EntityCategory.DIAGNOSTIC,
    suggested_display_precision=1,
)

NET_YEAR: Final = HomeDescription(
    key="net_balance",
    translation_key="net_balance",
    value=values.net_balance,
    attributes=values.net_year,
    device_class=SensorDeviceClass.ENERGY,
    native_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
    suggested_display_precision=0,
)

PEAKS: Final = (
    HomeDescription(
        key="month_peak",
        translation_key="month_peak",
        value=peak_values.month_peak,
        attributes=peak_values.month_peaks,
        device_class=SensorDeviceClass.POWER,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfPower.KILO_WATT,
        suggested_display_precision=2,
    ),
    HomeDescription(
        key="planned_peak",
        translation_key="planned_peak",
        value=peak_values.planned_peak,
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.KILO_WATT,
        suggested_display_precision=2,
    ),
)

STRATEGY: Final = HomeDescription(
    key="strategy",
    translation_key="strategy",
    value=values.strategy,
    attributes=values.strategy_facts,
    device_class=SensorDeviceClass.ENUM,
    options=STRATEGIES,
    entity_category=EntityCategory.DIAGNOSTIC,
)
