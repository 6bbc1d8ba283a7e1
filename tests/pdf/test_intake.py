"""Bytes that may be anything: what opens, and what is wrong with the rest."""

from __future__ import annotations

import io

import pikepdf
import pytest

from pipeline.errors import DynamicXfa, EncryptedPdf, NoFields, NotAPdf, TooLarge
from pipeline.model.limits import Limits
from pipeline.pdf.intake import open_pdf
from pipeline.pdf.template_reader import read_template
from tests.pdf import small_forms


def names(data: bytes, limits: Limits | None = None) -> list[str]:
    return [field.name for field in read_template(data, None, limits).fields]


def test_a_form_opens() -> None:
    assert names(small_forms.one_text_field()) == ["name"]


@pytest.mark.parametrize("junk", [b"", b"\x00" * 5000, b"Dit is geen PDF.", b"PK\x03\x04 zip"])
def test_what_is_no_pdf(junk: bytes) -> None:
    with pytest.raises(NotAPdf) as caught:
        open_pdf(junk)
    assert caught.value.data["reason"] == "header"


def test_a_header_with_nothing_behind_it() -> None:
    with pytest.raises(NotAPdf):
        open_pdf(b"%PDF-1.7\nnothing")


def test_a_header_may_stand_in_the_first_kilobyte() -> None:
    assert names(b"\n" * 500 + small_forms.one_text_field()) == ["name"]
    with pytest.raises(NotAPdf):
        open_pdf(b"\n" * 2000 + small_forms.one_text_field())


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_truncated_file(share: float) -> None:
    whole = small_forms.every_type()
    with pytest.raises(NotAPdf):
        open_pdf(whole[: int(len(whole) * share)])


def test_a_damaged_table_is_mended() -> None:
    """A wrong startxref alone loses nothing: readers rebuild it, and so does this one."""
    whole = small_forms.one_text_field()
    at = whole.rindex(b"startxref") + len(b"startxref\n")
    end = whole.index(b"\n", at)
    assert names(whole[:at] + b"7" * (end - at) + whole[end:]) == ["name"]


@pytest.mark.parametrize("revision", [2, 3, 4, 6])
def test_an_unknown_password(revision: int) -> None:
    with pytest.raises(EncryptedPdf):
        open_pdf(small_forms.encrypted(user="geheim", revision=revision))


@pytest.mark.parametrize("revision", [2, 3, 4, 6])
def test_an_owner_password_alone_is_no_hindrance(revision: int) -> None:
    assert names(small_forms.encrypted(revision=revision)) == ["name"]


def test_dynamic_xfa() -> None:
    with pytest.raises(DynamicXfa):
        open_pdf(small_forms.dynamic_xfa())


def test_fields_that_only_an_xfa_engine_sees() -> None:
    with pytest.raises(DynamicXfa):
        read_template(small_forms.xfa_only())


def test_an_xfa_copy_beside_the_fields_is_no_hindrance() -> None:
    template = read_template(small_forms.static_xfa())
    assert [field.value for field in template.fields] == ["Anna"]
    assert "xfa" in template.notices


def test_values_that_only_the_xfa_copy_has_are_told() -> None:
    """A program that writes XFA alone leaves the fields as they were."""
    same = b"<xfa:data><name>Anna</name><n>1.50</n><day>2026-11-24</day></xfa:data>"
    more = b"<xfa:data><name>Zo&#235; Jansen</name></xfa:data><dd:x>string type</dd:x>"
    assert "xfa_differs" not in read_template(small_forms.static_xfa(same)).notices
    assert "xfa_differs" in read_template(small_forms.static_xfa(more)).notices


def test_no_fields() -> None:
    with pytest.raises(NoFields):
        read_template(small_forms.without_fields())


def test_no_pages() -> None:
    out = io.BytesIO()
    pikepdf.Pdf.new().save(out)
    with pytest.raises(NotAPdf) as caught:
        open_pdf(out.getvalue())
    assert caught.value.data["reason"] == "no_pages"


def test_over_the_limits() -> None:
    data = small_forms.many_fields(4)
    assert len(names(data, Limits(max_bytes=len(data), max_pages=1, max_fields=4))) == 4
    for limits, what, limit, found in (
        (Limits(max_bytes=len(data) - 1), "bytes", len(data) - 1, len(data)),
        (Limits(max_fields=3), "fields", 3, 4),
    ):
        with pytest.raises(TooLarge) as caught:
            names(data, limits)
        assert caught.value.data == {"what": what, "limit": limit, "found": found}


def test_over_the_limit_of_pages() -> None:
    data = small_forms.without_fields(pages=4)
    with pytest.raises(TooLarge) as caught:
        open_pdf(data, Limits(max_pages=3))
    assert caught.value.data == {"what": "pages", "limit": 3, "found": 4}


def test_the_limits_are_those_of_the_agreement() -> None:
    agreed = Limits()
    assert (agreed.max_bytes, agreed.max_pages, agreed.max_fields) == (25 * 2**20, 500, 5_000)
