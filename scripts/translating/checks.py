"""What must be alike in a text and its translation."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .catalogue import ENGLISH, Texts, texts
from .work import lacking

GLOSSARY: Final = Path(__file__).parent / "glossary.csv"

PLACEHOLDER: Final = re.compile(r"\{\w+\}")
MARKUP: Final = re.compile(r"`|\*\*|</?\w+>|\]\([^)]*\)|\n")
NUMBER: Final = re.compile(r"\d+")
# A lone A may be an article, so that only one after a number or a comma is an ampere.
UNIT: Final = re.compile(
    r"(?<!\w)(?:kWh/K|g/kWh|€/kWh|[kM]?Wh|[kM]?W|W/K|m²|°C|°F|%)(?!\w)|(?<=\d )A\b|(?<=, )A\b"
)
# A quote before a brace begins what the frontend leaves as it is.
QUOTED: Final = re.compile(r"'[{}<]")
# What English puts behind a term without making another word of it.
SUFFIX: Final = r"(?:s|ed|ment)?\b"
# Endings vary: a term is found by all but its last letters, though by four at least.
STEM_LETTERS: Final = 4
ENDING_LETTERS: Final = 2


def faults(language: str) -> list[str]:
    """Return what is wrong with a language, each with its key."""
    return [f"{key}: {fault}" for key, fault in (*_gaps(language), *unlike(language))]


def _gaps(language: str) -> Iterator[tuple[str, str]]:
    """Yield what a language lacks or has too much."""
    english, have = texts(ENGLISH), texts(language)
    for key in lacking(language):
        yield key, "the English text has changed" if key in have else "not translated"
    for key in have:
        if key not in english:
            yield key, "English has no such text"


def unlike(language: str) -> Iterator[tuple[str, str]]:
    """Yield the translations that have other arguments, markup, numbers or units."""
    english, late = texts(ENGLISH), lacking(language)
    for key, text in texts(language).items():
        if key in english and key not in late:
            for fault in compare(english[key], text):
                yield key, fault


def compare(english: str, text: str) -> Iterator[str]:
    """Yield what differs between a text and its translation beside the words."""
    if not text.strip():
        yield "empty"
    if QUOTED.search(text):
        yield "a straight quote before a brace hides the argument"
    for name, pattern in (("arguments", PLACEHOLDER), ("markup", MARKUP), ("numbers", NUMBER)):
        theirs, ours = sorted(set(pattern.findall(english))), sorted(set(pattern.findall(text)))
        if theirs != ours:
            yield f"{name} {theirs} have become {ours}"
    lost = [unit for unit in set(UNIT.findall(english)) if unit not in text]
    if lost:
        yield f"lost the units {sorted(lost)}"


def glossary(language: str) -> Texts:
    """Return the terms of the field in a language, alternatives parted by strokes."""
    with GLOSSARY.open(encoding="utf-8", newline="") as lines:
        return {row["en"]: row[language] for row in csv.DictReader(lines)}


def unusual(language: str) -> Iterator[tuple[str, str, str]]:
    """Yield terms, their texts and translations that use another word than the glossary."""
    english, have = texts(ENGLISH), texts(language)
    for terms, words in glossary(language).items():
        stems = [_stem(word) for word in words.split(" / ")]
        for key, text in english.items():
            words_alone = PLACEHOLDER.sub("", text)
            if key in have and _has(words_alone, terms) and not _holds(have[key], stems):
                yield terms, key, have[key]


def _has(text: str, terms: str) -> bool:
    """Tell whether one of the alternatives stands in an English text."""
    either = "|".join(re.escape(term) for term in terms.split(" / "))
    return re.search(rf"\b(?:{either}){SUFFIX}", text, re.IGNORECASE) is not None


def _holds(text: str, stems: list[str]) -> bool:
    """Tell whether one of the stems stands in a text, whatever its case."""
    return any(stem in text.casefold() for stem in stems)


def _stem(word: str) -> str:
    """Return a word without its ending."""
    return word.casefold()[: max(STEM_LETTERS, len(word) - ENDING_LETTERS)]
