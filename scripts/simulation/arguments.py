"""What commands that play or score a home's past are told."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from custom_components.shems.core.units import InputError


def day(text: str) -> datetime:
    """Return the midnight of UTC that begins a day."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2024-05-01") from None


def positive(text: str) -> int:
    """Return a number of days, one or more."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days")
    return int(text)


def zone(name: str) -> str:
    """Return a zone's name.

    Raises:
        InputError: there is no such zone.
    """
    try:
        ZoneInfo(name)
    except ZoneInfoNotFoundError, ValueError:
        raise InputError("zone_unknown", zone=name) from None
    return name


def check_folder(path: Path | None) -> None:
    """Find that a result could not be written before the minutes that it takes.

    Raises:
        InputError: it would be written into a folder that does not exist.
    """
    if path is not None and not path.parent.is_dir():
        raise InputError("folder_missing", file=str(path))
