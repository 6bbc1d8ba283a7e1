"""A form that LibreOffice Writer makes at test time, of a document of our own."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

_NAMES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "form": "urn:oasis:names:tc:opendocument:xmlns:form:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "ooo": "http://openoffice.org/2004/office",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)

_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document {names} office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>Aanmelding</dc:title></office:meta>
<office:styles><style:default-style style:family="paragraph">
<style:text-properties fo:language="nl" fo:country="NL"/></style:default-style></office:styles>
<office:automatic-styles/>
<office:body><office:text><office:forms form:automatic-focus="false"
 form:apply-design-mode="false"><form:form form:name="Aanmelding"
 form:control-implementation="ooo:com.sun.star.form.component.Form">{controls}</form:form>
</office:forms>{lines}</office:text></office:body></office:document>"""

_HELP = (
    '<form:properties><form:property form:property-name="HelpText" '
    'office:value-type="string" office:string-value="{words}"/></form:properties>'
)

_KINDS = {"text": "TextField", "checkbox": "CheckBox", "listbox": "ListBox"}


def office() -> str | None:
    """The program, where there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@cache
def office_form(labels: bool = True) -> bytes:
    """``naam`` (at most 40), ``plaats``, ``akkoord`` and ``fruit``; with help texts or without."""
    program = office()
    assert program is not None
    options = "<form:option form:label='Appel'/><form:option form:label='Peer'/>"
    controls = (
        ("text", "naam", "Uw naam", 'form:max-length="40"', "", "8cm"),
        ("text", "plaats", "Woonplaats", "", "", "8cm"),
        ("checkbox", "akkoord", "Ik ga akkoord", "", "", "0.5cm"),
        ("listbox", "fruit", "Fruit naar keuze", 'form:dropdown="true"', options, "5cm"),
    )
    drawn, lines = "", ""
    for number, (kind, name, label, more, inner, width) in enumerate(controls):
        told = _HELP.format(words=label) if labels else ""
        component = f"ooo:com.sun.star.form.component.{_KINDS[kind]}"
        drawn += (
            f'<form:{kind} form:name="{name}" form:id="c{number}" xml:id="c{number}" '
            f'form:control-implementation="{component}" {more}>{told}{inner}</form:{kind}>'
        )
        lines += (
            f'<text:p>{label}: <draw:control text:anchor-type="as-char" svg:width="{width}" '
            f'svg:height="0.7cm" draw:control="c{number}"/></text:p>'
        )
    with TemporaryDirectory() as folder:
        source = Path(folder) / "form.fodt"
        source.write_text(_DOCUMENT.format(names=_NAMES, controls=drawn, lines=lines), "utf-8")
        tagged = '{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
        subprocess.run(
            [
                program, f"-env:UserInstallation=file://{folder}/profile", "--headless",
                "--convert-to", f"pdf:writer_pdf_Export:{tagged}", "--outdir", folder, source,
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return (Path(folder) / "form.pdf").read_bytes()
