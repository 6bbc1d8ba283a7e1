"""What of a document may be harmed: its dictionaries, arrays and streams, in a fixed order."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pikepdf
from pikepdf import Array, Dictionary, Pdf


def objects(pdf: Pdf) -> list[pikepdf.Object]:
    return [each for each in pdf.objects if each is not None]


def dictionaries(pdf: Pdf) -> list[pikepdf.Object]:
    """Indirect dictionaries, those of streams included, and direct ones just below them."""
    found: list[pikepdf.Object] = []
    for each in objects(pdf):
        if isinstance(each, Dictionary | pikepdf.Stream):
            found.append(each)
            found += [held for _, held in sorted(each.items()) if _is_direct(held)]
    return found


def having(pdf: Pdf, key: str) -> list[pikepdf.Object]:
    return [each for each in dictionaries(pdf) if key in each]


def of_subtype(pdf: Pdf, subtype: str) -> list[pikepdf.Object]:
    return [each for each in dictionaries(pdf) if each.get("/Subtype") == subtype]


def arrays(pdf: Pdf) -> list[pikepdf.Object]:
    found: list[pikepdf.Object] = [each for each in objects(pdf) if isinstance(each, Array)]
    for each in dictionaries(pdf):
        found += [held for _, held in sorted(each.items()) if isinstance(held, Array)]
    return found


def streams(pdf: Pdf) -> list[pikepdf.Stream]:
    return [each for each in objects(pdf) if isinstance(each, pikepdf.Stream)]


def holders(pdf: Pdf) -> list[pikepdf.Object]:
    return [*dictionaries(pdf), *arrays(pdf)]


def shared(pdf: Pdf) -> list[pikepdf.Object]:
    """What others may refer to: a direct object inside itself is something no file can say."""
    return [each for each in holders(pdf) if each.is_indirect]


def some_page(pdf: Pdf, random: Random) -> pikepdf.Page:
    return random.choice(list(pdf.pages)[:20])


def put(holder: pikepdf.Object, random: Random, held: object) -> None:
    if isinstance(holder, Array):
        if len(holder):
            holder[random.randrange(len(holder))] = held
        else:
            holder.append(held)
    else:
        keys = sorted(set(holder.keys()) - {"/Length"})
        holder[random.choice(keys or ["/X"])] = held


def is_number(held: object) -> bool:
    return isinstance(held, int | float | Decimal)


def _is_direct(held: object) -> bool:
    return isinstance(held, Dictionary) and not held.is_indirect
