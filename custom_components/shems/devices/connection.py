"""The grid connection: its meters and limits."""

from collections.abc import Mapping
from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    EntitySelector,
    SelectSelector,
    TextSelector,
    TimeSelector,
)

from ..convert import current_a, power_kw, voltage_v
from ..core.assets.connection import Connection
from ..core.peak import PeakTariff
from ..core.tariff import Window
from ..core.units import PHASE_V, InputError
from .action import Action, Order
from .device import Device
from .form import (
    Data,
    Errors,
    Fields,
    Form,
    check_distinct,
    check_known,
    check_meters,
    check_powers,
    check_units,
    choice,
    entities,
    has_counter,
    meters,
    number,
    powers,
    table,
    yes_or_no,
)
from .kind import Kind, one_page

_POWERS: Final = ("grid_power", "import_power", "export_power", "load_power")
_METERS: Final = ("import_energy", "export_energy")
IMPOSED: Final = ("imposed_import", "imposed_export")
SWITCHED: Final = ("binary_sensor", "switch", "input_boolean")
"""Entities that say whether a limit holds; others say how high it is."""
IMPOSED_KW: Final[Mapping[str, float]] = {"imposed_import": 4.2, "imposed_export": 0.0}
"""What holds while such an entity is on, where nothing else was entered: what § 14a EnWG leaves
a controllable device at least (BNetzA BK6-22-300), and nothing fed in."""
_TELLERS: Final = ("sensor", "number", "input_number")
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS: Final = tuple(map(str, range(1, 13)))
_DAY_MIN: Final = 24 * 60


def _fields(hass: HomeAssistant, data: Data) -> Fields:
    limit = number("kW", lowest=0.1, highest=1000)
    most = number("kW", highest=1000)
    return {
        vol.Optional("grid_power"): powers(multiple=True),
        vol.Optional("grid_power_inverted", default=False): yes_or_no(),
        vol.Optional("import_power"): powers(multiple=True),
        vol.Optional("export_power"): powers(multiple=True),
        vol.Optional("load_power"): powers(),
        vol.Optional("import_energy"): meters(multiple=True),
        vol.Optional("export_energy"): meters(multiple=True),
        vol.Required("limits"): section(
            vol.Schema(
                {
                    vol.Required("import_limit_kw", default=17.0): limit,
                    vol.Required("export_limit_kw", default=17.0): most,
                    vol.Optional("fuse_a"): number("A", lowest=1, highest=1000),
                    vol.Optional("phases"): SelectSelector(
                        {"options": ["1", "2", "3"], "translation_key": "phases"}
                    ),
                    vol.Optional("phase_currents"): EntitySelector(
                        {
                            "multiple": True,
                            "filter": [{"domain": "sensor", "device_class": "current"}],
                        }
                    ),
                    vol.Optional("phase_voltages"): EntitySelector(
                        {
                            "multiple": True,
                            "filter": [{"domain": "sensor", "device_class": "voltage"}],
                        }
                    ),
                    vol.Optional("imposed_import"): entities(*SWITCHED, *_TELLERS),
                    vol.Optional("imposed_import_kw"): most,
                    vol.Optional("imposed_import_lost_kw"): most,
                    vol.Optional("imposed_export"): entities(*SWITCHED, *_TELLERS),
                    vol.Optional("imposed_export_kw"): most,
                    vol.Optional("imposed_export_lost_kw"): most,
                    vol.Optional("capacity_price"): number(
                        f"{hass.config.currency}/kW", highest=10000
                    ),
                }
            ),
            {"collapsed": True},
        ),
        vol.Optional("peaks"): section(_peaks(hass.config.currency), {"collapsed": True}),
    }


def _peaks(currency: str) -> vol.Schema:
    """Make the fields of a price of the month's peak, and of others beside it."""
    price, top = number(f"{currency}/kW", highest=1000), number(None, lowest=1, highest=31, step=1)
    interval = choice(("15", "30", "60"), "interval")
    fields: Fields = {
        vol.Optional("peak_price"): price,
        vol.Optional("peak_interval", default="15"): interval,
        vol.Optional("peak_top", default=1.0): top,
        vol.Optional("peak_one_a_day", default=False): yes_or_no(),
        vol.Optional("peak_begin", default="00:00:00"): TimeSelector(),
        vol.Optional("peak_end", default="00:00:00"): TimeSelector(),
        vol.Optional("peak_weekdays"): _several(_WEEKDAYS, "weekday"),
        vol.Optional("peak_months"): _several(_MONTHS, "month"),
        vol.Optional("peak_least_kw", default=0.0): number("kW", highest=1000),
    }
    others = {str(key): each for key, each in fields.items()}
    first = {"peak_name": TextSelector(), "peak_price": others.pop("peak_price")}
    return vol.Schema(fields | {vol.Optional("other_peaks"): table("peak", first, **others)})


