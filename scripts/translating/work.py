"""What a language lacks, and how translations are merged into it."""

from dataclasses import dataclass

from .catalogue import ENGLISH, Texts, mark, remember, seen, texts, write


@dataclass(frozen=True)
class Merged:
    """What a merge did: texts put in, spread to other keys, removed, and keys not known."""

    put: int
    spread: int
    removed: int
    unknown: list[str]


def lacking(language: str) -> Texts:
    """Return the English texts that are not translated, or have changed since."""
    have, marks = texts(language), seen(language)
    return {
        key: english
        for key, english in texts(ENGLISH).items()
        if key not in have or mark(key, english) not in marks
    }


def to_translate(language: str) -> Texts:
    """Return each English text to translate once, under the first of its keys.

    Left out is what has a translation at another place of the same text: a merge takes that.
    """
    known = _known(language)
    found: Texts = {}
    for key, english in lacking(language).items():
        if english not in known:
            known[english] = ""
            found[key] = english
    return found


def merge(language: str, given: Texts) -> Merged:
    """Put translations into a language, and to every other place of the same English text.

    A place that has a translation of its own keeps it, and keys that English has no more go.
    """
    english, have, missing = texts(ENGLISH), texts(language), lacking(language)
    put = {key: text for key, text in given.items() if key in english}
    by_text = _known(language) | {english[key]: text for key, text in put.items()}
    spread = {
        key: by_text[text] for key, text in missing.items() if key not in put and text in by_text
    }
    kept = {key: text for key, text in have.items() if key in english}
    write(language, kept | spread | put)
    current = (set(kept) - set(missing)) | set(spread) | set(put)
    remember(language, {mark(key, english[key]) for key in current})
    unknown = sorted(set(given) - set(put))
    return Merged(len(put), len(spread), len(have) - len(kept), unknown)


def _known(language: str) -> Texts:
    """Return the translations of a language that are up to date, by their English text."""
    have, missing, marks = texts(language), lacking(language), seen(language)
    known: Texts = {}
    for key, english in texts(ENGLISH).items():
        if key in have and key not in missing:
            known.setdefault(english, have[key])
    # A text that has moved is known by the mark that it left at its old place.
    for key in have.keys() - texts(ENGLISH).keys():
        for english in missing.values():
            if mark(key, english) in marks:
                known.setdefault(english, have[key])
    return known


def accept(language: str, keys: list[str]) -> list[str]:
    """Take translations written by hand for those of the English texts of now.

    Return the keys taken: those given of which there is a translation, or all that are outdated.
    """
    english, have = texts(ENGLISH), texts(language)
    taken = [key for key in keys or lacking(language) if key in have and key in english]
    remember(language, seen(language) | {mark(key, english[key]) for key in taken})
    return taken
