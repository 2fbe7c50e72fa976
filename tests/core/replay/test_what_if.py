"""Questions about a battery, answered."""

import pytest

from custom_components.shems.core.replay.whatif.inquiry import Inquiry
from custom_components.shems.core.replay.whatif.question import Community, MoreStorage, Question
from custom_components.shems.core.units import InputError
from tests.core.replay.asking import asked, subject_of

BATTERY = MoreStorage(5.0, 2.5)


def test_a_battery_saves_and_pays_back() -> None:
    answer = asked(Question((BATTERY,), price=2000.0, draws=8), subject_of())
    assert 0 < answer.saving.low < answer.saving.median < answer.saving.high
    assert answer.payback_years is not None
    assert answer.payback_years.median == pytest.approx(2000.0 / answer.saving.median)
    assert answer.before.cost.median > answer.after.cost.median
    assert answer.before.cycles is None
    assert answer.after.cycles is not None
    assert answer.after.cycles.low > 0
    codes = [each.code for each in answer.assumptions]
    assert codes[0] == "history"
    assert {"battery", "captured_usual", "hourly"} <= set(codes)


def test_progress_grows_and_ends_with_the_answer() -> None:
    inquiry = Inquiry(Question((BATTERY,), draws=8), subject_of(), ahead=None)
    seen = [0.0]
    for _ in range(20):
        assert inquiry.advance()
        seen.append(inquiry.progress)
    assert seen == sorted(seen)
    assert seen[-1] < 1
    assert inquiry.answer is None


def test_the_same_question_has_the_same_answer() -> None:
    question = Question((BATTERY,), draws=8)
    assert asked(question, subject_of()) == asked(question, subject_of())


def test_a_past_of_less_than_a_week_tells_nothing() -> None:
    with pytest.raises(InputError, match="what if history"):
        asked(Question((BATTERY,), draws=8), subject_of(5))


def test_who_asks_again_has_the_same_answer() -> None:
    inquiry = Inquiry(Question((Community(0.15),), draws=8), subject_of(tariff="flat"))
    while inquiry.advance():
        pass
    found = inquiry.answer
    assert found is not None
    assert not inquiry.advance()
    assert inquiry.answer is found


def test_an_answer_says_what_it_does_not_know() -> None:
    winter = subject_of(9, begin="2024-01-08", tariff="flat", site=None)
    codes = {
        each.code for each in asked(Question((Community(0.15),), draws=8), winter, 365).assumptions
    }
    assert {"seasons_unseen", "place_unknown"} <= codes


def test_a_question_asks_something_once() -> None:
    with pytest.raises(InputError, match="what if empty"):
        Question(())
    with pytest.raises(InputError, match="what if twice"):
        Question((BATTERY, BATTERY))
