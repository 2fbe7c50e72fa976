"""What was inferred of a home's own parameters, as it is in force and in its file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from .arrays import Arrays
from .core.infer.posterior import Posterior, Verdict

VERSION: Final = 1
_DRAWS: Final = ".draws"
_FACTS: Final = ".facts"


@dataclass(frozen=True)
class Inferred:
    """What is in force.

    Attributes:
        posteriors: by subject.
        at: when it was inferred, epoch seconds; None before the first night.
        ground: of each subject, what names the meters and the form it was inferred from.
    """

    posteriors: Mapping[str, Posterior] = field(default_factory=dict)
    at: float | None = None
    ground: Mapping[str, int] = field(default_factory=dict)

    def to_arrays(self) -> Arrays:
        """Return it as named arrays."""
        arrays: dict[str, Any] = {
            "version": np.array(VERSION),
            "at": np.array(np.nan if self.at is None else self.at),
        }
        for key, each in self.posteriors.items():
            facts = {
                "block": each.block,
                "names": each.names,
                "verdict": each.verdict,
                "alarms": each.alarms,
                "window": each.window,
                "days": each.days,
                "ground": self.ground[key],
            }
            # Half a per mille of a parameter is nothing: its interval is tens of per cents.
            arrays[f"{key}{_DRAWS}"] = each.draws.astype(np.float32)
            arrays[f"{key}{_FACTS}"] = np.array(json.dumps(facts))
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Inferred:
        """Restore from `to_arrays`.

        Raises:
            KeyError, TypeError, ValueError: the arrays are something else, or of another
                version.
        """
        if int(arrays["version"]) != VERSION:
            raise ValueError(f"inferred by version {arrays['version']}")
        at = float(arrays["at"])
        posteriors, ground = {}, {}
        for name in arrays:
            if not name.endswith(_FACTS):
                continue
            key = name.removesuffix(_FACTS)
            facts = json.loads(str(arrays[name]))
            draws = np.asarray(arrays[f"{key}{_DRAWS}"], dtype=np.float64)
            names = tuple(facts["names"])
            if draws.ndim != 2 or draws.shape[1] != len(names):  # Draws by parameters.
                raise ValueError(f"draws of {key} do not fit their names")
            begin, end = facts["window"]
            posteriors[key] = Posterior(
                str(facts["block"]),
                names,
                draws,
                Verdict(facts["verdict"]),
                tuple(facts["alarms"]),
                (float(begin), float(end)),
                float(facts["days"]),
            )
            ground[key] = int(facts["ground"])
        return cls(posteriors, None if np.isnan(at) else at, ground)
