"""Which alarms are learned, from homes of which kind."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Kind:
    """Homes of which an alarm tells.

    Attributes:
        twist: what the block's simulator does to them.
        false_alarms: share of usual homes that may raise the alarm; one that is hard to tell
            has more of it.
    """

    twist: str
    false_alarms: float


@dataclass(frozen=True)
class Learned:
    """The learned alarms of a block.

    Attributes:
        kinds: by the alarm's name.
        widths: of the networks' two layers. All files together are to be small; what is told by
            little needs little.
        checked: share of usual homes that may raise any alarm of the block's own checks.
    """

    kinds: dict[str, Kind]
    widths: tuple[int, int] = (64, 32)
    checked: float = 0.0125


LEARNED: Final = {
    "solar": Learned({"two_planes": Kind("two_planes", 0.005)}),
    "living": Learned({"heating": Kind("heating", 0.001)}, (16, 8)),
    "battery": Learned(
        {
            "unmetered": Kind("unmetered_charge", 0.0025),
            "module": Kind("module_lost", 0.0025),
        }
    ),
    "thermal": Learned(
        {"hot_water": Kind("dhw", 0.0005), "coupling": Kind("coupling", 0.015)}, (256, 128), 0.001
    ),
}
NONE: Final = Learned({})
