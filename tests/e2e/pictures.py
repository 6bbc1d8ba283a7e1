"""Takes the pictures in docs/pictures again: the filled form in the browser, the result, and the
official forms and the one-page with the realistic profile, all pages on one sheet."""

from __future__ import annotations

import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from pipeline.flow import documents
from pipeline.flow.documents import Receipt
from pipeline.flow.one_page import one_page
from pipeline.model.limits import Limits
from tests.conftest import CHROMIUM_FLAGS
from tests.e2e.conftest import ROOT, start_serving, stop_serving
from tests.e2e.school import enter_all, field, realistic
from tests.profiles import FORMS, profile_values

PICTURES = ROOT / "docs" / "pictures"
PAGE = 7
GAP = 8
RECEIPT = Receipt("PROEF-2024-000123", datetime(2026, 11, 24, 13, 3, tzinfo=UTC))


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        served = start_serving(Path(folder) / "data")
        try:
            _picture_of_the_form(served.url)
        finally:
            stop_serving(served)
        _picture_of_the_result(Path(folder))
        for name in FORMS:
            _sheet_of_all_pages(name, Path(folder))


def _picture_of_the_form(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=CHROMIUM_FLAGS
        )
        page = browser.new_page(viewport={"width": 1100, "height": 1000})
        page.goto(f"{url}/formulier/bao-2024")
        enter_all(page, realistic())
        target = field(page, "ap4.fte.onderwijsassistent").locator(".control")
        target.focus()
        page.locator(f"#p{PAGE}").evaluate("sheet => sheet.scrollIntoView()")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURES / "form.png")
        browser.close()
    _shrink(PICTURES / "form.png")


def _picture_of_the_result(folder: Path) -> None:
    form = documents.open_form(ROOT / "pdf_templates" / "bao-2024", Limits())
    definitive = folder / "definitive.pdf"
    definitive.write_bytes(documents.finish(form, documents.validate(form, realistic())))
    subprocess.run(
        ["pdftoppm", "-r", "80", "-f", str(PAGE), "-l", str(PAGE), "-png", "-singlefile",
         str(definitive), str(PICTURES / "result")],
        check=True,
    )  # fmt: skip
    _shrink(PICTURES / "result.png")


def _sheet_of_all_pages(name: str, folder: Path) -> None:
    form = documents.open_form(ROOT / "pdf_templates" / name, Limits())
    submission = documents.validate(form, profile_values(name, "realistic"))
    final = documents.finish(form, submission, receipt=RECEIPT)
    _contact_sheet(final, folder / name, PICTURES / f"{name}.png", columns=5, resolution=50)
    if form.one_page is not None:
        sheet = one_page(form, submission, RECEIPT)
        target = PICTURES / f"{name}-one-page.png"
        _contact_sheet(sheet, folder / f"{name}-1", target, columns=1, resolution=90)


def _contact_sheet(
    pdf: bytes, folder: Path, target: Path, *, columns: int, resolution: int
) -> None:
    """``resolution`` in dots an inch; a little grey between the pages."""
    folder.mkdir()
    (folder / "all.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(resolution), "-png", "all.pdf", "page"]
    subprocess.run(command, check=True, cwd=folder)
    pages = [Image.open(path) for path in sorted(folder.glob("page-*.png"))]
    width, height = (side + GAP for side in pages[0].size)
    rows = -(-len(pages) // columns)
    sheet = Image.new("RGB", (columns * width + GAP, rows * height + GAP), "#d5d9e3")
    for number, page in enumerate(pages):
        row, column = divmod(number, columns)
        sheet.paste(page, (GAP + column * width, GAP + row * height))
    sheet.save(target)
    _shrink(target)


def _shrink(path: Path) -> None:
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(96, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
