"""Where texts are kept, and for which English text each translation was made."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
INTEGRATION: Final = ROOT / "custom_components" / "shems"
TRANSLATIONS: Final = INTEGRATION / "translations"
LOCALES: Final = INTEGRATION / "frontend" / "src" / "locales"
SEEN: Final = Path(__file__).parent / "seen"

ENGLISH: Final = "en"
# Marks the keys of the cards, which are flat and have dots of their own.
FRONTEND: Final = "frontend:"
# Twelve hexadecimal digits tell ten thousand texts apart.
MARK_DIGITS: Final = 12

type Texts = dict[str, str]


def languages() -> list[str]:
    """Return the languages, other than English, of which there is any text."""
    found = {path.stem for folder in (TRANSLATIONS, LOCALES) for path in folder.glob("*.json")}
    return sorted(found - {ENGLISH})


def texts(language: str) -> Texts:
    """Return every text of a language by its key, in the order of its files."""
    nested = _read(TRANSLATIONS / f"{language}.json")
    cards = _read(LOCALES / f"{language}.json")
    return dict(_flat(nested)) | {f"{FRONTEND}{key}": str(text) for key, text in cards.items()}


def write(language: str, found: Texts) -> None:
    """Write the texts of a language into its files, in the order of the English ones."""
    ordered = {key: found[key] for key in texts(ENGLISH) if key in found}
    nested: dict[str, object] = {}
    for key, text in ordered.items():
        if not key.startswith(FRONTEND):
            _put(nested, key.split("."), text)
    cards: dict[str, object] = {
        key.removeprefix(FRONTEND): text
        for key, text in ordered.items()
        if key.startswith(FRONTEND)
    }
    for folder, content in ((TRANSLATIONS, nested), (LOCALES, cards)):
        if content:
            _write(folder / f"{language}.json", content)


def mark(key: str, english: str) -> str:
    """Return what stands for an English text in its place."""
    return hashlib.sha256(f"{key}\n{english}".encode()).hexdigest()[:MARK_DIGITS]


def seen(language: str) -> set[str]:
    """Return the marks of the English texts that were translated."""
    path = SEEN / f"{language}.txt"
    return set(path.read_text(encoding="utf-8").split()) if path.exists() else set()


def remember(language: str, marks: set[str]) -> None:
    """Keep the marks of the English texts that were translated."""
    SEEN.mkdir(exist_ok=True)
    lines = "".join(f"{each}\n" for each in sorted(marks))
    (SEEN / f"{language}.txt").write_text(lines, encoding="utf-8")


def _read(path: Path) -> dict[str, object]:
    """Return a file's table, empty where there is no file."""
    if not path.exists():
        return {}
    content = json.loads(path.read_text(encoding="utf-8"))
    return content if isinstance(content, dict) else {}


def _write(path: Path, content: dict[str, object]) -> None:
    """Write a table as the English file is written."""
    written = json.dumps(content, indent=2, ensure_ascii=False)
    path.write_text(f"{written}\n", encoding="utf-8")


def _flat(nested: dict[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts of a nested table with their paths."""
    for name, value in nested.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", str(value)


def _put(nested: dict[str, object], path: list[str], text: str) -> None:
    """Put a text into a nested table at its path."""
    for name in path[:-1]:
        inner = nested.setdefault(name, {})
        if not isinstance(inner, dict):
            raise TypeError(f"{'.'.join(path)} lies below a text")
        nested = inner
    nested[path[-1]] = text
