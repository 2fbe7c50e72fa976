"""Guard each phase: what batteries and devices may take on one that was above its fuse."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ..assets.home import Home
from ..assets.phases import share_on
from ..observe.readings import Readings
from ..units import PHASE_V
from .command import Command

_HELD_S: Final = 300.0
"""What is taken off a phase comes back after five minutes: chargers ask for as much, and a fuse
bears a little too much for an hour (IEC 60898: 1.13 times its current)."""


@dataclass(frozen=True)
class PhaseRoom:
    """What batteries and devices may take together on a phase.

    Attributes:
        phase: from 0; None where nobody says which it is.
        most_kw: + = consumption.
        end: epoch seconds until when.
    """

    phase: int | None
    most_kw: float
    end: float

    def share(self, home: Home, owner: str) -> float:
        """Return the share that the phase has in what a battery or device takes."""
        return share_on(home, owner, self.phase)

    def over_kw(self, home: Home, taken_kw: Mapping[str, float]) -> float:
        """Return what is too much on the phase, negative where there is room left.

        Args:
            home: what exists.
            taken_kw: by battery and device, + = consumption.
        """
        carried = sum(self.share(home, owner) * power for owner, power in taken_kw.items())
        return carried - self.most_kw


def guard_phases(
    home: Home, readings: Readings, before: tuple[PhaseRoom, ...], now: float
) -> tuple[PhaseRoom, ...]:
    """Return what may be taken on each phase that is, or was a moment ago, above its fuse.

        Σ share · taken ≤ Σ share · taken now - (current - fuse) · 230 V

    A current that is unknown says nothing. Nor do they all where the home exports and no
    phase does: then they have no sign. Where there is not one current for each phase, nobody
    says which phase it is of, and everything counts as spread over all of them.

    Args:
        home: what exists, and on which phase.
        readings: the meters now.
        before: what this guard returned last.
        now: epoch seconds.
    """
    rooms = {each.phase: each for each in before if now < each.end}
    amps = [each.usable for each in readings.phases_a]
    known = [each for each in amps if each is not None]
    grid, fuse = readings.grid_kw.usable, home.connection.fuse_a
    numbered = len(amps) == home.connection.phases
    whole = numbered and len(known) == len(amps)
    if fuse is None or grid is None or (whole and grid < 0 <= min(known)):
        return tuple(rooms.values())
    taken = taken_kw(readings)
    for number, current in enumerate(amps):
        if current is None or current <= fuse:
            continue
        room = PhaseRoom(number if numbered else None, 0.0, now + _HELD_S)
        most = room.over_kw(home, taken) - (current - fuse) * PHASE_V / 1000
        held = rooms.get(room.phase)
        rooms[room.phase] = PhaseRoom(
            room.phase, most if held is None else min(most, held.most_kw), room.end
        )
    return tuple(rooms.values())


def taken_kw(readings: Readings, commands: Iterable[Command] = ()) -> dict[str, float]:
    """Return what batteries and devices take, + = consumption, as far as it is measured.

    Args:
        readings: the meters now.
        commands: what batteries are told, in place of what they do.
    """
    given = {
        key: power
        for key, each in readings.batteries.items()
        if (power := each.power_kw.usable) is not None
    }
    given |= {each.device_id: each.power_kw for each in commands if each.device_id in given}
    taken = {key: -power for key, power in given.items()}
    return taken | {
        key: power for key, each in readings.devices.items() if (power := each.usable) is not None
    }
