"""What a form asks, as data for programs and as lines for people."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.flow.catalogue import Form
from pipeline.model.field import Field, Value


@dataclass(frozen=True)
class Inspection:
    """Of one form; ``as_json`` has the shape that the command line promises."""

    form: Form

    def as_json(self) -> dict[str, object]:
        template = self.form.template
        return {
            "digest": template.digest,
            "pages": len(template.pages),
            "fields": [_field_json(self.form, field) for field in template.fields],
            "not_understood": [
                {"field": each.field, "what": each.what} for each in template.not_understood
            ],
        }

    def lines(self) -> list[str]:
        template = self.form.template
        lines = [
            f"{self.form.title}: {len(template.pages)} page(s), {len(template.fields)} field(s)"
        ]
        for field in template.fields:
            page = "-" if field.page is None else str(field.page + 1)
            marks = [
                word
                for word, holds in (
                    ("required", field.required),
                    ("read-only", field.read_only),
                    ("multiline", field.multiline),
                    ("comb", field.comb),
                    (f"at most {field.max_len}", field.max_len is not None),
                )
                if holds
            ]
            detail = f" ({', '.join(marks)})" if marks else ""
            lines.append(f"  p.{page:>3}  {field.type:<9} {field.name}: {field.title}{detail}")
        lines += [
            f"  not understood: {each.field or '(document)'}: {each.what}"
            for each in template.not_understood
        ]
        return lines


def inspection(form: Form) -> Inspection:
    return Inspection(form)


def _field_json(form: Form, field: Field) -> dict[str, object]:
    definition = form.template.definition
    return {
        "name": field.name,
        "type": field.type.value,
        "label": field.label,
        "page": None if field.page is None else field.page + 1,
        "required": field.required,
        "read_only": field.read_only,
        "multiline": field.multiline,
        "comb": field.comb,
        "max_len": definition.max_len.get(field.name, field.max_len),
        "options": [
            {"export": option.export, "display": option.display} for option in field.options
        ],
        "on_states": list(field.on_states),
        "multi_select": field.multi_select,
        "editable": field.editable,
        "format": None if field.format is None else field.format.as_json(),
        "range": None if field.range is None else field.range.as_json(),
        "calculation": None if field.calculation is None else field.calculation.as_json(),
        "value": _value_json(field.value),
        "visible": field.visible,
    }


def _value_json(value: Value | None) -> object:
    return list(value) if isinstance(value, tuple) else value
