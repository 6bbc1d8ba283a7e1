"""The official templates as pypdf and pdfplumber see them: fields, annotations, tags, colours."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

import pdf_templates

TEMPLATES = Path(pdf_templates.__file__).parent

Box = tuple[float, float, float, float]
Colour = tuple[float, ...]


@cache
def template(form: str) -> bytes:
    return (TEMPLATES / form / "template.pdf").read_bytes()


@cache
def reader(form: str) -> PdfReader:
    return PdfReader(io.BytesIO(template(form)))


@cache
def plumber(form: str) -> pdfplumber.PDF:
    return pdfplumber.open(io.BytesIO(template(form)))


def page_numbers(form: str) -> range:
    return range(len(reader(form).pages))


@cache
def terminal_fields(form: str) -> dict[str, DictionaryObject]:
    """By their full names, in the form's own order."""
    found: dict[str, DictionaryObject] = {}

    def walk(field: DictionaryObject, prefix: str) -> None:
        name = f"{prefix}{field['/T']}"
        if "/FT" in field:
            found[name] = field
            return
        for kid in field["/Kids"]:
            walk(kid.get_object(), f"{name}.")

    for root in reader(form).trailer["/Root"]["/AcroForm"]["/Fields"]:
        walk(root.get_object(), "")
    return found


def full_name(annotation: DictionaryObject) -> str:
    parts: list[str] = []
    node: DictionaryObject | None = annotation if annotation["/Subtype"] == "/Widget" else None
    while node is not None:
        if "/T" in node:
            parts.insert(0, str(node["/T"]))
        node = node["/Parent"].get_object() if "/Parent" in node else None
    return ".".join(parts)


def annotations(form: str, page: int) -> list[DictionaryObject]:
    return [entry.get_object() for entry in reader(form).pages[page]["/Annots"]]


def widgets(form: str, page: int) -> list[DictionaryObject]:
    return [each for each in annotations(form, page) if each["/Subtype"] == "/Widget"]


def own_widgets(form: str, page: int) -> list[DictionaryObject]:
    """Without those of the system fields."""
    return [each for each in widgets(form, page) if not full_name(each).startswith("sys.")]


def notes(form: str, page: int) -> list[DictionaryObject]:
    return [each for each in annotations(form, page) if each["/Subtype"] == "/FreeText"]


def box(annotation: DictionaryObject) -> Box:
    x0, y0, x1, y1 = (float(value) for value in annotation["/Rect"])
    return x0, y0, x1, y1


def structure_elements(form: str) -> Iterator[tuple[DictionaryObject, int]]:
    """Every structure element with its depth, in reading order."""

    def walk(element: DictionaryObject, depth: int) -> Iterator[tuple[DictionaryObject, int]]:
        yield element, depth
        for kid in element.get("/K", []):
            if "/S" in (child := kid.get_object()):
                yield from walk(child, depth + 1)

    yield from walk(reader(form).trailer["/Root"]["/StructTreeRoot"]["/K"], 0)


def parent_tree(form: str) -> dict[int, Any]:
    numbers = reader(form).trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    return {
        int(key): value.get_object() for key, value in zip(numbers[::2], numbers[1::2], strict=True)
    }


def luminance(colour: Colour) -> float:
    """Relative luminance as WCAG 2 defines it; DeviceRGB taken for sRGB."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour if len(colour) == 3 else 3 * colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ground(page: Any, char: dict[str, Any]) -> Colour:
    """The colour of the last area painted under the middle of a character; paper is white."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    under: Colour = (1.0, 1.0, 1.0)
    for rect in page.rects:
        covers = rect["x0"] <= x <= rect["x1"] and rect["top"] <= y <= rect["bottom"]
        if rect["fill"] and covers:
            under = tuple(rect["non_stroking_color"])
    return under
