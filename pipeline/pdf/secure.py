"""How what is released is protected: all may open, print and read aloud; nobody may change."""

from __future__ import annotations

import secrets

import pikepdf

PERMISSIONS = pikepdf.Permissions(
    accessibility=True,
    extract=True,
    print_lowres=True,
    print_highres=True,
    modify_annotation=False,
    modify_assembly=False,
    modify_form=False,
    modify_other=False,
)
"""Copying is allowed: a published document is quoted and indexed. ISO 32000-2, table 22."""


def protection() -> pikepdf.Encryption:
    """AES-256, security handler revision 6, empty user password. ISO 32000-2, 7.6.4.

    The owner password is random and kept by nobody, not even here. The file encryption key that
    comes of it serves all documents of one compiled template: docs/security.md says why that
    takes nothing away.
    """
    return pikepdf.Encryption(owner=secrets.token_urlsafe(32), user="", R=6, allow=PERMISSIONS)
