"""Grid operators' CSVs: whatever their manner, the same watt-hours, and errors with their lines."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market.dso import Format, Gap, Reading, Statement, read
from custom_components.shems.core.market.dso_text import decimal_mark, decoded
from custom_components.shems.core.market.dso_words import register_of
from custom_components.shems.core.units import InputError

VIENNA, ROME = "Europe/Vienna", "Europe/Rome"
QUARTER, HOUR = 900, 3600


def at(text: str, zone: str = VIENNA) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def day(date: str, zone: str = VIENNA) -> list[int]:
    """Return the quarter-hours of a local day: 92, 96 or 100."""
    begin = datetime.fromisoformat(date)
    return list(range(at(date, zone), at((begin + timedelta(days=1)).isoformat(), zone), QUARTER))


SHORT, LONG, PLAIN = "2026-03-29", "2026-10-25", "2026-10-07"


def local(slot: int, shape: str, zone: str = VIENNA) -> str:
    return datetime.fromtimestamp(slot, ZoneInfo(zone)).strftime(shape)


def wh(statement: Statement, point: str = "") -> list[int]:
    return [each.import_wh for (name, _), each in statement.readings.items() if name == point]


def failed(text: str, form: Format | None = None, interval: int = QUARTER) -> InputError:
    with pytest.raises(InputError) as caught:
        read(text, VIENNA, interval, form)
    assert caught.value.code.startswith("settlement_")
    return caught.value


@st.composite
def manners(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "mark": draw(st.sampled_from([",", "."])),
        "delimiter": draw(st.sampled_from([";", "\t", "|"])),
        "unit": draw(st.sampled_from(["Wh", "kWh", "MWh", "kW"])),
        "shape": draw(st.sampled_from(["%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y%m%d %H%M"])),
        "end": draw(st.booleans()),
        "falling": draw(st.booleans()),
        "title": draw(st.booleans()),
        "named": draw(st.booleans()),
    }


def figure(amount: int, manner: dict[str, Any]) -> str:
    """Write Wh in a unit, with as many digits as that takes."""
    whole = {"Wh": 1.0, "kWh": 1e-3, "MWh": 1e-6, "kW": 4e-3}[manner["unit"]]
    digits = 0 if manner["unit"] == "Wh" else 6
    return f"{amount * whole:.{digits}f}".replace(".", manner["mark"])


@given(
    date=st.sampled_from([SHORT, LONG, PLAIN]),
    manner=manners(),
    amounts=st.lists(st.integers(0, 30_000), min_size=200, max_size=200),
)
def test_the_same_watt_hours_in_any_manner(
    date: str, manner: dict[str, Any], amounts: list[int]
) -> None:
    slots = day(date)
    unit = f" [{manner['unit']}]"
    head = manner["delimiter"].join(
        ["Zählpunkt", "Bis" if manner["end"] else "Von", f"Bezug{unit}", f"Einspeisung{unit}"]
    )
    rows = [
        manner["delimiter"].join(
            [
                "AT001",
                local(slot + QUARTER * manner["end"], manner["shape"]),
                figure(amounts[2 * number % 200], manner),
                figure(amounts[(2 * number + 1) % 200], manner),
            ]
        )
        for number, slot in enumerate(slots)
    ]
    title = ["Netz Mitte GmbH", "Lastgang"] if manner["title"] else []
    body = rows[::-1] if manner["falling"] else rows
    form = Format(decimal=manner["mark"]) if manner["named"] else Format()
    statement = read("\r\n".join([*title, head, *body]), VIENNA, QUARTER, form)
    assert statement.slots == tuple(slots)
    assert len(statement.slots) == {SHORT: 92, LONG: 100, PLAIN: 96}[date]
    assert statement.points == ("AT001",)
    assert not statement.gaps
    assert statement.interval_s == QUARTER
    for number, slot in enumerate(slots):
        reading = statement.readings["AT001", slot]
        assert reading.import_wh == amounts[2 * number % 200]
        assert reading.export_wh == amounts[(2 * number + 1) % 200]
        assert reading.from_community is reading.to_community is None


METER_CODES = (
    "Gesamtverbrauch lt. Messung (bei Teilnahme gem. Erzeugung) [KWH]",
    "Anteil gemeinschaftliche Erzeugung [KWH]",
    "Eigendeckung gemeinschaftliche Erzeugung [KWH]",
    "Gesamte gemeinschaftliche Erzeugung [KWH]",
    "Gesamt/Überschusserzeugung, Gemeinschaftsüberschuss [KWH]",
    "Eigendeckung gemeinschaftliche Erzeugung [KWH]",
)


def eda(date: str, header: str = "Total") -> str:
    """Write an Austrian report: a consumer whose neighbours give a third, and a producer."""
    block = [
        f"MeteringpointID;ATC;ATC;ATC;ATP;ATP;{header}",
        "Name;Anna;Anna;Anna;Bert;Bert;",
        "Energy direction;CONSUMPTION;CONSUMPTION;CONSUMPTION;GENERATION;GENERATION;",
        f"Period start;{date};;;;;",
        f"Metercode;{';'.join(METER_CODES)}",
    ]
    rows = [
        f"{local(slot, '%d.%m.%Y %H:%M:%S')};0,300;0,150;0,100;0,{150 + number:03d}"
        f";0,{50 + number:03d};0,1"
        for number, slot in enumerate(day(date))
    ]
    return "\n".join([*block, *rows, "Summe;9;9;9;9;9;9"])


@pytest.mark.parametrize(("date", "count"), [(SHORT, 92), (LONG, 100), (PLAIN, 96)])
def test_an_austrian_report(date: str, count: int) -> None:
    """What was offered (G.02) is no share, and a producer's share is what is not surplus."""
    statement = read(eda(date), VIENNA, QUARTER)
    assert statement.slots == tuple(day(date))
    assert len(statement.slots) == count
    assert statement.points == ("ATC", "ATP")
    for number, slot in enumerate(statement.slots):
        consumer, producer = (statement.readings[point, slot] for point in ("ATC", "ATP"))
        assert (consumer.import_wh, consumer.from_community) == (300, 100)
        assert (producer.export_wh, producer.to_community) == (150 + number, 100)
        assert consumer.to_community is producer.from_community is None
    assert (statement.stamp, statement.assumed) == ("start", False)


