"""A wish: what a device should be doing, of whatever kind it is."""

from collections.abc import Mapping

from .core.dispatch.budget import protects
from .core.dispatch.command import Command, DeviceCommand
from .core.dispatch.throttle import Throttle
from .core.units import Args
from .devices import Before, Device, actions
from .devices.action import Action, Order
from .devices.solar import throttle

type Wish = Order | Throttle


def carry_out(device: Device, wish: Wish, before: Mapping[str, Before]) -> tuple[Action, ...]:
    """Return the actions that carry out a wish, in the order to send them.

    Args:
        device: what is driven.
        wish: what it should be doing.
        before: what its entities showed when it was taken over.
    """
    if isinstance(wish, Throttle):
        return throttle(device, wish.limit_kw)
    return actions(device, wish, before)


def word(wish: Wish) -> str:
    """Return the wish without its power: `charge`, `throttle`, `on`, `default`, ..."""
    if isinstance(wish, Command):
        return wish.mode.value
    if isinstance(wish, DeviceCommand):
        return "run" if wish.on else "rest"
    return "throttle" if isinstance(wish, Throttle) else wish


def power_kw(wish: Wish) -> float | None:
    """Return the power that belongs to a wish, None where none does."""
    if isinstance(wish, Command | DeviceCommand):
        return wish.power_kw
    return wish.limit_kw if isinstance(wish, Throttle) else None


def setpoint_c(wish: Wish) -> float | None:
    """Return the temperature that belongs to a wish, None where none does."""
    return wish.setpoint_c if isinstance(wish, DeviceCommand) else None


def reason_code(wish: Wish) -> str:
    """Return why, as a code; empty where nobody asked."""
    return wish.reason.code if isinstance(wish, Command | DeviceCommand | Throttle) else ""


def reason_arguments(wish: Wish) -> Args:
    """Return the arguments of the reason; none where nobody asked."""
    return wish.reason.args if isinstance(wish, Command | DeviceCommand | Throttle) else {}


def is_urgent(wish: Wish) -> bool:
    """Return whether a wish is written however often a device was: a limit, or its user's."""
    if isinstance(wish, Command | DeviceCommand | Throttle):
        return protects(wish.reason) or wish.reason.code.startswith("user_")
    return wish in ("on", "off")
