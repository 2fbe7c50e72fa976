"""A kind of device: its form, its asset and what it listens to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from ..core.assets.battery import Battery
from ..core.assets.connection import Connection
from ..core.assets.kinds import Movable, MovableState
from ..core.assets.load import Load
from ..core.assets.solar import Solar
from ..core.forecast.usage import Usage
from .action import Action, Order
from .device import Device
from .form import Data, Form
from .look import Look
from .settings import MODE_AUTO, MODE_PAUSED, DeviceSettings

type Asset = Connection | Solar | Battery | Load | Movable

MODES_MOVED: Final = (MODE_AUTO, "on", "off", MODE_PAUSED)
"""What a user can choose for a device that is moved in time."""


def _never(_device: Device, _look: Look) -> bool:
    return False


def _no_span(_device: Device, _look: Look) -> float | None:
    return None


def _nothing_learned(_settings: DeviceSettings, _usage: Usage | None) -> dict[str, str]:
    return {}


def source(*, told: bool, learned: bool) -> str:
    """Return where an expectation comes from: what a person says always wins."""
    if told:
        return "told"
    return "learned" if learned else "form"


@dataclass(frozen=True)
class Movement:
    """How a device that is moved in time is followed.

    Attributes:
        state: makes the state a plan begins from; raises InputError where it is unknown.
        runs: whether it runs now.
        span: from when on the energy it takes counts, epoch seconds; None where it does not.
        hot: whether it is as hot as now and then it must be.
        outdoor: whether nothing can be planned without the outdoor temperature.
        in_load: whether what it takes is forecast with the household's load.
        calls: fields of the form whose entities call for a new plan when they change.
        sources: where what is expected of it comes from, `told` by its user, `learned` or by
            its `form`; nothing where there is nothing to learn.
    """

    state: Callable[[Device, Look], MovableState]
    runs: Callable[[Device, Look], bool]
    span: Callable[[Device, Look], float | None] = _no_span
    hot: Callable[[Device, Look], bool] = _never
    outdoor: bool = False
    in_load: bool = False
    calls: tuple[str, ...] = ()
    sources: Callable[[DeviceSettings, Usage | None], dict[str, str]] = _nothing_learned


@dataclass(frozen=True)
class Kind:
    """A kind of device.

    Attributes:
        name: type of its subentries.
        forms: the pages of its form, given what was entered so far.
        asset: makes the core's asset; raises InputError for parameters that cannot be.
        watched: entities whose changes matter to plan or dispatch.
        actions: makes the actions that carry out an order, in the order to send them; none
            where the device cannot be driven.
        title: a name to begin with; the user's language is not known where it is given.
        modes: what the user can choose.
        movement: how it is followed; None for what is not moved in time.
    """

    name: str
    forms: Callable[[Data], tuple[Form, ...]]
    asset: Callable[[Device], Asset]
    watched: Callable[[Device], Iterable[str]]
    actions: Callable[[Device, Order], tuple[Action, ...]]
    title: str
    modes: tuple[str, ...] = ()
    movement: Movement | None = None


def one_page(form: Form) -> Callable[[Data], tuple[Form, ...]]:
    """Make a form of a single page."""
    pages = (form,)

    def forms(_data: Data) -> tuple[Form, ...]:
        return pages

    return forms
