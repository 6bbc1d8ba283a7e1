"""``python -m benchmarks.page``: the page of a form beside pdf.js, into docs/performance.md."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from benchmarks import subjects
from benchmarks.page.sites import formpress, pdf_js
from benchmarks.page.visiting import Visit, visit
from benchmarks.report import PAGE_PART
from benchmarks.subjects import Subject

Site = Callable[[Subject], AbstractContextManager[str]]

_PERFORMANCE = Path(__file__).parents[2] / "docs" / "performance.md"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_SITES: dict[str, Site] = {"Formpress": formpress, "pdf.js": pdf_js}
_HEAD = (
    "| form | shown by | KiB | requests | first input ms | first page ms | key ms | slow key ms |"
)
_METHOD = """\
`python -m benchmarks.page`: the page of a form as `formpress serve` gives it, beside the viewer
component of pdf.js (its form layer on; no toolbar or side bar) with the same PDF, in the same
Chromium at 1280 by 900, in turns. Every visit is with an empty cache; the servers are warm. Both
are timed inside the page, frame by frame. *First input*: a box that can be typed in is laid out.
*First page*: its picture has come, or pdf.js says that its canvas is drawn. *Key*:
from the key to the end of the frame that shows it, median of 40 keys; *slow key*: the 95th
percentile. Medians over the visits."""
_RULE = "|---|---|--:|--:|--:|--:|--:|--:|"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--dry-run", action="store_true", help="writes no file")
    options = parser.parse_args(arguments)
    lines = [_HEAD, _RULE]
    for subject in (subjects.profile(), subjects.many_fields(2_000)):
        for name, visits in _measured(subject, options.rounds).items():
            lines.append(_line(subject, name, visits))
            sys.stdout.write(lines[-1] + "\n")
            sys.stdout.flush()
    if not options.dry_run:
        _write("\n".join(lines))
    return 0


def _measured(subject: Subject, rounds: int) -> dict[str, list[Visit]]:
    """The sites take turns; a first visit, which fills a server's caches, is left out."""
    found: dict[str, list[Visit]] = {name: [] for name in _SITES}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=_ARGUMENTS
        )
        for turn in range(rounds + 1):
            for name, site in _SITES.items():
                with site(subject) as url:
                    visit(browser, url)
                    if turn:
                        found[name].append(visit(browser, url))
        browser.close()
    return found


def _line(subject: Subject, name: str, visits: list[Visit]) -> str:
    def middle(what: str) -> float:
        return float(median(getattr(each, what) for each in visits))

    return (
        f"| {subject.name} ({len(subject.form.template.fields):,} fields) | {name} "
        f"| {middle('bytes') / 1024:,.0f} | {middle('requests'):.0f} "
        f"| {middle('first_input'):,.0f} | {middle('first_page'):,.0f} "
        f"| {middle('delay'):.1f} | {middle('slowest'):.1f} |"
    )


def _write(table: str) -> None:
    """Replaces its own part; the rest of the file is ``python -m benchmarks``'s."""
    ours, _, _ = _PERFORMANCE.read_text("utf-8").partition(PAGE_PART)
    load = f"Load of the machine at the end: {os.getloadavg()[0]:.1f}."
    text = f"{ours.rstrip()}\n\n{PAGE_PART}\n\n{_METHOD}\n\n{table}\n\n{load}\n"
    _PERFORMANCE.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
