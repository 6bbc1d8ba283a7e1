"""From a finding's code to an English sentence. Its hints are in ``hints``.

A sentence does not name its field: that stands before it, in lists as in pictures.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.lint.finding import Finding

SENTENCES: Mapping[str, str] = {
    # The document.
    "form_toml": "form.toml is not used, because of a mistake: {where}: {why}",
    "pages_unreadable": "the pages cannot be drawn: PDFium, which shows them, cannot open the "
    "file, or would take too much for it",
    "xfa": "an XFA copy of the form is ignored, and left out of every PDF that leaves",
    "xfa_differs": "the XFA copy of the form holds values that its fields do not; they are ignored",
    "certified": "the certification (DocMDP) is dropped: a filled PDF is another document",
    "usage_rights": "the usage rights for Adobe Reader are dropped: a filled PDF needs none",
    "encrypted": "the file is encrypted; its restrictions are not kept, the definitive PDF gets "
    "its own",
    "hidden_layers": "layers that are hidden when the document opens: {layers}",
    "hidden_layer_box": "lies in the hidden layer “{layer}”: not shown online",
    # Scripts.
    "document_script": "a script of the document is not run",
    "page_script": "a script that runs when the page opens or closes is not run",
    "format_script": "its format script is not understood: any text is taken, and shown as it is",
    "keystroke_script": "its keystroke script is not understood: it refuses nothing",
    "validation_script": "its validation script is not understood: any answer is taken",
    "calculation_script": "its calculation script is not understood: nothing is worked out",
    "activation_script": "the script that runs when it is clicked is not run",
    "event_script": "scripts that run when it is entered, left or clicked are not run",
    "not_honoured": "{what} is not honoured",
    "push_button": "a push button is not shown online, and what it does is not done",
    # Calculations.
    "calculation_unknown_field": "its calculation takes {other!r}, and there is no such field",
    "calculation_circle": "its calculation goes in a circle: {circle}",
    "calculation_not_in_order": "is calculated, but is missing from the calculation order: other "
    "programs never work it out",
    "calculation_too_early": "is calculated before {other}, which it takes: it is a step behind",
    "calculated_not_read_only": "is calculated and not read-only: other programs let people write "
    "over the result, the online form does not",
    # Names.
    "no_name": "has no name; it is known by a number, which may change with the file",
    "no_type": "has no field type (FT): it is left out",
    "name_of_two_types": "the name stands for fields of different types ({types}): only the first "
    "is honoured",
    "name_shared": "{count} field dictionaries bear this name: they are one field with one value",
    "name_differs_in_case": "differs from {other!r} in capitals only: spreadsheets and data bases "
    "may take them for one",
    "name_clashes_nested": "{other!r} is a field itself: written as nested data, it cannot hold a "
    "value and this field too",
    # Labels.
    "label_missing": "has no label (tooltip): a screen reader says its name",
    "label_is_name": "its label “{label}” is its technical name",
    "label_duplicate": "{count} fields of this page have the label “{label}” ({fields}): a screen "
    "reader cannot tell them apart",
    "label_repeated": "{count} fields have the label “{label}”, on different pages ({fields})",
    "states_say_nothing": "its buttons are called {states}: who cannot see them does not know what "
    "they stand for",
    # Boxes.
    "box_too_small": "its box has no room for {what}, even at {size:g} points: such an answer is "
    "refused",
    "box_tight": "its box has no room for {what} at {size:g} points: such an answer is refused",
    "comb_cells_narrow": "its {limit} cells are too narrow for a letter of {size:g} points",
    "option_does_not_fit": "the option {option!r} does not fit its box at {size:g} points: it is "
    "refused",
    "box_low": "its box is lower than a line of {size:g} points: text is smaller than is legible",
    "multiline_one_line": "takes several lines, but its box has room for one",
    "no_max_len": "has no maximum length: only the box decides what fits",
    "comb_without_max_len": "is to have comb cells, but without a maximum length there are none",
    # Reach.
    "required_unreachable": "is required, but nobody can get at it ({reason}); the online form "
    "does not ask it",
    "required_read_only": "is required and read-only, and holds nothing: nobody can answer it",
    "hidden": "is hidden: not shown online",
    "no_view": "shows on paper only: not shown online",
    "on_no_page": "lies on no page: not shown online",
    "off_page": "lies beside its page: not shown online",
    "no_area": "has a box without an area: not shown online",
    "covered": "is covered wholly by {by}",
    "some_boxes_unreachable": "{count} of its {of} boxes are on no page, beside it, or have no "
    "area",
    "partly_off_page": "sticks out over the edge of its page",
    "overlap": "overlaps {other}",
    "no_rotate": "does not turn with its page: the online form has its box where the file says, "
    "other programs elsewhere",
    # What can be chosen.
    "no_options": "has no options: nothing can be chosen",
    "option_duplicate_export": "several options stand for the same value: {options}",
    "option_duplicate_display": "several options read the same: {options}",
    "option_without_export": "options without a value count as no answer: {options}",
    "radio_one_button": "is a radio group of one button: other programs cannot take the choice "
    "back",
    "equal_on_states": "{count} of its buttons stand for {state!r}: only the first can be on",
    "no_on_state": "has no on-state of its own: it is called “Yes”, or what its value says",
    "empty_on_state": "its on-state has no name: it counts as no answer, and cannot be on",
    "several_on_states": "has several on-states ({states}): only the first is used",
    "signature_field": "a place to sign cannot be signed online; it stays empty",
    "signature_dropped": "its signature is dropped: it is not one of the filled document",
    "rich_text": "takes rich text: it is kept without its bold, colours and sizes",
    "file_select": "asks for a file: a file name is taken as text, no file is",
    # Values.
    "value_not_option": "holds a value that is none of its options",
    "value_too_long": "holds {length} characters where {limit} are allowed",
    "value_refused": "holds “{value}”, which it refuses itself: {reason}",
    "default_not_option": "its default “{value}” is none of its options",
    "default_too_long": "its default has {length} characters where {limit} are allowed",
    "default_refused": "its default “{value}” is refused by itself: {reason}",
    "holds_answers": "{count} field(s) hold answers already, maybe somebody's own: {fields}",
    # Looks.
    "font_missing": "its font {font!r} is not among the form's fonts: another one is used",
    "no_default_appearance": "names no font (default appearance): Helvetica is used",
    "font_not_embedded": "the font {base_font} ({font}), first used by {first}, is not embedded: "
    "readers show another one",
    "standard_font_not_embedded": "the standard font {base_font} ({font}) is not embedded: readers "
    "use one of their own",
    "font_replaced": "the font {base_font} ({font}), first used by {first}, cannot set what people "
    "type: Open Sans is used",
    "contrast_too_low": "its text cannot be read on its background: the contrast is {ratio}:1, "
    "less than 3:1",
    "contrast_low": "its text is faint on its background: the contrast is {ratio}:1, less than "
    "4.5:1",
    # Accessibility.
    "no_tags": "the document has no tags (structure tree): the definitive PDF has none either",
    "not_marked": "the document has tags, but does not say so (MarkInfo)",
    "untagged_box": "is in no Form tag: a screen reader may pass it over",
    "no_language": "the document does not say its language",
    "no_title": "the document has no title",
    "title_is_file_name": "the document's title “{title}” says nothing to people: the "
    "online form bears it, too",
    "title_not_displayed": "the document's window shows its file name, not its title",
    "tab_order_unset": "pages whose tab order is left to chance (no Tabs): {pages}",
    "tab_order_jumps": "the tab order goes back against the order of reading: {jumps}",
    # form.toml.
    "form_toml_never_asked": "{where} of form.toml requires it, but the online form never asks it",
    "form_toml_never_true": "{where} of form.toml compares it with {word!r}, which it cannot be",
    "form_toml_above_max_len": "form.toml allows {limit} characters, the PDF itself {own}",
    "form_toml_kind_without_text": "form.toml says what text it takes, but it takes no typed text",
    "form_toml_file_name": "file_name of form.toml names {name!r}, and there is no such field",
}  # fmt: skip

_REASONS: Mapping[str, str] = {
    "on_no_page": "it lies on no page",
    "hidden": "it is hidden",
    "no_view": "it shows on paper only",
    "hidden_layer_box": "it lies in a hidden layer",
    "no_area": "its box has no area",
    "off_page": "it lies beside its page",
    "covered": "another field covers it",
    "line_break": "a line break in one line",
    "not_a_number": "not a number",
    "too_many_decimals": "too many decimals",
    "not_a_date": "not such a date",
    "not_a_time": "not such a time",
    "mask": "not of that form",
    "out_of_range": "out of range",
}

_LONGEST_VALUE = 60


class _Known(dict[str, object]):
    """Data for a sentence; what is missing shows as a question mark instead of an error."""

    def __missing__(self, key: str) -> str:
        return "?"


def sentence(finding: Finding) -> str:
    data = _Known({key: _short(value) for key, value in finding.data.items()})
    why = finding.data.get("why")
    data["reason"] = _REASONS.get(str(why), str(why))
    words = SENTENCES[finding.code].format_map(data)
    suggestion = finding.data.get("suggestion")
    return f"{words}; nearest on the page: “{suggestion}”" if suggestion else words


def _short(value: object) -> object:
    if not isinstance(value, str):
        return value
    plain = " ".join(value.split())
    return plain if len(plain) <= 6 * _LONGEST_VALUE else plain[: 6 * _LONGEST_VALUE] + " …"
