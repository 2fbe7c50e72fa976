"""What messages say: strict, bounded, and the same after a journey."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market import bodies
from custom_components.shems.core.market.bodies import BODIES as KINDS
from custom_components.shems.core.market.envelope import read, signed
from custom_components.shems.core.market.refused import Refusal, RefusedError
from custom_components.shems.core.market.strict import base64_text, canonical, members, parse
from custom_components.shems.core.market.topics import LARGEST_BYTES, Typ

from .parties import BODIES, ROSTER, message, sender


def refusal(code: Refusal) -> pytest.RaisesExc[RefusedError]:
    return pytest.raises(RefusedError, check=lambda error: error.code is code)


def told(typ: Typ) -> dict[str, Any]:
    value = BODIES[typ].to_json()
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize("typ", BODIES)
def test_a_body_comes_back_from_its_bytes(typ: Typ) -> None:
    data = canonical(told(typ))
    assert KINDS[typ].from_json(parse(data, LARGEST_BYTES[typ])) == BODIES[typ]


@pytest.mark.parametrize("typ", BODIES)
def test_a_key_missing_or_unknown_is_refused(typ: Typ) -> None:
    value = told(typ)
    required = set(value) - {"need_wh", "surplus_wh"}
    for key in required:
        with refusal(Refusal.SCHEMA):
            KINDS[typ].from_json({each: value[each] for each in value if each != key})
    with refusal(Refusal.SCHEMA):
        KINDS[typ].from_json(value | {"more": 1})
    with refusal(Refusal.SCHEMA):
        KINDS[typ].from_json([])


@pytest.mark.parametrize(
    ("typ", "key"), [(typ, key) for typ in BODIES for key in told(typ)], ids=str
)
def test_no_field_takes_another_kind_of_value(typ: Typ, key: str) -> None:
    own = told(typ)[key]
    others: list[Any] = [True, 7, "x", [], {}, [True], [[1]], ["x"], None]
    for other in others:
        if type(other) is type(own) and not (isinstance(own, str) or other == [True]):
            continue
        if (typ, key, other) in _FITS:
            continue
        with pytest.raises(RefusedError):
            KINDS[typ].from_json(told(typ) | {key: other})


_FITS: list[tuple[Typ, str, Any]] = [
    (Typ.JOIN, "label", "x"),
    (Typ.STATUS, "version", "x"),
    (Typ.RESULT, "price", None),
    (Typ.PUBLIC_RESULT, "price", 7),
]


@pytest.mark.parametrize(
    ("typ", "change"),
    [
        (Typ.PLAN, {"net_wh": [0] * 193}),
        (Typ.PLAN, {"net_wh": [10**7 + 1]}),
        (Typ.PLAN, {"step_s": 0}),
        (Typ.ORDER, {"steps": [[1, 1]] * 21}),
        (Typ.ORDER, {"steps": [[0, 1]]}),
        (Typ.ORDER, {"steps": [[1, 10**11]]}),
        (Typ.METER, {"import_wh": -1}),
        (Typ.METER, {"rev": -1}),
        (Typ.INPUTS, {"orders": [[]] * 20_481}),
        (Typ.RESULT, {"path": [""] * 21}),
        (Typ.RESULT, {"paid_nct": 2**62}),
        (Typ.OUTLOOK, {"need_wh": [-1]}),
        (Typ.LEASE, {"until": 2**40}),
    ],
)
def test_figures_out_of_bounds_are_refused(typ: Typ, change: dict[str, Any]) -> None:
    with refusal(Refusal.OUT_OF_BOUNDS):
        KINDS[typ].from_json(told(typ) | change)


@pytest.mark.parametrize(
    ("typ", "change"),
    [
        (Typ.JOIN, {"label": "a\u202eb"}),
        (Typ.JOIN, {"label": "x" * 41}),
        (Typ.JOIN, {"purposes": ["sharing", "sharing"]}),
        (Typ.JOIN, {"token": "AAAA"}),
        (Typ.JOIN, {"public": base64_text(bytes(64))}),
        (Typ.STATUS, {"version": "<b>"}),
        (Typ.CONSENT, {"purposes": ["all"]}),
        (Typ.ORDER, {"side": "buy"}),
        (Typ.ORDER, {"steps": [[1, 2, 3]]}),
        (Typ.INPUTS, {"orders": [[base64_text(bytes(8)), "buy", 1, 1]]}),
        (Typ.INPUTS, {"orders": [[1, 2]]}),
        (Typ.RESULT, {"state": "paid"}),
    ],
)
def test_words_that_mean_nothing_are_refused(typ: Typ, change: dict[str, Any]) -> None:
    with refusal(Refusal.SCHEMA):
        KINDS[typ].from_json(told(typ) | change)


def test_an_outlook_has_both_sums_of_one_length_or_none() -> None:
    few = bodies.Outlook(900, 4, 14_000_000, None, None)
    assert bodies.Outlook.from_json(few.to_json()) == few
    for change in ({"need_wh": [1]}, {"need_wh": []}):
        with refusal(Refusal.SCHEMA):
            bodies.Outlook.from_json(told(Typ.OUTLOOK) | change)
    alone = told(Typ.OUTLOOK)
    del alone["need_wh"]
    with refusal(Refusal.SCHEMA):
        bodies.Outlook.from_json(alone)


def test_no_more_than_the_connection_carries() -> None:
    plan, order = bodies.Plan(900, (5, -7)), bodies.Order(bodies.Side.BID, ((3, 1), (4, 1)))
    meter = bodies.Meter(0, 7)
    for body in (plan, order, meter):
        body.within(7)
        with refusal(Refusal.OUT_OF_BOUNDS):
            body.within(6)


@given(
    st.sampled_from(sorted(BODIES)),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=90),
        lambda inner: st.lists(inner, max_size=4),
    ),
    st.data(),
)
def test_whatever_a_field_holds_is_taken_back_the_same_or_refused(
    typ: Typ, value: Any, data: st.DataObject
) -> None:
    changed = told(typ) | {data.draw(st.sampled_from(sorted(told(typ)))): value}
    try:
        body = KINDS[typ].from_json(changed)
    except RefusedError:
        return
    assert body.to_json() == changed


def test_every_order_of_a_full_community_fits_into_one_message() -> None:
    largest = bodies.Input(b"\xff" * 8, bodies.Side.OFFER, bodies.MOST_WH, -(10**10))
    full = message(Typ.INPUTS, body=bodies.Inputs((largest,) * 1024 * bodies.MOST_STEPS).to_json())
    found = read(signed(full, sender(Typ.INPUTS)), Typ.INPUTS).verified(ROSTER)
    assert bodies.body_of(found).to_json() == full.body


def test_bytes_are_counted_before_they_are_parsed() -> None:
    assert parse(b"[1]", 3) == [1]
    with refusal(Refusal.TOO_LARGE):
        parse(b"[1]", 2)


def test_a_roster_is_no_body_of_a_member() -> None:
    with refusal(Refusal.WRONG_TOPIC):
        bodies.body_of(message(Typ.ROSTER))


def test_a_list_has_no_members() -> None:
    assert members({"a": 1}) == {"a": 1}
    with refusal(Refusal.SCHEMA):
        members([1])
