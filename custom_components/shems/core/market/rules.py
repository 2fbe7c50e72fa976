"""What a community agreed on, and what the law of its country lets it agree on.

The law comes as data, one profile a country. It is a start, no legal advice: what is settled,
by whom and for how much, is between the community, its organiser and the grid operator.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final, Literal, Self

from ..units import InputError

type Mode = Literal["sharing", "p2p"]
type Key = Literal["dynamic", "static"]

CT: Final = 1_000_000
"""Prices are whole micro-cents per kWh: one cent per kWh."""

PRICE_LIMIT: Final = 1_000 * CT
"""Beyond the technical price limits of the European spot markets, +4 and -0.5 EUR/kWh."""

HOUR_S: Final = 3600
_TEXT_LIMIT: Final = 500
"""A reference to a law or a contract, not the contract: rules travel in every roster."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What holds in a country. Prices are where a form begins, in µct/kWh.

    Attributes:
        enabled: whether a community can be set up with it.
        interval_s: what meters settle by.
        keys: how the grid operator can be told to share; the first is the usual one.
        binding: whether the grid operator settles what is shared.
        p2p_basis: law that gives trade between peers its basis; empty where none was found.
        p2p_since: date of its coming into force, ISO 8601; empty where there is none.
        fee: grid charges and levies that a shared kWh still pays.
        price: agreed within the community.
        feed_in, import_price: what a kWh brings and costs outside it, the bounds of a price.
        currency: ISO 4217; "ct" is its hundredth.
    """

    country: str
    interval_s: int = 900
    keys: tuple[Key, ...] = ("dynamic", "static")
    binding: bool = True
    enabled: bool = True
    p2p_basis: str = ""
    p2p_since: str = ""
    fee: int = 6 * CT
    price: int = 14 * CT
    feed_in: int = 8 * CT
    import_price: int = 30 * CT
    currency: str = "EUR"

    @property
    def modes(self) -> tuple[Mode, ...]:
        """How a community can clear, the usual way first; p2p may always be looked at."""
        return ("sharing", "p2p")


PROFILES: Final[Mapping[str, Profile]] = {
    each.country: each
    for each in (
        # Quarter-hours, static or dynamic key, allocation capped by the own consumption:
        # energiegemeinschaften.gv.at/messung-und-aufteilung. Trade between peers by § 68 ElWG:
        # energiegemeinschaften.gv.at/peer-to-peer-vertraege. The network charge is 57 % (local)
        # or 28 % (regional) less, …/niedrigere-netzkosten-fuer-eegs: about 6 of some 10 ct.
        Profile("AT", p2p_basis="§ 68 ElWG", p2p_since="2026-10-01"),
        # § 42c EnWG, in one balancing area from June 2026; full network charges and levies,
        # about 18 ct: gesetze-im-internet.de/enwg_2005/__42c.html. It shares, it has no market.
        Profile("DE", fee=18 * CT, price=10 * CT, import_price=32 * CT),
        # Hourly the lesser of what is fed in and withdrawn under one primary substation. Energy
        # is billed as before and a premium of about 11 ct is paid on what is shared, until 5 GW
        # or the end of 2027 (rienergia.staffettaonline.com 35466): the fee is what the premium
        # leaves of the difference between the prices, 30 - 10 - 11 ct.
        Profile("IT", interval_s=HOUR_S, keys=("dynamic",), fee=9 * CT, feed_in=10 * CT),
        # Coefficients fixed beforehand by the hour, TED/1247/2021.
        Profile("ES", interval_s=HOUR_S, keys=("static",)),
        # Fixed coefficients by the quarter-hour, others only piloted: e-redes.pt/en/node/29261.
        Profile("PT", keys=("static",)),
        # Energiewet, Energiebesluit: no start of sharing was established.
        Profile("NL", enabled=False, binding=False),
        # P379 was withdrawn (elexon.co.uk/mod-proposal/p379), P441 is pending
        # (localenergy.scot 4.1): half-hours are settled by suppliers, nothing between homes.
        Profile("UK", interval_s=HOUR_S // 2, binding=False, currency="GBP"),
        Profile("other", binding=False),
    )
}
"""By country, ISO 3166-1 with the usual name of the United Kingdom, as of November 2026."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the members of a community agreed on; signed with the roster, checked when made.

    Attributes:
        country: one of `PROFILES`.
        mode: pro-rata or keyed sharing at the agreed price, or an auction.
        key: dynamic pro rata, or each member's `key_ppm`.
        interval_s: length of a slot, a divisor of the hour.
        price: agreed, µct/kWh; of the auction what is expected before it has cleared.
        fee: grid charges on a shared kWh, µct/kWh; goes to the grid operator.
        feed_in, import_price: bounds of the price, µct/kWh: feed_in ≤ price ≤ import_price - fee.
        binding: whether money follows; an auction that binds names its legal basis.
        legal_basis: law or contract it rests on.
        currency: ISO 4217.
        gate_s, result_s: before a slot begins, when orders close and its result is out.
        meter_s, provisional_s: after it ended, when meters and the provisional result are due.
        deviation_cap: most that a kWh not delivered costs who owes it, µct/kWh; None is
            import_price - feed_in, more than which no counterparty can lose.
        small_outlook: whether fewer than five members agreed that their sums are published.

    Raises:
        InputError: something cannot be: its code begins with "rules_".
    """

    country: str
    mode: Mode = "sharing"
    key: Key = "dynamic"
    interval_s: int = 900
    price: int = 14 * CT
    fee: int = 6 * CT
    feed_in: int = 8 * CT
    import_price: int = 30 * CT
    binding: bool = False
    legal_basis: str = ""
    currency: str = "EUR"
    gate_s: int = 300
    result_s: int = 180
    meter_s: int = 120
    provisional_s: int = 300
    deviation_cap: int | None = None
    small_outlook: bool = False

    def __post_init__(self) -> None:
        """Check every figure by itself, then what they say together."""
        for name in _INTEGERS:
            _whole(name, getattr(self, name))
        for name in _TEXTS:
            _text(name, getattr(self, name))
        for name in ("binding", "small_outlook"):
            if not isinstance(getattr(self, name), bool):
                raise InputError("rules_malformed", field=name)
        if self.deviation_cap is not None:
            _whole("deviation_cap", self.deviation_cap)
        if not (self.currency.isascii() and self.currency.isupper() and len(self.currency) == 3):
            raise InputError("rules_malformed", field="currency")
        self._check_country()
        self._check_prices()
        self._check_times()

    def _check_country(self) -> None:
        profile = PROFILES.get(self.country)
        if profile is None:
            raise InputError("rules_country_unknown", country=self.country)
        if not profile.enabled:
            raise InputError("rules_country_off", country=self.country)
        if self.mode not in profile.modes:
            raise InputError("rules_malformed", field="mode")
        if self.key not in profile.keys:
            raise InputError("rules_key_unsupported", country=self.country)
        if self.binding and not profile.binding:
            raise InputError("rules_not_binding", country=self.country)
        if self.binding and self.mode == "p2p" and not self.legal_basis.strip():
            raise InputError("rules_basis_missing")
        if profile.binding and self.interval_s != profile.interval_s and self.binding:
            raise InputError(
                "rules_interval_unsupported",
                country=self.country,
                minutes=profile.interval_s // 60,
            )

    def _check_prices(self) -> None:
        if self.fee < 0 or (self.deviation_cap or 0) < 0:
            raise InputError("rules_negative")
        low, high = self.bounds
        if high < low:
            raise InputError("rules_no_room")
        if not low <= self.price <= high:
            raise InputError("rules_price_outside", low=low / CT, high=high / CT)

    def _check_times(self) -> None:
        if self.interval_s <= 0 or HOUR_S % self.interval_s:
            raise InputError("rules_malformed", field="interval_s")
        if not 0 <= self.result_s < self.gate_s <= HOUR_S:
            raise InputError("rules_malformed", field="gate_s")
        if not 0 <= self.meter_s < self.provisional_s <= HOUR_S:
            raise InputError("rules_malformed", field="provisional_s")

    @property
    def bounds(self) -> tuple[int, int]:
        """Lowest and highest price that leaves nobody worse off, µct/kWh."""
        return self.feed_in, self.import_price - self.fee

    @property
    def cap(self) -> int:
        """Most that a kWh not delivered costs who owes it, µct/kWh."""
        if self.deviation_cap is not None:
            return self.deviation_cap
        return self.import_price - self.feed_in

    @property
    def advisory(self) -> bool:
        """Whether what is cleared is only shown and no money follows from it."""
        return not self.binding

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON, hexadecimal: the same for the same rules."""
        return hashlib.sha256(canonical(self.to_json())).hexdigest()

    def slot(self, at: float) -> int:
        """Return the start of the slot that holds a time, epoch seconds."""
        return int(at // self.interval_s) * self.interval_s

    def to_json(self) -> dict[str, Any]:
        """Return every field; whole numbers, texts and truth values alone."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Return the rules in a message; strict, as another hash would be other rules.

        Raises:
            InputError: a field is missing, unknown or impossible.
        """
        if not isinstance(data, dict):
            raise InputError("rules_malformed", field="rules")
        names = {each.name for each in fields(cls)}
        if different := sorted(map(str, names ^ set(data))):
            raise InputError("rules_malformed", field=different[0])
        return cls(**data)

    @classmethod
    def of(cls, country: str, **changes: Any) -> Self:
        """Return the usual rules of a country with some of them changed.

        They bind where the grid operator settles what is shared; an auction is advisory until
        it is said to bind.

        Raises:
            InputError: they cannot be.
        """
        profile = PROFILES.get(country)
        if profile is None:
            raise InputError("rules_country_unknown", country=country)
        usual: dict[str, Any] = {
            "key": profile.keys[0],
            "binding": profile.binding and changes.get("mode", "sharing") == "sharing",
            **{
                name: getattr(profile, name)
                for name in ("interval_s", "price", "fee", "feed_in", "import_price", "currency")
            },
        }
        return cls(country, **(usual | changes))

    def changed(self, **changes: Any) -> Self:
        """Return other rules.

        Raises:
            InputError: they cannot be.
        """
        return replace(self, **changes)


_INTEGERS: Final = (
    *("interval_s", "price", "fee", "feed_in", "import_price"),
    *("gate_s", "result_s", "meter_s", "provisional_s"),
)
_TEXTS: Final = ("country", "mode", "key", "legal_basis", "currency")


def canonical(data: object) -> bytes:
    """Return JSON that is the same bytes for the same data: sorted, without spaces, UTF-8."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _whole(name: str, value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > PRICE_LIMIT:
        raise InputError("rules_malformed", field=name)


def _text(name: str, value: object) -> None:
    if not isinstance(value, str) or len(value) > _TEXT_LIMIT or not value.isprintable():
        raise InputError("rules_malformed", field=name)
