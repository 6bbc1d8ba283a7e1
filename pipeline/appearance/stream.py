"""Content streams of widgets: background, border, text, marks. ISO 32000-2, 12.5.5 and 12.7.4.3.

Everything is drawn in the widget's own space: the origin at the lower left of its box, points.
"""

from __future__ import annotations

from math import cos, pi, sin

from pipeline.appearance.layout import Layout
from pipeline.appearance.typeface import Typeface
from pipeline.model.field import Colour, Style

_FILL = {1: b"g", 3: b"rg", 4: b"k"}
_STROKE = {1: b"G", 3: b"RG", 4: b"K"}
_KAPPA = 0.5523


def number(value: float) -> bytes:
    """A number as a content stream writes it: no exponent, three decimals at most."""
    thousandths = round(value * 1000)
    whole, part = divmod(abs(thousandths), 1000)
    if part:
        written = b"%d.%03d" % (whole, part)
        written = written.rstrip(b"0")
    else:
        written = b"%d" % whole
    return b"-" + written if thousandths < 0 else written


def numbers(*values: float) -> bytes:
    return b" ".join(number(value) for value in values)


def frame(width: float, height: float, style: Style) -> bytes:
    """Background and border from the appearance characteristics. Table 192; border: table 168."""
    out: list[bytes] = []
    if style.background:
        out.append(
            _colour(style.background, _FILL) + b" " + numbers(0, 0, width, height) + b" re f"
        )
    line = style.border_width
    if style.border_colour and line > 0:
        out.append(_colour(style.border_colour, _STROKE) + b" " + number(line) + b" w")
        if style.border_style == "D":
            out.append(b"[3] 0 d")
        if style.border_style == "U":
            out.append(numbers(0, line / 2) + b" m " + numbers(width, line / 2) + b" l S")
        else:
            inner = numbers(line / 2, line / 2, width - line, height - line)
            out.append(inner + b" re S")
    return b"q\n" + b"\n".join(out) + b"\nQ\n" if out else b""


def comb_lines(width: float, height: float, cells: int, style: Style) -> bytes:
    """The dividers between comb cells, in the border's colour; cells need room between them."""
    if not style.border_colour or style.border_width <= 0 or width / cells <= style.border_width:
        return b""
    out = [_colour(style.border_colour, _STROKE), number(style.border_width) + b" w"]
    for cell in range(1, cells):
        x = number(cell * width / cells)
        out.append(x + b" 0 m " + x + b" " + number(height) + b" l S")
    return b"q\n" + b"\n".join(out) + b"\nQ\n"


def text(layout: Layout, face: Typeface, colour: str) -> tuple[bytes, tuple[str, ...]]:
    """The text object that shows a layout, and the resource names of its fonts."""
    fonts: list[str] = []
    out = [b"BT", colour.encode("ascii", "replace")]
    size = number(layout.size)
    current, x, y = "", 0.0, 0.0
    for line in layout.lines:
        if not line.text:
            continue
        out.append(b"%s %s Td" % (number(line.x - x), number(line.baseline - y)))
        x, y = line.x, line.baseline
        for font, body in face.show(line.text, layout.size, line.levels).runs:
            if font != current:
                out.append(b"/%s %s Tf" % (font.encode(), size))
                current = font
                if font not in fonts:
                    fonts.append(font)
            out.append(body)
    out.append(b"ET\n")
    return b"\n".join(out), tuple(fonts)


def clip(width: float, height: float) -> bytes:
    """Keeps what follows inside its box."""
    return b"0 0 %s %s re W n\n" % (number(width), number(height))


def mark(width: float, height: float, style: Style, radio: bool) -> bytes:
    """The sign of a button that is on, where the PDF brings no drawing: MK's caption names it.

    ZapfDingbats codes: 4 check, l circle, 8 cross, u diamond, n square, H star.
    """
    kind = style.caption[:1] or ("l" if radio else "4")
    side = min(width, height) * 0.6
    x, y = (width - side) / 2, (height - side) / 2
    colour = style.colour.encode("ascii", "replace")
    if kind == "l":
        body = circle(width / 2, height / 2, side / 2) + b" f"
    elif kind == "8":
        body = b" ".join(
            [
                number(side / 7) + b" w",
                numbers(x, y) + b" m " + numbers(x + side, y + side) + b" l",
                numbers(x, y + side) + b" m " + numbers(x + side, y) + b" l S",
            ]
        )
        colour += b" " + _stroke_twin(style.colour)
    elif kind == "u":
        body = _polygon([(0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)], x, y, side)
    elif kind == "n":
        body = numbers(x, y, side, side) + b" re f"
    elif kind == "H":
        points = [
            (
                0.5 + (0.5 if turn % 2 == 0 else 0.2) * sin(turn * pi / 5),
                0.5 + (0.5 if turn % 2 == 0 else 0.2) * cos(turn * pi / 5),
            )
            for turn in range(10)
        ]
        body = _polygon(points, x, y, side)
    else:
        body = _polygon(
            [(0, 0.5), (0.12, 0.62), (0.36, 0.34), (0.86, 0.98), (1, 0.86), (0.38, 0.04)],
            x, y, side,
        )  # fmt: skip
    return b"q\n" + colour + b"\n" + body + b"\nQ\n"


def round_frame(width: float, height: float, style: Style) -> bytes:
    """A radio button's circle in the colours of its appearance characteristics."""
    out: list[bytes] = []
    radius = min(width, height) / 2
    if style.background:
        out.append(_colour(style.background, _FILL))
        out.append(circle(width / 2, height / 2, radius) + b" f")
    if style.border_colour and style.border_width > 0:
        out.append(
            _colour(style.border_colour, _STROKE) + b" " + number(style.border_width) + b" w"
        )
        out.append(circle(width / 2, height / 2, radius - style.border_width / 2) + b" S")
    return b"q\n" + b"\n".join(out) + b"\nQ\n" if out else b""


def circle(x: float, y: float, radius: float) -> bytes:
    """A closed path of four Bézier curves."""
    k = radius * _KAPPA
    return b" ".join(
        [
            numbers(x + radius, y) + b" m",
            numbers(x + radius, y + k, x + k, y + radius, x, y + radius) + b" c",
            numbers(x - k, y + radius, x - radius, y + k, x - radius, y) + b" c",
            numbers(x - radius, y - k, x - k, y - radius, x, y - radius) + b" c",
            numbers(x + k, y - radius, x + radius, y - k, x + radius, y) + b" c h",
        ]
    )


def _polygon(points: list[tuple[float, float]], x: float, y: float, side: float) -> bytes:
    corners = [numbers(x + px * side, y + py * side) for px, py in points]
    return corners[0] + b" m " + b" ".join(each + b" l" for each in corners[1:]) + b" h f"


def _colour(colour: Colour, operators: dict[int, bytes]) -> bytes:
    return numbers(*colour) + b" " + operators[len(colour)]


def _stroke_twin(fill: str) -> bytes:
    """The stroking operator that paints as the DA's filling one does."""
    words = fill.split()
    if words and words[-1] in ("g", "rg", "k"):
        return " ".join([*words[:-1], words[-1].upper()]).encode("ascii", "replace")
    return b"0 G"