def test_an_austrian_report_without_what_is_not_ours() -> None:
    report = eda(PLAIN, "").replace("Überschuss", "Ueberschuss").replace("GEMEIN", "X")
    assert read(report, VIENNA, QUARTER).points == ("ATC", "ATP")
    assert failed("\n".join(eda(PLAIN).splitlines()[:5])).code == "settlement_empty"


def test_a_part_of_a_meter_for_one_of_several_communities() -> None:
    """With a participation factor the surplus is of the part that the community may share."""
    text = (
        "Metering point;Start;Gesamte gemeinschaftliche Erzeugung [KWH]"
        ";Erzeugung lt. Messung entsprechend dem Teilnahmefaktor [KWH];Restüberschuss [KWH]\n"
        "ATP;07.10.2026 12:00;1,000;0,600;0,200\n"
    )
    (reading,) = read(text, VIENNA, QUARTER).readings.values()
    assert reading == Reading(2, 0, 1000, None, 400)


def test_a_german_load_profile_in_kilowatts_at_the_end_of_each_quarter() -> None:
    rows = [f"{local(slot + QUARTER, '%d.%m.%Y;%H:%M')};1,2" for slot in day(PLAIN)]
    text = "sep=;\nDatum;Uhrzeit;Bezug kW\n" + "\n".join(rows)
    statement = read(text, VIENNA, QUARTER)
    assert (statement.stamp, statement.assumed) == ("end", False)
    assert wh(statement) == [300] * 96
    assert statement.slots == tuple(day(PLAIN))
    later = "Datum;Uhrzeit;Bezug kW\n" + "\n".join(rows[20:40])
    assumed = read(later, VIENNA, QUARTER)
    assert (assumed.stamp, assumed.assumed) == ("start", True)
    right = read(later, VIENNA, QUARTER, Format(stamp="end"))
    assert (right.stamp, right.assumed) == ("end", False)
    assert right.slots[0] + QUARTER == assumed.slots[0]


def test_midnight_as_the_end_of_a_day() -> None:
    rows = [f"{local(slot, '%d.%m.%Y %H')}:45;0,1" for slot in day(PLAIN)[-4:-3]]
    text = "Zeitstempel;Bezug (kWh)\n" + "\n".join([*rows, "07.10.2026 24:00;0,2"])
    assert wh(read(text, VIENNA, QUARTER)) == [100, 200]


