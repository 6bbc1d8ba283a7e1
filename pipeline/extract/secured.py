"""Reads a definitive PDF's protection and remains with pypdf, which wrote none of it."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader
from pypdf.constants import UserAccessPermissions
from pypdf.errors import PyPdfError

from pipeline.errors import FieldProblem

_CHANGES = (
    UserAccessPermissions.MODIFY
    | UserAccessPermissions.ADD_OR_MODIFY
    | UserAccessPermissions.FILL_FORM_FIELDS
    | UserAccessPermissions.ASSEMBLE_DOC
)
_GONE = ("/AcroForm", "/Perms", "/AA", "/NeedsRendering")


def secured_problems(data: bytes, pages: int) -> list[FieldProblem]:
    """What is wrong with the last save: opens without a password, forbids changes, no form left."""
    try:
        reader = PdfReader(BytesIO(data))
        if not reader.is_encrypted:
            return [FieldProblem("", "not_encrypted")]
        permissions = reader.user_access_permissions
        root = reader.root_object
        found = len(reader.pages)
    except PyPdfError as error:
        return [FieldProblem("", "not_readable", {"why": str(error)})]
    problems = []
    if permissions is None or permissions & _CHANGES:
        problems.append(FieldProblem("", "changes_allowed"))
    if permissions is None or not permissions & UserAccessPermissions.EXTRACT_TEXT_AND_GRAPHICS:
        problems.append(FieldProblem("", "not_accessible"))
    if found != pages:
        problems.append(FieldProblem("", "page_count", {"found": found}))
    problems += [FieldProblem("", "form_left", {"key": key}) for key in _GONE if key in root]
    return problems
