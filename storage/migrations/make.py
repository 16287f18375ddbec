"""`make migration`: write the difference between the migrations and the tables as a new migration."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from storage.db import MIGRATIONS, Database


def main(message: str) -> None:
    """Number it after the newest one."""
    number = len(list((MIGRATIONS / "versions").glob("[0-9]*.py"))) + 1
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'empty.db'}")
        database.upgrade()
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
        database.close()
    for path in (MIGRATIONS / "versions").glob(f"{number:04d}_*.py"):
        path.write_text(_with_names(_with_defaults(path.read_text())))


DEFAULTS = {"Boolean": "sa.false()", "Integer": 'sa.text("0")', "Float": 'sa.text("0")', "JSON": "sa.text(\"'{}'\")"}


def _with_defaults(source: str) -> str:
    """New columns that may not be empty need a value for the rows that are there already."""

    def filled(found: re.Match[str]) -> str:
        default = DEFAULTS.get(found[2], "sa.text(\"''\")")
        return f"{found[1]}, nullable=False, server_default={default})"

    return re.sub(r"(add_column\(sa\.Column\('\w+', [\w.]*?(\w+)\([^)]*\)), nullable=False\)", filled, source)


def _with_names(source: str) -> str:
    """New foreign keys get names, so that they can be dropped again; Alembic writes None for both."""
    names = [f'"fk_{column}"' for column in re.findall(r"create_foreign_key\(None, '\w+', \['(\w+)'\]", source)]
    making, dropping = iter(names), iter(reversed(names))
    source = re.sub(r"create_foreign_key\(None", lambda _: f"create_foreign_key({next(making)}", source)
    return re.sub(r"drop_constraint\(None", lambda _: f"drop_constraint({next(dropping)}", source)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit('Say what changes: make migration MESSAGE="a column for …"')
    main(sys.argv[1])
