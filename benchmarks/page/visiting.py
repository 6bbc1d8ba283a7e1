"""One visit of a page in a fresh browser profile, timed inside the page."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

_KEYS = 40
_WATCH = """
(() => {
  globalThis.firstInput = globalThis.firstPageDrawn = 0;
  const isInput = (each) => {
    if (each.type === "hidden" || each.readOnly || each.disabled) return false;
    const box = each.getBoundingClientRect();
    return box.width > 4 && box.height > 4 && box.top < innerHeight && box.bottom > 0;
  };
  const look = () => {
    if (!firstInput) {
      const inputs = document.querySelectorAll(
        ":is(#formulier, .pdfViewer) :is(input, textarea, select)",
      );
      if ([...inputs].some(isInput)) globalThis.firstInput = performance.now();
    }
    const picture = document.querySelector("img.picture");
    if (!firstPageDrawn && picture?.complete && picture.naturalWidth > 0) {
      globalThis.firstPageDrawn = performance.now();
    }
    if (!firstInput || !firstPageDrawn) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  globalThis.delays = [];
  addEventListener("keydown", (event) => {
    const began = event.timeStamp;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => globalThis.delays.push(performance.now() - began);
      channel.port2.postMessage(0);
    });
  }, true);
})();
"""
_TEXT = ":is(#formulier, .pdfViewer) :is(textarea, input[type=text]):not([readonly])"


@dataclass(frozen=True, slots=True)
class Visit:
    """Bytes as they travelled; times in milliseconds since the navigation began.

    ``delay`` and ``slowest`` are from a key to the end of the frame that shows it: the median of
    40 keys, and the 95th percentile.
    """

    bytes: int
    requests: int
    first_input: float
    first_page: float
    delay: float
    slowest: float


def visit(browser: Browser, url: str) -> Visit:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        page = context.new_page()
        page.add_init_script(_WATCH)
        session = context.new_cdp_session(page)
        sizes = _counted(session)
        page.goto(url, wait_until="commit")
        page.wait_for_function("() => globalThis.firstInput > 0 && globalThis.firstPageDrawn > 0")
        page.wait_for_load_state("networkidle")
        delays = sorted(_typed(page))
        return Visit(
            bytes=sum(sizes),
            requests=len(sizes),
            first_input=page.evaluate("() => globalThis.firstInput"),
            first_page=page.evaluate("() => globalThis.firstPageDrawn"),
            delay=median(delays),
            slowest=delays[int(len(delays) * 0.95)],
        )
    finally:
        context.close()


def _counted(session: CDPSession) -> list[int]:
    """The bytes of each answer, as they come in; what a stylesheet holds itself is no request."""
    sizes: list[int] = []
    inlined: set[str] = set()

    def sent(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("data:"):
            inlined.add(event["requestId"])

    def finished(event: dict[str, Any]) -> None:
        if event["requestId"] not in inlined:
            sizes.append(event["encodedDataLength"])

    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.requestWillBeSent", sent)
    session.on("Network.loadingFinished", finished)
    return sizes


def _typed(page: Page) -> list[float]:
    control = page.locator(_TEXT).first
    control.click()
    for number in range(_KEYS):
        page.keyboard.press("abcdefghij"[number % 10])
        if number % 10 == 9:
            page.keyboard.press("Control+A")
    page.wait_for_timeout(200)
    delays: list[float] = page.evaluate("() => globalThis.delays")
    return delays
