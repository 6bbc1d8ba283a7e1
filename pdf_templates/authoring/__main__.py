"""``python -m pdf_templates.authoring [-o DIR] [FORM ...]`` draws the templates."""

from __future__ import annotations

import argparse
from pathlib import Path

from pdf_templates.authoring.document import draw
from pdf_templates.authoring.forms import FORMS, ONE_PAGES
from pdf_templates.authoring.one_page_layout import draw_one_page

TEMPLATES = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m pdf_templates.authoring", description=__doc__)
    parser.add_argument("forms", nargs="*", help=f"of {', '.join(FORMS)}; all by default")
    parser.add_argument("-o", "--output", type=Path, default=TEMPLATES, metavar="DIR")
    options = parser.parse_args(arguments)
    unknown = set(options.forms) - set(FORMS)
    if unknown:
        parser.error(f"no such form: {', '.join(sorted(unknown))}")
    for name in options.forms or FORMS:
        path: Path = options.output / name / "template.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(draw(FORMS[name]))
        print(f"{path}: {path.stat().st_size:,} bytes")
        if name in ONE_PAGES:
            beside = path.with_name("one_page.pdf")
            beside.write_bytes(draw_one_page(ONE_PAGES[name]))
            print(f"{beside}: {beside.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
