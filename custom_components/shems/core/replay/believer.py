"""What SHEMS would have believed at any origin of a past that is played again."""

from dataclasses import dataclass, field
from typing import Final

from ..assets.plane import Site
from ..forecast.beliefs import Beliefs
from ..forecast.believe import Premise, believe, premise
from ..forecast.days import Days
from ..forecast.history import History
from ..forecast.learned import Learned, learn
from ..horizon import HOUR_S, Horizon
from ..series import Series
from ..tariff import Tariff

_KEPT: Final = 8
"""Premises kept: those of today and of the days that the night replays."""


@dataclass
class Believer:
    """The learners of a home, walked on as its days go by.

    Attributes:
        history: the whole past, also what comes after an origin: no forecast looks there.
        tariff: the contract.
        site: where the home stands, None where that is unknown.
        learned: what the learners know.
        step_s: width of the slots that they learn.
    """

    history: History
    tariff: Tariff
    site: Site | None = None
    learned: Learned = field(default_factory=Learned)
    step_s: float = HOUR_S
    _premises: dict[tuple[int, float], Premise] = field(default_factory=dict)

    def believe(
        self,
        now: float,
        horizon: Horizon,
        *,
        known_until: float,
        solar_given: Series | None = None,
    ) -> Beliefs:
        """Return what was to be expected at an origin.

        Raises:
            InputError: see `forecast.believe`.
        """
        return believe(
            self._premise(now, known_until),
            self.history,
            self.tariff,
            horizon,
            now,
            solar_given=solar_given,
            known_until=known_until,
        )

    def _premise(self, now: float, known_until: float) -> Premise:
        days = Days(self.tariff.zone, self.step_s)
        key = days.day(now), known_until
        if key not in self._premises:
            # As on Home Assistant OS, for which there is no scikit-learn.
            self.learned, _ = learn(
                self.learned,
                self.history,
                self.tariff.zone,
                now,
                site=self.site,
                boosting=False,
                step_s=self.step_s,
            )
            before = [each for each in self._premises if each <= key]
            self._premises[key] = premise(
                self.learned,
                self.history,
                days,
                now,
                before=self._premises[max(before)] if before else None,
                known_until=known_until,
            )
            made = self._premises[key]
            self._premises = dict(sorted(self._premises.items())[-_KEPT:])
            self._premises[key] = made
        return self._premises[key]
