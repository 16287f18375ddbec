"""the full-text index of the library.

Written by hand: Alembic knows neither virtual tables nor generated columns. SQLite's index is kept in step by
triggers, so a later migration that copies `libraryentry` (batch mode) has to make them again.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TAKE_OUT = "INSERT INTO libraryindex (libraryindex, rowid, terms) VALUES ('delete', old.age, old.terms)"
_PUT_IN = "INSERT INTO libraryindex (rowid, terms) VALUES (new.age, new.terms)"
_SQLITE = (
    # No positions and no sizes: what stands together is a term of its own, and ranking is not the index's matter.
    """CREATE VIRTUAL TABLE libraryindex USING fts5(
        terms, content='libraryentry', content_rowid='age', detail=none, columnsize=0, prefix='3 4',
        tokenize="ascii tokenchars '_'"
    )""",
    f"CREATE TRIGGER libraryentry_put AFTER INSERT ON libraryentry BEGIN {_PUT_IN}; END",
    f"CREATE TRIGGER libraryentry_drop AFTER DELETE ON libraryentry BEGIN {_TAKE_OUT}; END",
    f"CREATE TRIGGER libraryentry_change AFTER UPDATE OF age, terms ON libraryentry BEGIN {_TAKE_OUT}; {_PUT_IN}; END",
)
_POSTGRES = (
    # array_to_tsvector takes terms as they are: no parser, no dictionary.
    "ALTER TABLE libraryentry ADD COLUMN words tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED",
    "CREATE INDEX ix_libraryentry_words ON libraryentry USING gin (words)",
)


def upgrade() -> None:
    """Go forward."""
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRES:
        op.execute(statement)


def downgrade() -> None:
    """Go back."""
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("libraryentry_put", "libraryentry_drop", "libraryentry_change"):
            op.execute(f"DROP TRIGGER {trigger}")
        op.execute("DROP TABLE libraryindex")
    else:
        op.drop_column("libraryentry", "words")
