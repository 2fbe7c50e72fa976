"""The building behind a heating's answer to the weather."""

from typing import Final

from ..assets.building import Building
from ..assets.performance import Performance
from .heating import Signature

_WINTER_K: Final = 10.0
"""Below the base: where a line of electricity and one of heat are compared."""


def building_of(signature: Signature, performance: Performance, held_c: float) -> Building | None:
    """Return the building that a signature tells of; None where it tells of no heating.

    The slope gives the loss, the walls' time constant what they store, and what is missing of
    that loss comes from people, appliances and the sun. How heat is shared between air and
    walls no signature knows: that is as in a usual building.

    Args:
        signature: of the electricity of a heating.
        performance: heat per electricity.
        held_c: what the rooms are held at.
    """
    usual = Building()
    cop = performance.at(signature.base_c - _WINTER_K)
    loss = float(signature.slope.mean()) * cop
    if loss <= 0:
        return None
    gains = loss * (held_c - signature.base_c) - float(signature.rest.mean()) * cop
    share = signature.slow_h * loss / (usual.air_kwh_per_k + usual.mass_kwh_per_k)
    return Building(
        loss,
        share * usual.air_kwh_per_k,
        share * usual.mass_kwh_per_k,
        loss / usual.loss_kw_per_k * usual.coupling_kw_per_k,
        usual.mass_loss,
        usual.mass_sun,
        aperture_m2=0.0,  # The sun of usual days is a gain already.
        gains_kw=max(gains, 0.0),
    )
