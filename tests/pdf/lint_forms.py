"""Forms with one fault each, beside a sound form: what the linter must tell apart.

``SoundSheet`` draws a form that the linter has nothing to say of but its standard font.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.pdf.small_forms import MULTILINE, WIDE, Corners, Sheet, actions, script

NUMBER = 'AFNumber_Format(2, 3, 0, 0, "", true);'
DATE = 'AFDate_FormatEx("dd-mm-yyyy");'

Fault = Callable[["SoundSheet"], Any]


class SoundSheet(Sheet):
    """``name`` with a label, a maximum and room for it; tagged, with a title and a language."""

    def __init__(self, pages: int = 1) -> None:
        super().__init__(pages, (300, 400))
        self.print_text("Naam", 20, 372)
        self.name = self.text("name", (20, 345, 280, 365), TU=String("Naam"), MaxLen=20)
        self.pdf.Root.Lang = String("nl")
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)
        self.pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        self.pdf.docinfo["/Title"] = "Proef"
        for page in self.pdf.pages:
            page.obj.Tabs = Name.S
        self.tagged = True

    def labelled(self, name: str, corners: Corners, **entries: Any) -> pikepdf.Object:
        """A further text field without a fault, but for ``entries``."""
        sound = {"TU": String(f"Vraag {name}"), "MaxLen": 10}
        return self.text(name, corners, **(sound | entries))

    def tag_all(self) -> None:
        """A Form element for each widget on a page. ISO 32000-2, 14.7.5.3."""
        pdf = self.pdf
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        whole = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
        elements, numbers = Array(), Array()
        for page in pdf.pages:
            for key, widget in enumerate(page.obj.get("/Annots", [])):
                if widget.get("/Subtype") != "/Widget":
                    continue
                key = len(elements)
                reference = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page.obj)
                element = pdf.make_indirect(
                    Dictionary(Type=Name.StructElem, S=Name.Form, P=whole, K=reference)
                )
                widget.StructParent = key
                elements.append(element)
                numbers.extend(Array([key, element]))
        whole.K = elements
        root.K = whole
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
        pdf.Root.StructTreeRoot = root

    def bytes(self, **save: Any) -> bytes:
        if self.tagged:
            self.tag_all()
            self.tagged = False
        return super().bytes(**save)


def sound() -> bytes:
    return SoundSheet().bytes()


def with_fault(*faults: Fault) -> bytes:
    sheet = SoundSheet()
    for fault in faults:
        fault(sheet)
    return sheet.bytes()


def _on_name(**entries: Any) -> Fault:
    def fault(sheet: SoundSheet) -> None:
        for key, value in entries.items():
            if value is None:
                del sheet.name["/" + key]
            else:
                sheet.name["/" + key] = value

    return fault


def _text(name: str = "x", corners: Corners = (20, 300, 280, 320), **entries: Any) -> Fault:
    return lambda sheet: sheet.labelled(name, corners, **entries)


def _choice(*options: tuple[str, str], **entries: Any) -> Fault:
    return lambda sheet: sheet.choice(
        "c", options, (20, 300, 280, 320), TU=String("Keuze"), **entries
    )


def _radio(*states: str, **entries: Any) -> Fault:
    return lambda sheet: sheet.radio(
        "r", states, (20, 300, 36, 316), TU=String("Een van"), **entries
    )


def _box(**entries: Any) -> Fault:
    return lambda sheet: sheet.checkbox("b", (20, 300, 36, 316), TU=String("Vakje"), **entries)


def _root(**entries: Any) -> Fault:
    def fault(sheet: SoundSheet) -> None:
        for key, value in entries.items():
            if value is None:
                del sheet.pdf.Root["/" + key]
            else:
                sheet.pdf.Root["/" + key] = value

    return fault


def _calculated(name: str, *operands: str, **entries: Any) -> Fault:
    listed = ", ".join(f'"{each}"' for each in operands)
    sums = actions(C=f'AFSimple_Calculate("SUM", new Array ({listed}));')
    place = (20, 200 - 30 * (ord(name) - ord("s")), 280, 220 - 30 * (ord(name) - ord("s")))

    def fault(sheet: SoundSheet) -> None:
        field = sheet.labelled(name, place, AA=sums, **({"Ff": 1} | entries))
        sheet.form.CO = Array([*sheet.form.get("/CO", []), field])

    return fault


def _not_in_order(sheet: SoundSheet) -> None:
    del sheet.form["/CO"]


def _backwards(sheet: SoundSheet) -> None:
    sheet.form.CO = Array(list(reversed(list(sheet.form.CO))))


def _lost(sheet: SoundSheet) -> None:
    """A root field whose widget lies on no page."""
    sheet.enter(sheet.widget(WIDE, FT=Name.Tx, T=String("x"), TU=String("X"), MaxLen=3))


def _second(*corners: Corners) -> Fault:
    """A second widget of one field, elsewhere."""

    def fault(sheet: SoundSheet) -> None:
        field = sheet.pdf.make_indirect(
            Dictionary(FT=Name.Tx, T=String("x"), TU=String("X"), MaxLen=3, Kids=Array())
        )
        for place in corners:
            field.Kids.append(sheet.annotate(sheet.widget(place, Parent=field)))
        sheet.enter(field)

    return fault


def _printed(colour: bytes) -> Fault:
    def fault(sheet: SoundSheet) -> None:
        sheet.pdf.pages[0].contents_add(b"q " + colour + b" rg 20 345 260 20 re f Q")

    return fault


def _layer(sheet: SoundSheet) -> None:
    group = sheet.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Concept")))
    sheet.pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
    sheet.name.OC = group


def _font(sheet: SoundSheet) -> None:
    """A TrueType font that the file does not carry."""
    sheet.form.DR.Font.Eigen = sheet.pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/Eigen-Regular"),
            Encoding=Name.WinAnsiEncoding, FirstChar=32, Widths=Array([500] * 224), LastChar=255,
            FontDescriptor=Dictionary(Type=Name.FontDescriptor, FontName=Name("/Eigen-Regular")),
        )
    )  # fmt: skip
    sheet.labelled("x", (20, 300, 280, 320), DA=String("/Eigen 0 Tf 0 g"))


def _symbols(sheet: SoundSheet) -> None:
    sheet.form.DR.Font.ZaDb = sheet.pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats)
    )
    sheet.labelled("x", (20, 300, 280, 320), DA=String("/ZaDb 0 Tf 0 g"))


def _turned(sheet: SoundSheet) -> None:
    sheet.page().Rotate = 90
    sheet.name.F = 4 | 1 << 4


def _push_button(sheet: SoundSheet) -> None:
    sheet.text("p", (20, 300, 80, 320), FT=Name.Btn, Ff=1 << 16)


def _signed(sheet: SoundSheet) -> None:
    sheet.text("s", (20, 300, 80, 320), FT=Name.Sig, V=Dictionary(Type=Name.Sig))


def _xfa(words: bytes) -> Fault:
    def fault(sheet: SoundSheet) -> None:
        data = b"<xfa:datasets><xfa:data><naam>" + words + b"</naam></xfa:data></xfa:datasets>"
        sheet.form.XFA = Array([String("datasets"), sheet.pdf.make_stream(data)])

    return fault


def _document_script(sheet: SoundSheet) -> None:
    names = Array([String("eerst"), script("app.alert(1);")])
    sheet.pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=names))


def _page_script(sheet: SoundSheet) -> None:
    sheet.page().AA = Dictionary(O=script("app.alert(1);"))


def _jump(sheet: SoundSheet) -> None:
    """Below, then above it again."""
    sheet.labelled("x", (20, 200, 280, 220))
    sheet.labelled("y", (20, 300, 280, 320))


def _no_type(sheet: SoundSheet) -> None:
    sheet.annotate(sheet.enter(sheet.widget((20, 300, 280, 320), T=String("x"))))


def _no_name(sheet: SoundSheet) -> None:
    widget = sheet.widget((20, 300, 280, 320), FT=Name.Tx, TU=String("X"), MaxLen=3)
    sheet.annotate(sheet.enter(widget))


def _two_types(sheet: SoundSheet) -> None:
    sheet.checkbox("name", (20, 300, 280, 320))


def _nested(sheet: SoundSheet) -> None:
    sheet.labelled("name.first", (20, 300, 280, 320))


def _two_states(sheet: SoundSheet) -> None:
    field = sheet.checkbox("b", (20, 300, 36, 316), TU=String("Vakje"))
    field.AP.N.Zwart = sheet.stream(b"q 0 g 0 0 16 16 re f Q")


def _stateless(sheet: SoundSheet) -> None:
    field = sheet.checkbox("b", (20, 300, 36, 316), TU=String("Vakje"))
    del field["/AP"], field["/AS"]


def _same(*names: str, page: int = 0) -> Fault:
    """Fields with one label."""

    def fault(sheet: SoundSheet) -> None:
        for at, name in enumerate(names):
            place = (20, 300 - 30 * at, 280, 320 - 30 * at)
            sheet.labelled(name, place, TU=String("Datum"), page=page if at else 0)

    return fault


def _untagged(sheet: SoundSheet) -> None:
    sheet.tag_all()
    sheet.tagged = False
    sheet.labelled("x", (20, 300, 280, 320))


def _without_tags(sheet: SoundSheet) -> None:
    sheet.tagged = False


def _without_tab_order(sheet: SoundSheet) -> None:
    del sheet.page()["/Tabs"]


def _without_title(sheet: SoundSheet) -> None:
    del sheet.pdf.docinfo["/Title"]


def titled(title: str) -> Fault:
    def fault(sheet: SoundSheet) -> None:
        sheet.pdf.docinfo["/Title"] = title

    return fault


def _without_default(sheet: SoundSheet) -> None:
    del sheet.form["/DA"]


LOW = (20, 300, 280, 303)
OFF_PAGE = (20, 500, 280, 520)
_SUM = 'AFSimple_Calculate("SUM", new Array ("name"));'
RANGE = "AFRange_Validate(true, 0, true, 10);"

FAULTS: dict[str, tuple[Fault, ...]] = {
    "xfa": (_xfa(b""),),
    "xfa_differs": (_xfa(b"Iemand anders"),),
    "certified": (_root(Perms=Dictionary(DocMDP=Dictionary(Type=Name.Sig))),),
    "usage_rights": (_root(Perms=Dictionary(UR3=Dictionary(Type=Name.Sig))),),
    "hidden_layer_box": (_layer,),
    "document_script": (_document_script,),
    "page_script": (_page_script,),
    "format_script": (_text(AA=actions(F="mine();")),),
    "keystroke_script": (_text(AA=actions(F=NUMBER, K="mine();")),),
    "validation_script": (_text(AA=actions(V="mine();")),),
    "calculation_script": (_text(AA=actions(C="mine();")),),
    "activation_script": (_text(A=script("mine();")),),
    "event_script": (_text(AA=Dictionary(Fo=script("mine();"))),),
    "push_button": (_push_button,),
    "calculation_unknown_field": (_calculated("s", "nobody"),),
    "calculation_circle": (_calculated("s", "t"), _calculated("t", "s")),
    "calculation_not_in_order": (_calculated("s", "name"), _not_in_order),
    "calculation_too_early": (_calculated("s", "name"), _calculated("t", "s"), _backwards),
    "calculated_not_read_only": (_calculated("s", "name", Ff=0),),
    "no_name": (_no_name,),
    "no_type": (_no_type,),
    "name_of_two_types": (_two_types,),
    "name_shared": (_text("name"),),
    "name_differs_in_case": (_text("NAME"),),
    "name_clashes_nested": (_nested,),
    "label_missing": (_on_name(TU=None),),
    "label_is_name": (_on_name(TU=String("name")),),
    "label_duplicate": (_same("x", "y"),),
    "states_say_nothing": (_radio("1", "2"),),
    "box_too_small": (_text(corners=(20, 300, 40, 320)),),
    "box_tight": (_text(corners=(20, 300, 52, 320)),),
    "comb_cells_narrow": (_text(corners=(20, 300, 45, 320), Ff=1 << 24),),
    "option_does_not_fit": (
        lambda sheet: sheet.choice(
            "c", [("a", "Een heel lange mogelijkheid")], (20, 300, 50, 320), TU=String("Keuze")
        ),
    ),
    "box_low": (_text(corners=LOW),),
    "multiline_one_line": (_text(corners=(20, 300, 280, 308), Ff=MULTILINE),),
    "no_max_len": (_on_name(MaxLen=None),),
    "comb_without_max_len": (lambda sheet: sheet.text(
        "x", (20, 300, 280, 320), TU=String("X"), Ff=1 << 24),),
    "required_unreachable": (_text(Ff=2, F=2),),
    "required_read_only": (_text(Ff=3),),
    "hidden": (_text(F=2),),
    "no_view": (_text(F=4 | 1 << 5),),
    "on_no_page": (_lost,),
    "off_page": (_text(corners=OFF_PAGE),),
    "no_area": (_text(corners=(20, 300, 20, 300)),),
    "covered": (_text("x"), _text("y", (10, 290, 290, 330))),
    "some_boxes_unreachable": (_second((20, 300, 280, 320), OFF_PAGE),),
    "partly_off_page": (_text(corners=(200, 300, 320, 320)),),
    "overlap": (_text("x"), _text("y", (20, 310, 280, 330))),
    "no_rotate": (_turned,),
    "no_options": (_choice(),),
    "option_duplicate_export": (_choice(("a", "Appel"), ("a", "Peer")),),
    "option_duplicate_display": (_choice(("a", "Appel"), ("b", "Appel")),),
    "option_without_export": (_choice(("a", "Appel"), ("", "Peer")),),
    "radio_one_button": (_radio("Rood"),),
    "equal_on_states": (_radio("Rood", "Rood"),),
    "no_on_state": (_stateless,),
    "empty_on_state": (_box(on=""),),
    "several_on_states": (_two_states,),
    "signature_field": (
        lambda sheet: sheet.text("s", (20, 300, 80, 320), FT=Name.Sig),
    ),
    "signature_dropped": (_signed,),
    "rich_text": (_text(Ff=1 << 25),),
    "file_select": (_text(Ff=1 << 20),),
    "value_not_option": (_choice(("a", "Appel"), V=String("kiwi"), DV=String("a")),),
    "value_too_long": (_text(V=String("elf tekens!"), DV=String("elf tekens!"[:10])),),
    "value_refused": (_text(V=String("nooit"), AA=actions(F=NUMBER)),),
    "default_not_option": (_choice(("a", "Appel"), DV=String("kiwi")),),
    "default_too_long": (_text(DV=String("elf tekens!")),),
    "default_refused": (_text(DV=String("31-02-2024"), AA=actions(F=DATE)),),
    "holds_answers": (_text(V=String("Anna")),),
    "font_missing": (_text(DA=String("/Kwijt 0 Tf 0 g")),),
    "no_default_appearance": (_without_default,),
    "font_not_embedded": (_font,),
    "font_replaced": (_symbols,),
    "contrast_too_low": (_on_name(DA=String("/Helv 0 Tf 0.8 g")),),
    "contrast_low": (_on_name(DA=String("/Helv 0 Tf 0.5 g")),),
    "no_tags": (_without_tags,),
    "not_marked": (_root(MarkInfo=None),),
    "untagged_box": (_untagged,),
    "no_language": (_root(Lang=None),),
    "no_title": (_without_title,),
    "title_is_file_name": (titled("Microsoft Word - form.docx"),),
    "title_not_displayed": (_root(ViewerPreferences=None),),
    "tab_order_unset": (_without_tab_order,),
    "tab_order_jumps": (_jump,),
}  # fmt: skip
"""Each fault alone, by the code that tells it."""

ALSO: dict[str, set[str]] = {
    "hidden_layer_box": {"hidden_layers"},
    "value_not_option": {"holds_answers"},
    "value_too_long": {"holds_answers"},
    "value_refused": {"holds_answers"},
}
"""What a fault brings along that is true as well."""
