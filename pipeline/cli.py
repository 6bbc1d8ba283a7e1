"""The command line: the document commands, and those that other packages add.

Exit 0 done; 1 the input's fault, one line on standard error (with ``--json`` an error object on
standard output); 2 usage.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import entry_points, version
from pathlib import Path

from pipeline.cli_batch import add_batch
from pipeline.cli_check import add_check
from pipeline.cli_files import form_path, write_file
from pipeline.cli_purge import add_purge
from pipeline.cli_reports import add_reports
from pipeline.errors import (
    FieldProblem,
    FormpressError,
    PageOverflow,
    ProofError,
    SubmissionError,
    ValuesError,
)
from pipeline.flow import documents
from pipeline.flow.catalogue import read_file
from pipeline.flow.inspection import inspection
from pipeline.flow.one_page import one_page, one_page_archive_copy
from pipeline.flow.receive import receive_alone
from pipeline.model.limits import Limits
from pipeline.model.submission import Submission
from pipeline.model.validation import Stage
from pipeline.pdf.states import ProvenPdf, SecuredPdf
from pipeline.wording import error_sentence, problem_sentence

Command = Callable[[argparse.Namespace], int]


_LIBRARIES = ("pdfminer", "pikepdf", "pypdf")


def main(arguments: Sequence[str] | None = None) -> int:
    """The entry point ``formpress``."""
    for library in _LIBRARIES:
        # What they mutter about a PDF would mix with the one line that this program says.
        logging.getLogger(library).addHandler(logging.NullHandler())
    parser = _parser()
    options = parser.parse_args(arguments)
    run: Command = options.run
    try:
        return run(options)
    except FormpressError as error:
        _report(error, as_json=getattr(options, "json", False))
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="formpress", description=__doc__.split("\n")[0])
    parser.add_argument("--version", action="version", version=f"formpress {version('formpress')}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    add = _adder(commands)
    command = add("inspect", _inspect, "what a form asks, field by field")
    command.add_argument("form", metavar="FORM.pdf", type=Path)
    _json_option(command)
    add_check(add)
    command = add("fill", _fill, "put values into a form; it stays a form")
    _values_arguments(command)
    command = add("flatten", _flatten, "turn a form, as it is filled in, into a plain document")
    command.add_argument("form", metavar="IN.pdf", type=Path)
    command.add_argument("-o", "--output", metavar="OUT.pdf", type=Path, required=True)
    _json_option(command)
    command = add("finish", _finish, "validate, fill, flatten, prove, encrypt")
    _values_arguments(command)
    how = command.add_mutually_exclusive_group()
    how.add_argument("--no-encrypt", action="store_true", help="leave the PDF unencrypted")
    how.add_argument("--archive", action="store_true", help="as PDF/A-2b, which is not encrypted")
    command.add_argument("--one-page", metavar="ONE.pdf", type=Path, help="its one-page as well")
    command = add("extract", _extract, "read the values back out of a PDF")
    command.add_argument("form", metavar="IN.pdf", type=Path)
    command.add_argument("--template", metavar="FORM.pdf", type=Path, help="for flattened PDFs")
    _json_option(command)
    add_batch(add)
    add_reports(add)
    add_purge(add)
    for plugin in sorted(entry_points(group="formpress.commands"), key=lambda each: each.name):
        plugin.load()(commands)
    return parser


def _adder(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
) -> Callable[[str, Command, str], argparse.ArgumentParser]:
    def add(name: str, run: Command, summary: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=summary, description=summary)
        command.set_defaults(run=run)
        return command

    return add


def _json_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="answer as JSON")


def _values_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("form", metavar="FORM.pdf", type=Path)
    command.add_argument("values", metavar="VALUES.json", type=Path)
    command.add_argument("-o", "--output", metavar="OUT.pdf", type=Path, required=True)
    _json_option(command)


def _inspect(options: argparse.Namespace) -> int:
    found = inspection(documents.open_form(form_path(options.form), Limits()))
    if options.json:
        _print_json(found.as_json())
    else:
        print("\n".join(found.lines()))
    return 0


def _fill(options: argparse.Namespace) -> int:
    form = documents.open_form(form_path(options.form), Limits())
    values = _read_values(options.values)
    submission = _validated(form, values, Stage.DRAFT)
    write_file(options.output, documents.fill(form, submission))
    return 0


def _flatten(options: argparse.Namespace) -> int:
    form = documents.open_form(options.form, Limits())
    write_file(options.output, documents.flatten_as_filled(form))
    return 0


def _finish(options: argparse.Namespace) -> int:
    form = documents.open_form(form_path(options.form), Limits())
    if options.one_page is not None and form.one_page is None:
        raise ValuesError(why=f"{options.form} has no one-page: its form.toml names none")
    submission = _validated(form, _read_values(options.values), Stage.FINAL)
    if options.archive:
        write_file(options.output, documents.archive_copy(form, submission))
    else:
        pdf = documents.finish(form, submission, encrypt=not options.no_encrypt)
        write_file(options.output, pdf)
    if options.one_page is not None:
        write_file(options.one_page, _one_page(options, form, submission))
    return 0


def _one_page(
    options: argparse.Namespace, form: documents.Form, submission: Submission
) -> SecuredPdf | ProvenPdf:
    if options.archive:
        return one_page_archive_copy(form, submission)
    return one_page(form, submission, encrypt=not options.no_encrypt)


def _extract(options: argparse.Namespace) -> int:
    data = read_file(options.form, Limits())
    if options.template is None:
        received = receive_alone(data, Limits())
    else:
        form = documents.open_form(form_path(options.template), Limits())
        received = documents.receive(form, data, Limits())
    if options.json:
        _print_json(
            {
                "source": received.source,
                "values": received.values,
                "fields": {
                    name: {"source": reading.source, "confidence": reading.confidence}
                    for name, reading in received.fields.items()
                },
                "problems": [_problem_json(problem) for problem in received.problems],
            }
        )
        return 0
    for name, value in received.values.items():
        shown = "|".join(value) if isinstance(value, tuple) else value
        print(f"{name}: {str(shown).lower() if isinstance(shown, bool) else shown}")
    for problem in received.problems:
        print(f"{problem.field}: {problem_sentence(problem)}", file=sys.stderr)
    return 0


def _validated(form: documents.Form, values: dict[str, object], stage: Stage) -> Submission:
    """The submission; its warnings go to standard error and stop nothing."""
    checked = documents.check(form, values, stage)
    if checked.submission is None:
        raise SubmissionError(checked.errors)
    for problem in checked.problems:
        print(f"warning: {problem.field}: {problem_sentence(problem)}", file=sys.stderr)
    return checked.submission


def _read_values(path: Path) -> dict[str, object]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ValuesError(why=f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise ValuesError(why=f"{path} is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise ValuesError(why=f"{path} must be an object of field names and values")
    return values


def _report(error: FormpressError, as_json: bool) -> None:
    lists_problems = SubmissionError | ProofError | PageOverflow
    problems = error.problems if isinstance(error, lists_problems) else ()
    if as_json:
        _print_json(
            {
                "error": {
                    "code": error.code,
                    "message": error_sentence(error),
                    "problems": [_problem_json(problem) for problem in problems],
                }
            }
        )
    details = "; ".join(f"{p.field}: {problem_sentence(p)}" for p in problems[:5])
    more = f"; and {len(problems) - 5} more" if len(problems) > 5 else ""
    line = error_sentence(error) + (f" ({details}{more})" if details else "")
    print("formpress: " + " ".join(line.split()), file=sys.stderr)


def _problem_json(problem: FieldProblem) -> dict[str, object]:
    return {
        "field": problem.field,
        "code": problem.code,
        "message": problem_sentence(problem),
    }


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    sys.exit(main())
