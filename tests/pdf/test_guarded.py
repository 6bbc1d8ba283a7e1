"""An upload is read in a child process: its answer is the same, and it may use only so much."""

from __future__ import annotations

import time

import pytest

from pipeline.errors import EncryptedPdf, NoFields, NotAPdf, TookTooLong, TooLarge
from pipeline.flow import documents, guarded
from pipeline.flow.guarded import receive_guarded
from pipeline.model.limits import MEBIBYTE, Limits
from tests.pdf import small_forms
from tests.pdf.forms import LIMITS, definitive, form_of

VALUES: dict[str, object] = {
    "name": "Zoë Łukasiewicz",
    "story": "Een\nTwee",
    "agreed": True,
    "fruits": ["a", "k"],
}


def test_the_answer_is_the_same() -> None:
    form = form_of(small_forms.every_type())
    final = definitive(form, VALUES)
    assert receive_guarded(form, final, LIMITS) == documents.receive(form, final, LIMITS)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"geen pdf", NotAPdf),
        (small_forms.encrypted(user="x"), EncryptedPdf),
        (small_forms.without_fields(words=""), NoFields),
    ],
)
def test_errors_come_back_as_they_were(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        receive_guarded(form_of(small_forms.one_text_field()), data, LIMITS)


def test_errors_bring_their_data() -> None:
    form = form_of(small_forms.one_text_field())
    with pytest.raises(TooLarge) as caught:
        receive_guarded(form, b"%PDF-" + b" " * MEBIBYTE, Limits(max_bytes=MEBIBYTE))
    assert caught.value.data["limit"] == MEBIBYTE


def test_a_child_that_runs_out_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time at all beyond that of starting: the child is ended and the parent says why."""
    monkeypatch.setattr(guarded, "_START_UP_SECONDS", 0.05)
    form = form_of(small_forms.one_text_field())
    with pytest.raises(TookTooLong) as caught:
        receive_guarded(form, small_forms.one_text_field(), Limits(seconds=0))
    assert caught.value.data == {"seconds": 0}


def test_a_child_that_runs_out_of_memory() -> None:
    """A page of so many letters that the child may not have them all."""
    sheet = small_forms.Sheet()
    sheet.text("name")
    form = form_of(sheet.bytes())
    sheet.print_text("x" * 2_900_000, 0, 0)
    del sheet.pdf.Root["/AcroForm"]
    del sheet.page()["/Annots"]
    bomb = sheet.bytes(compress_streams=True, recompress_flate=True)
    assert len(bomb) < 2 * MEBIBYTE
    started = time.monotonic()
    with pytest.raises(TookTooLong):
        receive_guarded(form, bomb, Limits(memory_bytes=300 * MEBIBYTE, seconds=60))
    assert time.monotonic() - started < 30, "it was time, not memory, that ran out"
