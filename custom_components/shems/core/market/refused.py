"""Why a message of a peer is refused."""

from enum import StrEnum


class Refusal(StrEnum):
    """What is wrong with a message; the value is counted and shown in diagnostics."""

    TOO_LARGE = "too_large"
    MALFORMED = "malformed"
    SCHEMA = "schema"
    OUT_OF_BOUNDS = "out_of_bounds"
    UNKNOWN_MEMBER = "unknown_member"
    WRONG_ROLE = "wrong_role"
    BAD_SIGNATURE = "bad_signature"
    NOT_SEALED_FOR_US = "not_sealed_for_us"
    WRONG_COMMUNITY = "wrong_community"
    WRONG_TOPIC = "wrong_topic"
    OLD_EPOCH = "old_epoch"
    NEW_EPOCH = "new_epoch"
    REPLAYED = "replayed"
    LATE = "late"
    EARLY = "early"
    SKEWED = "skewed"
    RATE = "rate"
    EXPIRED = "expired"
    NO_CONSENT = "no_consent"


class RefusedError(Exception):
    """A message that is not taken; the only error that a parser of messages raises.

    Args:
        code: what is wrong.
        detail: where; for logs, never for users.
    """

    def __init__(self, code: Refusal, detail: str = "") -> None:
        """Keep the code; the text is for logs."""
        self.code = code
        self.detail = detail
        super().__init__(f"{code}: {detail}" if detail else str(code))
