"""One visit of a page in a fresh browser profile, timed inside the page."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, CDPSession, Page

_KEYS = 40
_WATCH = """
(() => {
  globalThis.firstInput = 0;
  const look = () => {
    for (const each of document.querySelectorAll(
      ":is(#formulier, .pdfViewer) :is(input, textarea, select)",
    )) {
      if (each.type === "hidden" || each.readOnly || each.disabled) continue;
      const box = each.getBoundingClientRect();
      if (box.width > 4 && box.height > 4 && box.top < innerHeight && box.bottom > 0) {
        globalThis.firstInput = performance.now();
        return;
      }
    }
    requestAnimationFrame(look);
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
_DRAWN = """
() => globalThis.firstPageDrawn || document.querySelector("img.picture")?.naturalWidth > 0
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
        page.wait_for_function("() => globalThis.firstInput > 0")
        page.wait_for_function(_DRAWN)
        drawn = page.evaluate("() => globalThis.firstPageDrawn || performance.now()")
        page.wait_for_load_state("networkidle")
        delays = sorted(_typed(page))
        return Visit(
            bytes=sum(sizes),
            requests=len(sizes),
            first_input=page.evaluate("() => globalThis.firstInput"),
            first_page=drawn,
            delay=median(delays),
            slowest=delays[int(len(delays) * 0.95)],
        )
    finally:
        context.close()


def _counted(session: CDPSession) -> list[int]:
    """The bytes of each answer, as they come in."""
    sizes: list[int] = []
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
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
