"""Alembic's entry: runs on the connection that Database.upgrade hands over."""

from __future__ import annotations

from alembic import context

from storage import tables
from storage.migrations.comparison import known_name, plain_type, same_type

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.METADATA,
    render_item=plain_type,
    compare_type=same_type,
    include_name=known_name,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
