"""What can be inferred of a home: a block of parameters each, of the home or of a device."""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from .core.assets.plane import Site
from .core.forecast.history import History
from .core.infer.battery_home import BatteryPast
from .core.infer.network import Network
from .core.infer.posterior import Posterior
from .core.infer.prior import Prior
from .sources.evidence import Evidence

WEIGHTS: Final = Path(__file__).parent / "core" / "infer" / "weights"

type Known = Mapping[str, tuple[float, float]]
"""What the user has entered: value and standard deviation, by parameter."""


@dataclass(frozen=True)
class Sight:
    """What is looked at.

    Attributes:
        history: of the home, a year at best.
        site: where it stands.
        zone: its time zone.
        now: epoch seconds.
        evidence: what the entities of heatings showed, by device id.
        batteries: what is recorded of each battery, by device id.
    """

    history: History
    site: Site
    zone: str
    now: float
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    batteries: Mapping[str, BatteryPast] = field(default_factory=dict)


type Infer = Callable[[Network, Sight, np.random.Generator], Posterior | None]
"""Infers with a block's networks; None where there is nothing to infer from."""


@dataclass(frozen=True)
class Subject:
    """A block of a home.

    Attributes:
        block: its name.
        device_id: whose parameters they are; None for the home's.
        prior: what they are believed to be before anything was seen.
        infer: see there.
        known: see there.
        told: what of the configuration it rests on; another one is inferred anew.
    """

    block: str
    device_id: str | None
    prior: Prior
    infer: Infer
    known: Known = field(default_factory=dict)
    told: str = ""

    @property
    def key(self) -> str:
        """What names it among those of its home."""
        return self.block if self.device_id is None else f"{self.block}:{self.device_id}"

    @property
    def weights(self) -> Path:
        """The file of its networks."""
        return WEIGHTS / f"npe_{self.block}.npz"

    @property
    def ground(self) -> int:
        """A number that changes with what it is inferred from."""
        return zlib.crc32(repr((self.prior.digest, self.told)).encode())
