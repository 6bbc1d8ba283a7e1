"""What went wrong, in English sentences: for the command line and for logs."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.errors import FieldProblem, FormpressError

_ERRORS: Mapping[str, str] = {
    "not_a_pdf": "this is not a readable PDF ({reason}); open it in a viewer and save it again",
    "encrypted": "the PDF needs a password to open; save it without one",
    "dynamic_xfa": "the PDF is a dynamic XFA form, which has no pages of its own; "
    "print it to a plain AcroForm first",
    "no_fields": "the PDF has no form fields that belong here; if it was flattened, "
    "give its form with --template",
    "other_edition": "the PDF was made from another edition of the form, which is not known here",
    "too_large": "the PDF is over the limit: {found} {what}, at most {limit} are taken",
    "took_too_long": "reading the PDF went past the allowed {seconds} seconds or memory",
    "form_definition": "{file}: {where}: {why}",
    "values": "{why}",
    "submission": "the values do not make a complete, valid form: {count} problem(s)",
    "page_overflow": "the texts do not fit one page even at {size} points; they are {over} points "
    "too high",
    "proof": "the finished PDF does not show every value as submitted and was not released",
    "not_archivable": "the form's own pages cannot become PDF/A-2b: {reasons}",
    "unknown_form": "there is no form {form!r}",
    "unknown_link": "this link opens nothing",
    "expired_link": "this link has expired",
    "withdrawn_link": "this link was withdrawn",
    "deleted_draft": "this form was deleted",
    "not_a_link": "this is no link of a form that was saved or sent",
    "other_form": "this link belongs to another form: {form!r}",
    "unknown_approval": "the form asks for no such approval",
    "approval_too_early": "first another approval must be given: {title}",
    "approval_over": "there is nothing to decide here any more ({why})",
    "template_changed": "the form is another edition than the one that this was begun with",
    "already_submitted": "this form was already sent",
    "edit_conflict": "somebody else saved in between",
    "would_void_approval": "it would take away what an approver was asked or decided",
    "would_supersede": "this would replace {reference}, and nobody agreed to that",
    "too_many_mails": "at most {limit} mails go in an hour",
    "not_ready": "the definitive PDF is not there (yet): {state}",
    "columns": "the header row does not fit the form: {count} problem(s)",
    "other_batch": "the directory holds a batch that differs in {differs}; give an empty directory",
    "changed_row": "row {row} is no longer what {file} was made from, and a finished row stays; "
    "give an empty directory, or remove that PDF to have the row made again",
    "occupied": "the directory holds {file}, and no journal says of what; give an empty directory",
    "batch_running": "another process is at work on the batch in this directory; let it end first",
    "journal_damaged": "line {line} of batch.jsonl cannot be read; give an empty directory",
    "no_workers": "the worker processes end before they can begin ({how})",
    "bad_rows": "{bad} of {rows} row(s) have no PDF; their problems are in {file}",
    "interrupted": "stopped with {done} of {rows} row(s) done; the same command goes on from there",
    "too_many_cells": "{found} cells where the header row has {limit}",
    "row_took_too_long": "the row took more than the allowed {seconds} seconds",
    "worker_died": "the process that made this row ended with {how}",
    "row_failed": "this should not happen; please report it: {why}",
    "mail": "the mail was not taken: {why}",
    "storage": "the {what} did not take it: {why}",
    "settings": "{variable}: {why}",
}

_PROBLEMS: Mapping[str, str] = {
    "required": "an answer is missing",
    "max_len": "{length} characters, at most {limit} fit",
    "line_break": "a line break is not possible in a one-line field",
    "does_not_fit": "the text does not fit its box, even at the smallest legible size",
    "one_page_overflow": "the texts together do not fit the one-page, not even at {size} points; "
    "this is one of the longest",
    "longest_on_page": "one of the longest texts of the page",
    "no_glyph": "the character {character!r} cannot be set: no font has it",
    "wrong_type": "a value of the wrong type; {wanted} is expected",
    "not_in_options": "{value!r} is not one of the options: {options}",
    "one_only": "{count} options chosen where one is possible",
    "not_a_number": "{text!r} is not a number; write it like 19.25 or 19,25",
    "too_many_decimals": "at most {limit} decimals are possible",
    "not_a_date": "{text!r} is not a date like {pattern}",
    "not_a_time": "{text!r} is not a time like {pattern}",
    "mask": "{text!r} is not of the form {mask} (9 a digit, A a letter)",
    "out_of_range": "outside the range {minimum} to {maximum}",
    "not_email": "{text!r} is not an e-mail address",
    "not_url": "{text!r} is not a web address",
    "not_phone_nl": "{text!r} is not a Dutch telephone number",
    "not_postcode_nl": "{text!r} is not a Dutch postcode like 6211 AB",
    "not_brin": "{text!r} is not a BRIN number like 12AB",
    "not_house_number": "{text!r} does not begin with a house number",
    "gone": "the form has no such field any more",
    "unknown_field": "the form has no such field",
    "unknown_column": "the form has no such field; the nearest is {nearest!r}",
    "duplicate_column": "this name stands above columns {first} and {column}",
    "unnamed_column": "column {column} has no name",
    "not_fillable": "this field cannot hold a value",
    "read_only": "this field is read-only",
    "approved": "this field holds what an approver decided",
    "in_future": "the date is in the future",
    "not_shown": "the value is kept as data, but the form shows this field nowhere",
    "check": "the answers contradict each other",
    "text_in_empty_box": "the box shows text although nothing was filled in",
    "not_found_in_box": "the value was not found in its box",
    "mark_not_drawn": "the mark was not drawn",
    "mark_drawn": "a mark was drawn that should not be there",
    "unsure": "read with confidence {confidence}",
    "embedded_differs": "the embedded data differ from what the pages say; the pages were read",
    "xfa_differs": "the XFA copy of the form holds values that its fields do not; the fields were "
    "read",
    "page_count": "the number of pages is {found}",
    "form_left": "something of the form was left over",
    "not_encrypted": "the PDF is not encrypted",
    "changes_allowed": "the PDF allows changes",
    "not_accessible": "the PDF does not allow reading aloud",
    "not_readable": "the PDF cannot be read back: {why}",
}


class _Blank(dict[str, object]):
    """Data for a sentence; what is missing shows as a question mark instead of an error."""

    def __missing__(self, key: str) -> str:
        return "?"


def error_sentence(error: FormpressError) -> str:
    sentence = _ERRORS.get(error.code, error.code).format_map(_Blank(error.data))
    path = error.data.get("path")
    return f"{path}: {sentence}" if path else sentence


def problem_sentence(problem: FieldProblem) -> str:
    if problem.message:
        return problem.message
    return _PROBLEMS.get(problem.code, problem.code).format_map(_Blank(problem.data))
