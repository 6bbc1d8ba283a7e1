"""Harm done to a document's objects: whole PDFs that say what no PDF should."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.fuzz.choosing import (
    arrays,
    dictionaries,
    having,
    holders,
    of_subtype,
    put,
    shared,
    some_page,
    streams,
)
from tests.fuzz.hostile import bombs, filters, script, value

ObjectStep = Callable[[Pdf, Random], None]

_KNOWN = (
    "/FT", "/Ff", "/V", "/DV", "/AP", "/AS", "/Rect", "/MK", "/BS", "/Border", "/DA", "/DR", "/Q",
    "/MaxLen", "/Opt", "/I", "/TI", "/Kids", "/Parent", "/T", "/TU", "/AA", "/A", "/JS", "/S", "/F",
    "/Annots", "/MediaBox", "/CropBox", "/Rotate", "/Contents", "/Resources", "/Font", "/Widths",
    "/FirstChar", "/Encoding", "/Differences", "/FontDescriptor", "/ToUnicode", "/BaseFont",
    "/Subtype", "/AcroForm", "/Fields", "/CO", "/XFA", "/Names", "/Outlines", "/Dests", "/Count",
    "/StructTreeRoot", "/StructParent", "/StructParents", "/ParentTree", "/ParentTreeNextKey", "/K",
    "/Nums", "/OCProperties", "/PieceInfo", "/Formpress", "/Private", "/Info", "/Title", "/Lang",
    "/Type", "/N", "/D", "/BBox", "/Matrix", "/R", "/CA", "/BC", "/BG", "/W", "/DescendantFonts",
    "/CIDToGIDMap", "/FontFile2", "/FontFile3", "/XObject", "/P", "/Pages", "/SigFlags", "/Perms",
    "/NeedsRendering", "/OpenAction", "/Next", "/First", "/Last", "/Contents", "/NM", "/Metadata",
)  # fmt: skip
_LINKS = (
    "/Kids", "/Parent", "/K", "/P", "/First", "/Last", "/Next", "/Prev", "/Nums", "/Contents",
    "/XObject", "/Resources", "/AP", "/N", "/ParentTree", "/Annots", "/Fields", "/Popup", "/Pages",
    "/Names", "/Dests", "/Opt", "/V", "/DR", "/Font", "/DescendantFonts", "/Encoding", "/Obj",
    "/Pg", "/Private", "/Outlines",
)  # fmt: skip
_MOST = 20_000


def swap_type(pdf: Pdf, random: Random) -> None:
    """Any entry gets a value of another kind."""
    holder = random.choice(holders(pdf))
    put(holder, random, value(pdf, random, shared(pdf)))


def swap_known(pdf: Pdf, random: Random) -> None:
    """An entry that readers look at gets a value of another kind."""
    for _ in range(random.choice((1, 1, 3))):
        key = random.choice(_KNOWN)
        found = having(pdf, key)
        if found:
            random.choice(found)[key] = value(pdf, random, shared(pdf))


def circle(pdf: Pdf, random: Random) -> None:
    """A link that leads back: to itself, to an ancestor, to anything."""
    key = random.choice(_LINKS)
    whole = dictionaries(pdf)
    holder = random.choice([each for each in whole if key in each] or whole)
    targets = [holder, pdf.Root, pdf.Root.Pages, random.choice(whole)]
    target = random.choice([each for each in targets if each.is_indirect])
    held = holder.get(key)
    if isinstance(held, Array) and random.random() < 0.7:
        held.append(target)
    else:
        holder[key] = random.choice([target, Array([target, pdf.Root])])


def drop(pdf: Pdf, random: Random) -> None:
    for _ in range(random.choice((1, 1, 4))):
        holder = random.choice(dictionaries(pdf))
        keys = sorted(holder.keys())
        if keys:
            del holder[random.choice(keys)]


def exchange(pdf: Pdf, random: Random) -> None:
    """Two entries of two objects change places."""
    whole = [each for each in dictionaries(pdf) if each.is_indirect]
    one, other = (random.choice(whole) for _ in range(2))
    key, twin = random.choice(sorted(one.keys())), random.choice(sorted(other.keys()))
    one[key], other[twin] = other[twin], one[key]


def multiply(pdf: Pdf, random: Random) -> None:
    """An array repeats itself."""
    grown = random.choice([each for each in arrays(pdf) if len(each)])
    times = min(random.choice((2, 50, 5_000)), _MOST // len(grown))
    entries = list(grown)
    for _ in range(times):
        grown.extend(entries)


def deepen(pdf: Pdf, random: Random) -> None:
    """A chain of thousands of links of one kind, hung under something real."""
    key = random.choice(_LINKS)
    holder = random.choice(having(pdf, key) or [pdf.Root.AcroForm])
    tail: pikepdf.Object = pdf.make_indirect(Dictionary(T=String("end"), FT=Name.Tx))
    listed = key in ("/Kids", "/K", "/Annots", "/Fields", "/Next")
    for number in range(random.choice((70, 600, 5_000))):
        link = pdf.make_indirect(
            Dictionary(T=String(f"n{number}"), S=Name.Form, Type=Name.Pages, Count=1)
        )
        if isinstance(tail, Dictionary):
            tail.Parent = link
        link[key] = Array([tail]) if listed else tail
        tail = link
    held = holder.get(key)
    if isinstance(held, Array):
        held.append(tail)
    else:
        holder[key] = tail


def double(pdf: Pdf, random: Random) -> None:
    """Few objects that are many when walked: each holds the next one twice."""
    key, place = random.choice(
        (
            ("/Kids", "/Fields"), ("/K", "/StructTreeRoot"), ("/Kids", "/ParentTree"),
            ("/Next", "/OpenAction"), ("/Kids", "/Pages"), ("/Kids", "/Names"), ("/Opt", "/Opt"),
        )
    )  # fmt: skip
    node: pikepdf.Object = pdf.make_indirect(Dictionary(T=String("x"), FT=Name.Tx, S=Name.P))
    for _ in range(random.choice((10, 24, 60))):
        node = pdf.make_indirect(
            Dictionary({key: Array([node, node]), "/S": Name.P, "/Type": Name.Pages, "/Count": 2})
        )
    if place == "/Fields":
        pdf.Root.AcroForm.Fields.append(node)
    elif place == "/Pages":
        pdf.Root.Pages.Kids.append(node)
    elif place == "/ParentTree":
        root = pdf.Root.get("/StructTreeRoot")
        if root is None:
            root = pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary())
        root.ParentTree = node
    elif place == "/Opt":
        for field in having(pdf, "/FT"):
            field.Opt = Array([node.get(key), node])
    else:
        pdf.Root[place] = node


def drawing_bomb(pdf: Pdf, random: Random) -> None:
    """Form XObjects that draw the next one twice: a page without end."""
    inner = pdf.make_stream(b"BT /Helv 10 Tf 30 150 Td (x) Tj ET 0 0 5 5 re f")
    inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 600, 800])
    for _ in range(random.choice((3, 12, 28))):
        outer = pdf.make_stream(b"/X Do /X Do")
        outer.Type, outer.Subtype, outer.BBox = Name.XObject, Name.Form, Array([0, 0, 600, 800])
        outer.Resources = Dictionary(XObject=Dictionary(X=inner))
        inner = outer
    page = some_page(pdf, random)
    if random.random() < 0.5:
        page.obj.Resources = Dictionary(XObject=Dictionary(FpBomb=inner))
        page.contents_add(b"/FpBomb Do")
    else:
        widget = random.choice(of_subtype(pdf, "/Widget"))
        widget.AP = Dictionary(N=Dictionary(Yes=inner, Off=inner))


def decompression_bomb(pdf: Pdf, random: Random) -> None:
    """A few kilobytes that are a hundred megabytes, where a reader will look."""
    packed, filter_ = random.choice(bombs())
    bomb = pdf.make_stream(b"")
    bomb.write(packed, filter=filter_)
    fields = having(pdf, "/FT") or [pdf.Root]
    match random.randrange(8):
        case 0:
            some_page(pdf, random).obj.Contents = bomb
        case 1:
            bomb.Subtype, bomb.BBox = Name.Form, Array([0, 0, 16, 16])
            random.choice(fields).AP = Dictionary(N=random.choice((bomb, Dictionary(Yes=bomb))))
        case 2:
            random.choice(fields).V = bomb
        case 3:
            random.choice(fields).AA = Dictionary(F=Dictionary(S=Name.JavaScript, JS=bomb))
        case 4:
            pdf.Root.AcroForm.XFA = Array([String("datasets"), bomb])
        case 5:
            pdf.Root.PieceInfo = Dictionary(Formpress=Dictionary(Private=bomb))
        case 6:
            for font in [each for each in dictionaries(pdf) if each.get("/Type") == "/Font"]:
                descriptor = Dictionary(FontFile2=bomb, FontFile3=bomb, Flags=4)
                font.FontDescriptor, font.ToUnicode = descriptor, bomb
        case _:
            random.choice(streams(pdf)).write(packed, filter=filter_)


def bogus_filters(pdf: Pdf, random: Random) -> None:
    """Data that is not what its filters say, by filters that may not exist."""
    stream = random.choice(streams(pdf))
    data = random.choice((stream.read_raw_bytes(), random.randbytes(300), b""))
    names, parameters = filters(random)
    stream.write(data)
    stream.Filter = names
    if parameters is not None:
        stream.DecodeParms = parameters


def many_pages(pdf: Pdf, random: Random) -> None:
    pages = pdf.Root.Pages
    first = pdf.pages[0].obj
    match random.randrange(3):
        case 0:
            pages.Count = random.choice((-1, 0, 10**9, 2**31))
        case 1:
            for _ in range(random.choice((400, 3_000))):
                pages.Kids.append(first)
        case _:
            for _ in range(random.choice((499, 600))):
                pages.Kids.append(pdf.make_indirect(Dictionary(Type=Name.Page, Parent=pages)))


def many_fields(pdf: Pdf, random: Random) -> None:
    count = random.choice((300, 4_900, 5_100, _MOST))
    fields = pdf.Root.AcroForm.Fields
    same = random.random() < 0.2
    for number in range(count):
        name = String("x" if same else f"x{number}")
        fields.append(pdf.make_indirect(Dictionary(FT=Name.Tx, T=name, V=String("v"))))


def many_options(pdf: Pdf, random: Random) -> None:
    field = random.choice(having(pdf, "/FT"))
    count = random.choice((500, _MOST))
    field.Opt = Array([String(f"optie {number % 700}") for number in range(count)])
    field.V = Array([String(f"optie {number}") for number in range(random.choice((1, 1_000)))])
    field.MaxLen = random.choice((0, 1, 10**9, 2**31 - 1, -1))
    field.Ff = random.choice((0, 1 << 24, 1 << 17, 1 << 21, 0x7FFFFFFF, -1))


def retype(pdf: Pdf, random: Random) -> None:
    """A field becomes one of another type, or of several, with all its entries."""
    field = random.choice(having(pdf, "/FT"))
    field.FT = random.choice((Name.Tx, Name.Btn, Name.Ch, Name.Sig, Name.Xx))
    field.Ff = random.choice((0, 1 << 12, 1 << 15, 1 << 16, 1 << 17, 1 << 24, 2**31 - 1))


def appearances(pdf: Pdf, random: Random) -> None:
    """Wrong AP and Rect, in every way that was ever seen and some that were not."""
    widgets = of_subtype(pdf, "/Widget")
    widget = random.choice(widgets)
    stream = pdf.make_stream(random.choice((b"", b"q", b"/X Do", b"BT", b"0 0 m", b"BI ID EI")))
    everything = shared(pdf)
    match random.randrange(6):
        case 0:
            widget.AP = value(pdf, random, everything)
        case 1:
            widget.AP = Dictionary(N=Dictionary({"/": stream, "/Off": 5, "/Yes": widget}))
        case 2:
            widget.AP = Dictionary(N=stream, D=widget)
            widget.AS = value(pdf, random, everything)
        case 3:
            widget.Rect = Array([value(pdf, random, everything) for _ in range(4)])
        case 4:
            widget.Rect = Array(random.choice(([0, 0, 0], [1] * 5, [10**9] * 4, [-1e6, 0, 1e6, 1])))
        case _:
            widget.MK = Dictionary(
                R=random.choice((45, -90, 10**9)), BC=Array([9] * 4), CA=String("\U0001f600" * 9)
            )


def scripts(pdf: Pdf, random: Random) -> None:
    fields = having(pdf, "/FT")
    for field in random.sample(fields, min(len(fields), 3)):
        actions = {
            key: Dictionary(S=Name.JavaScript, JS=String(script(random))) for key in ("/F", "/V")
        }
        field.AA = Dictionary(
            actions
            | {random.choice(("/C", "/K")): Dictionary(S=Name.JavaScript, JS=script(random))}
        )


def rename(pdf: Pdf, random: Random) -> None:
    names = (
        "",
        ".",
        "a..b",
        "#1",
        "x" * 100_000,
        "\x00",
        "name",
        "naam.é",
        "\ud7ff",
        "a\nb",
        "[0]",
    )
    fields = having(pdf, "/T")
    for field in random.sample(fields, min(len(fields), random.choice((1, 5)))):
        field.T = String(random.choice(names))


def make_direct(pdf: Pdf, random: Random) -> None:
    """What should be an object of its own stands inside its holder."""
    places = [
        (chosen, at, held)
        for chosen in arrays(pdf)
        for at, held in enumerate(chosen)
        if isinstance(held, Dictionary) and held.is_indirect
    ]
    chosen, at, held = random.choice(places)
    chosen[at] = Dictionary(
        {key: each for key, each in held.items() if not isinstance(each, Array)}
    )


def without_form(pdf: Pdf, random: Random) -> None:
    """Only the pages are left to read."""
    del pdf.Root.AcroForm
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj.Annots


OBJECT_STEPS: Mapping[str, ObjectStep] = {
    step.__name__: step
    for step in (
        swap_type, swap_known, circle, drop, exchange, multiply, deepen, double, drawing_bomb,
        decompression_bomb, bogus_filters, many_pages, many_fields, many_options, retype,
        appearances, scripts, rename, make_direct, without_form,
    )
}  # fmt: skip
