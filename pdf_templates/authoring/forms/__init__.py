"""The forms we draw ourselves, by their folder under ``pdf_templates/``."""

from __future__ import annotations

from pdf_templates.authoring.blocks import FormPlan
from pdf_templates.authoring.forms.bao_2024 import BAO_2024
from pdf_templates.authoring.forms.bao_2024.one_page import BAO_ONE_PAGE
from pdf_templates.authoring.forms.sbo_so_2024 import SBO_SO_2024
from pdf_templates.authoring.one_page import OnePagePlan

FORMS: dict[str, FormPlan] = {form.folder: form for form in (BAO_2024, SBO_SO_2024)}

ONE_PAGES: dict[str, OnePagePlan] = {BAO_2024.folder: BAO_ONE_PAGE}
"""The one-page of a form, where it has one."""
