"""SG-Ready: heat pumps that are told to run or to rest by two contacts."""

from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant

from .action import Action
from .device import Device
from .form import Data, Errors, Fields, check_distinct, check_known, choice, entities
from .movable import SWITCHES
from .setpoint import switch

_CONTACTS: Final = {
    # The two contacts of SG-Ready (Bundesverband Wärmepumpe, 2013).
    "blocked": (True, False),
    "normal": (False, False),
    "advised": (False, True),
    "forced": (True, True),
}


def contacts() -> Fields:
    """Make the fields of the contacts, and of the states that mean to run and to rest."""
    return {
        vol.Optional("sg_1"): entities(*SWITCHES),
        vol.Optional("sg_2"): entities(*SWITCHES),
        vol.Required("sg_on", default="advised"): choice(("advised", "forced"), "sg_on"),
        vol.Required("sg_off", default="normal"): choice(("normal", "blocked"), "sg_off"),
    }


def check_contacts(hass: HomeAssistant, data: Data) -> Errors:
    """Return what is wrong with the two contacts; states that need the first need it given."""
    if check_known(hass, data, "sg_1", "sg_2"):
        return {"base": "driving_not_found"}
    if check_distinct(data, "switch", "sg_1", "sg_2"):
        return {"base": "driving_same"}
    first = data.get("sg_on") == "forced" or data.get("sg_off") == "blocked"
    alone = data.get("sg_2") and first and not data.get("sg_1")
    return {"base": "sg_first_missing"} if alone else {}


def set_contacts(device: Device, state: str) -> list[Action]:
    """Return what sets the contacts of SG-Ready, the one that is opened first."""
    made = [
        switch(entity_id, on=on)
        for key, on in zip(("sg_1", "sg_2"), _CONTACTS[state], strict=True)
        for entity_id in device.entities(key)
    ]
    return sorted(made, key=lambda action: action.service == "turn_on")
