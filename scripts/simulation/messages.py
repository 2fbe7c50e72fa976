"""Errors as sentences for the person at the terminal."""

from typing import Final

from custom_components.shems.core.units import InputError

_SENTENCES: Final = {
    "column_empty": "{file} has no number at all in its column {column}.",
    "column_missing": "{file} has no column {column}; its first line must name the columns.",
    "column_negative": (
        "{file}, line {line}: {column} is {value:g}, but load and solar power are never negative."
    ),
    "column_not_kw": (
        "{file}, line {line}: {column} is {value:g}, too much for a household in kW; "
        "divide watts by 1000."
    ),
    "column_twice": "{file} has the column {column} twice.",
    "file_missing": "There is no file {file}.",
    "file_needs_one_price_column": (
        "{file} needs one price column beside time, but has {count}: {columns}."
    ),
    "file_too_short": "{file} has {rows} rows of data, but needs two or more.",
    "file_unreadable": "{file} cannot be read as a CSV file, plain or gzipped.",
    "folder_missing": "The result cannot be written to {file}: there is no such folder.",
    "nothing_to_score": "In the whole period load, solar power or prices are unknown.",
    "number_unreadable": "{file}, line {line}: {column} is {value!r}, which is no number.",
    "plot_not_png": "{file} must end with .png to be drawn.",
    "plot_of_one_battery": "--plot draws a home with one battery; leave the devices out.",
    "price_not_per_kwh": (
        "{file}: {column} is typically {value:g}, too much for a price per kWh; "
        "divide a price per MWh by 1000, cents by 100."
    ),
    "prices_do_not_meet_home": (
        "Moved by {shift_weeks} weeks, the home meets no prices in the period to score."
    ),
    "prices_needed": "A home needs prices: --prices FILE.csv.",
    "prices_too_short": (
        "No whole number of 52-week years moves the home's start into the {weeks} weeks of "
        "prices; choose another number with --shift-weeks."
    ),
    "row_width": "{file}, line {line}: it has {fields} fields, but the first line has {expected}.",
    "sessions_do_not_meet_home": (
        "No whole number of 52-week years moves a charging session into the period to score."
    ),
    "sessions_missing": "{file} has no charging session of {user!r} with an end and energy.",
    "start_outside": (
        "--start {start} is outside the home's data: with {needs_days} days of history before "
        "it, it can be from {first} to {last}."
    ),
    "step_irregular": (
        "{file}, line {line}: {minutes:g} minutes after the line before, but the file's step is "
        "{step_minutes:g} minutes; leave fields empty where nothing was measured."
    ),
    "step_too_long": "{file}: its step is {step_minutes:g} minutes, but must be an hour or less.",
    "substep_does_not_divide": (
        "--substep: {substep_s:g} seconds do not divide the home's step of {step_s:g} seconds."
    ),
    "time_not_increasing": "{file}, line {line}: its time is not after that of the line before.",
    "time_unreadable": "{file}, line {line}: {value!r} is no time like 2024-05-01T00:00:00Z.",
    "weather_too_short": (
        "{file}: the temperature is not known in all of the period to score; choose it with "
        "--start and --days."
    ),
    "zone_unknown": "There is no time zone {zone!r}; one is called Europe/Berlin, for example.",
}


def sentence(error: InputError) -> str:
    """Return what is wrong, in a sentence."""
    template = _SENTENCES.get(error.code)
    return template.format(**error.arguments) if template else f"{error}."
