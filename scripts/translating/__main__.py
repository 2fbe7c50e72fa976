"""Tell what a language lacks, merge translations into it, and check them."""

import argparse
import json
import sys
from pathlib import Path

from .catalogue import Texts, languages
from .checks import faults, glossary, unusual
from .work import accept, lacking, merge, to_translate

USE = """\
English is written first: custom_components/shems/translations/en.json, and for the cards
custom_components/shems/frontend/src/locales/en.json, whose keys begin with "frontend:" here.
The other files are made from translations in three steps:

  1. scripts/translations missing pl > pl-todo.json
     What is not translated or whose English text has changed, as {"key": "English text"}.
     Each text comes once, under the first of its keys.
  2. Replace the English texts by translations, in one file or several. The words of the
     field are in scripts/translating/glossary.csv (or: scripts/translations glossary pl).
     Address the user as Home Assistant does in the language. Keep {arguments}, `code`, links,
     numbers and units; no straight quote may stand before a brace.
  3. scripts/translations merge pl pl-done.json
     Every place of the same English text gets the translation. Where a place needs another
     one, name its own key as well (missing --every lists all keys). Without a file, merge
     fills in what is known already and removes what English has no more.

Who writes a translation into its file by hand says so: scripts/translations accept de KEY ...

Afterwards: scripts/translations check pl, then scripts/translations terms pl, which lists where
a word of the glossary is not used (to look at; there may be reasons). If words of the cards have
changed: npm --prefix custom_components/shems/frontend run build, and commit its dist/.
"""


def main() -> None:
    """Run the command that the arguments name."""
    arguments = _arguments().parse_args()
    match arguments.command:
        case "missing":
            found = (lacking if arguments.every else to_translate)(arguments.language)
            print(json.dumps(found, indent=2, ensure_ascii=False))
        case "merge":
            _merge(arguments.language, arguments.files)
        case "accept":
            for key in accept(arguments.language, arguments.keys):
                print(f"translations: {arguments.language}: {key} accepted")
        case "check":
            _check(arguments.languages or languages())
        case "glossary":
            for term, word in glossary(arguments.language).items():
                print(f"{term}: {word}")
        case "terms":
            for term, key, text in unusual(arguments.language):
                print(f"[{term}] {key}: {text}")


def _arguments() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/translations",
        description=__doc__,
        epilog=USE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    missing = commands.add_parser("missing", help="print the English texts to translate")
    missing.add_argument("language")
    missing.add_argument("--every", action="store_true", help="a text at each of its keys")
    merging = commands.add_parser("merge", help="put translations into a language")
    merging.add_argument("language")
    merging.add_argument("files", nargs="*", type=Path, metavar="FILE.json")
    accepting = commands.add_parser("accept", help="take what was written by hand as up to date")
    accepting.add_argument("language")
    accepting.add_argument("keys", nargs="*", metavar="KEY")
    check = commands.add_parser("check", help="fail where a language is incomplete or differs")
    check.add_argument("languages", nargs="*", metavar="language")
    for name, purpose in (
        ("glossary", "print the words of the field"),
        ("terms", "list texts that use other words than the glossary"),
    ):
        commands.add_parser(name, help=purpose).add_argument("language")
    return parser


def _merge(language: str, files: list[Path]) -> None:
    """Merge files of translations, and say what became of them."""
    given: Texts = {}
    for file in files:
        given |= {key: str(text) for key, text in json.loads(file.read_text("utf-8")).items()}
    done = merge(language, given)
    print(
        f"translations: {language}: {done.put} put in, {done.spread} spread,"
        f" {done.removed} removed, {len(lacking(language))} lacking"
    )
    for key in done.unknown:
        print(f"translations: English has no {key}")


def _check(chosen: list[str]) -> None:
    """Print what is wrong with languages, and fail where anything is."""
    found = {language: faults(language) for language in chosen}
    for language, lines in found.items():
        for line in lines:
            print(f"{language}: {line}")
    if any(found.values()):
        sys.exit(f"translations: {sum(map(len, found.values()))} faults")
    print(f"translations: {', '.join(chosen)} complete")


if __name__ == "__main__":
    main()
