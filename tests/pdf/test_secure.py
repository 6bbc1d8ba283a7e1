"""The last save: AES-256, R 6, no password to open, no changes. Judged by qpdf and pypdf."""

from __future__ import annotations

import subprocess
from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.constants import UserAccessPermissions as Allowed

from pipeline.extract.secured import secured_problems
from pipeline.flow import documents
from pipeline.pdf.secure import secure
from pipeline.pdf.states import ProvenPdf
from tests.pdf import small_forms
from tests.pdf.forms import form_of, submitted
from tests.pdf.judges import is_sound, on_disk, page_text, tool


@pytest.fixture(scope="module")
def secured() -> bytes:
    form = form_of(small_forms.one_text_field())
    return documents.finish(form, submitted(form, {"name": "Anna"}))


def test_by_qpdf(secured: bytes) -> None:
    with on_disk(secured) as path:
        command = [tool("qpdf"), "--show-encryption", path]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "R = 6" in told
    assert "stream encryption method: AESv3" in told
    for allowed in (
        "extract for accessibility",
        "extract for any purpose",
        "print high resolution",
    ):
        assert f"{allowed}: allowed" in told
    for denied in ("document assembly", "forms", "annotations", "other", "anything"):
        assert f"modify {denied}: not allowed" in told
    assert is_sound(secured)


def test_by_pypdf(secured: bytes) -> None:
    reader = PdfReader(BytesIO(secured))
    assert reader.is_encrypted
    permissions = reader.user_access_permissions
    assert permissions is not None
    assert permissions & Allowed.PRINT
    assert permissions & Allowed.EXTRACT_TEXT_AND_GRAPHICS
    assert not permissions & (Allowed.MODIFY | Allowed.FILL_FORM_FIELDS | Allowed.ASSEMBLE_DOC)
    assert "Anna" in reader.pages[0].extract_text()


def test_by_pdfium(secured: bytes) -> None:
    assert page_text(secured).strip() == "Anna"


def test_nobody_knows_the_owner_password(secured: bytes) -> None:
    for guess in ("owner", "formpress", "small", "name"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(BytesIO(secured), password=guess)
    with pikepdf.open(BytesIO(secured)) as pdf:
        assert not pdf.owner_password_matched


def test_two_saves_have_two_keys() -> None:
    proven = ProvenPdf(small_forms.without_fields())
    assert secure(proven) != secure(proven)


def test_without_encryption_when_asked() -> None:
    form = form_of(small_forms.one_text_field())
    plain = documents.finish(form, submitted(form, {"name": "Anna"}), encrypt=False)
    assert not PdfReader(BytesIO(plain)).is_encrypted


def test_what_is_wrong_with_a_last_save_is_found() -> None:
    plain = small_forms.without_fields()
    assert [each.code for each in secured_problems(plain, 1)] == ["not_encrypted"]
    open_to_all = small_forms.encrypted()
    codes = {each.code for each in secured_problems(open_to_all, 2)}
    assert codes == {"changes_allowed", "page_count", "form_left"}
    assert [each.code for each in secured_problems(b"%PDF-1.7 nothing", 1)] == ["not_readable"]


def test_what_may_not_be_read_aloud_is_found() -> None:
    writer = PdfWriter(BytesIO(small_forms.without_fields()))
    writer.encrypt(
        user_password="", owner_password="x", algorithm="AES-256", permissions_flag=Allowed.PRINT
    )
    out = BytesIO()
    writer.write(out)
    assert [each.code for each in secured_problems(out.getvalue(), 1)] == ["not_accessible"]
