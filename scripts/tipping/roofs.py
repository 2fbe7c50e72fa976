"""Cases of panels on many roofs: drawn ones under drawn skies, and two real ones in three years.

How much was lost and when, how long the past is and in which season it ends is drawn as well,
so that none of it is the check's own choice. On every fourth drawn roof nothing was lost: a tip
that is told there is wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, Self

import numpy as np

from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.plane import Site
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.infer.solar import PRIOR, roofs_of
from custom_components.shems.core.replay.run import protocol_tariff
from custom_components.shems.core.replay.whatif.question import Subject
from custom_components.shems.core.report.tips.ground import Ground
from custom_components.shems.core.report.tips.replaying import AS_IT_IS, Altered, Replay
from custom_components.shems.core.report.tips.tip import Tip
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats
from custom_components.shems.core.world.household import Household
from custom_components.shems.core.world.living import living
from custom_components.shems.core.world.population.climate import draw_climate
from custom_components.shems.core.world.population.roofs import produce
from custom_components.shems.core.world.prices import market

from ..simulation.sheet import numbers_of, read_sheet, times_of
from .case import Case

ZONE: Final = "Europe/Berlin"
_DRAWN: Final = 160
"""So many that a tip which one roof in ten allows is told often enough to be counted."""
_SPOTLESS: Final = 4
"""Of so many drawn roofs, one has lost nothing."""
_DEPTHS: Final = (0.1, 0.4)
_SINCE_DAYS: Final = (15, 56)
_PAST_DAYS: Final = (200, 365)
_LATER_DAYS: Final = 180
_LATITUDES: Final = (36.0, 60.0)
_BEGIN: Final = datetime(2020, 12, 31, 23, tzinfo=UTC).timestamp()
_SUBSTEPS: Final = 6
"""Moments of an hour whose mean is its power."""
_REAL: Final = ("A", "B")
_REAL_SITE: Final = Site(63.4, 10.4)
_REAL_KW: Final = 6.0
"""What the published shares of full scale are taken to be of: they are no households' own."""
_REAL_CUTS: Final = tuple(
    datetime(year, month, 15, tzinfo=UTC).timestamp()
    for year in (2020, 2021, 2022)
    for month in (4, 6, 8)
    if (year, month) <= (2022, 4)
)


@dataclass(frozen=True)
class Loss:
    """What is lost of a roof's power.

    Attributes:
        share: of it.
        since: from when on, epoch seconds.
        begin, cut: of the past that is known, likewise.
    """

    share: float
    since: float
    begin: float
    cut: float

    @classmethod
    def drawn(cls, seed: int, cut: float) -> Self:
        """Draw one that a home sees at a time."""
        rng = np.random.default_rng([seed, 3])
        share, since = float(rng.uniform(*_DEPTHS)), int(rng.integers(*_SINCE_DAYS))
        return cls(share, cut - since * DAY_S, cut - int(rng.integers(*_PAST_DAYS)) * DAY_S, cut)

    def case(self, name: str, home: Callable[[Loss], Subject]) -> Case:
        """Return a home whose panels give less from then on, and are cleaned at the cut."""
        return Case(
            "panels", name, partial(_soiled, self, home), self.cut, partial(_cleaned, self.share)
        )


def cases() -> list[Case]:
    """Return the cases of drawn roofs."""
    return [_drawn(seed) for seed in range(_DRAWN)]


def real(data: Path) -> list[Case]:
    """Return the cases of real roofs of which years are known, in seeded homes."""
    found = []
    for place, roof in enumerate(_REAL):
        file = data / f"pv_nwp_norway/site_{roof}_pv_history.csv.gz"
        for at, cut in enumerate(_REAL_CUTS):
            month = datetime.fromtimestamp(cut, UTC).strftime("%Y-%m")
            loss = Loss.drawn(1000 + len(_REAL_CUTS) * place + at, cut)
            found.append(loss.case(f"norway/{roof}, {month}", partial(_norway, file, at)))
    return found


def _drawn(seed: int) -> Case:
    season = int(np.random.default_rng([seed, 5]).integers(365))
    loss = Loss.drawn(seed, _BEGIN + (_PAST_DAYS[1] + season) * DAY_S)
    if seed % _SPOTLESS == 0:
        loss = replace(loss, share=0.0)
    tariff = "spot" if seed % 2 else "tou"
    return loss.case(f"drawn roof {seed}, {tariff}", partial(_under_a_sky, seed, tariff))


def _under_a_sky(seed: int, tariff: str, loss: Loss) -> Subject:
    """Return a seeded home with a drawn roof under a drawn sky."""
    rng = np.random.default_rng([seed, 4])
    days = round((loss.cut - loss.begin) / DAY_S) + _LATER_DAYS
    latitude = rng.uniform(*_LATITUDES, 1)
    climate = draw_climate(rng, 1, days, latitude=latitude, start=np.array([loss.begin]))
    power = produce(rng, climate, (roofs_of(PRIOR.draw(rng, 1)),))[0]
    site = Site(
        float(latitude[0]),
        float(climate.longitude[0, 0]),
        altitude_m=float(climate.altitude_m[0, 0]),
    )
    return _home(seed, climate.times[0], power, site, tariff)


def _norway(file: Path, seed: int, loss: Loss) -> Subject:
    """Return a seeded home with a real roof."""
    sheet = read_sheet(file)
    times, _ = times_of(sheet)
    kept = (times >= loss.begin) & (times < loss.cut + _LATER_DAYS * DAY_S)
    power = _REAL_KW * numbers_of(sheet, "pv_norm")
    return _home(seed, times[kept], power[kept], _REAL_SITE, "spot")


def _home(seed: int, start: Floats, solar_kw: Floats, site: Site, tariff: str) -> Subject:
    """Return a seeded home whose panels gave something in the hours from `start` on."""
    inside = (np.arange(_SUBSTEPS) + 0.5) * HOUR_S / _SUBSTEPS
    lived = living(Household(seed, zone=ZONE), (start[:, np.newaxis] + inside).ravel())
    end = start + HOUR_S
    return Subject(
        Home(Connection(), (Solar("solar", "Solar", curtailable=True),)),
        protocol_tariff(tariff, ZONE, "EUR"),
        History(
            Series(start, end, lived.load_kw.reshape(-1, _SUBSTEPS).mean(axis=1)),
            Series(start, end, solar_kw),
            Series(start, end, market(seed, start, ZONE)),
        ),
        ZONE,
        float(end[-1]),
        site,
        managed=False,
    )


def _soiled(loss: Loss, home: Callable[[Loss], Subject]) -> Ground:
    subject = home(loss)
    solar = subject.history.solar
    left = np.where(solar.start >= loss.since, 1.0 - loss.share, 1.0)
    dirty = replace(subject.history, solar=Series(solar.start, solar.end, solar.value * left))
    return Ground(replace(subject, history=dirty))


def _cleaned(share: float, _: Replay, __: Tip) -> tuple[Altered, Altered]:
    return Altered(solar_share=1.0 / (1.0 - share)), AS_IT_IS
