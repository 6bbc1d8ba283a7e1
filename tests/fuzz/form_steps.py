"""Harm done to what a form is made of: its options, texts, scripts, XFA, tags and links."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.fuzz.choosing import dictionaries, having, is_number, of_subtype, put, shared
from tests.fuzz.hostile import STRINGS, missing_object, odd_name, script, token, xml
from tests.fuzz.object_steps import ObjectStep

_APPEARANCES = (
    b"/Helv 1e99 Tf", b"/Helv -12 Tf 0 g", b"/Helv Tf", b"0 Tf", b"Tf", b"/Nix 0 Tf",
    b"/a#e4 12 Tf", b"/\xe4 9 Tf", b"/Helv 12 Tf " * 9_000, b"(/Helv 12 Tf", b"/Helv 0.00001 Tf",
    b"/Helv 12 Tf 9 9 9 rg -1 k", b"/Helv 1.2.3 Tf", b"/Helv " + b"9" * 400 + b" Tf", b"[" * 9_000,
    b"\xfe\xff\x00/", b"/Helv 12 Tf 1 0 0 1 1e9 1e9 Tm 1e9 Tc 500 Tz",
)  # fmt: skip


def options(pdf: Pdf, random: Random) -> None:
    """/Opt, /I and /TI in shapes that no writer has."""
    field = random.choice(having(pdf, "/Opt") or having(pdf, "/FT"))
    a, b = String("a"), String("b")
    shapes = (
        [Array([])], [Array([a])], [Array([a, b, a])], [Array([Array([a, b])])], [5, 1.5, True],
        [Dictionary(a=1)], [Name.a, Name("/")], [a, a, a, Array([a, b]), Array([b, a])],
        [String("")], [Array([5, Name.x])], [field], [String("x" * 200_000)],
        [String(each) for each in STRINGS], [odd_name(random)],
        [Array([odd_name(random), odd_name(random)])],
    )  # fmt: skip
    field.Opt = random.choice((Array(random.choice(shapes)), String("ab"), Dictionary(a=b), 7))
    field.I = random.choice((Array([2**31 - 1, -1, 0, 0]), Array([a]), 5, Array([0.5]), Array([])))
    field.TI = token(random)
    field.V = random.choice(
        (a, Array([a, b]), Array([Array([a])]), Array([]), odd_name(random), Dictionary(), 5)
    )


def default_appearances(pdf: Pdf, random: Random) -> None:
    holder = random.choice([*having(pdf, "/DA"), pdf.Root.AcroForm])
    holder.DA = random.choice(
        (String(random.choice(_APPEARANCES)), Name("/Helv"), Array([]), token(random))
    )
    holder.Q = token(random)
    if "/DR" in pdf.Root.AcroForm and random.random() < 0.4:
        fonts = Dictionary(Helv=token(random), ZaDb=Dictionary(), X=Array([]))
        pdf.Root.AcroForm.DR = random.choice(
            (Dictionary(Font=fonts), Array([]), Dictionary(Font=pdf.Root))
        )


def borders(pdf: Pdf, random: Random) -> None:
    widget = random.choice(of_subtype(pdf, "/Widget"))
    widget.BS = Dictionary(
        W=token(random),
        S=random.choice((Name.D, Name.I, Name.U, Name.Xx, String("S"))),
        D=Array([token(random)] * 3),
    )
    widget.Border = Array([token(random) for _ in range(random.choice((0, 3, 4)))])
    colours = Array([token(random) for _ in range(random.choice((0, 1, 2, 3, 4, 9)))])
    widget.MK = Dictionary(BC=colours, BG=colours, R=token(random), CA=token(random))
    widget.F = token(random)
    widget.MaxLen = token(random)


def big_script(pdf: Pdf, random: Random) -> None:
    """A script of a megabyte or more, as a string, a stream, or on the way to itself."""
    body = "/* " + "x" * 10**6 + " */" if random.random() < 0.5 else (script(random) + "\n") * 400
    field = random.choice(having(pdf, "/FT"))
    held = random.choice((String(body[: 2 * 10**6]), pdf.make_stream(body.encode())))
    action = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=held))
    action.Next = random.choice(
        (action, Array([action, action]), Dictionary(Next=action, S=Name.GoTo))
    )
    field.AA = Dictionary(dict.fromkeys(random.sample(("/K", "/F", "/V", "/C"), 2), action))
    pdf.Root.OpenAction = action
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("a"), action, String("b")]))
    )


def xfa(pdf: Pdf, random: Random) -> None:
    """XFA and metadata whose entities laugh a billion times, or that are no XML at all."""
    data = xml(random)
    form = pdf.Root.AcroForm
    match random.randrange(5):
        case 0:
            form.XFA = pdf.make_stream(data)
        case 1:
            form.XFA = Array(
                [
                    String("template"),
                    pdf.make_stream(xml(random)),
                    String("datasets"),
                    pdf.make_stream(data),
                ]
            )
        case 2:
            form.XFA = Array([String("datasets"), String(data), 5, String("datasets")])
        case 3:
            half = len(data) // 2
            parts = [pdf.make_stream(data[:half]), pdf.make_stream(data[half:])]
            form.XFA = Array([String("preamble"), parts[0], String("datasets"), parts[1]])
        case _:
            pdf.Root.Metadata = pdf.make_stream(data)
            pdf.Root.Metadata.Type = Name.Metadata
    pdf.Root.NeedsRendering = random.choice((False, False, 5))


def tags(pdf: Pdf, random: Random) -> None:
    """A structure tree that leads astray."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        root = pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        pdf.Root.MarkInfo = Dictionary(Marked=True)
    elements = [each for each in having(pdf, "/S") if "/P" in each] or [root]
    element, other = random.choice(elements), random.choice(elements)
    match random.randrange(8):
        case 0:
            element.K = Array(
                [
                    0,
                    2**31 - 1,
                    -1,
                    element,
                    Array([other]),
                    String("x"),
                    Dictionary(Type=Name.MCR, MCID=10**9),
                ]
            )
        case 1:
            element.K = Dictionary(Type=Name.OBJR, Obj=random.choice((element, root, 5)), Pg=other)
        case 2:
            root.RoleMap = Dictionary(P=Name.Q, Q=Name.P, Form=Name.Form, Div=5, Sect=Name("/a#e4"))
            element.S = random.choice((Name.P, Name.Q, String("P"), odd_name(random)))
        case 3:
            root.ParentTree = Dictionary(
                Nums=Array(
                    [0, Array([element] * 9), -1, 5, 2**31 - 1, root, String("x"), element, 7]
                )
            )
            root.ParentTreeNextKey = token(random)
        case 4:
            for holder in [*having(pdf, "/StructParent"), *having(pdf, "/StructParents")][:50]:
                holder.StructParent = holder.StructParents = random.choice(
                    (0, -1, 2**31 - 1, 2**63 - 1, 1.5)
                )
        case 5:
            root.ParentTree = pdf.make_indirect(Dictionary(Limits=Array([5, 0])))
            root.ParentTree.Kids = Array([root.ParentTree, root.ParentTree, element])
        case 6:
            element.A = random.choice(
                (Array([element, 0, Dictionary(O=Name.PrintField)]), element, 5)
            )
            element.Alt = element.ActualText = String(random.choice(STRINGS))
            element.Pg = random.choice((root, 5, String("x")))
        case _:
            element.K, other.K = Array([other] * 3), Array([element] * 3)


