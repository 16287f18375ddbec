"""Alembic's entry: runs on the connection that Database.upgrade hands over."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy
from alembic import context
from sqlalchemy.types import TypeDecorator

from storage import tables


def plain_type(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types into a migration as what the database sees of them."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl!r}"
    if kind == "type" and type(thing).__name__ == "AutoString":
        return "sa.String()"
    return False


def same_type(_context: Any, _inspected: Any, _column: Any, in_database: Any, in_code: Any) -> bool | None:
    """Compare our own types by what the database sees."""
    return False if isinstance(in_code, TypeDecorator | sqlalchemy.String) else None


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.METADATA,
    render_item=plain_type,
    compare_type=same_type,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