@pytest.mark.parametrize(("date", "count"), [(SHORT, 23), (LONG, 25), (PLAIN, 24)])
def test_a_spanish_day_of_numbered_hours(date: str, count: int) -> None:
    rows = [f"ES01;{date.replace('-', '/')};{number + 1};0,{number:03d}" for number in range(count)]
    text = "CUPS;Fecha;Hora;Consumo_kWh\n" + "\n".join(rows)
    statement = read(text, "Europe/Madrid", HOUR)
    assert wh(statement, "ES01") == list(range(count))
    assert statement.slots[0] == at(date, "Europe/Madrid")
    assert len(statement.slots) == count
    assert not statement.gaps
    ends = [f"ES01;{date.replace('-', '/')};{number + 1:02d}:00;0,5" for number in range(24)]
    if date == PLAIN:
        named = read("CUPS;Fecha;Hora;Consumo_kWh\n" + "\n".join(ends), "Europe/Madrid", HOUR)
        assert named.stamp == "end"
        assert named.slots == statement.slots


@pytest.mark.parametrize(("date", "count"), [(SHORT, 92), (LONG, 100), (PLAIN, 96)])
def test_an_italian_curve_of_days(date: str, count: int) -> None:
    """A column a quarter-hour; the day of 25 hours has its third hour twice, that of 23 blank."""
    labels = [local(slot, "%H:%M", ROME) for slot in day(date if date == LONG else PLAIN, ROME)]
    header = ";".join(["POD", "Giorno", "Tipo", "Unità", *(f"{each}-xx:xx" for each in labels)])
    header = header.replace("-xx:xx", "")
    kept = {local(slot, "%H:%M", ROME) for slot in day(date, ROME)}
    taken = ";".join(f"0,{i:03d}" if each in kept else "" for i, each in enumerate(labels))
    given = ";".join("1,5" if each in kept else "0" for each in labels)
    written = datetime.fromisoformat(date).strftime("%d/%m/%Y")
    text = "\n".join(
        [
            header,
            f"IT1;{written};Energia attiva prelevata;kWh;{taken}",
            f"IT1;{written};Energia attiva immessa;kWh;{given}",
            f"Totale;{';' * 90}",
            f";;;kWh;{taken}",
        ]
    )
    statement = read(text, ROME, QUARTER)
    assert len(statement.readings) == count
    assert statement.slots == tuple(day(date, ROME))
    assert {each.export_wh for each in statement.readings.values()} == {1500}
    assert wh(statement, "IT1")[:8] == list(range(8))
    hours = read(text, ROME, HOUR)
    assert hours.interval_s == QUARTER
    assert len(hours.slots) == count // 4
    assert wh(hours, "IT1")[0] == 0 + 1 + 2 + 3


def test_times_with_offsets_and_a_column_for_the_direction() -> None:
    text = (
        "metering_point,timestamp,direction,value,unit\n"
        "P1,2026-10-25T02:00:00+02:00,import,250,Wh\n"
        "P1,2026-10-25T02:00:00+0200,export,0,Wh\n"
        'P1,2026-10-25T02:00:00+01:00,import,"0.5",kWh\n'
        "P1,2026-10-25T01:00:00Z,export,1e-3,MWh\n"
    )
    statement = read(text, VIENNA, HOUR)
    first = int(datetime(2026, 10, 25, 0, tzinfo=UTC).timestamp())
    assert statement.readings == {
        ("P1", first): Reading(3, 250, 0),
        ("P1", first + HOUR): Reading(5, 500, 1000),
    }


def test_a_statement_of_shares_and_rests() -> None:
    text = (
        "Timestamp;Import from community;Import from grid;Export to community;Export to grid\n"
        "2026-10-07 00:00;100;200;5;0\n2026-10-07 00:15;0;0;0;12\n"
    )
    statement = read(text, VIENNA, QUARTER, Format(unit="Wh"))
    assert list(statement.readings.values()) == [
        Reading(2, 300, 5, 100, 5),
        Reading(3, 0, 12, 0, 0),
    ]


def test_names_that_say_nothing_are_given() -> None:
    text = "when;A;B\n2026-10-07 00:00;1;2\n2026-10-07 00:15;3;4\n"
    form = Format({"stamp": "When", "import": "b", "export": "A"}, unit="Wh")
    statement = read(text, VIENNA, QUARTER, form)
    assert [(x.import_wh, x.export_wh) for x in statement.readings.values()] == [(2, 1), (4, 3)]
    absent = Format({"stamp": "When", "import": "C"})
    assert failed(text, absent).arguments == {"column": "When, C"}
    wrong = Format({"stamp": "When", "price": "A"})
    assert failed(text, wrong).code == "settlement_column_missing"


def test_figures_that_name_nothing_need_a_name() -> None:
    text = "Timestamp;Value\n2026-10-07 00:00;0.1\n2026-10-07 00:15;0.2\n"
    assert failed(text).code == "settlement_no_energy"
    statement = read(text, VIENNA, QUARTER, Format(register="export"))
    assert [each.export_wh for each in statement.readings.values()] == [100, 200]
    hours = ";".join(f"{hour:02d}:00" for hour in range(24))
    curve = f"Date;{hours}\n2026-10-07;{';'.join(['0,5'] * 24)}\n"
    assert failed(curve, interval=HOUR).code == "settlement_no_energy"
    assert wh(read(curve, VIENNA, HOUR, Format(register="import"))) == [500] * 24


