"""What the columns of a grid operator's CSV are called, and what they hold."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from ..units import InputError

type Register = Literal[
    "import", "export", "from_community", "to_community", "from_grid", "to_grid", "offered"
]
type Kind = Literal["point", "stamp", "start", "end", "date", "time", "direction", "value", "unit"]
type Unit = Literal["Wh", "kWh", "MWh", "W", "kW", "MW"]

REGISTERS: Final[tuple[Register, ...]] = (
    *("import", "export", "from_community", "to_community"),
    *("from_grid", "to_grid", "offered"),
)
KINDS: Final[tuple[Kind, ...]] = (
    *("point", "stamp", "start", "end", "date", "time", "direction", "value", "unit"),
)

_UNITS: Final[Mapping[str, Unit]] = {
    "wh": "Wh",
    "kwh": "kWh",
    "mwh": "MWh",
    "w": "W",
    "kw": "kW",
    "mw": "MW",
}

# The first pattern that is found counts, so that what is special comes before what is general.
# The names are those of the Austrian EDA's reports (G.01 to G.03, P.01), and the field's words
# in English, German, Italian, Spanish, Portuguese, French and Dutch.
_REGISTERS: Final[tuple[tuple[str, Register | None], ...]] = (
    (r"gesamtverbrauch", "import"),
    # A participation factor lets a community share a part of a meter only (G.01T).
    (r"erzeugung.*teilnahmefaktor", "offered"),
    (r"teilnahmefaktor", None),
    (r"eigendeckung|g\.03\b", "from_community"),
    # What the community offered the home, however little of it was used (G.02).
    (r"anteil gemeinschaft|g\.02\b", None),
    (r"uberschuss|surplus|p\.01t?\b|excedente", "to_grid"),
    (r"gesamte gemeinschaftliche erzeugung", "export"),
    (r"rest ?(netz)?bezug|from[ _]?grid|dalla rete|de la red\b", "from_grid"),
    (r"rest ?einspeisung|to[ _]?grid|alla rete|a la red\b", "to_grid"),
    (r"\b(from|aus|dalla|desde|de)\b.*(communi|gemeinschaft|comuni)", "from_community"),
    (r"(bezug|import|consum|prelev|verbrauch).*(communi|gemeinschaft|comuni)", "from_community"),
    (r"energia (condivisa|compartida|partilhada)", "from_community"),
    (r"shared (import|consumption)", "from_community"),
    (r"\b(to|an|in die|alla|a la|para)\b.*(communi|gemeinschaft|comuni)", "to_community"),
    (
        r"(einspeis|liefer|export|immess|immission|vert).*(communi|gemeinschaft|comuni)",
        "to_community",
    ),
    (r"shared (export|generation)", "to_community"),
    (r"einspeis|liefer|export|erzeug|generation|production|produ[cz]|teruglever|opwek", "export"),
    (r"immess|immission|vertid|injec|injet|feed.?in|\b2\.[89]\.[0-2]\b", "export"),
    (r"bezug|verbrauch|entnahme|import|consum|prelev|prelievo|afname|verbruik", "import"),
    (r"soutir|withdraw|\b1\.[89]\.[0-2]\b", "import"),
)
_KINDS: Final[tuple[tuple[str, Kind], ...]] = (
    (r"zahlpunkt|zaehlpunkt|metering ?point|\bpoint\b|zahlernummer|\bpod\b|\bcups\b", "point"),
    (r"\b(malo|melo|cpe|ean|mpan)\b|marktlokation|messlokation", "point"),
    (r"^(period )?(start|von|ab|begin|beginn|from|inizio|da|desde|inicio|van)\b", "start"),
    (r"^(period )?(end|ende|bis|to|until|fine|fino|a|hasta|fin|fim|tot)\b", "end"),
    (r"zeitstempel|timestamp|date ?time|datum.*(zeit|uhrzeit)|data.*ora\b|zeitpunkt", "stamp"),
    (r"^(datum|date|tag|giorno|data|fecha|dia|day)\b", "date"),
    (r"^(uhrzeit|zeit|time|ora|hora|stunde|hour|uur|heure)\b", "time"),
    (r"richtung|direction|direzione|sentido|flow|energieart|tipo|^typ\b|^art\b|obis", "direction"),
    (r"^(einheit|unit|unita|unidad|unite)\b", "unit"),
    (
        r"^(wert|messwert|value|valore|valor|menge|energie|energy|energia|quantity|kwh|wh)\b",
        "value",
    ),
)


def plain(text: str) -> str:
    """Return a text without capitals, accents and what is not said aloud."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each for each in bare if not unicodedata.combining(each))
    return re.sub(r"[\s_\-/,;:]+", " ", kept).strip()


def unit_of(text: str) -> Unit | None:
    """Return the unit that a header or a cell names, None where it names none."""
    words = re.findall(r"[a-z]+", text.casefold())
    return next((_UNITS[word] for word in reversed(words) if word in _UNITS), None)


def register_of(text: str) -> Register | None:
    """Return what is counted under a name; None where that is of no use here."""
    said = plain(re.sub(r"[\[(][^\])]*wh?[\])]", "", text, flags=re.IGNORECASE))
    return next((kind for pattern, kind in _REGISTERS if re.search(pattern, said)), None)


def kind_of(text: str) -> Kind | None:
    """Return what else a column holds; None where that is not known."""
    said = plain(text)
    return next((kind for pattern, kind in _KINDS if re.search(pattern, said)), None)


def columns_of(
    header: Sequence[str], given: Mapping[str, str]
) -> tuple[dict[Kind, int], dict[int, Register]]:
    """Return where the kinds are, and which register each of the other columns holds.

    What is given is taken as it is; the rest is read from the names. The first column of a
    kind counts.

    Args:
        header: names of the columns.
        given: name of a column by kind or register.

    Raises:
        InputError: a given column is not there, or nothing that a column could hold.
    """
    kinds, registers = _given(header, given)
    taken = {*kinds.values(), *registers}
    for at, name in enumerate(header):
        if at in taken or not name:
            continue
        kind, register = kind_of(name), register_of(name)
        # "From the community" is no beginning, and "Energy import" no nameless value.
        if kind is not None and (kind == "point" or register is None):
            kinds.setdefault(kind, at)
        elif register is not None and register not in registers.values():
            registers[at] = register
    return kinds, registers


def _given(
    header: Sequence[str], given: Mapping[str, str]
) -> tuple[dict[Kind, int], dict[int, Register]]:
    names = [plain(name) for name in header]
    at: dict[str, int] = {}
    for what, name in given.items():
        if plain(name) not in names or what not in (*KINDS, *REGISTERS):
            raise InputError("settlement_column_missing", column=name)
        at[what] = names.index(plain(name))
    return (
        {kind: at[kind] for kind in KINDS if kind in at},
        {at[register]: register for register in REGISTERS if register in at},
    )
