"""The house rules that a tool can check. Each check first makes sure that it found something to check."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.settings import Settings
from bot.texts import bundle
from storage import tables
from storage.crypto import EncryptedJson, EncryptedText
from storage.db import Database
from storage.migrations import comparison

ROOT = Path(__file__).parent.parent
DOORS = {
    "telegram": ("bot/platforms/telegram/",),
    "httpx": (),
    "httpx2": ("bot/platforms/zalo/client.py",),
    "aiohttp": ("bot/platforms/telegram/transport.py",),
    "transitions": ("bot/fsm.py",),
    "sqlmodel": ("storage/", "bot/context.py", "bot/dispatcher.py", "bot/sender.py", "bot/broadcasts.py"),
    "sqlalchemy": ("storage/",),
    "apscheduler": ("bot/scheduler.py",),
    "starlette": ("bot/web/", "bot/sandbox/"),
    "fluent": ("bot/texts.py",),
    "segno": ("bot/web/checkin.py",),
    "cryptography": ("storage/crypto.py",),
    "av": ("bot/speech/",),
    "espeakng_loader": ("bot/speech/",),
}
"""One library, one door. (`sqlmodel` outside storage: the type Session only, see the check below.)"""
NO_NAMES = {"utils", "helpers", "common", "manager", "misc"}
LONG_FILE, LONG_FUNCTION = 400, 60
REASONS = {
    # path or "path:function" -> why it may be longer
}
PERSONAL = {
    "member": {"number", "phone", "birth_date", "address"},
    "rsvp": {"reason"},
    "question": {"text", "answer", "asker"},
    "questionstep": {"note"},
    "channel": {"token", "webhook_secret"},
    "delivery": {"text"},
    "conversation": {"stack"},
    "inboxentry": {"body"},
    "task": {"title"},
    "taskreport": {"text"},
    "opinion": {"text"},
    "agendaitem": {"conclusion"},
    "meetingpaper": {"parts"},
    "guest": {"name"},
}


@cache
def sources() -> list[tuple[Path, ast.Module]]:
    """Every Python file of the product with its tree."""
    paths = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "storage").rglob("*.py")]
    found = [(path, ast.parse(path.read_text("utf-8"))) for path in sorted(paths) if "versions" not in path.parts]
    assert len(found) > 50, "the product has moved: nothing to check"
    return found


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """(module, names) of every import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, []
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, [alias.name for alias in node.names]


@pytest.mark.parametrize("library", DOORS)
def test_one_library_one_door(library: str) -> None:
    users = {
        name_of(path): names
        for path, tree in sources()
        for module, names in imports(tree)
        if module.split(".")[0] == library
    }
    if DOORS[library]:
        assert users, f"nobody imports {library}: take it off this list"
    strangers = {path for path in users if not path.startswith(DOORS[library] or ("-",))}
    if library == "sqlmodel":  # the session's type is named in signatures above storage; statements are not made there
        strangers = {path for path in strangers if users[path] != ["Session"]}
    assert not strangers


def test_no_vague_names() -> None:
    assert not [name_of(path) for path, _ in sources() if path.stem in NO_NAMES]


def test_files_and_functions_are_short() -> None:
    long = [
        name_of(path)
        for path, _ in sources()
        if len(path.read_text("utf-8").splitlines()) > LONG_FILE and name_of(path) not in REASONS
    ]
    functions = 0
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions += 1
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONG_FUNCTION and f"{name_of(path)}:{node.name}" not in REASONS:
                    long.append(f"{name_of(path)}:{node.name} ({length})")
    assert functions > 300
    assert not long


def test_except_exception_in_three_places_only() -> None:
    found = {
        name_of(path)
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
        if not name_of(path).startswith("bot/sandbox/")
    }
    assert found == {"bot/dispatcher.py", "bot/sender.py", "bot/scheduler.py"}


def text_keys() -> dict[str, str]:
    """Literal keys of t("…"), Refused("…") and the like, with where they stand."""
    found = {}
    for path, tree in sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if called in {"t", "Refused", "BadInput", "NotAllowed"} and isinstance(first, ast.Constant):
                found[str(first.value)] = f"{name_of(path)}:{node.lineno}"
    assert len(found) > 100, "no texts found in the code: has t() been renamed?"
    return found


def test_every_text_exists() -> None:
    missing = {key: where for key, where in text_keys().items() if not bundle().has_message(key.replace(".", "-"))}
    assert not missing


def key_shapes() -> Iterator[str]:
    """A pattern per string in code and templates that looks like a key, built ones ("dates.{day}") included."""
    for _, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".+" for v in node.values]
                yield "".join(parts)
    for path in (ROOT / "bot" / "web").rglob("*.html"):
        yield from (re.escape(key) for key in re.findall(r"""["']([a-z]+\.[a-z.-]+)["']""", path.read_text("utf-8")))


def test_every_text_is_used() -> None:
    """A text whose key stands nowhere in the code is dead."""
    messages = {
        line.split(" ")[0]
        for path in (ROOT / "locales" / "vi").glob("*.ftl")
        for line in path.read_text("utf-8").splitlines()
        if re.match(r"[a-z][a-z0-9-]* *=", line)
    }
    assert len(messages) > 100
    shapes = {shape.replace(r"\.", "-").replace(r"\-", "-") for shape in key_shapes() if re.match(r"[a-z]+\\\.", shape)}
    used = re.compile("|".join(f"(?:{shape})" for shape in shapes))
    assert not sorted(message for message in messages if not used.fullmatch(message))


def test_personal_columns_are_encrypted() -> None:
    checked = 0
    for table, columns in PERSONAL.items():
        for column in columns:
            kind = tables.METADATA.tables[table].c[column].type
            assert isinstance(kind, EncryptedText | EncryptedJson), f"{table}.{column} is in the clear"
            checked += 1
    assert checked == sum(len(columns) for columns in PERSONAL.values())


def test_migrations_give_the_tables_of_the_code(database: Database) -> None:
    opts = {"compare_type": comparison.same_type, "include_name": comparison.known_name}
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=opts)
        assert not compare_metadata(context, tables.METADATA)


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")
    missing = [name for name in Settings.model_fields if f"SOTAY_{name.upper()}" not in page]
    assert not missing


def test_nothing_names_this_workplace() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    assert len(tracked) > 100
    hosts = "|".join(["pypi" + r"\.org", "python" + "hosted", "npm" + "js", "deb" + r"\.debian"])
    places = re.compile(rf"{hosts}|/work/(main|shared)|/tmp/bash")
    texts = [path for path in tracked if path and (ROOT / path).is_file() and (ROOT / path).suffix != ".png"]
    texts.remove("tests/test_structure.py")
    assert not [path for path in texts if places.search((ROOT / path).read_text("utf-8", errors="ignore"))]
