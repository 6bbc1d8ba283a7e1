"""Libraries and programs that did not write the output, asked what it says."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pypdfium2 as pdfium
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from pipeline.model.geometry import Page, Rect


def tool(name: str) -> str:
    found = shutil.which(name)
    assert found, f"this test needs {name}: apt-get install poppler-utils qpdf"
    return found


@contextmanager
def on_disk(data: bytes) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "judged.pdf"
        path.write_bytes(data)
        yield path


def is_sound(data: bytes) -> bool:
    """``qpdf --check`` finds nothing, not even a warning."""
    with on_disk(data) as path:
        checked = subprocess.run([tool("qpdf"), "--check", path], capture_output=True, check=False)
    return checked.returncode == 0


def poppler_text(data: bytes, *options: str) -> str:
    with on_disk(data) as path:
        command = [tool("pdftotext"), "-enc", "UTF-8", *options, path, "-"]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def poppler_picture(data: bytes, page: int = 0, resolution: int = 72) -> Image.Image:
    """A page with its annotations, as poppler draws it."""
    with on_disk(data) as path:
        number = str(page + 1)
        command = [tool("pdftoppm"), "-r", str(resolution), "-f", number, "-l", number, path]
        drawn = subprocess.run(command, capture_output=True, check=True).stdout
    return Image.open(BytesIO(drawn)).convert("RGB")


def printed_by_poppler(data: bytes) -> bytes:
    """The document printed to a new PDF."""
    with on_disk(data) as path:
        printed = path.with_name("printed.pdf")
        subprocess.run([tool("pdftocairo"), "-pdf", path, printed], check=True)
        return printed.read_bytes()


def text_in(data: bytes, place: Rect, page: int = 0, slack: float = 1) -> str:
    """What PDFium reads inside ``place`` (user space, points)."""
    with opened(data) as document:
        box = place.grown(slack)
        text = document[page].get_textpage().get_text_bounded(box.x0, box.y0, box.x1, box.y1)
    return text.replace("\ufffe", "-").replace("\r\n", "\n")


def page_text(data: bytes, page: int = 0) -> str:
    with opened(data) as document:
        return document[page].get_textpage().get_text_range()


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    document = pdfium.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def picture(data: bytes, page: int = 0, scale: float = 2, forms: bool = False) -> Image.Image:
    with opened(data) as document:
        if forms:
            document.init_forms()
        return document[page].render(scale=scale, may_draw_forms=forms).to_pil().convert("RGB")


def ink(image: Image.Image, place: Rect, page: Page) -> float:
    """The share of dark pixels in ``place``, 0 to 1."""
    scale = image.width / page.shown_size[0]
    shown = page.shown(place)
    part = image.crop(
        (round(shown.x0 * scale), round(shown.y0 * scale),
         round(shown.x1 * scale), round(shown.y1 * scale))
    ).convert("L")  # fmt: skip
    return sum(part.histogram()[:100]) / (part.width * part.height)


def root(data: bytes) -> DictionaryObject:
    return PdfReader(BytesIO(data)).root_object


def annotations(data: bytes, page: int = 0) -> list[DictionaryObject]:
    found = PdfReader(BytesIO(data)).pages[page].get("/Annots", [])
    return [each.get_object() for each in found]


def kinds_of_annotations(data: bytes, page: int = 0) -> list[str]:
    return [str(each["/Subtype"]) for each in annotations(data, page)]


def has_form(data: bytes) -> bool:
    """Whether anything of a form or a script is left, by pypdf's reckoning."""
    reader = PdfReader(BytesIO(data))
    pages = range(len(reader.pages))
    return (
        any(key in reader.root_object for key in ("/AcroForm", "/Perms", "/AA", "/OpenAction"))
        or "/JavaScript" in reader.root_object.get("/Names", {})
        or any("/Widget" in kinds_of_annotations(data, number) for number in pages)
    )


def without_embedded_values(data: bytes) -> bytes:
    """The document less the data that it carries along: only its pages speak."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        del pdf.Root["/PieceInfo"]
        pdf.save(out)
    return out.getvalue()


def squeezed(text: str) -> str:
    """Without white space: how a text is set in lines is not at stake."""
    return "".join(text.split())
