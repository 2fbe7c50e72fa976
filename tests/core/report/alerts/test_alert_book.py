"""The book of alerts: told once, over by a margin, armed anew after a rest, never a flood."""

from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.report.alerts.book import (
    MOST,
    MOST_OF_KIND,
    Alert,
    Book,
    Signal,
    advance,
)
from custom_components.shems.core.report.alerts.kinds import HANDLING, Kind

AT = 1_700_000_000.0
ON = Signal(Kind.NEGATIVE_PRICE, True, facts={"price": -0.01})
OFF = Signal(Kind.NEGATIVE_PRICE, False)
BETWEEN = Signal(Kind.NEGATIVE_PRICE, False, False)
UNKNOWN = Signal(Kind.NEGATIVE_PRICE, None)


def played(*looks: tuple[Signal, float]) -> tuple[Book, list[Alert], list[Alert]]:
    book, raised, cleared = Book(), [], []
    for signal, at in looks:
        book, new, over = advance(book, [signal], AT + at)
        raised += new
        cleared += over
    return book, raised, cleared


def test_a_cause_is_raised_once_while_it_lasts() -> None:
    book, raised, cleared = played((ON, 0), (ON, 30), (BETWEEN, 60), (UNKNOWN, 90), (ON, 120))
    assert [each.key for each in raised] == ["negative_price"]
    assert cleared == []
    assert book.active[0].facts == {"price": -0.01}


def test_it_is_cleared_only_beyond_the_margin() -> None:
    book, _, cleared = played((ON, 0), (BETWEEN, 30), (OFF, 60), (OFF, 90))
    assert len(cleared) == 1
    assert book.active == ()


def test_it_must_last_before_it_is_raised() -> None:
    short = Signal(Kind.FUSE, True)
    book, raised, _ = played((short, 0), (Signal(Kind.FUSE, False), 30), (short, 60), (short, 90))
    assert raised == []
    _, raised, _ = advance(book, [Signal(Kind.FUSE, None)], AT + 200)
    assert raised == ()
    _, raised, _ = advance(book, [short], AT + 60 + HANDLING[Kind.FUSE].holds_s)
    assert len(raised) == 1


def test_what_comes_back_soon_is_the_same_and_what_comes_later_is_new() -> None:
    rests = HANDLING[Kind.NEGATIVE_PRICE].rests_s
    book, raised, cleared = played((ON, 0), (OFF, 60), (ON, 120), (OFF, 180))
    assert (len(raised), len(cleared)) == (1, 1)
    book, _, _ = advance(book, [OFF], AT + 181 + rests)
    assert book.alerts == {}
    _, raised_again, _ = advance(book, [ON], AT + 200 + rests)
    assert len(raised_again) == 1


def test_what_is_followed_no_longer_is_over() -> None:
    book, _, _ = played((Signal(Kind.LEFT_ON, True, subject="oven"), 0))
    book, _, cleared = advance(book, [], AT + 60)
    assert [each.subject for each in cleared] == ["oven"]
    assert book.active == ()


def test_a_flood_is_kept_but_told_to_nobody() -> None:
    many = [Signal(Kind.LEFT_ON, True, subject=str(number)) for number in range(8)]
    book, raised, _ = advance(Book(), many, AT)
    assert len(raised) == MOST_OF_KIND
    assert len(book.active) == 8
    assert len(book.due(AT, quiet=False)) == MOST_OF_KIND
    calm, _, cleared = advance(book, [], AT + 60)
    assert len(cleared) == MOST_OF_KIND
    # A day later there is room again.
    later, _, _ = advance(calm, [], AT + DAY_S)
    _, raised, _ = advance(later, many, AT + DAY_S + 60)
    assert len(raised) == MOST_OF_KIND


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(list(Kind)), st.integers(0, 4), st.booleans()),
        min_size=1,
        max_size=200,
    )
)
def test_no_day_has_more_than_the_most(looks: list[tuple[Kind, int, bool]]) -> None:
    book, told, at = Book(), [], AT
    state: dict[str, Signal] = {}
    for kind, subject, on in looks:
        at += 900.0
        signal = Signal(kind, on, subject=str(subject))
        state[signal.key] = signal
        book, raised, _ = advance(book, state.values(), at)
        told += [(each.kind, at) for each in raised]
        book = decode(Book, encode(book))  # A restart between any two looks changes nothing.
    for _, begin in told:
        lately = [kind for kind, each in told if begin <= each < begin + DAY_S]
        assert len(lately) <= MOST
        assert all(lately.count(kind) <= MOST_OF_KIND for kind in lately)


def test_who_has_seen_it_is_told_no_more_and_who_snoozes_is_told_later() -> None:
    book, _, _ = played((ON, 0))
    (due,) = book.due(AT, quiet=False)
    assert book.notified([due.key]).due(AT, quiet=False) == ()
    assert book.acknowledged([due.key, "nobody"]).due(AT, quiet=False) == ()
    snoozed = book.notified([due.key]).snoozed([due.key], AT + HOUR_S)
    assert snoozed.due(AT + 60, quiet=False) == ()
    assert len(snoozed.due(AT + HOUR_S, quiet=False)) == 1


def test_quiet_hours_hold_back_what_can_wait() -> None:
    both = [ON, Signal(Kind.FREEZER_OFF, True, subject="sensor.freezer")]
    book, _, _ = advance(Book(), both, AT)
    book, _, _ = advance(book, both, AT + HANDLING[Kind.FREEZER_OFF].holds_s)
    assert [each.kind for each in book.due(AT, quiet=True)] == [Kind.FREEZER_OFF]
    assert len(book.due(AT, quiet=False)) == 2
