"""How grave each finding is: every code that there is, once."""

from __future__ import annotations

from collections.abc import Mapping

_ERRORS = (
    "form_toml", "pages_unreadable", "required_unreachable", "required_read_only",
    "name_of_two_types", "box_too_small", "comb_cells_narrow", "option_does_not_fit",
    "contrast_too_low", "no_options", "calculation_script", "calculation_unknown_field",
    "calculation_circle", "empty_on_state",
)  # fmt: skip

_WARNINGS = (
    "xfa_differs", "certified", "signature_dropped", "document_script", "page_script",
    "format_script", "keystroke_script", "validation_script", "activation_script",
    "not_honoured", "label_missing", "label_is_name", "label_duplicate", "no_name",
    "name_differs_in_case", "name_clashes_nested", "no_type", "box_tight", "box_low",
    "comb_without_max_len", "covered", "overlap", "off_page", "partly_off_page", "no_area",
    "on_no_page", "some_boxes_unreachable", "no_rotate", "radio_one_button", "equal_on_states",
    "no_on_state", "several_on_states", "option_duplicate_export", "option_duplicate_display",
    "option_without_export", "value_not_option", "value_too_long", "value_refused",
    "default_not_option", "default_too_long", "default_refused", "font_missing",
    "no_default_appearance", "font_not_embedded", "contrast_low", "no_tags", "not_marked",
    "untagged_box", "no_language", "no_title", "title_is_file_name", "tab_order_unset",
    "calculation_not_in_order", "calculation_too_early", "hidden_layer_box",
    "form_toml_never_asked", "form_toml_never_true", "form_toml_above_max_len",
    "form_toml_kind_without_text",
    "form_toml_file_name",
)  # fmt: skip

_NOTES = (
    "xfa", "usage_rights", "encrypted", "signature_field", "push_button", "hidden", "no_view",
    "name_shared", "label_repeated", "states_say_nothing", "no_max_len", "multiline_one_line",
    "holds_answers", "title_not_displayed", "tab_order_jumps", "standard_font_not_embedded",
    "font_replaced", "hidden_layers", "calculated_not_read_only", "event_script", "rich_text",
    "file_select",
)  # fmt: skip

SEVERITIES: Mapping[str, str] = {
    **dict.fromkeys(_ERRORS, "error"),
    **dict.fromkeys(_WARNINGS, "warning"),
    **dict.fromkeys(_NOTES, "note"),
}
