"""The comparison as a page and as pictures."""

from pathlib import Path
from typing import Final

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt

from .compare import Section

_INTRODUCTION: Final = """\
# Simulated homes beside real ones

The posteriors of `core/infer` are trained on the simulated population of \
`core/world/population`. A posterior is worth what its simulator is: here the simulated homes \
stand beside real ones that had no part in making them. `scripts/realism --write \
docs/realism.md` makes this page; the homes' data is not part of the repository.

Every statistic is one of four weeks of hourly means; of a real home the median of all its \
windows is told. **Bold** lies outside the range in which 90 % of simulated homes are. \
The simulated range is wide on purpose: what differs between homes and is not inferred must be \
in it.
"""
_SOURCES: Final = """\
## Where the homes are from

- Fontana: four homes in California, from the CityLearn Challenge 2022 (MIT).
- EMHASS: a home in France, from the repository of EMHASS (MIT); its deferrable loads are not \
in the load.
- HUE 1: a home in British Columbia, from the HUE data set (S. Makonin 2019, CC BY 2.5 CA).
- Drivers in Trondheim: charging in garages of apartment blocks (Å. L. Sørensen et al. 2021, \
CC BY 4.0).
"""


def markdown(sections: list[Section]) -> str:
    """Return the page."""
    parts = [_INTRODUCTION]
    for section in sections:
        homes = list(section.real)
        lines = [
            f"## {section.title}",
            "",
            f"{section.share:.0%} of the real homes' statistics lie within the simulated range.",
            "",
            "| | simulated 5 % | median | 95 % | " + " | ".join(homes) + " |",
            "|---|" + "---:|" * (3 + len(homes)),
        ]
        for name, found in section.ranges.items():
            cells = [f"{value:.2f}" for value in found]
            for home in homes:
                value = section.real[home][name]
                inside = found[0] <= value <= found[-1]
                cells.append(f"{value:.2f}" if inside else f"**{value:.2f}**")
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join([*parts, _SOURCES])


def draw(folder: Path, sections: list[Section]) -> list[Path]:
    """Draw where homes lie in the simulated ranges, and mean days; return the files."""
    mpl.use("Agg")
    folder.mkdir(parents=True, exist_ok=True)
    return [
        path
        for number, section in enumerate(sections)
        for path in (
            _ranges(folder / f"{number}-ranges.png", section),
            _days(folder / f"{number}-days.png", section),
        )
        if path is not None
    ]


def _ranges(path: Path, section: Section) -> Path:
    names = list(section.ranges)
    figure, axis = plt.subplots(figsize=(9, 1 + 0.32 * len(names)), layout="constrained")
    axis.axvspan(0, 1, color="#e8f0fe")
    for home, found in section.real.items():
        places = []
        for name in names:
            low, _, high = section.ranges[name]
            places.append((found[name] - low) / (high - low))
        axis.plot(np.clip(places, -0.5, 1.5), range(len(names)), "o", ms=5, label=home)
    axis.set_yticks(range(len(names)), names)
    axis.invert_yaxis()
    axis.set_xticks([0, 1], ["simulated 5 %", "95 %"])
    axis.set_title(section.title, loc="left")
    axis.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    figure.savefig(path, dpi=100)
    plt.close(figure)
    return path


def _days(path: Path, section: Section) -> Path | None:
    if not section.real_shapes:
        return None
    figure, axis = plt.subplots(figsize=(8, 4), layout="constrained")
    hours = np.arange(24) + 0.5
    low, middle, high = np.nanquantile(section.simulated_shapes, [0.05, 0.5, 0.95], axis=0)
    axis.fill_between(hours, low, high, color="#e8f0fe", label="simulated 5 to 95 %")
    axis.plot(hours, middle, color="#1a73e8", lw=2, label="simulated median")
    for home, shape in section.real_shapes.items():
        axis.plot(hours, shape, lw=1, label=home)
    axis.set_xlim(0, 24)
    axis.set_xlabel("hour of the day")
    axis.set_title(f"{section.title}: mean day over its mean", loc="left")
    axis.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    figure.savefig(path, dpi=100)
    plt.close(figure)
    return path