def test_gaps_are_named() -> None:
    """A quarter that is missing, one that is blank, and a point that begins late."""
    rows = [
        *("P1;07.10.2026 00:00;0,1", "P1;07.10.2026 00:15;", "P1;07.10.2026 00:30;0,3"),
        *("P1;07.10.2026 01:00;0,5", "P1;07.10.2026 01:15;0,6"),
        *("P2;07.10.2026 00:30;0,1", "P2;07.10.2026 00:45;0,1", "P2;07.10.2026 01:00;0,2"),
    ]
    statement = read("Zählpunkt;Zeitstempel;Bezug kWh\n" + "\n".join(rows), VIENNA, QUARTER)
    begin = at("2026-10-07")
    assert statement.gaps == (
        Gap("P1", begin + 900, begin + 1800),
        Gap("P1", begin + 2700, begin + 3600),
        Gap("P2", begin, begin + 1800),
        Gap("P2", begin + 4500, begin + 5400),
    )
    hourly = read(
        "Zählpunkt;Zeitstempel;Bezug kWh\n"
        + "\n".join(
            [*rows, "P2;07.10.2026 01:15;0,1", "P2;07.10.2026 01:30;0,1", "P2;07.10.2026 01:45;0,1"]
        ),
        VIENNA,
        HOUR,
    )
    assert hourly.readings == {("P2", begin + 3600): Reading(12, 500)}


def test_a_register_that_is_blank_leaves_a_gap() -> None:
    text = "Timestamp;Import kWh;Export kWh\n2026-10-07 00:00;1;2\n2026-10-07 00:15;1;\n"
    assert len(read(text + "2026-10-07 00:30;1;1\n", VIENNA, QUARTER).readings) == 2


def test_the_hour_that_is_skipped() -> None:
    """Zeros and blanks in it are nothing; what ends as clocks go forward ended then."""
    early = ["29.03.2026 01:15;0,1", "29.03.2026 01:30;0,1"]
    rows = [*early, "29.03.2026 01:45;0,1", "29.03.2026 02:00;0,2", "29.03.2026 02:15;0,000"]
    text = "Bis;Bezug kWh\n" + "\n".join([*rows, "29.03.2026 03:15;0,3"])
    statement = read(text, VIENNA, QUARTER)
    assert statement.slots == tuple(at("2026-03-29T01:00") + QUARTER * x for x in range(5))
    wrong = failed("Bis;Bezug kWh\n" + "\n".join([*rows, "29.03.2026 02:30;0,3"]))
    assert (wrong.code, wrong.arguments["line"]) == ("settlement_time", 7)


HEAD = "Zählpunkt;Zeitstempel;Bezug [kWh];Einspeisung [kWh]\n"
GOOD = "P1;07.10.2026 00:00;0,1;0,2\nP1;07.10.2026 00:15;0,1;0,2\n"


