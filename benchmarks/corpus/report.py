"""The findings of all forms as a table with totals, and each shortfall with its cause."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from benchmarks.corpus.findings import Findings

KINDS = {
    "crash": "Crashes",
    "hang": "Hangs",
    "unfillable": "Forms that take no values at all",
    "proof": "The engine's own proof refused",
    "unsound": "Complaints of qpdf about the final PDF",
    "leftover": "Left of the form",
    "text": "Texts not found in their own box",
    "unseen": "Texts that are in the file and that nobody sees",
    "mark": "Marks not drawn, or drawn where the button is off",
    "outside": "Pages changed outside the boxes",
    "dangling": "Dangling object references",
    "structure": "Marked content that does not hang together",
    "unmarked": "Pages of tagged documents with answers that are not marked content",
    "filled": "Not equal when read back from the filled form",
    "embedded": "Not equal when read back from the final PDF",
    "pages": "Not equal when read back from its pages alone",
    "unread": "Widgets that were not read",
    "refused": "Fields that the form itself lets nothing into",
}
_SHOWN = 12
_MANY = 4


@dataclass(frozen=True, slots=True)
class Row:
    """``reached`` is ``None`` where there is no target."""

    what: str
    measured: str
    target: str = ""
    reached: bool | None = None


def rows(found: Sequence[Findings]) -> list[Row]:
    total: Counter[str] = Counter()
    for each in found:
        total.update(each.counts)
    fell: Counter[str] = Counter(short.kind for each in found for short in each.shortfalls)
    forms = [each for each in found if not each.not_a_form]
    finished = [each for each in forms if each.final_bytes]
    growth = [each.final_bytes / each.template_bytes for each in finished if each.template_bytes]
    readers = ", ".join(
        f"{count} by {name.removeprefix('texts by ')}"
        for name, count in total.items()
        if name.startswith("texts by ")
    )
    return [
        Row("files", f"{len(found)}, {len(found) - len(forms)} without fields"),
        Row("finished", f"{len(finished)} of {len(forms)} forms, {total['pages']} pages"),
        Row("fillable fields", f"{total['fillable']} ({total['refused']} refused every value, "
            f"{total['plainer']} took a plainer one)"),
        _none("crashes", fell["crash"]),
        _none("hangs", fell["hang"]),
        _none("refused by the engine's own proof", fell["proof"]),
        _none("complaints of qpdf", fell["unsound"]),
        _none("leftovers", fell["leftover"]),
        _share("texts in their own box", total["texts found"], total["texts"], readers),
        _none("texts that nobody sees", fell["unseen"]),
        _share("marks drawn", total["marks drawn"], total["marks"]),
        _none("marks drawn where off", fell["mark"] - total["marks"] + total["marks drawn"]),
        _none("pages changed outside boxes", total["pages changed outside"]),
        _none("dangling OBJR", fell["dangling"]),
        _none("faults in the structure", fell["structure"]),
        _none("pages with answers not marked", fell["unmarked"]),
        _share("equal: filled form", total["filled equal"], total["filled sought"]),
        _share("equal: final PDF", total["embedded equal"], total["embedded sought"]),
        _share("equal: pages alone", total["pages equal"], total["pages sought"]),
        Row("final PDF's bytes", _sizes(finished, growth)),
        Row("peak memory", f"{max((each.peak for each in found), default=0):.0f} MiB, judges' too"),
    ]  # fmt: skip


def table(found: Sequence[Findings]) -> str:
    """The totals, as Markdown that lines up."""
    told = {True: "yes", False: "NO", None: ""}
    lines = [("", "measured", "target", "reached")]
    lines += [(row.what, row.measured, row.target, told[row.reached]) for row in rows(found)]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    lines.insert(1, tuple("-" * width for width in widths))  # type: ignore[arg-type]
    return "\n".join(
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    )


def shortfalls(found: Sequence[Findings], most: int | None = _SHOWN) -> str:
    """By kind; a cause that many files share is said once, the others by file, ``most`` each."""
    parts = []
    for kind, heading in KINDS.items():
        files: dict[str, set[str]] = defaultdict(set)
        for each in found:
            for short in each.shortfalls:
                if short.kind == kind:
                    files[short.cause].add(each.name)
        shared = {cause: names for cause, names in files.items() if len(names) >= _MANY}
        lines = [
            f"  {len(names)} files ({_some(sorted(names))}): {cause}"
            for cause, names in shared.items()
        ]
        lines += [line for each in found for line in _of_kind(each, kind, shared, most)]
        if lines:
            count = sum(short.kind == kind for each in found for short in each.shortfalls)
            parts.append("\n".join([f"{heading}: {count}", *lines]))
    return "\n\n".join(parts)


def not_forms(found: Sequence[Findings]) -> str:
    lines = [f"  {each.name}: {each.not_a_form}" for each in found if each.not_a_form]
    return "\n".join(["Not forms:", *lines]) if lines else ""


def slowest(found: Sequence[Findings], count: int = 5) -> str:
    ranked = sorted(found, key=lambda each: -sum(each.seconds.values()))[:count]
    return "\n".join(
        f"  {each.name}: "
        + ", ".join(
            f"{stage} {took:.1f} s"
            for stage, took in sorted(each.seconds.items(), key=lambda item: -item[1])[:4]
        )
        for each in ranked
    )


def missed(found: Sequence[Findings]) -> bool:
    """Whether a target was not reached."""
    return any(row.reached is False for row in rows(found))


def _of_kind(each: Findings, kind: str, shared: Container[str], most: int | None) -> Iterator[str]:
    shorts = [
        short for short in each.shortfalls if short.kind == kind and short.cause not in shared
    ]
    by_cause = [
        (cause, [short.field for short in same if short.field])
        for cause, same in groupby(shorts, key=lambda short: short.cause)
    ]
    for cause, fields in by_cause[:most]:
        yield f"  {each.name}: {_some(fields) + ': ' if fields else ''}{cause}"
    if most is not None and len(by_cause) > most:
        yield f"  {each.name}: … and {len(by_cause) - most} more"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def _none(what: str, count: int) -> Row:
    return Row(what, str(count), "0", count == 0)


def _share(what: str, found: int, sought: int, note: str = "") -> Row:
    share = found / sought if sought else 1.0
    told = f"{share:.2%} ({found} of {sought}{': ' + note if note else ''})"
    return Row(what, told, "≥ 99.9 %", share >= 0.999)


def _sizes(finished: Sequence[Findings], growth: Sequence[float]) -> str:
    if not growth:
        return "–"
    before = sum(each.template_bytes for each in finished)
    after = sum(each.final_bytes for each in finished)
    middle = sorted(growth)[len(growth) // 2]
    return f"{after / before:.2f} × the templates' (median {middle:.2f})"
