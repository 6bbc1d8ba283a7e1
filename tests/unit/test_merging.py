"""Merging two saves, field by field: what each changed is kept, and nobody is chosen for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.flow.merging import Basis, Merged, fingerprint, fingerprints, merged
from pipeline.model.field import Value

NAMES = st.sampled_from(["a", "b", "c", "d", "e"])
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.booleans(), st.text(max_size=3), st.lists(st.text(max_size=2), max_size=2).map(tuple)
)
ANSWERS = st.dictionaries(NAMES, VALUES, max_size=5)


def basis(values: dict[str, Value], **yielded: str) -> Basis:
    return Basis(fingerprints(values), yielded)


def alike(one: dict[str, Value], other: dict[str, Value]) -> bool:
    return fingerprints(one) == fingerprints(other)


def test_what_only_one_changed_is_that_ones() -> None:
    began: dict[str, Value] = {"a": "1", "b": "1", "c": "1"}
    found = merged(basis(began), {**began, "a": "mine"}, {**began, "b": "theirs"})
    assert found == Merged({"a": "mine", "b": "theirs", "c": "1"}, ("b",), (), ())


def test_what_both_changed_is_a_clash_and_mine_is_not_lost() -> None:
    found = merged(basis({"a": "1"}), {"a": "mine"}, {"a": "theirs"})
    assert found == Merged({"a": "mine"}, (), (), ("a",))


def test_clearing_is_a_change() -> None:
    assert merged(basis({"a": "1"}), {}, {"a": "1"}).values == {}
    assert merged(basis({"a": "1"}), {"a": "1"}, {}).values == {}
    assert merged(basis({"a": "1"}), {}, {"a": "2"}).clashes == ("a",)


def test_a_choice_is_for_the_answer_that_was_shown() -> None:
    chosen = basis({"a": "1"}, a=fingerprint("shown"))
    assert merged(chosen, {"a": "mine"}, {"a": "shown"}).yielded == ("a",)
    assert merged(chosen, {"a": "mine"}, {"a": "later"}).clashes == ("a",)


def test_without_a_basis_every_difference_is_a_clash() -> None:
    found = merged(None, {"a": "1", "b": "x"}, {"a": "1", "c": "y"})
    assert found.clashes == ("b", "c")


def test_no_answer_is_one_answer() -> None:
    assert {fingerprint(value) for value in (None, "", (), False)} == {""}
    assert len({fingerprint(value) for value in (True, "true", "0", "false", ("0",))}) == 5


@given(ANSWERS, ANSWERS)
def test_what_nobody_else_touched_is_saved_as_it_is(
    began: dict[str, Value], mine: dict[str, Value]
) -> None:
    found = merged(basis(began), mine, began)
    assert alike(found.values, mine)
    assert (found.taken, found.clashes) == ((), ())


@given(ANSWERS, ANSWERS)
def test_a_page_without_changes_takes_everything(
    began: dict[str, Value], theirs: dict[str, Value]
) -> None:
    found = merged(basis(began), began, theirs)
    assert found.values == theirs
    assert found.clashes == ()


@given(ANSWERS, ANSWERS, ANSWERS)
def test_nobodys_change_is_lost(
    began: dict[str, Value], mine: dict[str, Value], theirs: dict[str, Value]
) -> None:
    """Each field that one changed holds that one's answer, or it is a clash that both changed."""
    found = merged(basis(began), mine, theirs)
    seen, my, their = (fingerprints(each) for each in (began, mine, theirs))
    result = fingerprints(found.values)
    for name in {*seen, *my, *their}:
        before, one, other = (each.get(name, "") for each in (seen, my, their))
        if name in found.clashes:
            assert len({before, one, other}) == 3
        elif one != before:
            assert result.get(name, "") == one
        else:
            assert result.get(name, "") == other


@given(ANSWERS, ANSWERS, ANSWERS)
def test_it_does_not_matter_who_was_first(
    began: dict[str, Value], mine: dict[str, Value], theirs: dict[str, Value]
) -> None:
    one, other = merged(basis(began), mine, theirs), merged(basis(began), theirs, mine)
    assert set(one.clashes) == set(other.clashes)
    without = [
        {name: value for name, value in found.values.items() if name not in found.clashes}
        for found in (one, other)
    ]
    assert alike(*without)


@given(ANSWERS, ANSWERS, ANSWERS)
def test_every_clash_ends_by_choosing(
    began: dict[str, Value], mine: dict[str, Value], theirs: dict[str, Value]
) -> None:
    clashes = merged(basis(began), mine, theirs).clashes
    shown = {name: fingerprint(theirs.get(name)) for name in clashes}
    over = merged(Basis({**fingerprints(began), **shown}), mine, theirs)
    assert over.clashes == ()
    assert all(fingerprint(over.values.get(name)) == fingerprint(mine.get(name)) for name in shown)
    given_up = merged(Basis(fingerprints(began), shown), mine, theirs)
    assert given_up.clashes == ()
    assert set(given_up.yielded) == set(clashes)
    assert all(fingerprint(given_up.values.get(name)) == digits for name, digits in shown.items())
