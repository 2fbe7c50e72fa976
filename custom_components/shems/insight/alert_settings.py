"""What a household has chosen of its alerts: kinds, levels, and whom they are told to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, Final, Self

import probatio as vol
from homeassistant.helpers import config_validation as cv

from ..core.report.alerts.causes import PERCENT, WATTS, Limits
from ..core.report.alerts.kinds import Kind
from ..core.report.alerts.rate import EVERY_DAYS
from ..core.report.standby import LEAST_KW

OPTIONS: Final = "alerts"
"""Of the entry: under this key are all that are chosen here."""
USUAL: Final = Limits()
KINDS: Final = tuple(each.value for each in Kind)
CODES: Final = vol.All(cv.ensure_list, [vol.Coerce(Kind)])
"""What an automation may choose of them: one or several."""


@dataclass(frozen=True)
class AlertSettings:
    """What was chosen.

    Attributes:
        kinds: that are told at all.
        limits: at which levels.
        every_days: days between alarms by chance of what is learned.
        standby_kw: a smaller rise is not told.
        freezers: entities of their power or temperature.
        grid: an entity that tells whether the grid is there; None where none does.
        notify: entities that take messages.
        phones: actions of the companion app, as `mobile_app_phone`.
        quiet: from when until when nobody is disturbed; None where never.
    """

    kinds: frozenset[Kind] = frozenset(Kind)
    limits: Limits = USUAL
    every_days: float = EVERY_DAYS
    standby_kw: float = LEAST_KW
    freezers: tuple[str, ...] = ()
    grid: str | None = None
    notify: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    quiet: tuple[time, time] | None = None

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Self:
        """Return what an entry's options say; what they do not say is as usual."""
        data: Mapping[str, Any] = options.get(OPTIONS, {})
        begin, end = data.get("quiet_from"), data.get("quiet_to")
        quiet = None
        if begin and end and begin != end:
            quiet = time.fromisoformat(begin), time.fromisoformat(end)
        reserve = data.get("reserve_percent")
        limits = Limits(
            fuse_share=data.get("fuse_percent", PERCENT * USUAL.fuse_share) / PERCENT,
            peak_share=data.get("peak_percent", PERCENT * USUAL.peak_share) / PERCENT,
            price_below=data.get("price_below", USUAL.price_below),
            spike_factor=data.get("spike_factor", USUAL.spike_factor),
            left_on_h=data.get("left_on_h", USUAL.left_on_h),
            freezer_h=data.get("freezer_h", USUAL.freezer_h),
            freezer_c=data.get("freezer_c", USUAL.freezer_c),
            reserve_share=None if not reserve else reserve / PERCENT,
        )
        return cls(
            frozenset(Kind(each) for each in data.get("kinds", KINDS) if each in KINDS),
            limits,
            data.get("every_days", EVERY_DAYS),
            data.get("standby_w", WATTS * LEAST_KW) / WATTS,
            tuple(data.get("freezers", ())),
            data.get("grid"),
            tuple(data.get("notify", ())),
            tuple(data.get("phones", ())),
            quiet,
        )

    def is_quiet(self, at: time) -> bool:
        """Return whether nobody is to be disturbed at a time of day; nights may be in it."""
        if self.quiet is None:
            return False
        begin, end = self.quiet
        return begin <= at < end if begin < end else at >= begin or at < end
