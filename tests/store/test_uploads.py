from __future__ import annotations

import errno
from io import BytesIO

import pytest
from pypdf import PdfWriter
from sqlalchemy import select

from pipeline.errors import AlreadySubmitted, NotAPdf, StorageError, TooLarge, UnknownLink
from pipeline.store.records import DraftRecord, UploadRecord
from tests.store.office import Office
from tests.store.small_form import ANSWERS, FORM_ID, small_form_pdf


def filled_by_pypdf(**values: str) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(small_form_pdf()))
    writer.update_page_form_field_values(writer.pages[0], values, auto_regenerate=False)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_filled_pdf_becomes_a_draft_with_a_report(office: Office) -> None:
    token = office.desk.new_token()
    data = filled_by_pypdf(school="De Linde", pupils="many")
    draft = office.desk.take_upload(FORM_ID, token, "C:\\forms\\my\0 form.pdf", data)
    assert draft.values["school"] == "De Linde"
    assert draft.upload_report is not None
    assert [problem.field for problem in draft.upload_report] == ["pupils"]
    assert office.desk.open_draft(FORM_ID, token) == draft
    with office.sessions() as session:
        upload = session.scalars(select(UploadRecord)).one()
    assert (upload.file_name, upload.bytes, upload.draft_id) == ("my form.pdf", len(data), draft.id)
    assert office.files.get(upload.file_key) == data
    assert upload.report["source"] == "acroform"


def test_it_is_gone_on_with_and_sent(office: Office) -> None:
    token = office.desk.new_token()
    draft = office.desk.take_upload(FORM_ID, token, "f.pdf", filled_by_pypdf(school="De Linde"))
    saved = office.desk.save_draft(FORM_ID, token, ANSWERS, draft.version)
    assert saved.upload_report == draft.upload_report
    office.desk.send(FORM_ID, token, ANSWERS)
    with pytest.raises(AlreadySubmitted):
        office.desk.take_upload(FORM_ID, token, "f.pdf", filled_by_pypdf(school="De Eik"))
    assert len(office.stored("uploads")) == 1


@pytest.mark.parametrize(
    ("data", "error"), [(b"no PDF", NotAPdf), (b"%PDF-1.7" + b" " * 3000, TooLarge)]
)
def test_what_cannot_be_read_leaves_nothing(
    office: Office, data: bytes, error: type[Exception]
) -> None:
    small = office.settings.model_copy(update={"max_bytes": 2000})
    office.settings = small
    with pytest.raises(error):
        office.desk.take_upload(FORM_ID, office.desk.new_token(), "f.pdf", data)
    with pytest.raises(UnknownLink):
        office.desk.take_upload(FORM_ID, "no token", "f.pdf", data)
    assert office.stored("uploads") == []
    with office.sessions() as session:
        assert session.scalars(select(DraftRecord)).all() == []


def test_a_full_disk_leaves_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pipeline.store.files._write_synced", no_space)
    with pytest.raises(StorageError):
        office.desk.take_upload(
            FORM_ID, office.desk.new_token(), "f.pdf", filled_by_pypdf(school="De Linde")
        )
    with office.sessions() as session:
        assert session.scalars(select(DraftRecord)).all() == []
