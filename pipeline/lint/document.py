"""What of the document as a whole the online form, or the definitive PDF, will not have."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.lint.finding import Finding, at_field
from pipeline.lint.subject import Subject


def document_findings(subject: Subject) -> Iterator[Finding]:
    document = subject.survey.document
    if not subject.survey.readable:
        yield Finding("pages_unreadable")
    notices = subject.template.notices
    if "xfa_differs" in notices:
        yield Finding("xfa_differs")
    elif "xfa" in notices:
        yield Finding("xfa")
    if document.certified:
        yield Finding("certified")
    if document.usage_rights:
        yield Finding("usage_rights")
    if document.encrypted:
        yield Finding("encrypted")
    if document.hidden_layers:
        yield Finding("hidden_layers", data={"layers": ", ".join(document.hidden_layers)})
    for field in subject.template.fields:
        layers = {box.layer for box in subject.facts(field).boxes if box.layer is not None}
        if layers and field.visible:
            yield at_field("hidden_layer_box", field, layer=", ".join(sorted(layers)))
