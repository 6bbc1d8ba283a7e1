"""One visual language: measures in points, colours as DeviceRGB."""

from __future__ import annotations

Colour = tuple[float, float, float]

PAGE_WIDTH = 595.276
PAGE_HEIGHT = 841.89
LEFT = 56.693
WIDTH = 481.89
RIGHT = LEFT + WIDTH
CONTENT_TOP = 797.0
CONTENT_BOTTOM = 48.0
GUTTER = 8.0

NAVY: Colour = (0.106, 0.165, 0.357)
INK: Colour = (0.1, 0.1, 0.1)
MUTED: Colour = (0.29, 0.33, 0.42)
WHITE: Colour = (1.0, 1.0, 1.0)
LINE: Colour = (0.478, 0.518, 0.635)
HAIRLINE: Colour = (0.8, 0.83, 0.89)
TINT: Colour = (0.949, 0.957, 0.98)
CALCULATED: Colour = (0.918, 0.933, 0.965)
NOTE: Colour = (1.0, 0.953, 0.69)
NOTE_INK: Colour = (0.235, 0.192, 0.0)

BODY_SIZE = 8.6
BODY_LEADING = 11.8
LABEL_SIZE = 7.4
LABEL_LEADING = 9.0
NOTE_SIZE = 6.7
NOTE_LEADING = 7.9
CAPTION_SIZE = 8.2
VALUE_SIZE = 9.0
FOOTER_SIZE = 7.2
BORDER_WIDTH = 0.5
BOX_BORDER = 2.0
"""Of a text box, for its padding only: 4 points beside the text, 2 above and below it. Nothing is
drawn of it; the frame that is seen belongs to the page."""

BOX_HEIGHT = 17.0
"""A box for one line."""
BUTTON_SIZE = 10.5
"""Side of a check box, diameter of a radio button."""
