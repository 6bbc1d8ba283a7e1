"""A picture of one box, as the definitive PDF will have it."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO

from PIL import Image

from tests.web.site import FilledPage, Website


def ask(page: FilledPage, name: str, value: str) -> dict[str, object]:
    answer = page.site.client.post(f"{page.address}/vak", data={"veld": name, "waarde": value})
    assert answer.status_code == 200
    found = answer.get_json()
    assert isinstance(found, dict)
    return found


def ink(found: dict[str, object]) -> int:
    """Dark pixels within the frame."""
    image = Image.open(BytesIO(b64decode(str(found["png"])))).convert("L")
    inner = image.crop((9, 9, image.width - 9, image.height - 9))
    return sum(inner.histogram()[:100])


def test_the_picture_has_the_text_and_its_size_in_words(site: Website) -> None:
    page = site.new("bao-2024")
    empty = ask(page, "profiel.typering", "")
    short = ask(page, "profiel.typering", "Een school in het dorp.")
    assert ink(empty) == 0 < ink(short)
    assert empty["words"] == "Dit vak is leeg."
    assert short["words"] == "De letters zijn 9 punten groot."
    assert short["problem"] == ""


def test_a_text_that_gets_smaller_says_so(site: Website) -> None:
    name = "school.straat"
    found = ask(site.new("bao-2024"), name, "W" * 60)
    assert str(found["words"]).endswith("punten groot: kleiner, zodat alles past.")


def test_what_does_not_fit_is_said_in_the_forms_own_words(site: Website) -> None:
    found = ask(site.new("proef"), "name", "x" * 50)
    assert found["problem"] == "Gebruik hooguit 40 tekens; het zijn er nu 50."
    assert ink(found) > 0


def test_only_texts_of_the_form_have_a_box(site: Website) -> None:
    page = site.new("proef")
    for name in ("nergens", "agreed", ""):
        answer = site.client.post(f"{page.address}/vak", data={"veld": name, "waarde": "x"})
        assert answer.status_code == 404


def test_asking_keeps_nothing(site: Website) -> None:
    page = site.new("proef")
    ask(page, "name", "De Boom")
    assert site.client.get(page.address).status_code == 404