def _several(options: tuple[str, ...], key: str) -> SelectSelector:
    return SelectSelector({"options": list(options), "multiple": True, "translation_key": key})


def is_switched(entity_id: str) -> bool:
    """Return whether an entity says that a limit holds, not how high it is."""
    return entity_id.partition(".")[0] in SWITCHED


def limit_kw(device: Device, value: float, unit: str | None) -> float:
    """Return what an entity says may be carried, kW; a current is that of each phase.

    Raises:
        InputError: it is neither a power nor a current.
    """
    return _carried_kw(value, unit, int(device.number("phases", 3.0)))


def _carried_kw(value: float, unit: str | None, phases: int = 3) -> float:
    try:
        return power_kw(value, unit)
    except InputError:
        return current_a(value, unit) * phases * PHASE_V / 1000


def _check(hass: HomeAssistant, data: Data) -> Errors:
    measured = [key for key in IMPOSED if not is_switched(str(data.get(key, "")))]
    errors = check_powers(hass, data, *_POWERS)
    errors |= check_units(hass, data, measured, _carried_kw, "not_limit")
    errors |= check_meters(hass, data, *_METERS)
    errors |= check_known(hass, data, *IMPOSED)
    errors |= check_units(hass, data, ("phase_currents",), current_a, "not_current")
    errors |= check_units(hass, data, ("phase_voltages",), voltage_v, "not_voltage")
    errors |= check_distinct(data, *_POWERS) | check_distinct(data, *_METERS)
    if not any(data.get(key) for key in ("grid_power", "import_power", "phase_currents")) and (
        not has_counter(data, "import_energy")
    ):
        errors.setdefault("grid_power", "grid_missing")
    if data.get("grid_power") and (data.get("import_power") or data.get("export_power")):
        errors.setdefault("grid_power", "grid_twice")
    return errors


def _asset(device: Device) -> Connection:
    fuse_a = device.number("fuse_a", 0.0) or None
    phases = int(device.number("phases", 3.0))
    import_kw = device.number("import_limit_kw", 17.0)
    export_kw = device.number("export_limit_kw", 17.0)
    if fuse_a is not None:
        fused = Connection.fused(fuse_a, phases)
        import_kw, export_kw = (
            min(import_kw, fused.import_limit_kw),
            min(export_kw, fused.export_limit_kw),
        )
    return Connection(
        import_kw, export_kw, fuse_a=fuse_a, phases=phases, peaks=_peak_tariffs(device)
    )


def _peak_tariffs(device: Device) -> tuple[PeakTariff, ...]:
    every = (device, *device.rows("other_peaks"))
    return tuple(_peak_tariff(each) for each in every if each.number("peak_price", 0.0) > 0)


def _peak_tariff(device: Device) -> PeakTariff:
    begin, end = device.minutes("peak_begin", 0), device.minutes("peak_end", 0)
    return PeakTariff(
        device.number("peak_price", 0.0),
        interval_s=int(device.number("peak_interval", 15.0)) * 60,
        top=int(device.number("peak_top", 1.0)),
        one_a_day=device.flag("peak_one_a_day"),
        window=Window(begin, end or _DAY_MIN, 0.0, _chosen(device, "peak_weekdays", _WEEKDAYS)),
        months=tuple(each + 1 for each in _chosen(device, "peak_months", _MONTHS)),
        least_kw=device.number("peak_least_kw", 0.0),
        name=str(device.data.get("peak_name", "")),
    )


def _chosen(device: Device, key: str, options: tuple[str, ...]) -> tuple[int, ...]:
    """Return which options were chosen; none means all."""
    given = device.entities(key)
    return tuple(index for index, each in enumerate(options) if not given or each in given)


def _watched(device: Device) -> list[str]:
    keys = (*_POWERS, *IMPOSED, "phase_currents", "phase_voltages")
    return [entity for key in keys for entity in device.entities(key)]


def _actions(device: Device, order: Order) -> tuple[Action, ...]:
    """Return nothing: the grid takes no orders."""
    return ()


CONNECTION: Final = Kind(
    "connection",
    one_page(Form("connection", _fields, _check)),
    _asset,
    _watched,
    _actions,
    title="Grid",
)
