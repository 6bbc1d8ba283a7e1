"""Whether every button that is on bears its mark, and none that is off does: by pixels."""

from __future__ import annotations

from pipeline.appearance.compose import Appearance
from pipeline.errors import FieldProblem
from pipeline.pdf.page_reader import ReadPage, changed_share
from pipeline.pdf.pixel_box import PixelBox
from pipeline.pdf.proof_witness import Witness

_MARK_SHARE = 0.01


def mark_problems(
    page: ReadPage, appearances: list[Appearance], witness: Witness
) -> list[FieldProblem]:
    """Of the buttons among a page's ``appearances``."""
    problems = []
    drawn: dict[PixelBox, bytes] = {}
    for button in appearances:
        if button.state is None:
            continue
        blank = witness.button(button.widget)
        panel = drawn.get(blank.panel)
        if panel is None:
            panel = drawn[blank.panel] = page.pixels(blank.panel)
        share = changed_share(blank.seen, blank.box.cut_from(blank.panel, panel))
        marked = share >= _MARK_SHARE
        if button.state != "Off":
            if not marked:
                problems.append(FieldProblem(button.field, "mark_not_drawn"))
        elif marked and not _covered(button, appearances):
            problems.append(FieldProblem(button.field, "mark_drawn"))
    return problems


def _covered(button: Appearance, appearances: list[Appearance]) -> bool:
    """Whether another answer may have drawn what stands in the button's box."""
    return any(
        each is not button
        and (each.text or each.state not in (None, "Off"))
        and each.widget.rect.meets(button.widget.rect)
        for each in appearances
    )
