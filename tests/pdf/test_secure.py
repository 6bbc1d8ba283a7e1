"""The last save: AES-256, R 6, no password to open, no changes. Judged by qpdf and pypdf."""

from __future__ import annotations

import subprocess
from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.constants import UserAccessPermissions as Allowed

from pipeline.appearance.compose import compose
from pipeline.errors import ProofError
from pipeline.extract.secured import secured_problems
from pipeline.flow import documents
from pipeline.pdf.proof import prove_sealed
from pipeline.pdf.secure import PERMISSIONS
from pipeline.pdf.states import SealedPdf
from tests.pdf import small_forms
from tests.pdf.forms import form_of, submitted
from tests.pdf.judges import is_sound, on_disk, page_text, tool


@pytest.fixture(scope="module")
def form() -> documents.Form:
    return form_of(small_forms.one_text_field())


@pytest.fixture(scope="module")
def secured(form: documents.Form) -> bytes:
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


def test_two_templates_have_two_keys() -> None:
    keys = set()
    for _ in range(2):
        form = form_of(small_forms.one_text_field())
        final = documents.finish(form, submitted(form, {"name": "Anna"}))
        with pikepdf.open(BytesIO(final)) as pdf:
            keys.add(pdf.encryption.encryption_key)
    assert len(keys) == 2


def test_equal_documents_are_encrypted_differently(form: documents.Form) -> None:
    """Each string and stream has an initialisation vector of its own. ISO 32000-2, 7.6.3.2."""
    one, other = (documents.finish(form, submitted(form, {"name": "Anna"})) for _ in range(2))
    bodies = [PdfReader(BytesIO(each)) for each in (one, other)]
    assert bodies[0].pages[0].extract_text() == bodies[1].pages[0].extract_text()
    assert one[:2000] != other[:2000]


@pytest.mark.parametrize(
    ("allow", "code"),
    [
        (pikepdf.Permissions(modify_other=True, extract=True), "changes_allowed"),
        (pikepdf.Permissions(modify_annotation=True), "changes_allowed"),
        (PERMISSIONS._replace(extract=False), "not_accessible"),
    ],
)
def test_the_proof_looks_at_the_protection(
    form: documents.Form, allow: pikepdf.Permissions, code: str
) -> None:
    composed = compose(form.boxes, {}, form.fonts.for_document())
    with pikepdf.open(BytesIO(form.blank)) as pdf:
        out = BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="x", user="", R=6, allow=allow))
    with pytest.raises(ProofError) as caught:
        prove_sealed(SealedPdf(out.getvalue()), form.witness, composed)
    assert code in [problem.code for problem in caught.value.problems]


def test_the_proof_refuses_what_is_not_encrypted(form: documents.Form) -> None:
    composed = compose(form.boxes, {}, form.fonts.for_document())
    with pytest.raises(ProofError) as caught:
        prove_sealed(SealedPdf(form.blank), form.witness, composed)
    assert [problem.code for problem in caught.value.problems] == ["not_encrypted"]


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
