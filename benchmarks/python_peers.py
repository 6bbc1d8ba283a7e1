"""Python libraries that fill forms, each used as its documentation says, in this process."""

from __future__ import annotations

import secrets
import warnings
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import form as pikepdf_form

from benchmarks.contenders import Contender, InProcess, NotHere, Session, in_process
from benchmarks.ours import encryption
from benchmarks.subjects import TEXTUAL, Entry, Subject


def _pikepdf(generator: type[pikepdf_form.AppearanceStreamGenerator]) -> Callable[[Subject], bytes]:
    def make(subject: Subject) -> bytes:
        out = BytesIO()
        with pikepdf.open(BytesIO(subject.pdf)) as pdf:
            fields: Any = pikepdf_form.Form(pdf, generator)
            for entry in subject.entries:
                field = fields[entry.name]
                if entry.kind == "checkbox":
                    field.checked = True
                elif entry.kind == "radio":
                    field.value = pikepdf.Name("/" + str(entry.value))
                else:
                    _set_text(field, str(entry.value))
            pdf.flatten_annotations("print")
            pdf.save(out, encryption=encryption())
        return out.getvalue()

    return make


def _set_text(field: Any, text: str) -> None:
    """With "?" for what the Extended generator refuses; Default writes it by itself."""
    try:
        field.value = text
    except UnicodeEncodeError:
        field.value = text.encode("cp1252", "replace").decode("cp1252")


def _pypdf(library: Any, subject: Subject) -> bytes:
    writer = library.PdfWriter(BytesIO(subject.pdf))
    values = {
        entry.name: entry.shown if entry.kind in TEXTUAL else "/" + _state(entry)
        for entry in subject.entries
    }
    writer.update_page_form_field_values(None, values, auto_regenerate=False, flatten=True)
    writer.remove_annotations(subtypes="/Widget")
    writer.encrypt("", secrets.token_urlsafe(32), algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _pypdfform(library: Any, subject: Subject) -> bytes:
    values = {
        entry.name: entry.states.index(str(entry.value)) if entry.kind == "radio" else entry.value
        for entry in subject.entries
    }
    form = library.PdfWrapper(
        subject.pdf, use_full_widget_name=True, generate_appearance_streams=True
    )
    made: bytes = form.fill(values, flatten=True).read()
    return made


def _pymupdf(library: Any, subject: Subject) -> bytes:
    values = {entry.name: entry for entry in subject.entries}
    with library.open(stream=subject.pdf, filetype="pdf") as document:
        for page in document:
            for widget in page.widgets():
                entry = values.get(widget.field_name)
                if entry is None:
                    continue
                if entry.kind == "radio":
                    if widget.on_state() != entry.value:
                        continue
                    widget.field_value = True
                else:
                    widget.field_value = entry.shown if entry.kind in TEXTUAL else True
                widget.update()
        document.bake(annots=False)
        made: bytes = document.tobytes(
            garbage=1,
            deflate=True,
            use_objstms=1,
            encryption=library.PDF_ENCRYPT_AES_256,
            owner_pw=secrets.token_hex(16),
            user_pw="",
        )
    return made


def _state(entry: Entry) -> str:
    return entry.states[0] if entry.value is True else str(entry.value)


def _library(
    module: str, package: str, make: Callable[[Any, Subject], bytes]
) -> Callable[[Subject], Session]:
    """A session over a library that may be missing."""

    def start(subject: Subject) -> Session:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                library = import_module(module)
        except ImportError as error:
            raise NotHere(f"{package} is not installed (requirements/bench.txt)") from error
        return InProcess(lambda: make(library, subject))

    return start


CONTENDERS = (
    Contender(
        "pikepdf, Default, `?` for Ł",
        in_process(_pikepdf(pikepdf_form.DefaultAppearanceStreamGenerator)),
    ),
    Contender(
        "pikepdf, Extended, `?` for Ł",
        in_process(_pikepdf(pikepdf_form.ExtendedAppearanceStreamGenerator)),
    ),
    Contender("pypdf", _library("pypdf", "pypdf", _pypdf)),
    Contender("PyPDFForm", _library("PyPDFForm", "PyPDFForm", _pypdfform), "AES-256"),
    Contender("PyMuPDF", _library("pymupdf", "pymupdf", _pymupdf)),
)
"""None of them proves anything, so that is not said of each."""
