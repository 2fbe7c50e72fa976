"""What the household asks for by moving, adding or deleting an entry of the agenda."""

from homeassistant.core import Context, HomeAssistant

from ..asking import async_check_choice, refused
from ..booking import with_booking
from ..coordinator import HomeCoordinator, now
from ..core.assets.asked import Demand
from ..devices import Device
from ..devices.appliance import length_s
from ..devices.settings import Booking
from ..moved_actions import AT_ONCE_S, async_request_run
from ..orders import may_write
from .agenda import Entry, booking_of


async def async_create(
    hass: HomeAssistant,
    home: HomeCoordinator,
    named: str,
    begin: float,
    end: float,
    context: Context | None,
) -> None:
    """Ask for a run of a device by its name.

    Args:
        hass: Home Assistant.
        home: the home.
        named: what the device is called; what follows a colon does not matter.
        begin, end: epoch seconds.
        context: of who asks.

    Raises:
        ServiceValidationError: there is no such device, or it cannot run then.
        Unauthorized: who asks may not move it.
    """
    wanted = named.partition(":")[0].strip().casefold()
    able = [each for each in home.driven if each.kind not in ("solar", "load")]
    device = next((each for each in able if each.name.casefold() == wanted), None)
    if device is None:
        raise refused("calendar_unknown", devices=", ".join(each.name for each in able))
    await _async_permit(hass, home, device, context)
    _check(device, home, begin, end)
    await _async_book(home, device, (begin, end), device.number("charge_kw", 5.0), context)


async def async_move(
    hass: HomeAssistant,
    home: HomeCoordinator,
    entry: Entry,
    begin: float,
    end: float,
    context: Context | None,
) -> None:
    """Have a run at another time; see `async_create` for what is raised."""
    await _async_permit(hass, home, entry.device, context)
    if not entry.movable:
        raise refused("calendar_fixed", device=entry.device.name)
    _check(entry.device, home, begin, end)
    await _async_drop(home, entry, context)
    await _async_book(home, entry.device, (begin, end), entry.run.power_kw, context)


async def async_cancel(
    hass: HomeAssistant, home: HomeCoordinator, entry: Entry, context: Context | None
) -> None:
    """Take back what was asked for; what the plan chose by itself is not to be at that time."""
    await _async_permit(hass, home, entry.device, context)
    if not entry.movable:
        raise refused("calendar_fixed", device=entry.device.name)
    if await _async_drop(home, entry, context):
        return
    settings = home.store.control.device(entry.device.id)
    avoided = Booking(entry.run.begin, entry.run.end, on=False)
    changed = with_booking(settings, avoided, now())
    await home.async_set_device(entry.device.id, context, bookings=changed.bookings)


async def _async_permit(
    hass: HomeAssistant, home: HomeCoordinator, device: Device, context: Context | None
) -> None:
    registry_id = home.config_entry.runtime_data.moments.registry_id(device.id) or ""
    await async_check_choice(hass, context, home, device, registry_id)


def _check(device: Device, home: HomeCoordinator, begin: float, end: float) -> None:
    if end <= now() or end <= begin:
        raise refused("calendar_over")
    # A programme that SHEMS may not start is still asked for: somebody starts it by hand.
    if device.kind != "appliance" and not may_write(home.store.control, device.id):
        raise refused("device_not_driven", device=device.name)


async def _async_drop(home: HomeCoordinator, entry: Entry, context: Context | None) -> bool:
    """Take back what stands behind an entry; return whether the household had asked for it."""
    device_id, settings = entry.device.id, home.store.control.device(entry.device.id)
    if (booking := booking_of(home, entry)) is not None:
        left = tuple(each for each in settings.bookings if each != booking)
        await home.async_set_device(device_id, context, bookings=left)
        return True
    if entry.device.kind == "appliance" and entry.number < len(settings.runs):
        # Runs are planned in the order of their deadlines.
        asked = sorted(settings.runs, key=lambda each: each.deadline)
        runs = (*asked[: entry.number], *asked[entry.number + 1 :])
        await home.async_set_device(device_id, context, runs=runs)
        return True
    if entry.device.kind == "battery":
        span = entry.run
        demands = tuple(
            each for each in settings.demands if each.end <= span.begin or span.end <= each.begin
        )
        if len(demands) < len(settings.demands):
            await home.async_set_device(device_id, context, demands=demands)
            return True
    return False


async def _async_book(
    home: HomeCoordinator,
    device: Device,
    span: tuple[float, float],
    power_kw: float,
    context: Context | None,
) -> None:
    """Ask for a run at a time, in the way in which each kind of device can be asked."""
    begin, end = max(span[0], now()), span[1]
    settings = home.store.control.device(device.id)
    if device.kind == "appliance":
        # Its programme takes as long as it takes: what counts is when it begins.
        deadline = begin + length_s(device) + AT_ONCE_S
        await async_request_run(home, device, begin, deadline, context=context)
    elif device.kind == "battery":
        demands = (*settings.demands, Demand(begin, end, power_kw))
        await home.async_set_device(device.id, context, demands=demands)
    else:
        changed = with_booking(settings, Booking(begin, end), now())
        await home.async_set_device(device.id, context, bookings=changed.bookings)
