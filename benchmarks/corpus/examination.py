"""One form from its file to findings: filled in, finished, judged, and read back."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.corpus import pixels, texts
from benchmarks.corpus.blank import not_among, raw_widgets, shown_boxes, without_widgets
from benchmarks.corpus.filling import Filling, Unfillable, fill_in
from benchmarks.corpus.findings import Findings
from benchmarks.corpus.leftovers import leftovers
from benchmarks.corpus.objects import Objects, complaints
from benchmarks.corpus.readers import Reading, readers
from benchmarks.corpus.reading_back import Back, compare, pages_alone
from benchmarks.corpus.structure import Tree, content_ids, dangling_references, unmarked
from benchmarks.corpus.values import ALPHABETS, Alphabet
from benchmarks.corpus.wanted import (
    WantedMark,
    WantedText,
    painted_boxes,
    wanted_marks,
    wanted_texts,
)
from pipeline.errors import DocumentError, ProofError, SubmissionError
from pipeline.flow import documents
from pipeline.flow.documents import Form
from pipeline.model.limits import Limits

Wanted = TypeVar("Wanted", WantedText, WantedMark)
Seen = tuple[str, Reading, Reading]
Tell = Callable[[str], None]
"""Is told each stage as it begins: a process that dies leaves word of where it was."""


@dataclass
class Examination:
    """``folder`` is for files that other programs read; ``tell`` is told every stage."""

    findings: Findings
    folder: Path
    tell: Tell
    alphabet: Alphabet = ALPHABETS["western"]

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self.tell(name)
        began = time.perf_counter()
        try:
            yield
        finally:
            took = time.perf_counter() - began
            self.findings.seconds[name] = self.findings.seconds.get(name, 0.0) + took

    def run(self, path: Path) -> None:
        try:
            with self.stage("open"):
                form = documents.open_form(path, Limits())
        except DocumentError as error:
            self.findings.not_a_form = str(error)
            return
        self.findings.template_bytes = len(form.pdf)
        try:
            with self.stage("values"):
                filling = fill_in(form, self.alphabet)
        except Unfillable as error:
            for problem in error.problems:
                self.findings.fell_short(
                    "unfillable", problem.field, f"{problem.code} {dict(problem.data)}"
                )
            return
        filling, final = self._finished(form, filling)
        self._tell_values(form, filling)
        if final is None:
            return
        self.findings.final_bytes = len(final)
        written = self.folder / "final.pdf"
        written.write_bytes(final)
        with self.stage("blank"):
            blank = without_widgets(form.pdf)
        self._structure(path, written, final, blank, _answers(form, filling))
        self._texts(form, filling, written, blank)
        self._seen(form, filling, final, blank)
        self._outside(form, final, blank)
        self._back(form, filling, final)

    def _finished(self, form: Form, filling: Filling) -> tuple[Filling, bytes | None]:
        """Where the proof fails, once more without the fields that it names."""
        without: set[str] = set()
        for _ in range(5):
            try:
                with self.stage("finish"):
                    return filling, documents.finish(form, filling.submission)
            except (ProofError, SubmissionError) as error:
                for problem in error.problems:
                    cause = f"{problem.code} {dict(problem.data)}"
                    self.findings.fell_short("proof", problem.field, cause)
                named = {each.field for each in error.problems} - without
            if not named & set(form.template.by_name):
                break
            without |= named
            filling = fill_in(form, self.alphabet, without)
        return filling, None

    def _tell_values(self, form: Form, filling: Filling) -> None:
        counts = self.findings.counts
        counts["pages"] = len(form.template.pages)
        counts["fields"] = len(form.template.fields)
        counts["fillable"] = sum(field.fillable for field in form.template.fields)
        counts["values"] = len(filling.submission.values)
        for refusal in filling.refusals:
            kind = "plainer" if refusal.taken else "refused"
            counts[kind] += 1
            counts[f"{kind}: {refusal.code}"] += 1
            if not refusal.taken:
                self.findings.fell_short(kind, refusal.field, refusal.code)
        ours = {(each.page, each.rect) for field in form.template.fields for each in field.widgets}
        widgets = raw_widgets(form.pdf)
        counts["widgets"] = len(widgets)
        for each in not_among(widgets, ours):
            cause = f"a widget at {each.rect} of page {each.page + 1}"
            self.findings.fell_short("unread", "", cause)

    def _structure(
        self, template: Path, path: Path, final: bytes, blank: bytes, answers: Counter[int]
    ) -> None:
        with self.stage("objects"):
            objects = Objects.of(path)
            before = _dangling_in(template)
            # A template that is damaged itself may stay so.
            for each in [] if complaints(template) else complaints(path):
                self.findings.fell_short("unsound", "", each)
        for each in leftovers(objects):
            self.findings.fell_short("leftover", "", each)
        for each, count in Counter(dangling_references(objects)).items():
            own = ", in the template as well" if before[each] >= count else ""
            for _ in range(count):
                self.findings.fell_short("dangling", "", each + own)
        tree = Tree(objects)
        if not tree.root:
            return
        self.findings.counts["tagged"] = 1
        with self.stage("structure"):
            ids, before_ids = content_ids(final), content_ids(blank)
            for problem in tree.problems(ids, before_ids):
                self.findings.fell_short("structure", "", problem)
            for problem in unmarked(answers, ids, before_ids):
                self.findings.fell_short("unmarked", "", problem)

    def _texts(self, form: Form, filling: Filling, path: Path, blank: bytes) -> None:
        wanted = wanted_texts(form, filling.submission)
        self.findings.counts["texts"] = len(wanted)
        empty = path.with_name("blank.pdf")
        empty.write_bytes(blank)
        pages = form.template.pages
        seen: list[Seen] = []
        verdict = texts.Verdict(missed=[(each, "") for each in wanted])
        for name, read in readers().items():
            if not verdict.missed:
                break
            with self.stage(name):
                seen.append((name, read(path, pages), read(empty, pages)))
                verdict = texts.judge(wanted, seen, pages)
        for name, count in verdict.found.items():
            self.findings.counts[f"texts by {name}"] = count
        self.findings.counts["texts found"] = sum(verdict.found.values())
        for each, said in verdict.missed:
            cause = f"page {each.page + 1}: {each.text[:60]!r} wanted, {said[:60]!r} stands there"
            self.findings.fell_short("text", each.field, cause)

    def _seen(self, form: Form, filling: Filling, final: bytes, blank: bytes) -> None:
        marks = wanted_marks(form, filling.submission)
        sought = sum(mark.on for mark in marks)
        self.findings.counts["marks"] = sought
        written = wanted_texts(form, filling.submission)
        pages = form.template.pages
        with self.stage("seen"):
            emptied = documents.finish_open(form, filling.emptied)
            ours = {field.name for field in form.template.fields if field.fillable}
            wrong = pixels.wrong_marks(final, emptied, _among(marks, ours), pages, written)
            unseen = pixels.unseen(final, emptied, _among(written, ours), pages)
            # What nobody can empty is compared with the page that has no widgets.
            others = set(form.template.by_name) - ours
            on = [mark for mark in _among(marks, others) if mark.on]
            wrong += pixels.wrong_marks(final, blank, on, pages)
            unseen += pixels.unseen(final, blank, _among(written, others), pages)
        for each in unseen:
            cause = f"page {each.page + 1}: {each.text[:60]!r} is in the file, and nothing is seen"
            self.findings.fell_short("unseen", each.field, cause)
        self.findings.counts["marks drawn"] = sought - sum(mark.on for mark in wrong)
        for mark in wrong:
            why = "not drawn" if mark.on else "drawn where the button is off"
            self.findings.fell_short("mark", mark.field, f"page {mark.page + 1}: {why}")

    def _outside(self, form: Form, final: bytes, blank: bytes) -> None:
        boxes = shown_boxes(raw_widgets(form.pdf), painted_boxes(form))
        with self.stage("outside"):
            changed = pixels.changed_outside(final, blank, boxes, form.template.pages)
        self.findings.counts["pages changed outside"] = len(changed)
        for page, (count, place) in changed.items():
            cause = f"page {page + 1}: {count} pixels within {place} (from the upper left)"
            self.findings.fell_short("outside", "", cause)

    def _back(self, form: Form, filling: Filling, final: bytes) -> None:
        back = Back(form, filling.submission)
        with self.stage("fill"):
            filled = documents.fill(form, filling.submission)
        ways = {"filled": filled, "embedded": final, "pages": pages_alone(final)}
        for way, data in ways.items():
            with self.stage(f"back, {way}"):
                compared = compare(back, way, data)
            self.findings.counts[f"{way} sought"] = compared.sought
            self.findings.counts[f"{way} equal"] = compared.equal
            for name, cause in compared.unequal:
                self.findings.fell_short(way, name, cause)


def _dangling_in(template: Path) -> Counter[str]:
    try:
        return Counter(dangling_references(Objects.of(template)))
    except ValueError:  # damaged beyond qpdf's mending
        return Counter()


def _among(wanted: Sequence[Wanted], fields: Set[str]) -> list[Wanted]:
    return [each for each in wanted if each.field in fields]


def _answers(form: Form, filling: Filling) -> Counter[int]:
    """By page, the boxes that show something."""
    marks = [each.page for each in wanted_marks(form, filling.submission) if each.on]
    return Counter([*marks, *(each.page for each in wanted_texts(form, filling.submission))])
