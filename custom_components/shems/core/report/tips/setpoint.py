"""Rooms that are kept a degree warmer than they need be."""

from dataclasses import replace
from typing import Final

import numpy as np

from ...replay.whatif.question import Setpoint
from ...replay.whatif.weather import heating_line
from ...replay.whatif.world import BASE_C
from .ground import Ground
from .replaying import Altered, Replay, Work
from .tip import Effort, Tip

_COOLER_K: Final = 1.0
_WARM_C: Final = 19.0
"""Nobody is told to live below 19 °C: WHO's least for the healthy is 18 °C."""
_CLEAR: Final = 2.0
"""Standard errors by which heating must show in the load."""


def find(ground: Ground, replay: Replay) -> Work[tuple[Tip, ...]]:
    """Return a tip where rooms are heated with electricity: what a degree less saves.

    What heating takes per kelvin is as inferred, else of the days of the past.
    """
    warm = [each for each in ground.setpoints if each[2] - _COOLER_K >= _WARM_C]
    subject = replay.subject
    if not warm or replay.years.outdoor_c is None:
        return ()
    if not len(subject.heating_kw_per_k):
        line = heating_line(replay.diary, BASE_C)
        if line is None or line[0] < _CLEAR * line[1]:
            return ()
        slope, error = line
        subject = replace(
            subject,
            heating_kw_per_k=np.maximum(slope + error * replay.noise.normal(size=replay.count), 0),
        )
    told = replace(replay, subject=subject)
    saved = yield from told.saved(Altered(changes=(Setpoint(-_COOLER_K),)))
    device_id, name, setpoint = max(warm, key=lambda each: each[2])
    return replay.told(
        "setpoint",
        device_id if len(ground.setpoints) == 1 else "",
        saved * replay.used(),
        Effort.MINUTES,
        {
            "name": name,
            "setpoint": round(setpoint, 1),
            "lower": round(setpoint - _COOLER_K, 1),
        },
    )
