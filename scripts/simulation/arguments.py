"""What commands that play or score a home's past are told."""

import argparse
import re
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


def count(text: str) -> int:
    """Return how many, one or more."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number like 10")
    return int(text)


def price(text: str) -> float:
    """Return a price, not negative."""
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a price")
    return float(text)


def home(text: str) -> Path | int:
    """Return a path, or the number of a seeded home."""
    match = re.fullmatch(r"seed:(\d{1,9})", text)
    return int(match[1]) if match else Path(text)


def battery(text: str) -> tuple[float, float]:
    """Return capacity and power, kWh and kW."""
    number = r"(\d+(?:\.\d+)?)"
    match = re.fullmatch(f"{number}kWh:{number}kW", text)
    if not match or not float(match[1]) or not float(match[2]):
        raise argparse.ArgumentTypeError(f"{text!r} is not like 10kWh:5kW")
    return float(match[1]), float(match[2])


def weeks(text: str) -> int:
    """Return a number of weeks, of either sign."""
    if not re.fullmatch(r"[+-]?\d{1,4}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of weeks")
    return int(text)


def seconds(text: str) -> float:
    """Return the width of a step."""
    match = re.fullmatch(r"(\d+)(s|min)", text)
    if not match or not int(match[1]):
        raise argparse.ArgumentTypeError(f"{text!r} is not like 1min or 30s")
    return int(match[1]) * (60.0 if match[2] == "min" else 1.0)
