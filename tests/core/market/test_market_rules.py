"""The rules of a community: what cannot be is refused, and the same rules are the same hash."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market.rules import CT, PROFILES, Rules
from custom_components.shems.core.units import InputError


def refused(country: str = "AT", **changes: Any) -> str:
    with pytest.raises(InputError) as caught:
        Rules.of(country, **changes)
    return caught.value.code


@pytest.mark.parametrize("country", [name for name in PROFILES if name != "NL"])
@pytest.mark.parametrize("mode", ["sharing", "p2p"])
def test_every_country_begins_with_rules_that_can_be(country: str, mode: Any) -> None:
    rules = Rules.of(country, mode=mode)
    low, high = rules.bounds
    assert low < rules.price < high, "each side gains"
    profile = PROFILES[country]
    assert rules.binding == (profile.binding and mode == "sharing")
    assert rules.advisory == (not rules.binding)
    assert Rules.from_json(rules.to_json()) == rules
    assert not profile.p2p_since or date.fromisoformat(profile.p2p_since)


def test_the_law_of_a_country() -> None:
    assert refused("NL") == "rules_country_off"
    assert refused("XX") == "rules_country_unknown"
    assert refused("UK", binding=True) == "rules_not_binding"
    assert refused("ES", key="dynamic") == "rules_key_unsupported"
    assert refused("IT", interval_s=900) == "rules_interval_unsupported"
    assert Rules.of("IT", interval_s=900, binding=False).advisory
    assert refused(mode="p2p", binding=True) == "rules_basis_missing"
    assert refused(mode="p2p", binding=True, legal_basis="  ") == "rules_basis_missing"
    assert Rules.of("AT", mode="p2p", binding=True, legal_basis="§ 68 ElWG").binding


def test_a_price_leaves_nobody_worse_off() -> None:
    rules = Rules.of("AT", feed_in=8 * CT, import_price=30 * CT, fee=6 * CT)
    assert rules.bounds == (8 * CT, 24 * CT)
    with pytest.raises(InputError) as caught:
        rules.changed(price=25 * CT)
    assert caught.value.code == "rules_price_outside"
    assert caught.value.arguments == {"low": 8, "high": 24}
    assert refused(price=7 * CT) == "rules_price_outside"
    assert refused(fee=30 * CT) == "rules_no_room"
    assert refused(fee=-1) == refused(deviation_cap=-1) == "rules_negative"
    assert rules.cap == 22 * CT
    assert rules.changed(deviation_cap=5 * CT).cap == 5 * CT
    assert rules.changed(price=8 * CT).price == 8 * CT
    assert rules.changed(feed_in=-5 * CT, price=-5 * CT).bounds[0] == -5 * CT


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price", 14.0),
        ("price", True),
        ("price", 10**12),
        ("interval_s", 1000),
        ("interval_s", 0),
        ("interval_s", -900),
        ("gate_s", 180),
        ("gate_s", 7200),
        ("result_s", -1),
        ("meter_s", -1),
        ("provisional_s", 120),
        ("provisional_s", 7200),
        ("deviation_cap", "5"),
        ("mode", "barter"),
        ("mode", 3),
        ("key", "barter"),
        ("legal_basis", "x" * 501),
        ("legal_basis", "a\x00b"),
        ("currency", "eur"),
        ("currency", "ÄÄÄ"),
        ("currency", "EURO"),
        ("binding", 1),
        ("small_outlook", None),
        ("country", None),
        ("country", "XX"),
    ],
)
def test_what_is_no_rule_is_refused(field: str, value: Any) -> None:
    told = Rules.of("other").to_json() | {field: value}
    with pytest.raises(InputError, match="rules"):
        Rules.from_json(told)


def test_a_message_has_every_field_and_no_other() -> None:
    told = Rules.of("AT").to_json()
    for wrong in (None, [], {}, told | {"more": 1}, {k: v for k, v in told.items() if k != "fee"}):
        with pytest.raises(InputError, match="rules malformed"):
            Rules.from_json(wrong)


def test_the_hash_tells_other_rules() -> None:
    rules = Rules.of("AT")
    shuffled = dict(reversed(list(rules.to_json().items())))
    assert Rules.from_json(shuffled).hash == rules.hash
    others = {
        rules.changed(price=13 * CT).hash,
        rules.changed(mode="p2p", binding=False).hash,
        rules.changed(legal_basis="EAG").hash,
        replace(rules, small_outlook=True).hash,
    }
    assert len(others | {rules.hash}) == 5


@given(st.integers(-(10**9), 4 * 10**9))
def test_a_slot_holds_its_time(at: int) -> None:
    rules = Rules.of("AT")
    slot = rules.slot(at + 0.5)
    assert slot <= at < slot + 900
    assert slot % 900 == 0
