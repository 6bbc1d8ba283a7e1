"""A finished document as PDF/A-2b, for an archive: ISO 19005-2, conformance level B.

What flattening leaves is nearly there; an output intent for the device colours and the
identification in the metadata are added. What would have to be changed in the template's own pages
is not: then the document says no such thing of itself, and the error tells why.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import ImageCms

from pipeline.errors import NotArchivable
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.objects import array, dictionary, get_dictionary, integer, names, rect, text
from pipeline.pdf.saving import saved
from pipeline.pdf.states import FlatPdf
from pipeline.pdf.widget_reader import HIDDEN, NO_VIEW, PRINT

_FORBIDDEN_ACTIONS = {
    "/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide",
    "/SubmitForm", "/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView",
}  # fmt: skip
"""6.5.1: an action may lead somewhere and do nothing else."""
_FONT_FILES = {"/FontFile", "/FontFile2", "/FontFile3"}
_SIMPLE_FONT = {"/FirstChar", "/LastChar", "/Widths"}
_SYMBOLIC = 1 << 2
"""Of a font descriptor's flags. ISO 32000-2, table 121."""
_PROPERTIES = {
    "title": "dc:title",
    "description": "dc:description",
    "creator": "dc:creator",
    "language": "dc:language",
    "identifier": "dc:identifier",
    "create_date": "xmp:CreateDate",
    "modify_date": "xmp:ModifyDate",
    "producer": "pdf:Producer",
}
_UA_SCHEMA = """
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>Part of ISO 14289 that the file is made by</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
   <pdfuaid:part>{part}</pdfuaid:part>"""
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>B</pdfaid:conformance>{properties}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def archival(flat: FlatPdf) -> FlatPdf:
    """The same pages as PDF/A-2b. Raises ``NotArchivable`` with every reason at once."""
    with open_pdf(flat) as pdf:
        reasons = tuple(dict.fromkeys(_hindrances(pdf)))
        if reasons:
            raise NotArchivable(reasons=reasons)
        _add_output_intent(pdf)
        _identify(pdf)
        return FlatPdf(saved(pdf, version="1.7"))


def _hindrances(pdf: Pdf) -> Iterator[str]:
    """What in a flattened document level B forbids and a reader of its objects can see."""
    if "/OCProperties" in pdf.Root:
        yield "optional_content"
    if "/EmbeddedFiles" in (get_dictionary(pdf.Root, "/Names") or {}):
        yield "attachments"
    for held in _dictionaries(pdf):
        if held.get("/Type") == "/Font" or "/BaseFont" in held:
            yield from _of_font(held)
        if held.get("/Type") == "/Annot" or ("/Rect" in held and "/Subtype" in held):
            yield from _of_annotation(held)
        if "/S" in held and _name(held.get("/S")) in _FORBIDDEN_ACTIONS:
            yield "actions"
        if isinstance(held, pikepdf.Stream):
            if "/F" in held:
                yield "external_data"
            if held.get("/Subtype") == "/PS":
                yield "postscript"
        if "/TR" in held or held.get("/TR2", "/Default") != "/Default":
            yield "transfer_functions"


def _dictionaries(pdf: Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary and stream, those inside of others too."""
    for each in pdf.objects:
        waiting = [each]
        while waiting:
            held = waiting.pop()
            if isinstance(held, pikepdf.Array):
                inside = list(held)
            elif isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
                yield held
                inside = [held[f"/{name}"] for name in names(held)]
            else:
                continue
            waiting += [
                one
                for one in inside
                if isinstance(one, pikepdf.Array | pikepdf.Dictionary) and not one.is_indirect
            ]


def _of_font(font: pikepdf.Object) -> Iterator[str]:
    """6.2.11: a font's program is in the file (a Type 0 font's in its descendant), and its
    dictionary is complete; a symbolic TrueType font has no encoding."""
    subtype = font.get("/Subtype")
    if subtype in ("/Type0", "/Type3"):
        return
    descriptor = get_dictionary(font, "/FontDescriptor")
    if descriptor is None or _FONT_FILES.isdisjoint(descriptor.keys()):
        yield "fonts"
        return
    of_cid = subtype in ("/CIDFontType0", "/CIDFontType2")
    if not of_cid and not _SIMPLE_FONT.issubset(font.keys()):
        yield "fonts"
    symbolic = integer(descriptor.get("/Flags")) & _SYMBOLIC
    if subtype == "/TrueType" and symbolic and "/Encoding" in font:
        yield "fonts"


def _of_annotation(annotation: pikepdf.Object) -> Iterator[str]:
    """6.3.2 and 6.3.3: visible, printed, and with a drawing of its own."""
    if annotation.get("/Subtype") == "/Popup":
        return
    flags = integer(annotation.get("/F"))
    seen = flags & PRINT and not flags & (HIDDEN | NO_VIEW)
    box = rect(annotation.get("/Rect"))
    empty = box is not None and box.width == 0 and box.height == 0
    drawn = annotation.get("/Subtype") == "/Link" or "/AP" in annotation or empty
    if not (seen and drawn):
        yield "annotations"


def _name(held: object) -> str:
    return str(held) if isinstance(held, pikepdf.Name) else ""


def _add_output_intent(pdf: Pdf) -> None:
    """Device colours are sRGB unless the document says otherwise. ISO 32000-2, 14.11.5."""
    for intent in array(pdf.Root.get("/OutputIntents")):
        entry = dictionary(intent)
        if entry is not None and entry.get("/S") == "/GTS_PDFA1":
            return
    profile = pdf.make_indirect(Stream(pdf, srgb_profile(), N=3))
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
                RegistryName=String("http://www.color.org"),
                Info=String("sRGB IEC61966-2.1"),
                DestOutputProfile=profile,
            )
        ]
    )


@cache
def srgb_profile() -> bytes:
    """An ICC profile of sRGB, the same bytes each time: the moment of its making is fixed."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes.fromhex("07e8 0001 0001 0000 0000 0000")
    return bytes(profile)


def _identify(pdf: Pdf) -> None:
    """New metadata: of the old ones what the standard's own schemas know. 6.6.2 and 6.6.4."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as old:
        known = {key: old.get(name) for key, name in _PROPERTIES.items()}
        part = old.get("pdfuaid:part")
    information = dictionary(pdf.trailer.get("/Info"))
    if not known["title"] and information is not None:
        known["title"] = text(information.get("/Title"))
    properties = "".join(_property(key, value) for key, value in known.items() if value)
    if part:
        properties += _UA_SCHEMA.format(part=escape(str(part)))
    metadata = Stream(pdf, _PACKET.format(properties=properties).encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(metadata)
    if "/Info" in pdf.trailer:
        # It may contradict nothing that the metadata say, and those say it all.
        del pdf.trailer["/Info"]


def _property(key: str, value: object) -> str:
    """One property, in the container that its schema asks for: XMP specification part 1, 8.3."""
    name = _PROPERTIES[key]
    values = [str(each) for each in value] if isinstance(value, list | set) else [str(value)]
    items = "".join(f"<rdf:li>{escape(each)}</rdf:li>" for each in values)
    match key:
        case "title" | "description":
            plain = escape("; ".join(values))
            inner = f'<rdf:Alt><rdf:li xml:lang="x-default">{plain}</rdf:li></rdf:Alt>'
        case "creator":
            inner = f"<rdf:Seq>{items}</rdf:Seq>"
        case "language":
            inner = f"<rdf:Bag>{items}</rdf:Bag>"
        case _:
            inner = escape("; ".join(values))
    return f"\n   <{name}>{inner}</{name}>"
