"""What the linter must know of a PDF beyond its template: facts, read by ``pipeline.pdf.survey``.

The template says what Formpress makes of a form; these say what the file itself has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pipeline.model.geometry import Rect

Rgb = tuple[float, float, float]
"""Red, green and blue, each 0 to 1."""


@dataclass(frozen=True, slots=True)
class BoxFacts:
    """A widget annotation as it is in the file; ``page`` (from 0) is ``None`` where none holds it.

    ``states`` are those that it has a drawing for, without Off. ``layer`` is the name of the
    hidden optional content that it belongs to, ``tagged`` says that a Form element refers to it.
    """

    page: int | None
    order: int
    rect: Rect | None
    hidden: bool = False
    no_view: bool = False
    states: tuple[str, ...] = ()
    layer: str | None = None
    tagged: bool = False


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """``types`` are the FT of each dictionary that bears the name; ``flags`` is Ff. ``default`` is
    a button's DV as it is written, ``signed`` that a signature field holds a signature."""

    name: str
    types: tuple[str, ...] = ()
    flags: int = 0
    named: bool = True
    default: str | None = None
    event_scripts: bool = False
    signed: bool = False
    boxes: tuple[BoxFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class FontFacts:
    """A font of the default resources; ``usable`` says that its own encoding can set text."""

    base_font: str
    embedded: bool
    standard: bool
    usable: bool


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """The catalogue's entries that matter to readers; pages count from 0.

    ``language`` and ``title`` are the PDF's own. ``tab_orders`` has an entry a page, empty where
    it has none. ``calculation_order`` are the names that /CO lists, ``without_type`` those of
    fields without a type that there is.
    """

    tagged: bool = False
    marked: bool = False
    language: str = ""
    title: str = ""
    displays_title: bool = False
    tab_orders: tuple[str, ...] = ()
    page_scripts: tuple[int, ...] = ()
    opening_script: bool = False
    usage_rights: bool = False
    certified: bool = False
    encrypted: bool = False
    hidden_layers: tuple[str, ...] = ()
    calculation_order: tuple[str, ...] = ()
    without_type: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a page's own text; ``place`` as a person sees the page, as ``Page.shown`` has
    it."""

    text: str
    place: Rect


@dataclass(frozen=True, slots=True)
class Survey:
    """``words`` by page, ``backgrounds`` (the page's own colour below a box) by page and order.

    ``readable`` is false where PDFium, which shows the pages, cannot open them.
    """

    document: DocumentFacts
    fields: Mapping[str, FieldFacts]
    fonts: Mapping[str, FontFacts] = field(default_factory=lambda: MappingProxyType({}))
    words: Mapping[int, tuple[Words, ...]] = field(default_factory=lambda: MappingProxyType({}))
    backgrounds: Mapping[tuple[int, int], Rgb] = field(default_factory=lambda: MappingProxyType({}))
    readable: bool = True
