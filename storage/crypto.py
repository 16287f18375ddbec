"""Encryption at rest: the vault, the encrypted column type, the keyed hash for look-ups.

One process has one key, kept in a file apart from the database (design.md, Security). Values are AES-256-GCM with a
random nonce and the column's name as associated data, so a value moved to another column does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = b"\x01"


class KeyProblem(Exception):
    """The key file is missing, unreadable or not the one that this database was written with."""


class Vault:
    """Encrypts, decrypts and hashes with keys derived from one master key of 32 bytes."""

    def __init__(self, master: bytes) -> None:
        if len(master) != KEY_BYTES:
            raise KeyProblem(f"the key has {len(master)} bytes instead of {KEY_BYTES}")
        self._cipher = AESGCM(self._derive(master, b"columns"))
        self._hash_key = self._derive(master, b"look-ups")
        self._signing_key = self._derive(master, b"links")

    @staticmethod
    def _derive(master: bytes, purpose: bytes) -> bytes:
        return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"sotay/" + purpose).derive(master)

    @property
    def signing_key(self) -> str:
        """The secret for signed links, as hex."""
        return self._signing_key.hex()

    def seal(self, plain: bytes, label: str) -> bytes:
        """`plain` as format byte, nonce, ciphertext with tag."""
        nonce = os.urandom(NONCE_BYTES)
        return FORMAT + nonce + self._cipher.encrypt(nonce, plain, label.encode())

    def open(self, sealed: bytes, label: str) -> bytes:
        """The reverse of `seal`; KeyProblem when the key or the label is another one."""
        nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, body, label.encode())
        except InvalidTag:
            raise KeyProblem(f"a value of {label} does not open with this key") from None

    def fingerprint(self, value: str, purpose: str) -> str:
        """A keyed hash (HMAC-SHA-256, 32 hex digits) to look a value up without storing it in the clear."""
        digest = hmac.new(self._hash_key, f"{purpose}\0{value}".encode(), hashlib.sha256)
        return digest.hexdigest()[:32]


class ShortSeal:
    """Seals a few bytes with 16 bytes more: for addresses that people get in a message.

    AES-SIV (RFC 5297) needs no nonce; the same bytes are always sealed alike, so they should hold a moment.
    """

    def __init__(self, secret: str, purpose: str) -> None:
        key = HKDF(hashes.SHA512(), 64, salt=None, info=b"sotay/" + purpose.encode()).derive(secret.encode())
        self._cipher = AESSIV(key)

    def seal(self, plain: bytes) -> bytes:
        """`plain`, which must not be empty, as tag and ciphertext."""
        return self._cipher.encrypt(plain, None)

    def open(self, sealed: bytes) -> bytes:
        """The reverse of `seal`; KeyProblem for anything that was not sealed with this secret."""
        try:
            return self._cipher.decrypt(sealed, None)
        except (InvalidTag, ValueError):  # ValueError: shorter than a tag
            raise KeyProblem("these bytes do not open with this key") from None


class _Installed:
    vault: Vault | None = None


def install(vault: Vault) -> None:
    """Make `vault` the one that columns use in this process."""
    _Installed.vault = vault


def vault() -> Vault:
    """The installed vault; KeyProblem before `install`."""
    if _Installed.vault is None:
        raise KeyProblem("no key is installed in this process")
    return _Installed.vault


def load_key(path: Path, *, create: bool) -> bytes:
    """The master key in `path` (64 hex digits). With `create` a missing one is made, readable by its owner only."""
    if path.exists():
        try:
            return bytes.fromhex(path.read_text().strip())
        except ValueError:
            raise KeyProblem(f"{path} does not hold a key of 64 hex digits") from None
    if not create:
        raise KeyProblem(f"there is no key at {path}")
    path.parent.mkdir(parents=True, exist_ok=True)
    master = os.urandom(KEY_BYTES)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(master.hex() + "\n")
    return master


class EncryptedText(TypeDecorator[str]):
    """Text that is ciphertext in the database. `label` ("member.phone") binds a value to its column."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal on the way in; "" and None stay what they are in meaning: nothing."""
        return None if value is None else vault().seal(value.encode(), self.label)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Open on the way out."""
        return None if value is None else vault().open(bytes(value), self.label).decode()


class EncryptedJson(TypeDecorator[Any]):
    """A JSON value that is ciphertext in the database."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Seal the value's JSON."""
        return None if value is None else vault().seal(json.dumps(value, ensure_ascii=False).encode(), self.label)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Open and read the JSON."""
        return None if value is None else json.loads(vault().open(bytes(value), self.label))
