"""Errors as sentences for the person at the terminal."""

from typing import Final

from custom_components.shems.core.units import InputError

from ..simulation.messages import sentence as told

_SENTENCES: Final = {
    "home_needed": "Nothing to score: give --home FILE.csv or, for solar power, --nwp FILE.csv.",
    "issues_out_of_order": (
        "{file}, line {line}: its issue_time is before that of the line above."
    ),
    "nothing_to_score": "In the whole period there is nothing measured to score.",
    "nwp_without_weather": (
        "{file} has no column of a weather forecast, nwp_direct_w_m2 for example."
    ),
    "prices_needed": "To score prices they are needed: --prices FILE.csv.",
    "prices_too_few": "There are prices of {days} days, but scoring needs {least}.",
    "site_by_half": "A place needs both --lat and --lon.",
    "start_outside": "--start {start} is outside the data, which is from {first} to {last}.",
    "steps_differ": (
        "{file} has a step of {step_minutes:g} minutes, but {other} one of "
        "{other_minutes:g} minutes."
    ),
    "young_sun_only": "--young scores solar power: give --quantity pv.",
}


def sentence(error: InputError) -> str:
    """Return what is wrong, in a sentence."""
    template = _SENTENCES.get(error.code)
    return template.format(**error.arguments) if template else told(error)
