"""Takes the pictures in docs/pictures again: the filled form in the browser, and the result."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from pipeline.flow import documents
from pipeline.model.limits import Limits
from tests.conftest import CHROMIUM_FLAGS
from tests.e2e.conftest import ROOT, start_serving, stop_serving
from tests.e2e.school import enter_all, field, realistic

PICTURES = ROOT / "docs" / "pictures"
PAGE = 7


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        served = start_serving(Path(folder) / "data")
        try:
            _picture_of_the_form(served.url)
        finally:
            stop_serving(served)
        _picture_of_the_result(Path(folder))


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


def _shrink(path: Path) -> None:
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(96, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
