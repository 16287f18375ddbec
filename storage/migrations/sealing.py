"""Steps of migrations that put into ciphertext what earlier versions kept in the clear."""

from __future__ import annotations

from sqlalchemy import Connection, LargeBinary, bindparam, text

from storage.crypto import vault

BATCH = 1000
LETTERS = {"for": b"f", "against": b"a", "other": b"o"}
"""What stands in the clear for an answer, and the letter that is sealed (storage/votes.py, as it was in 0005)."""


def seal_ballots(connection: Connection) -> int:
    """Fill `sealed` and `sealed_before` of ballots that were answered; returns how many."""
    query = text("SELECT id, stand, before FROM ballot WHERE stand <> '' OR before <> ''")
    rows = [
        {"row": number, "stood": _sealed(stand, "ballot.stand"), "was": _sealed(before, "ballot.before")}
        for number, stand, before in connection.execute(query)
    ]
    change = text("UPDATE ballot SET sealed = :stood, sealed_before = :was WHERE id = :row").bindparams(
        bindparam("stood", type_=LargeBinary), bindparam("was", type_=LargeBinary)
    )
    for first in range(0, len(rows), BATCH):
        connection.execute(change, rows[first : first + BATCH])
    return len(rows)


def open_ballots(connection: Connection) -> None:
    """The reverse."""
    letters = {letter: stand for stand, letter in LETTERS.items()}
    query = text("SELECT id, sealed, sealed_before FROM ballot WHERE sealed IS NOT NULL OR sealed_before IS NOT NULL")
    change = text("UPDATE ballot SET stand = :stood, before = :was WHERE id = :row")
    for number, sealed, before in list(connection.execute(query)):
        stood = letters[vault().open(bytes(sealed), "ballot.stand")] if sealed else ""
        was = letters[vault().open(bytes(before), "ballot.before")] if before else ""
        connection.execute(change, {"row": number, "stood": stood, "was": was})


def _sealed(stand: str, label: str) -> bytes | None:
    return vault().seal(LETTERS[stand], label) if stand else None