def odd_words(pdf: Pdf, random: Random) -> None:
    """Names and text strings in no encoding, as keys and as values."""
    for _ in range(random.choice((1, 4, 20))):
        holder = random.choice(dictionaries(pdf))
        keys = sorted(each for each in holder.keys() if each.isascii() and each != "/Length")  # noqa: SIM118
        if keys and random.random() < 0.6:
            holder[random.choice(keys)] = random.choice(
                (odd_name(random), String(random.choice(STRINGS)))
            )
        elif keys:
            holder[odd_name(random)] = holder[random.choice(keys)]


def missing(pdf: Pdf, random: Random) -> None:
    """References to objects that are not there."""
    for _ in range(random.choice((1, 3, 12))):
        put(random.choice(dictionaries(pdf)), random, missing_object())


def odd_numbers(pdf: Pdf, random: Random) -> None:
    """Anything that is a number becomes one that a reader cannot hold, or nothing."""
    for _ in range(random.choice((1, 5, 40))):
        holder = random.choice(dictionaries(pdf))
        keys = [key for key, each in sorted(holder.items()) if is_number(each) and key != "/Length"]
        lists = [
            each for _, each in sorted(holder.items()) if isinstance(each, Array) and len(each)
        ]
        if keys:
            holder[random.choice(keys)] = token(random)
        elif lists:
            put(random.choice(lists), random, token(random))


def empty(pdf: Pdf, random: Random) -> None:
    """Arrays and dictionaries without anything in them, where something is needed."""
    for _ in range(random.choice((1, 1, 4))):
        holder = random.choice(dictionaries(pdf))
        keys = [key for key, each in sorted(holder.items()) if isinstance(each, Array | Dictionary)]
        if keys:
            holder[random.choice(keys)] = random.choice(
                (Array([]), Dictionary(), Array([Array([])]))
            )


def names(pdf: Pdf, random: Random) -> None:
    """Name trees, destinations, links and bookmarks that go round, or to the wrong thing."""
    tree = pdf.make_indirect(Dictionary(Limits=Array([String("a"), 5]), Names=Array([String("a")])))
    tree.Kids = Array([tree, tree])
    outline = pdf.make_indirect(
        Dictionary(Title=String(random.choice(STRINGS)), Dest=Array([tree, Name.Fit]))
    )
    outline.Next = outline.Prev = outline.First = outline.Last = outline.Parent = outline
    pdf.Root[random.choice(("/Names", "/Dests", "/PageLabels", "/OCProperties"))] = random.choice(
        (
            tree,
            Dictionary(JavaScript=tree, Dests=tree, EmbeddedFiles=tree),
            Dictionary(D=tree, OCGs=Array([tree])),
        )
    )
    pdf.Root.Outlines = random.choice(
        (outline, Dictionary(First=outline, Last=tree, Count=-(2**31)))
    )
    page = pdf.pages[0].obj
    link = pdf.make_indirect(
        Dictionary(
            Subtype=Name.Link,
            Rect=Array([0, 0, 9, 9]),
            A=Dictionary(S=Name.GoTo, D=tree),
            P=tree,
            Dest=page,
        )
    )
    link.Parent = link.Popup = link
    page.Annots = Array([*(page.get("/Annots") or []), link, link, random.choice(shared(pdf))])


FORM_STEPS: Mapping[str, ObjectStep] = {
    step.__name__: step
    for step in (
        options, default_appearances, borders, big_script, xfa, tags, odd_words, missing,
        odd_numbers, empty, names,
    )
}  # fmt: skip
