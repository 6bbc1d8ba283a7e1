"""The declared scripts of fields, word for word as Acrobat writes them.

They are data to Formpress and never run there; in Acrobat they work as they stand.
"""

from __future__ import annotations

from pdf_templates.authoring.fields import Number, Quotient, Sum

DATE_FORMAT = "dd-mm-yyyy"


def number_keystroke(spec: Number) -> str:
    return f'AFNumber_Keystroke({spec.decimals}, {spec.separators}, 0, 0, "", true);'


def number_format(spec: Number) -> str:
    return f'AFNumber_Format({spec.decimals}, {spec.separators}, 0, 0, "", true);'


def range_validate(low: float, high: float) -> str:
    return f"AFRange_Validate(true, {low:g}, true, {high:g});"


def date_keystroke() -> str:
    return f'AFDate_KeystrokeEx("{DATE_FORMAT}");'


def date_format() -> str:
    return f'AFDate_FormatEx("{DATE_FORMAT}");'


def mask_keystroke(mask: str) -> str:
    """9 is a digit, A a letter; anything else stands for itself."""
    return f'AFSpecial_KeystrokeEx("{mask}");'


def calculation(spec: Number) -> str:
    match spec.calculation:
        case Sum(parts):
            names = ", ".join(f'"{part}"' for part in parts)
            return f'AFSimple_Calculate("SUM", new Array ({names}));'
        case Quotient() as quotient:
            return _quotient(quotient, spec.decimals)
        case None:
            raise ValueError(f"{spec.name} has no calculation")


def _quotient(quotient: Quotient, decimals: int) -> str:
    """Acrobat's simplified field notation, then the same as a script, empty where it divides by 0.

    Acrobat itself keeps the notation in such a comment beside the script it makes of it.
    """
    escaped = [name.replace(".", "\\.") for name in quotient.numerator]
    over = escaped[0] if len(escaped) == 1 else f"({' + '.join(escaped)})"
    under = quotient.denominator.replace(".", "\\.")
    factor = f" * {quotient.factor}" if quotient.factor != 1 else ""
    values = " + ".join(f'Number(getField("{name}").value)' for name in quotient.numerator)
    return (
        f"/** BVCALC {over} / {under}{factor} EVCALC **/\n"
        f'var under = Number(getField("{quotient.denominator}").value);\n'
        f"var places = {10**decimals};\n"
        f'event.value = under ? Math.round(({values}) / under{factor} * places) / places : "";'
    )
