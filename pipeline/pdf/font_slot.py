"""The objects of one Type 0 font that a skeleton keeps, filled anew for each document."""

from __future__ import annotations

import pikepdf

from pipeline.appearance.typeface import GlyphsByCode
from pipeline.pdf.embedding import embed, subset, width_entries
from pipeline.pdf.faces import Face


class FontSlot:
    """``font`` is the dictionary that resources refer to while a document uses the face."""

    def __init__(self, pdf: pikepdf.Pdf, face: Face) -> None:
        self.face = face
        self.font = embed(pdf, face, {})
        self._descendant = self.font["/DescendantFonts"][0]
        self._descriptor = self._descendant["/FontDescriptor"]
        key = "/FontFile2" if "/FontFile2" in self._descriptor else "/FontFile3"
        self._program = self._descriptor[key]

    def fill(self, glyphs: GlyphsByCode) -> None:
        """Exactly ``glyphs``, and nothing of any document before."""
        made = subset(self.face, glyphs)
        name = pikepdf.Name("/" + made.name)
        for holder, key in (
            (self.font, "/BaseFont"),
            (self._descendant, "/BaseFont"),
            (self._descriptor, "/FontName"),
        ):
            holder[key] = name
        self._program.write(made.program)
        for entry, value in made.program_entries.items():
            self._program["/" + entry] = value
        self._descendant["/W"] = pikepdf.Array(width_entries(made.widths))
        if made.glyph_map is not None:
            self._descendant["/CIDToGIDMap"].write(made.glyph_map)
        self.font["/ToUnicode"].write(made.to_unicode)

    def clear(self) -> None:
        """Nothing of any document."""
        self._program.write(b"")
        self._descendant["/W"] = pikepdf.Array()
        if "/CIDToGIDMap" in self._descendant:
            self._descendant["/CIDToGIDMap"].write(b"")
        self.font["/ToUnicode"].write(b"")
