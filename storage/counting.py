"""Triggers that mark what has to be counted anew, so that no writer can forget it (docs/decisions/0011).

A mark is one appended row: nobody waits for anybody, and an acknowledgement costs no update of a shared counter.
`document_id` NULL means every paper of that organization.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

_MARK = "INSERT INTO document_stale (document_id, organization_id)"

TABLES = {
    "reading": ("document_id", "member_id", "acknowledged_at", "recorded_by"),
    "member": ("organization_id", "status", "standing", "has_phone"),
    "account": ("member_id", "channel_id", "unlinked_at", "blocked_at"),
    "channel": ("state",),
}
"""Which columns of which tables the counts depend on."""
_BODIES = {
    "reading": "SELECT {row}.document_id, organization_id FROM member WHERE id = {row}.member_id",
    "member": "VALUES (NULL, {row}.organization_id)",
    "account": "SELECT NULL, organization_id FROM member WHERE id = {row}.member_id",
    "channel": (
        "SELECT DISTINCT CAST(NULL AS INTEGER), member.organization_id FROM account"
        " JOIN member ON member.id = account.member_id WHERE account.channel_id = {row}.id"
    ),
}
_ACTS = (("insert", ("NEW",)), ("update", ("OLD", "NEW")), ("delete", ("OLD",)))
_IDLE = {("member", "insert"), ("channel", "insert"), ("channel", "delete")}
"""Nobody has anything to read yet, or accounts there any more."""


def remove(connection: Connection) -> None:
    """Take the triggers away: SQLite cannot rename a table that one of them names (migrations do)."""
    for table in TABLES:
        for act, _ in _ACTS:
            name = f"count_{table}_{act}"
            on = "" if connection.dialect.name == "sqlite" else f" ON {table}"
            if connection.dialect.name == "sqlite" or inspect(connection).has_table(table):
                connection.execute(text(f"DROP TRIGGER IF EXISTS {name}{on}"))


def install(connection: Connection) -> None:
    """Make the triggers, and mark everything once: whatever happened without them is counted again."""
    remove(connection)
    if not inspect(connection).has_table("document_stale"):  # an older release's tables
        return
    for table in TABLES:
        for act, rows in (each for each in _ACTS if (table, each[0]) not in _IDLE):
            statements = [f"{_MARK} {_BODIES[table].format(row=row)};" for row in rows]
            (_sqlite if connection.dialect.name == "sqlite" else _postgresql)(connection, table, act, statements)
    connection.execute(text(f"{_MARK} SELECT NULL, id FROM organization"))  # noqa: S608 (a constant)


def _when(table: str, act: str, differs: str) -> str:
    if act != "update":
        return ""
    return "WHEN (" + " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in TABLES[table]) + ")"


def _event(table: str, act: str) -> str:
    return f"AFTER {act.upper()}" + (f" OF {', '.join(TABLES[table])}" if act == "update" else "") + f" ON {table}"


def _sqlite(connection: Connection, table: str, act: str, statements: list[str]) -> None:
    when, body = _when(table, act, "IS NOT"), " ".join(statements)
    connection.execute(
        text(f"CREATE TRIGGER count_{table}_{act} {_event(table, act)} FOR EACH ROW {when} BEGIN {body} END")
    )


def _postgresql(connection: Connection, table: str, act: str, statements: list[str]) -> None:
    """Row by row, but for new readings: a paper for a province makes 60,000 of them in one statement."""
    name, when = f"count_{table}_{act}", _when(table, act, "IS DISTINCT FROM")
    each = "FOR EACH ROW"
    if (table, act) == ("reading", "insert"):
        each = "REFERENCING NEW TABLE AS added FOR EACH STATEMENT"
        statements = [
            f"{_MARK} SELECT DISTINCT added.document_id, member.organization_id"  # noqa: S608 (constants)
            " FROM added JOIN member ON member.id = added.member_id;"
        ]
    body = " ".join(statements)
    connection.execute(
        text(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {body} RETURN NULL; END $$"
        )
    )
    connection.execute(text(f"CREATE TRIGGER {name} {_event(table, act)} {each} {when} EXECUTE FUNCTION {name}()"))
