"""How to mend what was found: in Acrobat, and in LibreOffice Writer before the form is exported.

``Properties`` is the dialog of a field: in Acrobat (Prepare a form) by a double click on it, in
Writer (Form > Design Mode) by Form > Control Properties.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hint:
    acrobat: str
    libreoffice: str


_NO_MORE = "nothing to do; or export the form anew: File > Export As > Export as PDF"
_EVENTS = "Control Properties > Events: take the macro away"
_TYPED_BY_RULES = (
    "Control Properties > General: use a Date, Time, Numeric, Currency or Pattern Field"
)

_DROP_XFA = Hint(
    "open the form in AEM Forms Designer and save it as a static form without XFA, or print it to "
    "PDF and draw the fields anew with Prepare a form",
    "draw the form in Writer: what it exports has no XFA",
)
_DOCUMENT_SCRIPT = Hint(
    "All tools > Use JavaScript > Document JavaScripts, and Set Document Actions: remove them",
    "Tools > Customize > Events: take the macros away; Writer exports none",
)
_SCRIPTED_FORMAT = Hint(
    "Properties > Format: choose Number, Percentage, Date, Time or Special instead of Custom",
    _TYPED_BY_RULES,
)
_SCRIPTED_ACTION = Hint(
    "Properties > Actions: remove Run a JavaScript; Format, Validate and Calculate say the same as "
    "data",
    _EVENTS,
)
_CALCULATION = Hint(
    "Properties > Calculate: choose “Value is the”, or Simplified field notation",
    "Writer exports no calculations: add them in Acrobat",
)
_CALCULATION_ORDER = Hint(
    "Prepare a form > More > Set field calculation order: put each field below those that it takes",
    "Writer exports no calculations: set their order in Acrobat",
)
_NAME = Hint(
    "Properties > General > Name: give it a name of its own",
    "Control Properties > General > Name: give it a name of its own; and leave “Allow duplicate "
    "field names” off in the PDF export",
)
_LABEL = Hint(
    "Properties > General > Tooltip: write the question as it stands on the page",
    "Control Properties > General > Help text: write the question as it stands on the page",
)
_BOX = Hint(
    "make the box larger, or lower Properties > Options > Limit of characters",
    "make the control larger, or lower Control Properties > General > Max. text length",
)
_LOW = Hint(
    "make the box higher",
    "make the control higher: Control Properties > General > Height",
)
_LIMIT = Hint(
    "Properties > Options > Limit of characters",
    "Control Properties > General > Max. text length",
)
_COMB = Hint(
    "make the box wider, or lower the number in Properties > Options > Comb of characters",
    "Writer has no comb cells: make the control wider",
)
_VISIBLE = Hint(
    "Properties > General > Form Field: Visible",
    "Control Properties > General > Visible: Yes",
)
_PLACE = Hint(
    "drag the box onto the page: Properties > Position",
    "Control Properties > General > PositionX, PositionY",
)
_LOST_BOX = Hint(
    "the field is left over from a page that is gone: delete it in the list of fields, or draw it "
    "anew",
    "Form > Form Navigator: delete the control, or place it anew",
)
_APART = Hint(
    "move the boxes apart, or delete the one that is left over",
    "move the controls apart, or delete the one that is left over",
)
_NOT_BOTH = Hint(
    "Properties > General: take away Required or Read Only, or give it a value",
    "Control Properties: Data > Input required: No, or General > Read-only: No",
)
_OPTIONS = Hint(
    "Properties > Options: give each item a text and an export value of its own",
    "Control Properties > General > List entries: each once",
)
_STATES = Hint(
    "Properties > Options: give each button a choice of its own, in words",
    "Control Properties > Data > Reference value (on): words of its own for each button",
)
_ONE_BUTTON = Hint(
    "add the other buttons under the same name, or make it a check box",
    "give the other buttons the same Group name, or make it a Check Box",
)
_ON_STATE = Hint(
    "Properties > Options > Export value: one word; and save the form",
    "Control Properties > Data > Reference value (on): one word",
)
_SIGNING = Hint(
    "leave it for signing on paper, or delete it",
    "Writer draws no places to sign; delete it in Acrobat, or leave it",
)
_VALUE = Hint(
    "empty the field, or Prepare a form > More > Clear form, and save",
    "Control Properties > General > Default text (or Default selection): empty it",
)
_DEFAULT = Hint(
    "Properties > Options > Default value: empty it, or one that the field takes",
    "Control Properties > General > Default text (or Default selection): one that it takes",
)
_FONT = Hint(
    "Properties > Appearance > Font: choose one that is installed; Acrobat embeds it",
    "Control Properties > General > Font: choose one that is installed",
)
_COLOUR = Hint(
    "Properties > Appearance: a darker Text Color, or a lighter Fill Color",
    "Control Properties > General: Font, or Background color",
)
_TAGS = Hint(
    "All tools > Prepare for accessibility > Automatically tag PDF",
    "PDF export > General > Universal Accessibility (PDF/UA), or at least Tagged PDF",
)
_LANGUAGE = Hint(
    "Menu > Document Properties > Advanced > Language",
    "Tools > Options > Languages and Locales > General > Western, then export with Tagged PDF",
)
_TITLE = Hint(
    "Menu > Document Properties > Description > Title",
    "File > Properties > Description > Title",
)
_SHOW_TITLE = Hint(
    "Menu > Document Properties > Initial View > Show: Document Title",
    "PDF export > User Interface > Display document title",
)
_TAB_ORDER = Hint(
    "Page thumbnails, all pages > Properties > Tab Order > Use Document Structure; without tags, "
    "Use Row Order",
    "Form > Activation Order; then export with Tagged PDF",
)
_ORDER = Hint(
    "drag the fields into the order of reading in the list of Prepare a form > Order tabs manually",
    "Form > Activation Order: put the controls into the order of reading",
)
_LAYERS = Hint(
    "Layers panel: show the layer, or delete it with what is in it",
    "Writer has no layers: draw on the page itself",
)
_SECURITY = Hint(
    "nothing to do; or Menu > Document Properties > Security > No Security",
    "nothing to do; or PDF export > Security: no passwords",
)
_TOML = Hint(
    "mend form.toml beside the template: docs/form-toml.md",
    "mend form.toml beside the template: docs/form-toml.md",
)
_SAVE_ANEW = Hint(
    "open the file, Save as Other > Optimized PDF, and try again",
    "export the form anew: File > Export As > Export as PDF",
)
_COPY = Hint("nothing to do; or Save a Copy, which has no such rights", _NO_MORE)
_ROTATE = Hint(
    "turn the page upright: Organize pages > Rotate, and draw the field anew",
    "Writer does not turn controls: export the form anew",
)

HINTS: Mapping[str, Hint] = {
    "form_toml": _TOML, "pages_unreadable": _SAVE_ANEW, "xfa": _DROP_XFA, "xfa_differs": _DROP_XFA,
    "certified": Hint(
        "nothing to do, or take the certification off before the form goes online",
        "sign the finished PDF, not the template",
    ),
    "usage_rights": _COPY, "encrypted": _SECURITY, "hidden_layers": _LAYERS,
    "hidden_layer_box": _LAYERS, "document_script": _DOCUMENT_SCRIPT,
    "page_script": Hint(
        "Page thumbnails > Properties > Actions: remove Run a JavaScript",
        "Writer exports no page scripts: export the form anew",
    ),
    "format_script": _SCRIPTED_FORMAT, "keystroke_script": _SCRIPTED_FORMAT,
    "validation_script": Hint(
        "Properties > Validate: a range of values instead of a script",
        "Control Properties > General > Value min., Value max.",
    ),
    "calculation_script": _CALCULATION, "activation_script": _SCRIPTED_ACTION,
    "event_script": _SCRIPTED_ACTION,
    "not_honoured": Hint("take it away, or leave it", "take it away, or leave it"),
    "push_button": Hint(
        "nothing to do; or delete the button", "nothing to do; or delete the button"
    ),
    "calculation_unknown_field": _CALCULATION, "calculation_circle": _CALCULATION,
    "calculation_not_in_order": _CALCULATION_ORDER, "calculation_too_early": _CALCULATION_ORDER,
    "calculated_not_read_only": Hint(
        "Properties > General > Read Only", "Control Properties > General > Read-only: Yes"
    ),
    "no_name": _NAME, "no_type": _LOST_BOX, "name_of_two_types": _NAME, "name_shared": _NAME,
    "name_differs_in_case": _NAME, "name_clashes_nested": _NAME,
    "label_missing": _LABEL, "label_is_name": _LABEL, "label_duplicate": _LABEL,
    "label_repeated": _LABEL, "states_say_nothing": _STATES,
    "box_too_small": _BOX, "box_tight": _BOX, "comb_cells_narrow": _COMB,
    "option_does_not_fit": Hint(
        "make the box wider, or the option's text shorter",
        "make the control wider, or the list entry shorter",
    ),
    "box_low": _LOW, "multiline_one_line": _LOW, "no_max_len": _LIMIT,
    "comb_without_max_len": Hint(
        "Properties > Options > Comb of: say how many characters",
        "Control Properties > General > Max. text length",
    ),
    "required_unreachable": Hint(
        "make it visible and put it on its page, or take away Properties > General > Required",
        "make it visible and put it on its page, or set Control Properties > Data > Input "
        "required: No",
    ),
    "required_read_only": _NOT_BOTH, "hidden": _VISIBLE, "no_view": _VISIBLE,
    "on_no_page": _LOST_BOX, "off_page": _PLACE, "no_area": _PLACE, "covered": _APART,
    "some_boxes_unreachable": _LOST_BOX, "partly_off_page": _PLACE, "overlap": _APART,
    "no_rotate": _ROTATE, "no_options": _OPTIONS, "option_duplicate_export": _OPTIONS,
    "option_duplicate_display": _OPTIONS, "option_without_export": _OPTIONS,
    "radio_one_button": _ONE_BUTTON, "equal_on_states": _STATES, "no_on_state": _ON_STATE,
    "several_on_states": _ON_STATE, "empty_on_state": _ON_STATE, "signature_field": _SIGNING,
    "signature_dropped": _SIGNING,
    "rich_text": Hint(
        "Properties > Options > Allow Rich Text Formatting: off",
        "Control Properties > General > Text type: Single-line or Multi-line",
    ),
    "file_select": Hint(
        "Properties > Options > Field is used for file selection: off",
        "use a Text Box instead of a File Selection",
    ),
    "value_not_option": _VALUE, "value_too_long": _VALUE, "value_refused": _VALUE,
    "default_not_option": _DEFAULT, "default_too_long": _DEFAULT, "default_refused": _DEFAULT,
    "holds_answers": _VALUE, "font_missing": _FONT, "no_default_appearance": _FONT,
    "font_not_embedded": _FONT, "standard_font_not_embedded": _FONT, "font_replaced": _FONT,
    "contrast_too_low": _COLOUR, "contrast_low": _COLOUR, "no_tags": _TAGS, "not_marked": _TAGS,
    "untagged_box": Hint(
        "Tags panel > Find > Unmarked Annotations > Tag element, as Form",
        "a recent LibreOffice, PDF export > General > Universal Accessibility (PDF/UA): older ones "
        "tag no controls",
    ),
    "no_language": _LANGUAGE, "no_title": _TITLE, "title_is_file_name": _TITLE,
    "title_not_displayed": _SHOW_TITLE,
    "tab_order_unset": _TAB_ORDER, "tab_order_jumps": _ORDER,
    "form_toml_never_asked": _TOML, "form_toml_never_true": _TOML,
    "form_toml_above_max_len": _TOML, "form_toml_kind_without_text": _TOML,
    "form_toml_file_name": _TOML,
}  # fmt: skip
