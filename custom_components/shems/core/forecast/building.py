"""The building behind a heating's answer to the weather."""

from dataclasses import replace

from ..assets.building import Building
from .heating import Signature


def building_of(
    signature: Signature,
    held_c: float,
    form: Building,
    sun_kw_m2: float = 0.0,
) -> Building | None:
    """Return the building that a signature tells of; None where it tells of no heating.

    The slope gives the loss, and what is missing of that loss comes from people, appliances
    and the sun. What air and walls store no signature knows: rooms that a thermostat holds
    answer to the weather within hours, however heavy they are. That stays as the form says.

    Args:
        signature: of the heat that a heating gives, not of its electricity: a heat pump needs
            more of that for the same heat the colder it is.
        held_c: what the rooms are held at.
        form: the building as its owner describes it.
        sun_kw_m2: mean light on the days the signature was learned from.
    """
    loss = float(signature.slope.mean())
    if loss <= 0:
        return None
    gains = loss * (held_c - signature.base_c) - float(signature.rest.mean())
    people = max(gains - form.aperture_m2 * sun_kw_m2, 0.0)
    return replace(form, loss_kw_per_k=loss, gains_kw=people)
