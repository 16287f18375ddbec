"""How our own column types look to Alembic: as what the database sees of them."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import String
from sqlalchemy.types import TypeDecorator


def plain_type(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types into a migration as what the database sees of them."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl!r}"
    if kind == "type" and type(thing).__name__ == "AutoString":
        return "sa.String()"
    return False


def same_type(_context: Any, _inspected: Any, _column: Any, _in_database: Any, in_code: Any) -> bool | None:
    """False ("no change") for our own types and for text; None leaves the rest to Alembic."""
    return False if isinstance(in_code, TypeDecorator | String) else None


def known_name(name: str | None, kind: str, parents: Any) -> bool:
    """Leave alone what the library's index is made of: migration 0004 writes it by hand."""
    if kind == "table":
        return not (name or "").startswith("libraryindex")
    return parents.get("table_name") != "libraryentry" or name not in {"words", "ix_libraryentry_words"}
