"""The states a document passes through, each a type of its own, so that a type checker refuses to
encrypt what was not flattened or to release what was not proven."""

from __future__ import annotations

from typing import NewType

TemplatePdf = NewType("TemplatePdf", bytes)
FilledPdf = NewType("FilledPdf", bytes)
FlatPdf = NewType("FlatPdf", bytes)
SealedPdf = NewType("SealedPdf", bytes)
ProvenPdf = NewType("ProvenPdf", bytes)
SecuredPdf = NewType("SecuredPdf", bytes)