@pytest.mark.parametrize(
    ("text", "code", "arguments"),
    [
        ("", "empty", {}),
        ("\n \n", "empty", {}),
        ("sep=;\n\n", "empty", {}),
        ("no table at all", "no_table", {"line": 1}),
        ("a;b\n" + "x" * 2000 + ";1\n", "no_table", {"line": 2}),
        ('a;b\n"' + "x" * 200_000 + '";1\n', "no_table", {"line": 2}),
        ("Name;Ort\nAnna;Wien\n", "no_time", {}),
        ("Zeitstempel;Name\n07.10.2026 00:00;Anna\n", "no_energy", {}),
        (HEAD, "empty", {}),
        (HEAD + "P1;07.10.2026 00:00;;\n", "empty", {}),
        (HEAD + GOOD + "P1;07.10.2026;0,1;0,1;\n", "twice", {"line": 4}),
        (HEAD + GOOD + "P1;32.10.2026 00:30;0,1;0,1\n", "time", {"line": 4}),
        ("Datum;Stunde;Bezug kWh\nsoon;1;0,1\n", "time", {"line": 2, "value": "soon 1"}),
        (HEAD + GOOD + "P1;soon;0,1;0,1\n", "time", {"line": 4, "value": "soon"}),
        (HEAD + GOOD + "P1;07.10.2026 00:30;abc;0,1\n", "number", {"line": 4, "value": "abc"}),
        (HEAD + GOOD + f"P1;07.10.2026 00:30;{'9' * 40};0,1\n", "number", {"line": 4}),
        (HEAD + GOOD + "P1;07.10.2026 00:30;-0,1;0,1\n", "negative", {"line": 4}),
        (HEAD + GOOD + "P1;07.10.2026 00:30;1e20;0,1\n", "negative", {"line": 4}),
        (HEAD + GOOD + "P1;07.10.2026 00:37;0,1;0,1\n", "slot", {"line": 4}),
        (HEAD + GOOD + "P1;07.10.2026 00:15;0,9;0,2\n", "twice", {"line": 4}),
        (HEAD.replace("kWh", "Stück") + GOOD.replace("0,", ""), "unit", {}),
        (
            "Zeitstempel;Bezug;Eigendeckung\n07.10.2026 00:00;0,1;0,2\n",
            "contradiction",
            {"line": 2, "part": 200, "whole": 100},
        ),
        (
            "Zeitstempel;Richtung;Wert kWh\n07.10.2026 00:00;blind;0,2\n",
            "direction",
            {"line": 2, "value": "blind"},
        ),
        (
            "Zeitstempel;Bezug kWh\n07.10.2026 00:00;1,25\n07.10.2026 00:15;1.25\n",
            "decimal_mark",
            {},
        ),
        (
            "Zeitstempel;Bezug kWh\n07.10.2026 00:00;1,25\n07.10.2026 02:00;1,25\n",
            "interval",
            {"minutes": 120, "expected": 15},
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    text: str, code: str, arguments: dict[str, Any]
) -> None:
    told = failed(text)
    assert told.code == f"settlement_{code}"
    assert {name: told.arguments[name] for name in arguments} == arguments


def test_lines_of_sums_are_none_of_the_figures() -> None:
    assert len(read(HEAD + GOOD + "P1;Summe;0,2;0,4\n;;;\n", VIENNA, QUARTER).readings) == 2


def test_the_same_line_twice_is_no_harm() -> None:
    assert len(read(HEAD + GOOD + GOOD, VIENNA, QUARTER).readings) == 2


@pytest.mark.parametrize(
    ("numbers", "mark"),
    [
        (["0,125", "1,250"], ","),
        (["1.250", "0.1"], "."),
        (["1.250,5"], ","),
        (["1,250.5"], "."),
        (["1.250", "0,5"], ","),
        (["1,250", "12.5"], "."),
        (["1.250.000", "1,250"], ","),
        (["12", "7"], "."),
    ],
)
def test_what_stands_before_a_fraction(numbers: list[str], mark: str) -> None:
    if numbers == ["1.250.000", "1,250"]:
        with pytest.raises(InputError, match="decimal mark"):
            decimal_mark(numbers)
    else:
        assert decimal_mark(numbers) == mark


def test_thousands_are_read() -> None:
    rows = "2026-10-07 00:00;1.250,5\n2026-10-07 00:15;1'000,25\n2026-10-07 00:30;1 000\n"
    text = "Timestamp;Import Wh\n" + rows
    assert wh(read(text, VIENNA, QUARTER)) == [1250, 1000, 1000]


def test_a_single_line_has_the_communitys_interval() -> None:
    text = "Start;Import kWh\n2026-10-07T10:00Z;0.5\n"
    statement = read(text, VIENNA, HOUR)
    assert statement.interval_s == HOUR
    assert statement.slots == (int(datetime(2026, 10, 7, 10, tzinfo=UTC).timestamp()),)


def test_the_alphabets_of_files() -> None:
    text = "Zählpunkt;é"
    assert decoded(text.encode()) == decoded(text.encode("utf-8-sig")) == text
    assert decoded(text.encode("cp1252")) == decoded(text.encode("utf-16")) == text


def test_the_words_of_several_countries() -> None:
    told = {
        "Energia attiva prelevata": "import",
        "Energia immessa in rete": "export",
        "Energia condivisa": "from_community",
        "Consumo_kWh": "import",
        "Excedente (kWh)": "to_grid",
        "1-1:1.9.0": "import",
        "1-1:2.8.0": "export",
        "Restnetzbezug": "from_grid",
        "Resteinspeisung": "to_grid",
        "From community": "from_community",
        "Einspeisung an die Gemeinschaft": "to_community",
        "Shared generation": "to_community",
        "Teruglevering": "export",
        "Soutirage": "import",
        "Anteil gemeinschaftliche Erzeugung": None,
        "Verbrauch lt. Messung entsprechend dem Teilnahmefaktor": None,
        "Temperature": None,
    }
    assert {name: register_of(name) for name in told} == told
