"""No code without a sentence, no sentence that cannot be translated."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from pipeline.errors import FieldProblem
from pipeline.flow.documents import Catalogue
from pipeline.model.kinds import KINDS
from tests.web.site import Website
from web.submission_words import FAILURES
from web.wording import SENTENCES, pattern_in_words, sentence

ROOT = Path(__file__).resolve().parents[2]
PIPELINE = ROOT / "pipeline"
CODE = re.compile(
    r"""(?:FieldProblem\(\s*[\w.]+(?:\([^()]*\))?|FieldProblem\(\s*"")\s*,\s*"(?P<problem>\w+)"
    | FormatError\(\s*"(?P<format>\w+)" """,
    re.VERBOSE,
)


def codes() -> set[str]:
    """Every code that the pipeline writes into a problem, read from its source."""
    found = {f"not_{kind}" for kind in KINDS} | {"not_a_date", "not_a_time"}
    for path in PIPELINE.rglob("*.py"):
        for match in CODE.finditer(path.read_text("utf-8")):
            found.add(match["problem"] or match["format"])
    return found


def test_every_code_of_the_pipeline_has_a_sentence() -> None:
    assert {"required", "max_len", "does_not_fit", "unsure", "not_found_in_box"} <= codes()
    assert codes() <= set(SENTENCES)


@pytest.mark.parametrize("code", sorted(codes()))
def test_each_sentence_is_whole_even_where_its_data_lack(
    site: Website, catalogue: Catalogue, code: str
) -> None:
    with site.app.test_request_context():
        for field in (None, catalogue.form("sommen").template.by_name["a"]):
            words = sentence(field, FieldProblem("a", code))
            assert words[-1] in ".!?"
            assert "%(" not in words


def test_the_authors_own_sentence_goes_first(site: Website) -> None:
    with site.app.test_request_context():
        problem = FieldProblem("a", "check", {}, "error", "Dat kan niet.")
        assert sentence(None, problem) == "Dat kan niet."
        assert "nieuw" in sentence(None, FieldProblem("a", "nieuw")), "a code of the future"


def test_failures_of_a_job_have_their_reason() -> None:
    source = "".join(
        path.read_text("utf-8")
        for path in [
            *ROOT.glob("workers/*.py"),
            PIPELINE / "flow/jobs.py",
            PIPELINE / "flow/runs.py",
        ]
    )
    given = set(re.findall(r'(?:give_up|failure)\([^"()]*"(\w+)"\)', source))
    assert {"took_too_long", "worker_lost", "internal"} <= given
    assert given | {"proof", "storage"} <= set(FAILURES)


def test_patterns_are_written_as_a_dutch_form_does() -> None:
    assert pattern_in_words("dd-mm-yyyy") == "dd-mm-jjjj"
    assert pattern_in_words("HH:MM") == "uu:mm"


def test_the_catalogue_for_translators_has_every_text() -> None:
    """`make translations` writes it again (web/translations/README.md)."""
    folder = ROOT / "web"
    with (folder / "translations" / "babel.cfg").open() as file:
        mapping, options = parse_mapping_cfg(file)
    found = {
        message[0] if isinstance(message, tuple) else message
        for _, _, message, _, _ in extract_from_dir(
            folder,
            mapping,
            options,
            keywords={"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None},
        )
    }
    kept = read_po(BytesIO((folder / "translations" / "messages.pot").read_bytes()))
    known = {each.id[0] if isinstance(each.id, tuple) else each.id for each in kept if each.id}
    assert found == known
