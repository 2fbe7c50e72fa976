"""Errors and assumptions as sentences for the person at the terminal."""

from typing import Final

from custom_components.shems.core.replay.whatif.question import Assumption
from custom_components.shems.core.units import InputError

from ..simulation.messages import sentence as told

_SENTENCES: Final = {
    "home_needed": "There is no home to ask about: --home FILE.csv.",
    "no_price_history": "The contract follows a market whose prices are unknown.",
    "prices_needed": "The contract follows a market: --prices FILE.csv.",
    "question_needed": "Nothing is asked: --question battery=10kWh:5kW, for example.",
    "site_by_half": "A place needs both --lat and --lon.",
    "tariff_unknown": "There is no tariff {tariff!r}: it is spot, tou or flat.",
    "what_if_heating": ("Nothing tells what heating takes: give it, as in insulation=20%:3000kWh."),
    "what_if_history": "There are {days} whole days of the past, but {least} are needed.",
    "what_if_parameter": "{name} cannot be {value}.",
    "what_if_place": "That needs the place: --lat and --lon.",
    "what_if_twice": "{kind} is asked for twice.",
}
_ASSUMPTIONS: Final = {
    "batteries_as_one": "All batteries are filled and emptied as one.",
    "battery": "The battery is {efficiency:g} % efficient each way; {unused:g} % are never used.",
    "captured": (
        "SHEMS gets {share:g} % of what foresight saves beyond the rule, as in {weeks} weeks "
        "of the closed loop over the past."
    ),
    "captured_usual": (
        "SHEMS gets {share:g} % of what foresight saves beyond the rule, as elsewhere: "
        "{weeks} weeks are too few to tell."
    ),
    "car_at_once": "The car charges as soon as it comes.",
    "car_planned": "The car charges when that costs least, always in time.",
    "community": (
        "The neighbours take {sells:g} % of what is fed in, and between 9 and 17 give {buys:g} % "
        "of what is bought, where that is better for both."
    ),
    "devices_as_were": "Devices that move take what they took, when they took it.",
    "habits": "What is used varies by {year:g} % from year to year, by {month:g} % between months.",
    "heat_pump": "Heat follows the cold below {base_c:g} °C; the COP is {cop:g} at {at_c:g} °C.",
    "heating_by_days": "What heating takes is read from how days below {base_c:g} °C differ.",
    "batteries_inferred": "Batteries hold and lose what was inferred of them.",
    "habits_inferred": "Of {days} days known, some are simulated from inferred habits.",
    "heating_inferred": "What heating takes was inferred from the past.",
    "heating_told": "Heating takes {heating_kwh:g} kWh a year, as was said.",
    "history": "It rests on {days} days of the past, of which {missing:g} % are missing.",
    "hourly": "Everything is reckoned by the hour; within it, sun and load are even.",
    "other_market": "The other market is as it was; its years are not drawn.",
    "peaks_hourly": "Peaks are those of whole hours, and nothing is done to lower them.",
    "place_unknown": "The place is unknown: the sun of other seasons is that of like ones.",
    "prices": "Prices are like those of {days} known days, their level give or take {year:g} %.",
    "seasons_unseen": "{days} days are of a season that the past has not seen.",
    "sky_simulated": "Clouds are simulated for the place.",
    "sun": "The sun of whole years varies by {year:g} %.",
    "weather_simulated": "Temperatures are simulated for the latitude.",
}


def sentence(error: InputError) -> str:
    """Return what is wrong, in a sentence."""
    template = _SENTENCES.get(error.code)
    return template.format(**error.arguments) if template else told(error)


def assumed(assumption: Assumption) -> str:
    """Return what was taken for granted, in a sentence."""
    return _ASSUMPTIONS[assumption.code].format(**assumption.args)
