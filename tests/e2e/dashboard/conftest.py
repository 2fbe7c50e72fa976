"""Start the complete home once for all tests of its dashboard."""

import json
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from custom_components.shems.core.replay.codec import encode
from custom_components.shems.core.replay.whatif.question import Band
from custom_components.shems.core.report.tips.tip import Effort, Tip
from tests.e2e.running import RunningDemo, Visitor

STANDBY = Tip(
    "standby",
    "",
    Band(40.0, 60.0, 80.0),
    0.97,
    Effort.HABIT,
    {"rise": 50, "now": 250, "before": 200},
    1_760_000_000.0,
)
HOUR = Tip(
    "appliance_hour",
    "",
    Band(10.0, 20.0, 30.0),
    0.9,
    Effort.HABIT,
    {"name": "Dryer", "usual": "18:00", "better": "13:00", "runs": 3, "energy": 1.5},
)


@pytest.fixture(scope="package")
def complete(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDemo]:
    """Run the demo with the complete home, in a new folder, with two tips that were found."""
    running = RunningDemo(tmp_path_factory.mktemp("complete") / "config", "complete")
    running.prepare()
    _found(running, STANDBY, HOUR)
    try:
        running.start()
        yield running
    finally:
        running.stop()


def _found(demo: RunningDemo, *tips: Tip) -> None:
    """Let a search have found tips: a home of one day has nothing to search in."""
    storage = demo.config / ".storage"
    entries = json.loads((storage / "core.config_entries").read_text())["data"]["entries"]
    (entry,) = [each["entry_id"] for each in entries if each["domain"] == "shems"]
    now = time.time()
    told = {"state": "open", "at": None, "until": None, "current": True}
    kept = [{"tip": encode(each), "found": now, **told} for each in tips]
    key = f"shems.{entry}.tips"
    store = {"version": 1, "minor_version": 1, "key": key}
    (storage / key).write_text(json.dumps({**store, "data": {"searched": now, "tips": kept}}))


@pytest.fixture(scope="package")
def person(browser: Browser, complete: RunningDemo) -> Iterator[Visitor]:
    """Log in to it."""
    visitor = Visitor(browser, complete, 1400, 1600, locale="en-GB")
    visitor.log_in()
    visitor.wait_for("sensor.complete_home_plan_status", "optimal", 120)
    yield visitor
    visitor.close()
