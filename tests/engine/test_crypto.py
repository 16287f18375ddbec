"""Encryption at rest, the key file, the audit chain."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import open_storage
from bot.errors import SettingsError
from bot.settings import Settings
from storage import audit
from storage.crypto import KeyProblem, Vault, install, load_key
from storage.db import Database
from tests.conftest import KEY
from tests.world import World


def test_a_value_opens_only_in_its_column_and_with_its_key() -> None:
    vault = Vault(KEY)
    sealed = vault.seal(b"012345678901", "member.number")
    assert vault.open(sealed, "member.number") == b"012345678901"
    assert vault.seal(b"x", "a") != vault.seal(b"x", "a")
    with pytest.raises(KeyProblem):
        vault.open(sealed, "member.phone")
    with pytest.raises(KeyProblem):
        Vault(bytes(32)).open(sealed, "member.number")


def test_nothing_personal_is_readable_in_the_database(world: World) -> None:
    lan = world.person("Trần Thị Lan", number="066012345678", phone="0991234567", address="Xóm Đình")
    lan.says("một câu riêng tư")
    with world.database.reading() as session:
        connection = session.connection()
        shown = ""
        for table in ("member", "delivery", "conversation", "channel", "inboxentry"):
            shown += str(connection.execute(text(f"SELECT * FROM {table}")).all())
    for secret in ("066012345678", "0991234567", "Xóm Đình", "một câu riêng tư", "test-zalo-token"):
        assert secret not in shown
    assert "Lan" in shown, "nothing was read at all"


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "sotay.key"
    first = load_key(path, create=True)
    assert load_key(path, create=False) == first
    assert path.stat().st_mode & 0o077 == 0


def test_a_lost_key_is_never_replaced_beside_a_database(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "key")
    open_storage(settings).close()
    settings.key_file.unlink()
    with pytest.raises(SettingsError, match="SOTAY_KEY_FILE"):
        open_storage(settings)
    assert not settings.key_file.exists()
    install(Vault(KEY))


def test_a_lost_key_is_never_replaced_beside_a_server_either(postgres: Database, world: World, tmp_path: Path) -> None:
    if world.database is not postgres:
        return
    url = postgres.engine.url.render_as_string(hide_password=False)
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "lost", database_url=url)
    with pytest.raises(SettingsError, match="SOTAY_KEY_FILE"):
        open_storage(settings)
    assert not settings.key_file.exists()


def test_a_changed_audit_row_shows(database: Database) -> None:
    with database.transaction() as session:
        for number in range(3):
            audit.write(session, datetime.now(UTC), "test.act", subject=f"thing:{number}", count=number)
    with database.reading() as session:
        assert audit.broken_at(session) is None
    with database.transaction() as session:
        session.connection().execute(text("UPDATE auditentry SET subject = 'thing:9' WHERE id = 2"))
    with database.reading() as session:
        assert audit.broken_at(session) == 2
