"""Sensors of a community: what it needs and has left, its price, what was shared and saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EntityCategory, UnitOfEnergy, UnitOfPower, UnitOfTime
from homeassistant.core import callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.typing import StateType

from ..values import stamp
from .entity import CommunityEntity
from .entry import HOME
from .runtime import Community
from .view import SLOT_STATES, Outlook, View


@dataclass(frozen=True, kw_only=True)
class CommunityDescription(SensorEntityDescription):
    """A sensor of a community.

    Attributes:
        value: its state.
        attributes: further facts.
        unit: the unit, where it depends on the currency.
        resets: when its total began again.
        home: only for who takes part with a home.
    """

    value: Callable[[View], StateType]
    attributes: Callable[[View], dict[str, Any]] | None = None
    unit: Callable[[str], str] | None = None
    resets: Callable[[View], float | None] | None = None
    home: bool = False


def _power(key: str, energies: Callable[[Outlook], Sequence[int]]) -> CommunityDescription:
    def now(view: View) -> StateType:
        outlook = view.outlook
        if outlook is None or outlook.stale:
            return None
        return outlook.power_kw(energies(outlook), view.now)

    return CommunityDescription(
        key=key,
        translation_key=key,
        value=now,
        attributes=lambda view: {"forecast": _ahead(view, energies)},
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.KILO_WATT,
        suggested_display_precision=2,
    )


def _ahead(view: View, energies: Callable[[Outlook], Sequence[int]]) -> list[dict[str, Any]]:
    """Return the slots that are not over."""
    if (outlook := view.outlook) is None:
        return []
    starts = [outlook.start + outlook.step_s * index for index in range(len(energies(outlook)))]
    return [
        {
            "start": stamp(start),
            "end": stamp(start + outlook.step_s),
            "power_kw": round(wh * 3.6 / outlook.step_s, 3),
        }
        for start, wh in zip(starts, energies(outlook), strict=True)
        if start + outlook.step_s > view.now
    ]


def _shared_today(view: View) -> StateType:
    today = view.spans.get("day")
    return None if today is None else (today.bought_wh + today.sold_wh) / 1000


def _both_ways(view: View) -> dict[str, Any]:
    today = view.spans.get("day")
    if today is None:
        return {}
    return {
        "from_neighbours_kwh": today.bought_wh / 1000,
        "to_neighbours_kwh": today.sold_wh / 1000,
    }


def _saving(span: str) -> CommunityDescription:
    key = f"community_saving_{'today' if span == 'day' else span}"

    def saved(view: View) -> StateType:
        found = view.spans.get(span)
        return None if found is None or found.saving is None else round(found.saving, 4)

    def slots(view: View) -> dict[str, Any]:
        found = view.spans.get(span)
        if found is None:
            return {}
        return {"final": found.final, "provisional": found.provisional, "void": found.void}

    def began(view: View) -> float | None:
        found = view.spans.get(span)
        return None if found is None else found.start

    return CommunityDescription(
        key=key,
        translation_key=key,
        value=saved,
        attributes=slots,
        unit=lambda currency: currency,
        resets=None if span == "total" else began,
        device_class=SensorDeviceClass.MONETARY,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=2,
        home=True,
    )


def _duration(key: str, value: Callable[[View], float | None]) -> CommunityDescription:
    def seconds(view: View) -> StateType:
        found = value(view)
        return None if found is None else round(found)

    return CommunityDescription(
        key=key,
        translation_key=key,
        value=seconds,
        device_class=SensorDeviceClass.DURATION,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        entity_category=EntityCategory.DIAGNOSTIC,
        suggested_display_precision=0,
    )


SENSORS: Final = (
    _power("community_surplus", lambda outlook: outlook.surplus_wh),
    _power("community_need", lambda outlook: outlook.need_wh),
    CommunityDescription(
        key="community_shared_today",
        translation_key="community_shared_today",
        value=_shared_today,
        attributes=_both_ways,
        resets=lambda view: view.spans["day"].start if "day" in view.spans else None,
        device_class=SensorDeviceClass.ENERGY,
        state_class=SensorStateClass.TOTAL,
        native_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        suggested_display_precision=2,
        home=True,
    ),
    CommunityDescription(
        key="community_price",
        translation_key="community_price",
        value=lambda view: view.price,
        attributes=lambda view: {"fee": view.fee},
        unit=lambda currency: f"{currency}/kWh",
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=3,
    ),
    _saving("day"),
    _saving("month"),
    _saving("total"),
    CommunityDescription(
        key="community_members_online",
        translation_key="community_members_online",
        value=lambda view: view.online,
        attributes=lambda view: {"members": view.members},
        state_class=SensorStateClass.MEASUREMENT,
    ),
    CommunityDescription(
        key="community_slot_state",
        translation_key="community_slot_state",
        value=lambda view: None if view.slot is None else view.slot.state,
        attributes=lambda view: (
            {}
            if view.slot is None
            else {
                "start": stamp(view.slot.start),
                "end": stamp(view.slot.end),
                "shared_kwh": view.slot.shared_wh and view.slot.shared_wh / 1000,
            }
        ),
        device_class=SensorDeviceClass.ENUM,
        options=list(SLOT_STATES),
    ),
    CommunityDescription(
        key="community_rejected",
        translation_key="community_rejected",
        value=lambda view: None if view.rejected is None else sum(view.rejected.values()),
        attributes=lambda view: {"by_reason": dict(view.rejected or {})},
        state_class=SensorStateClass.TOTAL_INCREASING,
        entity_category=EntityCategory.DIAGNOSTIC,
    ),
    _duration("community_outlook_age", lambda view: view.outlook_age_s),
    _duration("community_ledger_lag", lambda view: view.ledger_lag_s),
)


@callback
def async_add_sensors(entry: ConfigEntry[Community], add: AddConfigEntryEntitiesCallback) -> None:
    """Add the sensors of a community."""
    community = entry.runtime_data
    takes_part = entry.data.get(HOME) is not None
    add(CommunitySensor(community, each) for each in SENSORS if takes_part or not each.home)


class CommunitySensor(CommunityEntity, SensorEntity):
    """A sensor of a community."""

    entity_description: CommunityDescription
    _unrecorded_attributes = frozenset({"forecast"})

    @property
    @override
    def native_unit_of_measurement(self) -> str | None:
        """Return the unit; money and prices have the community's currency."""
        unit = self.entity_description.unit
        if unit is None:
            return super().native_unit_of_measurement
        return unit(self.view.currency)

    @property
    @override
    def native_value(self) -> StateType:
        """Return the state; None where it is unknown."""
        return self.entity_description.value(self.view)

    @property
    @override
    def last_reset(self) -> datetime | None:
        """Return when a total began."""
        resets = self.entity_description.resets
        start = None if resets is None else resets(self.view)
        return None if start is None else datetime.fromtimestamp(start, UTC)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """Return what belongs to the state."""
        attributes = self.entity_description.attributes
        return None if attributes is None else attributes(self.view)
