"""Every language says the same as English, in its own words."""

import json
from pathlib import Path

import pytest
from hassil.parse_expression import parse_sentence

from scripts.translating import catalogue
from scripts.translating.__main__ import main
from scripts.translating.catalogue import languages, texts
from scripts.translating.checks import compare, faults, glossary, unusual

LANGUAGES = languages()


WANTED = {"da", "de", "es", "fr", "it", "nb", "nl", "pl", "sv"}
QUESTIONS = {"start", "why", "saved", "battery", "price", "outlook", "wrong"}


def test_the_languages_are_those_that_are_promised() -> None:
    assert set(LANGUAGES) >= WANTED


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_all_that_english_says_and_with_the_same_figures(language: str) -> None:
    assert faults(language) == []


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_assist_can_read_what_may_be_asked(language: str) -> None:
    asked = {key: text for key, text in texts(language).items() if key.startswith("common.ask_")}
    assert asked.keys() == {f"common.ask_{each}" for each in QUESTIONS}
    for line in "\n".join(asked.values()).splitlines():
        parse_sentence(line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_has_a_word_for_every_term(language: str) -> None:
    assert all(glossary(language).values())


@pytest.mark.parametrize(
    ("english", "text", "fault"),
    [
        ("{a} kW", "{b} kW", "arguments ['{a}'] have become ['{b}']"),
        ("`soc` here", "soc hier", "markup ['`'] have become []"),
        ("2.5 kW", "2,5 W", "lost the units ['kW']"),
        ("at 5 °C", "bei 6 °C", "numbers ['5'] have become ['6']"),
        ("of {a}", "d'{a}", "a straight quote before a brace hides the argument"),
        ("Name", " ", "empty"),
    ],
)
def test_a_translation_that_differs_is_told(english: str, text: str, fault: str) -> None:
    assert fault in list(compare(english, text))


def test_a_decimal_comma_is_no_difference() -> None:
    assert list(compare("At least 2.5 kW {a}.", "{a}: mindestens 2,5 kW.")) == []


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a place with two English texts, one of them twice, and one of the cards."""
    for name in ("TRANSLATIONS", "LOCALES", "SEEN"):
        (tmp_path / name).mkdir()
        monkeypatch.setattr(catalogue, name, tmp_path / name)
    write_english(tmp_path, "Battery")
    return tmp_path


def write_english(home: Path, second: str) -> None:
    english = {"b": {"y": "Plan", "x": second}, "a": {"z": "Plan"}}
    (home / "TRANSLATIONS" / "en.json").write_text(json.dumps(english))
    (home / "LOCALES" / "en.json").write_text(json.dumps({"card.name": "Card"}))


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr("sys.argv", ["translations", *arguments])
    main()


def merge(home: Path, monkeypatch: pytest.MonkeyPatch, **given: str) -> None:
    file = home / "given.json"
    file.write_text(json.dumps({key.replace("__", "."): text for key, text in given.items()}))
    run(monkeypatch, "merge", "de", str(file))


def test_a_text_is_asked_for_once_and_merged_to_all_its_places(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "missing", "de")
    asked = json.loads(capsys.readouterr().out)
    assert asked == {"b.y": "Plan", "b.x": "Battery", "frontend:card.name": "Card"}
    merge(home, monkeypatch, b__y="Planung", b__x="Batterie")
    assert faults("de") == ["frontend:card.name: not translated"]
    written = json.loads((home / "TRANSLATIONS" / "de.json").read_text())
    assert written == {"b": {"y": "Planung", "x": "Batterie"}, "a": {"z": "Planung"}}
    assert list(written["b"]) == ["y", "x"]
    assert not (home / "LOCALES" / "de.json").exists()


def test_a_place_may_have_words_of_its_own(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    merge(home, monkeypatch, b__y="Planung", a__z="Entwurf")
    merge(home, monkeypatch, b__y="Plan")
    assert texts("de") == {"b.y": "Plan", "a.z": "Entwurf"}


def test_a_changed_english_text_is_asked_for_again_and_checked(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    merge(home, monkeypatch, b__y="Plan", b__x="Batterie", **{"frontend:card__name": "Karte"})
    run(monkeypatch, "check")
    write_english(home, "Store")
    assert faults("de") == ["b.x: the English text has changed"]
    capsys.readouterr()
    run(monkeypatch, "missing", "de", "--every")
    assert json.loads(capsys.readouterr().out) == {"b.x": "Store"}
    with pytest.raises(SystemExit, match="1 faults"):
        run(monkeypatch, "check", "de")
    write_english(home, "Plan")
    run(monkeypatch, "merge", "de")
    assert texts("de")["b.x"] == "Plan"
    assert faults("de") == []


def test_what_english_has_no_more_goes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "TRANSLATIONS" / "de.json").write_text('{"old": "Alt"}')
    assert "old: English has no such text" in faults("de")
    merge(home, monkeypatch, b__x="Batterie", elsewhere="Nichts")
    assert texts("de") == {"b.x": "Batterie"}


def test_a_text_that_moves_takes_its_translation_along(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    merge(home, monkeypatch, b__x="Batterie", b__y="Plan")
    english = {"c": {"x": "Battery"}, "b": {"y": "Plan"}}
    (home / "TRANSLATIONS" / "en.json").write_text(json.dumps(english))
    capsys.readouterr()
    run(monkeypatch, "missing", "de")
    assert list(json.loads(capsys.readouterr().out)) == ["frontend:card.name"]
    run(monkeypatch, "merge", "de")
    assert texts("de") == {"c.x": "Batterie", "b.y": "Plan"}


def test_a_translation_written_by_hand_is_accepted(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "LOCALES" / "de.json").write_text('{"card.name": "Karte"}')
    assert "frontend:card.name: the English text has changed" in faults("de")
    run(monkeypatch, "accept", "de", "b.x", "frontend:card.name")
    assert [fault.split(":")[0] for fault in faults("de")] == ["b.y", "b.x", "a.z"]
    write_english(home, "Store")
    (home / "TRANSLATIONS" / "de.json").write_text('{"b": {"x": "Speicher"}}')
    run(monkeypatch, "accept", "de")
    assert [fault.split(":")[0] for fault in faults("de")] == ["b.y", "a.z"]


def test_words_beside_the_glossary_are_listed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    merge(home, monkeypatch, b__x="Akku", b__y="Plan")
    assert ("battery / batteries", "b.x", "Akku") in list(unusual("de"))
    merge(home, monkeypatch, b__x="Die Batterien")
    assert list(unusual("de")) == []
