"""Tagged forms of one page, drawn in code: blocks in columns, to be closed up."""

from __future__ import annotations

from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

Corners = tuple[float, float, float, float]


class TaggedSheet:
    """Blocks (Sect) with words and fields; content goes into one stream, in the order of calls."""

    def __init__(self, size: tuple[float, float] = (400, 300)) -> None:
        self.pdf = Pdf.new()
        self.page = self.pdf.add_blank_page(page_size=size).obj
        self.page.StructParents = 0
        self.root = self._indirect(Type=Name.StructTreeRoot)
        self.document = self.element(self.root, "Document")
        self.content: list[str] = []
        self.owners: list[Object] = []
        self.widgets: list[Object] = []
        self.font = self._indirect(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )

    def block(self) -> Object:
        return self.element(self.document, "Sect")

    def element(self, parent: Object, tag: str) -> Object:
        made = self._indirect(Type=Name.StructElem, S=Name("/" + tag), P=parent, K=Array())
        if "/K" not in parent:
            parent.K = Array()
        parent.K.append(made)
        return made

    def words(self, parent: Object, x: float, baseline: float, text: str) -> Object:
        """A line of 10 points."""
        made = self.element(parent, "P")
        self.tagged(made, f"BT /F 10 Tf {x} {baseline} Td ({text}) Tj ET")
        return made

    def tagged(self, element: Object, operators: str) -> None:
        element.K.append(len(self.owners))
        self.content.append(f"/P <</MCID {len(self.owners)}>> BDC {operators} EMC")
        self.owners.append(element)

    def artifact(self, operators: str, kind: str = "Layout") -> None:
        self.content.append(f"/Artifact <</Type /{kind}>> BDC {operators} EMC")

    def text(self, parent: Object, name: str, corners: Corners, **more: object) -> Object:
        """A box of several lines at 10 points, without a border."""
        return self._field(parent, name, corners, FT=Name.Tx, Ff=1 << 12,
                           DA=String("/F 10 Tf 0 g"), **more)  # fmt: skip

    def mark(self, parent: Object, name: str, corners: Corners, state: str = "Ja") -> Object:
        """Draws a black square where it is on."""
        width, height = corners[2] - corners[0], corners[3] - corners[1]
        on = self._drawing(f"0 0 {width} {height} re f", width, height)
        states = Dictionary(Off=self._drawing("", width, height))
        states["/" + state] = on
        return self._field(parent, name, corners, FT=Name.Btn, AS=Name.Off, AP=Dictionary(N=states))

    def bytes(self) -> bytes:
        self.page.Contents = self.pdf.make_stream("\n".join(self.content).encode())
        self.page.Resources = Dictionary(Font=Dictionary(F=self.font))
        self.page.Annots = Array(self.widgets)
        numbers: list[object] = [0, self._array(self.owners)]
        for key, widget in enumerate(self.widgets, 1):
            widget.StructParent = key
            numbers += [key, widget.Owner]
            del widget.Owner
        self.root.ParentTree = self._indirect(Nums=Array(numbers))
        self.root.ParentTreeNextKey = len(self.widgets) + 1
        self.pdf.Root.StructTreeRoot = self.root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)
        self.pdf.Root.AcroForm = Dictionary(
            Fields=Array(self.widgets), DR=Dictionary(Font=Dictionary(F=self.font))
        )
        out = BytesIO()
        self.pdf.save(out)
        return out.getvalue()

    def _field(self, parent: Object, name: str, corners: Corners, **more: object) -> Object:
        element = self.element(parent, "Form")
        widget = self._indirect(
            Type=Name.Annot, Subtype=Name.Widget, T=String(name), TU=String(name.title()), F=4,
            Rect=Array(list(corners)), BS=Dictionary(W=0), P=self.page, Owner=element, **more,
        )  # fmt: skip
        element.K.append(Dictionary(Type=Name.OBJR, Obj=widget, Pg=self.page))
        self.widgets.append(widget)
        return widget

    def _drawing(self, operators: str, width: float, height: float) -> Object:
        return self.pdf.make_indirect(
            Stream(self.pdf, operators.encode(), Type=Name.XObject, Subtype=Name.Form,
                   BBox=Array([0, 0, width, height]))
        )  # fmt: skip

    def _array(self, items: list[Object]) -> Object:
        return self.pdf.make_indirect(Array(items))

    def _indirect(self, **entries: object) -> Object:
        return self.pdf.make_indirect(Dictionary(**entries))


def two_columns() -> TaggedSheet:
    """A band over both columns, then blocks ``a`` to ``d``: a heading each, and a box.

    Left: a, b. Right: c, d. Every block is 30 points high, the boxes are one line; the columns'
    area is 200 points high, since ``d`` reaches down to 40.
    """
    sheet = TaggedSheet()
    band = sheet.block()
    sheet.artifact("0 0 1 rg 0 260 400 40 re f")
    sheet.words(band, 20, 275, "Band")
    sheet.text(band, "band", (100, 265, 380, 285))
    for name, x, top in (("a", 20, 240), ("b", 20, 200), ("c", 210, 240), ("d", 210, 200)):
        block = sheet.block()
        sheet.words(block, x, top - 8, f"Head {name}")
        sheet.artifact(f"{x} {top - 11} m {x + 170} {top - 11} l S")
        group = sheet.element(block, "Div")
        sheet.words(group, x, top - 23, "Label")
        foot = 40 if name == "d" else top - 30
        sheet.text(group, name, (x + 40, foot, x + 170, top - 14))
    return sheet


def grid_of_marks(count: int = 6, columns: int = 3) -> TaggedSheet:
    """Marks ``m1`` … with captions, row by row; below them a text; a second block beside it."""
    sheet = TaggedSheet()
    block = sheet.block()
    sheet.words(block, 20, 232, "Marks")
    listed = sheet.element(block, "L")
    for number in range(count):
        row, column = divmod(number, columns)
        x, y = 20 + 55 * column, 210 - 20 * row
        item = sheet.element(listed, "LI")
        sheet.mark(sheet.element(item, "Lbl"), f"m{number + 1}", (x, y, x + 10, y + 10))
        sheet.words(sheet.element(item, "LBody"), x + 12, y + 2, f"M{number + 1}")
    foot = 210 - 20 * ((count - 1) // columns)
    sheet.text(block, "note", (20, foot - 24, 190, foot - 6))
    other = sheet.block()
    sheet.words(other, 210, 232, "Other")
    sheet.text(other, "other", (210, 40, 380, 226))
    return sheet
