"""The forms we draw ourselves, by their folder under ``pdf_templates/``."""

from __future__ import annotations

from pdf_templates.authoring.blocks import FormPlan
from pdf_templates.authoring.forms.bao_2024 import BAO_2024

FORMS: dict[str, FormPlan] = {form.folder: form for form in (BAO_2024,)}
