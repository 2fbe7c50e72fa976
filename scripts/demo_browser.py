"""Open the demo in a headless Chromium, for the browser test and the pictures."""

import shutil
from typing import Final

from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, ViewportSize

NAMES: Final = ("chromium", "google-chrome", "chrome")
FLAGS: Final = (
    "--no-sandbox",  # A container's root has none.
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS: Final = 60_000.0
"""How long a slow machine may take to show something."""

FLOWS: Final = "shems-flow-card svg.flow"
PLAN: Final = "shems-plan-charts[drawn]"


def find() -> str | None:
    """Return where Chromium is, None where it is not installed."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def launch(chromium: BrowserType, path: str) -> Browser:
    """Start the browser."""
    return chromium.launch(executable_path=path, args=list(FLAGS))


def window(browser: Browser, width: int, height: int, **options: object) -> BrowserContext:
    """Return a window of its own, without anything another one knows."""
    context = browser.new_context(viewport=ViewportSize(width=width, height=height), **options)  # type: ignore[arg-type]  # Playwright lists some twenty by name.
    context.set_default_timeout(PATIENCE_MS)
    return context


def log_in(page: Page, url: str, user: str, password: str) -> None:
    """Log in through Home Assistant's form; the first page is the dashboard."""
    page.goto(url)
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.keyboard.press("Enter")


def wait_until_drawn(page: Page, what: str = FLOWS) -> None:
    """Wait until something is drawn and nothing moves any more."""
    page.wait_for_selector(what)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)


def open_view(page: Page, name: str) -> None:
    """Go to another view of the dashboard, by its tab."""
    page.get_by_role("tab", name=name, exact=True).click()


def open_plan(page: Page) -> None:
    """Go to the plan and wait until it is drawn."""
    open_view(page, "Plan")
    wait_until_drawn(page, PLAN)
