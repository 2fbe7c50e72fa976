"""A kind of device: its form, its asset and what it listens to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..core.assets.battery import Battery
from ..core.assets.connection import Connection
from ..core.assets.load import Load
from ..core.assets.solar import Solar
from .action import Action, Order
from .device import Device
from .form import Data, Form

type Asset = Connection | Solar | Battery | Load


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
    """

    name: str
    forms: Callable[[Data], tuple[Form, ...]]
    asset: Callable[[Device], Asset]
    watched: Callable[[Device], Iterable[str]]
    actions: Callable[[Device, Order], tuple[Action, ...]]


def one_page(form: Form) -> Callable[[Data], tuple[Form, ...]]:
    """Make a form of a single page."""
    pages = (form,)

    def forms(_data: Data) -> tuple[Form, ...]:
        return pages

    return forms
