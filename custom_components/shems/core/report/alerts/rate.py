"""How the alarms that a household accepts by chance are shared by what is learned."""

from typing import Final

EVERY_DAYS: Final = 40.0
"""By default an alarm by chance in 40 days: one in a month is the most that is to be borne, and
no home is exactly like its past."""
STANDBY_SHARE: Final = 2.0 / 3.0
"""A rise of the standby costs all year and is seen slowly, unusual consumption ends by itself."""


def standby_days(every_days: float) -> float:
    """Return how many days there are to be between two alarms of the standby."""
    return every_days / STANDBY_SHARE


def consumption_days(every_days: float) -> float:
    """Return how many days there are to be between two alarms of unusual consumption."""
    return every_days / (1.0 - STANDBY_SHARE)
