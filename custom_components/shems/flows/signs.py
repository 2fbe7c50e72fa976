"""What the review says of signs: whether sensors agree with the energy that was counted."""

from homeassistant.core import HomeAssistant

from ..devices import Device
from ..sources.configuration import Configuration
from ..sources.found.signs import INVERTED, Seen, Sign, async_seen, counted
from .words import Words


async def async_signs(
    hass: HomeAssistant, home: Configuration, now: float, words: Words
) -> tuple[list[str], list[str]]:
    """Return what the past proves of the sensors with a sign, and where it is in doubt."""
    compared = {
        device.id: (device, one)
        for kind in INVERTED
        for device in home.of_kind(kind)
        if (one := counted(kind, device.data)).power
    }
    seen = await async_seen(hass, [one for _, one in compared.values()], now)
    proven: list[str] = []
    doubts: list[str] = []
    for (device, one), each in zip(compared.values(), seen, strict=True):
        code, sure = _verdict(device, each)
        names = ", ".join(_name(hass, sensor) for sensor in one.power)
        text = words.say(code, device=device.name, sensor=names, hours=each.hours)
        (proven if sure else doubts).append(text)
    return proven, doubts


def _verdict(device: Device, seen: Seen) -> tuple[str, bool]:
    """Return the key of what is said of a sensor, and whether it is as it should be."""
    turned = device.flag(INVERTED[device.kind])
    match seen.sign:
        case Sign.PROVEN | Sign.INVERTED:
            if turned is (seen.sign is Sign.INVERTED):
                return f"sign_{seen.sign}", True
            return "sign_wrong", False
        case sign:
            return f"sign_{sign}", False


def _name(hass: HomeAssistant, entity_id: str) -> str:
    state = hass.states.get(entity_id)
    return state.name if state else entity_id
