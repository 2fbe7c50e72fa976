"""Errors as sentences for the person at the terminal."""

from typing import Final

from custom_components.shems.core.units import InputError

_SENTENCES: Final = {
    "case_empty": "The request has no time steps: time_series.dt is empty.",
    "case_field": "{field} must be {kind}.",
    "case_field_missing": "The {where} has no {field}.",
    "case_length": "{field} has {length} values, but dt has {steps}.",
    "case_order": "{low} is {value:g}, more than {high}, {limit:g}.",
    "file_missing": "There is no file {file}.",
    "file_not_json": "{file} holds no JSON object.",
}


def sentence(error: InputError) -> str:
    """Return what is wrong, in a sentence."""
    template = _SENTENCES.get(error.code)
    return template.format(**error.arguments) if template else f"{error}."
