"""Twenty real forms, chosen for their differences, through inspect, finish and extract.

They are third-party files in a folder beside the repository; where it is absent these tests skip.
"""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from pipeline.cli import main
from pipeline.flow import documents
from pipeline.flow.documents import Form, Stage
from pipeline.model.field import Field, FieldType, Value
from pipeline.model.formats import DateFormat, MaskFormat, NumberFormat, PercentFormat
from pipeline.model.limits import Limits
from pipeline.model.submission import Submission

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="no folder ../shared/corpus with real forms"),
]

FORMS = {
    "codeforamerica_vita-min__TY2020Form1040": "IRS, hybrid XFA, comb, deep names",
    "codeforamerica_vita-min__f1040-TY2021": "IRS, two pages, hundreds of fields",
    "codeforamerica_vita-min__az8879-TY2024": "Arizona",
    "codeforamerica_vita-min__nj1040v-TY2024": "New Jersey, one-character boxes",
    "codeforamerica_vita-min__it201_additional_dependents": "New York, very narrow boxes",
    "ustaxes_UsTaxes__f8889-1185040e": "IRS, one page",
    "ustaxes_UsTaxes__IL-WIT-6fb89737": "Illinois",
    "ustaxes_UsTaxes__OR-40-V": "Oregon",
    "pikepdf_pikepdf__form_dd0293": "Department of Defense, radio groups, choices",
    "apache_pdfbox__AcroFormsRotation": "boxes and pages turned in every direction",
    "apache_pdfbox__CombTest": "combs",
    "mozilla_pdf.js__annotation-choice-widget": "list boxes with several selections",
    "mozilla_pdf.js__issue15597": "a widget that /Fields does not reach",
    "pdfcpu_pdfcpu__ukrainian-09bb89b8": "Cyrillic labels and options",
    "pdfcpu_pdfcpu__usageRights": "usage rights",
    "py-pdf_pypdf__FormTestFromOo": "made by OpenOffice",
    "chinapandaman_PyPDFForm__PPF-1162": "immigration form with pages taken out: fields on no page",
    "chinapandaman_PyPDFForm__sample_template_sejda_complex": "made by Sejda",
    "jhpyle_docassemble__sample-form-checkbox-export-value": "export values of checkboxes",
    "Hopding_pdf-lib__fancy_fields": "names with emoji, turned buttons, borders of all kinds",
}

TEXT = "Zoë Łódź Ωδ kwam naar school. "


@cache
def form(name: str) -> Form:
    return documents.open_form(CORPUS / f"{name}.pdf", Limits())


def hard_value(field: Field) -> Value:
    """Characters beyond the form's own fonts, up to the maximum where there is one."""
    match field.type, field.format:
        case FieldType.CHECKBOX, _:
            return True
        case FieldType.RADIO, _:
            return field.on_states[-1]
        case FieldType.CHOICE, _:
            return field.options[-1].export if field.options else ""
        case _, NumberFormat():
            return "15"
        case _, PercentFormat():
            return "0.25"
        case _, DateFormat():
            return field.format.parse("2024-02-01")
        case _, MaskFormat():
            return field.format.masks[0].translate(str.maketrans("9AXO", "1Bx0"))
    most = field.max_len or 20
    if field.multiline:
        return (TEXT[: most // 2].strip() + "\n" + TEXT)[:most].strip()
    return TEXT[: min(most, 8)].strip()


@cache
def submission(name: str) -> Submission:
    """Hard values in every field that a person can reach; what does not fit its box is left out."""
    raw: dict[str, object] = {
        field.name: hard_value(field)
        for field in form(name).template.fields
        if field.fillable and field.painted_widgets()
    }
    for problem in documents.check(form(name), raw, Stage.DRAFT).errors:
        assert problem.code in ("does_not_fit", "max_len"), problem
        raw.pop(problem.field, None)
    return documents.validate(form(name), raw, Stage.DRAFT)


@cache
def finished(name: str) -> bytes:
    return documents.finish(form(name), submission(name))


@pytest.mark.parametrize("name", FORMS)
def test_inspect(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(CORPUS / f"{name}.pdf"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    with pikepdf.open(CORPUS / f"{name}.pdf") as pdf:
        assert told["pages"] == len(pdf.pages)
    assert len(told["fields"]) == len({field["name"] for field in told["fields"]}) > 0


@pytest.mark.parametrize("name", FORMS)
def test_finish(name: str) -> None:
    """Finishing includes the proof; here pypdf looks for what may not be left."""
    reader = PdfReader(BytesIO(finished(name)))
    assert reader.is_encrypted
    assert not {"/AcroForm", "/Perms", "/AA"} & set(reader.root_object)
    for page in reader.pages:
        kinds = [each.get_object().get("/Subtype") for each in page.get("/Annots", [])]
        assert "/Widget" not in kinds


@pytest.mark.parametrize("name", FORMS)
def test_extract_from_the_filled_form(name: str) -> None:
    filled = documents.fill(form(name), submission(name))
    assert documents.receive(form(name), filled, Limits()).values == submission(name).values


@pytest.mark.parametrize("name", FORMS)
def test_extract_from_the_final_pdf(name: str) -> None:
    received = documents.receive(form(name), finished(name), Limits())
    assert received.source == "embedded"
    assert received.values == submission(name).values


@pytest.mark.parametrize("name", FORMS)
def test_extract_from_the_pages_alone(name: str) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(finished(name))) as pdf:
        del pdf.Root.PieceInfo
        pdf.save(out)
    received = documents.receive(form(name), out.getvalue(), Limits())
    assert received.source == "page_text"
    on_pages = {field.name for field in form(name).template.fields if field.painted_widgets()}
    sent = {n: value for n, value in submission(name).values.items() if n in on_pages}
    assert {n: value for n, value in received.values.items() if n in on_pages} == sent
