"""Rooms as the past tells of them, where nobody has entered how they are."""

from collections.abc import Container
from dataclasses import replace

from .core.assets.heating import Heating
from .core.assets.home import Home
from .core.infer.posterior import Verdict
from .core.infer.thermal_home import Known, as_building, learned
from .inference import Inference
from .offers import told_building
from .sources.configuration import Configuration


def with_inferred_rooms(
    home: Home, configuration: Configuration, inference: Inference, known: Container[str]
) -> Home:
    """Return the home with the rooms and machines that were inferred.

    Only what is trusted counts, and only where the form is as it comes.

    Args:
        home: as its forms say.
        configuration: its forms.
        inference: what was inferred of it.
        known: ids of devices whose rooms something better is known of.
    """
    devices = tuple(
        each
        if each.id in known or not isinstance(each, Heating)
        else _one(each, configuration, inference)
        for each in home.devices
    )
    return replace(home, devices=devices)


def _one(heating: Heating, configuration: Configuration, inference: Inference) -> Heating:
    device = configuration.device(heating.id)
    posterior = inference.of(f"thermal:{heating.id}")
    if (
        device is None
        or heating.performance is None
        or posterior is None
        or posterior.verdict is not Verdict.TRUSTED
        or told_building(device)
    ):
        return heating
    free = learned(posterior)
    values = {
        name: float(posterior.draw_of(name).mean()) for name in posterior.names if name in free
    }
    found = as_building(values, Known(heating.building, heating.performance))
    return replace(heating, building=found.building, performance=found.performance)
