"""Which typeface writes which text: the field's own font where it can, else the fallback faces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pikepdf

from pipeline.appearance.direction import has_right_to_left
from pipeline.appearance.typeface import GlyphsByCode, Typeface
from pipeline.pdf.embedding import embed
from pipeline.pdf.face_choice import FaceChoice
from pipeline.pdf.faces import packaged_faces
from pipeline.pdf.fallback_font import FallbackFont
from pipeline.pdf.font_files import further_faces
from pipeline.pdf.objects import dictionary, get_dictionary
from pipeline.pdf.simple_font import (
    STANDARD_NAMES,
    SimpleFont,
    read_simple_font,
    standard_font,
)


@dataclass(frozen=True)
class FontBook:
    """The simple fonts of a template's default resources by resource name, and the fallback."""

    simple: Mapping[str, SimpleFont]
    fallback: FallbackFont

    def typeface(self, resource: str, content: str) -> Typeface:
        """The default appearance's own font if it has every character of ``content``.

        Text from right to left is for the fallback, which sets it in its order; so is a soft
        hyphen, for which a simple font has a hyphen that is to be seen.
        """
        own = self.simple.get(resource) or _standing_in(resource)
        if own.covers(content) and not has_right_to_left(content) and "\u00ad" not in content:
            return own
        return self.fallback

    def glyphs(self) -> Mapping[str, GlyphsByCode]:
        """What the fallback has shown, by face and code."""
        return self.fallback.glyphs()

    def for_document(self) -> FontBook:
        """The same for one document, in which each glyph has its codes."""
        return FontBook(self.simple, self.fallback.for_document())

    def alias(self, resource: str) -> str:
        """The name by which content streams call the default appearance's own font."""
        return (self.simple.get(resource) or _standing_in(resource)).alias


@cache
def _standing_in(resource: str) -> SimpleFont:
    """For a name without a resource: Acrobat's short names mean the standard fonts."""
    base_font = STANDARD_NAMES.get(resource, "Helvetica")
    return standard_font(base_font)


def read_font_book(pdf: pikepdf.Pdf) -> FontBook:
    return FontBook(
        {
            resource: font
            for number, (resource, found) in enumerate(default_fonts(pdf).items())
            if (font := read_simple_font(f"FpD{number}", resource, found)) is not None
        },
        FallbackFont(FaceChoice(packaged_faces(), further_faces())),
    )


def default_fonts(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    """The font dictionaries of the form's default resources (DR). Table 224."""
    form = dictionary(pdf.Root.get("/AcroForm"))
    resources = get_dictionary(form, "/DR") if form is not None else None
    fonts = get_dictionary(resources, "/Font") if resources is not None else None
    if fonts is None:
        return {}
    return {key[1:]: font for key, font in fonts.items() if dictionary(font) is not None}


class DocumentFonts:
    """The font objects of one output document, by the names that content streams use.

    Each is made at most once, however many widgets use it.
    """

    def __init__(
        self, pdf: pikepdf.Pdf, book: FontBook, glyphs: Mapping[str, GlyphsByCode]
    ) -> None:
        self.pdf = pdf
        self.glyphs = glyphs
        self.faces = {face.key: face for face in book.fallback.faces}
        self.resources = {font.alias: font.resource for font in book.simple.values()}
        self.defaults = default_fonts(pdf)
        self.made: dict[str, pikepdf.Object] = {}

    def object(self, name: str) -> pikepdf.Object:
        found = self.made.get(name)
        if found is None:
            found = self.made[name] = self._make(name)
        return found

    def dictionary(self, names: Iterable[str]) -> pikepdf.Dictionary:
        """A /Font resource dictionary."""
        return pikepdf.Dictionary({"/" + name: self.object(name) for name in names})

    def _make(self, name: str) -> pikepdf.Object:
        if name in self.faces:
            return embed(self.pdf, self.faces[name], self.glyphs.get(name, {}))
        if name in self.resources:
            font = self.defaults[self.resources[name]]
            return font if font.is_indirect else self.pdf.make_indirect(font)
        return standard_font_object(self.pdf, name.removeprefix("FpS"))


def standard_font_object(pdf: pikepdf.Pdf, base_font: str) -> pikepdf.Object:
    """A dictionary for one of the standard 14 fonts, which every reader has. 9.6.2.2."""
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name("/" + base_font),
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
