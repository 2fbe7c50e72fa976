"""What alerts say, in the language Home Assistant is set to."""

from datetime import date, timedelta
from typing import Final

from ..core.report.alerts.book import Alert
from ..core.report.alerts.kinds import Kind
from ..flows.words import Words

_EPOCH: Final = date(1970, 1, 1)


def title(words: Words, alert: Alert) -> str:
    """Return what an alert is called."""
    return words.option("alert_kind", alert.kind.value)


def message(words: Words, alert: Alert, currency: str) -> str:
    """Return what an alert says."""
    facts = dict(alert.facts)
    if "since_day" in facts:
        since = _EPOCH + timedelta(days=int(facts["since_day"]))
        facts["since"] = since.isoformat()
    kind = alert.kind
    variant = "_warm" if "celsius" in facts else ""
    if kind is Kind.GRID_OUTAGE and "hours" in facts:
        variant = "_lasts"
    return words.say(f"alert_{kind.value}{variant}", currency=currency, **facts)
