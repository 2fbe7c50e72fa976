"""Where the sun stands."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import DAY_S
from ..units import Floats

_J2000_S: Final = 946_728_000.0
"""Noon of 1 January 2000, from where the almanac counts its days."""


@dataclass(frozen=True)
class Sun:
    """Position of the sun's centre as seen from a place, any shape.

    Attributes:
        elevation: radians over the horizon, without the air's refraction.
        azimuth: radians from north over east, 0 to 2π.
        distance: from the earth, astronomical units.
    """

    elevation: Floats
    azimuth: Floats
    distance: Floats

    @property
    def apparent(self) -> Floats:
        """Elevation as the air lifts it, radians (Sæmundsson 1986)."""
        degrees = np.maximum(np.degrees(self.elevation), -1.0)
        lift = 1.02 / 60.0 / np.tan(np.radians(degrees + 10.3 / (degrees + 5.11)))
        apparent: Floats = self.elevation + np.radians(lift)
        return apparent


def position(times: Floats, latitude: Floats | float, longitude: Floats | float) -> Sun:
    """Return the sun's position at epoch seconds, any shape.

    The Astronomical Almanac's short series (Michalsky 1988): 0.01° from 1950 to 2050.

    Args:
        times: epoch seconds UTC.
        latitude: degrees, north positive; a number, or an array that broadcasts with the times.
        longitude: degrees, east positive, likewise.
    """
    days = (times - _J2000_S) / DAY_S
    anomaly = np.radians(np.mod(357.528 + 0.9856003 * days, 360.0))
    mean_longitude = 280.460 + 0.9856474 * days
    ecliptic = np.radians(
        np.mod(mean_longitude + 1.915 * np.sin(anomaly) + 0.020 * np.sin(2 * anomaly), 360.0)
    )
    tilt = np.radians(23.439 - 4e-7 * days)
    ascension = np.arctan2(np.cos(tilt) * np.sin(ecliptic), np.cos(ecliptic))
    declination = np.arcsin(np.sin(tilt) * np.sin(ecliptic))
    sidereal = np.mod(280.46061837 + 360.98564736629 * days + longitude, 360.0)
    hour = np.radians(sidereal) - ascension
    phi = np.radians(latitude)
    up = np.sin(phi) * np.sin(declination) + np.cos(phi) * np.cos(declination) * np.cos(hour)
    east = -np.cos(declination) * np.sin(hour)
    north = np.cos(phi) * np.sin(declination) - np.sin(phi) * np.cos(declination) * np.cos(hour)
    return Sun(
        np.arcsin(np.clip(up, -1.0, 1.0)),
        np.mod(np.arctan2(east, north), 2 * np.pi),
        1.00014 - 0.01671 * np.cos(anomaly) - 0.00014 * np.cos(2 * anomaly),
    )
