"""Papers from the command line: a file or a folder at once, each with what it tells by itself.

Looking at a file touches no database; each paper is published in a transaction of its own, so that a bad one keeps no
good one back. The same content is published to the same organization once: a folder can be given again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.errors import BadInput, NotAllowed, SotayError
from bot.flows.documents import intake, register
from bot.flows.documents.intake import Piece
from bot.flows.documents.numbers import kind_of, number_key
from bot.flows.documents.options import end_of
from bot.flows.documents.proposals import propose, tidy
from bot.flows.documents.register import Office, Order, Published
from bot.matching import fold
from bot.secrecy import Gate
from storage import readers
from storage.documents import GUIDANCE, Document, DocumentState
from storage.members import LEADING, Member, RoleKind
from storage.members import roles as roles_of
from storage.organizations import Organization
from storage.readers import Target


@dataclass(frozen=True, slots=True)
class Wish:
    """What the operator says about a paper; "" and None leave it to the paper itself. `sure`: the one who publishes
    answers for papers that cannot be judged, or that are held. `replaces`: a paper with this number is replaced."""

    number: str = ""
    kind: str = ""
    issued_on: date | None = None
    issuer: str = ""
    summary: str = ""
    read_by: date | None = None
    expires_on: date | None = None
    downloadable: bool = True
    guidance: bool = False
    sure: bool = False
    replaces: bool = False

    @property
    def names_one(self) -> bool:
        """Whether it says something that can be true of one paper only."""
        return any((self.number, self.issued_on, self.summary))


@dataclass(frozen=True, slots=True)
class Look:
    """One file as it was recognised. `problem`: why it cannot be published, None when it can; `sha256`: of what would
    be kept, of a text its own."""

    path: Path
    piece: Piece | None = None
    wish: Wish = field(default_factory=Wish)
    sha256: str = ""
    problem: SotayError | None = None


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files that are meant: a folder stands for every file in it, hidden ones and office programs' locks left out.

    BadInput for a path that is not there, or a folder with nothing in it.
    """
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        wanted = [each for each in inside if each.is_file() and not each.name.startswith((".", "~$"))]
        if not wanted:
            raise BadInput("bulk.no-files", path=path)
        found += wanted
    return found


def look(path: Path, wish: Wish, *, megabytes: int) -> Look:
    """Recognise and judge one file."""
    try:
        if path.stat().st_size > megabytes * 1024 * 1024:
            raise BadInput("bulk.too-large", megabytes=megabytes)
        piece = intake.read_content(path.read_bytes(), name=path.name)
        told = _told(piece, path, wish)
    except SotayError as error:
        return Look(path, problem=error)
    except OSError as error:
        return Look(path, problem=BadInput("bulk.unreadable", reason=error.strerror or type(error).__name__))
    content = piece.content if piece.content is not None else piece.text.encode()
    return Look(path, piece, told, hashlib.sha256(content).hexdigest(), _forbidden(piece, wish))


def _forbidden(piece: Piece, wish: Wish) -> SotayError | None:
    if piece.verdict.gate is Gate.REFUSED:
        return BadInput("bulk.secret")
    if piece.verdict.gate is not Gate.OPEN and not wish.sure:
        return BadInput(f"bulk.gate-{piece.verdict.reason or 'scan'}")
    return None


def _told(piece: Piece, path: Path, wish: Wish) -> Wish:
    """The wish, completed by what the paper and its name tell. BadInput when number and summary stay unknown."""
    found = propose(piece.text, path.name)
    if found.bad_date and wish.issued_on is None:
        raise BadInput("bulk.bad-date", written=found.bad_date)
    number = wish.number or found.number
    words = " ".join(path.stem.replace("_", " ").split())
    summary = tidy(wish.summary or found.summary) or (tidy(words) if number else "")
    if not number and not summary:
        raise BadInput("bulk.nothing-known")
    kind = wish.kind or kind_of(number) or kind_of(summary) or found.title
    issued_on, issuer = wish.issued_on or found.issued_on, wish.issuer or found.issuer
    return replace(wish, number=number, summary=summary, kind=kind, issued_on=issued_on, issuer=issuer)


def require(session: Session, member: Member, organization: Organization) -> None:
    """NotAllowed unless this member leads the organization, as in chat."""
    held = roles_of(session, member.id or 0)
    if not any(RoleKind(kind) in LEADING and organization.path.startswith(top.path) for kind, top in held):
        raise NotAllowed


def known(session: Session, organization_id: int, found: Look) -> Document | None:
    """The paper with the same content that this organization was sent before; None when it is new."""
    if found.piece is None:
        return None
    if found.piece.content is None:
        return readers.with_body(session, organization_id, found.piece.text)
    return readers.with_content(session, organization_id, found.sha256)


def earlier(office: Office, organization: Organization, found: Look) -> Document | None:
    """The paper with the same number and year that it would stand beside, or replace when that is wished; BadInput
    when it is not."""
    key = number_key(found.wish.number)
    year = (found.wish.issued_on or office.now.astimezone(office.settings.zone).date()).year
    papers = readers.same_number(office.db, organization.id or 0, key) if key else []
    same = next((each for each in papers if (each.issued_on or each.created_at).year == year), None)
    if same is not None and not found.wish.replaces:
        raise BadInput("bulk.same-number", number=same.number, document=same.id)
    return same


def publish(office: Office, organization: Organization, found: Look, circle: str = "") -> Published:
    """Publish one paper that has no problem, in the transaction of `office`."""
    piece = found.piece
    if piece is None or found.problem is not None:
        raise found.problem or BadInput("bulk.nothing-known")
    before = earlier(office, organization, found)
    target = _target(organization, circle, before)
    drafted: list[dict[str, Any]] = []
    if piece.content is not None and piece.kind is not None:
        stored = office.store.keep(office.db, piece.content, name=piece.name, mime=piece.kind.mime, at=office.now)
        drafted.append({"id": stored.id, "picture": piece.kind.is_picture, "sheets": piece.sheets})
    document = _document(office, organization, found, target)
    if before is not None:
        document.version, document.replaces_id = before.version + 1, before.id
    held = piece.verdict.gate is not Gate.OPEN
    order = Order(document, target, drafted, str(piece.verdict.gate), office.by if held else None)
    return register.publish(office, order)


def _target(organization: Organization, circle: str, before: Document | None) -> Target:
    if before is not None and before.audience != register.audience_of(Target(organization.path)):
        return Target(organization.path, readers_of=before.id or 0)
    return Target(organization.path, circle if before is None else "")


def _document(office: Office, organization: Organization, found: Look, target: Target) -> Document:
    wish = found.wish
    text = found.piece.text if found.piece is not None and found.piece.content is None else ""
    return Document(
        organization_id=organization.id or 0,
        number=wish.number,
        number_key=number_key(wish.number),
        kind=wish.kind,
        issued_on=wish.issued_on,
        issuer=wish.issuer,
        summary=wish.summary,
        search_key=fold(f"{wish.number} {wish.summary}"),
        body=text,
        state=DocumentState.PUBLISHED,
        created_by=office.by,
        created_at=office.now,
        published_at=office.now,
        read_by=end_of(wish.read_by, office.settings.zone) if wish.read_by else None,
        expires_on=wish.expires_on,
        audience=register.audience_of(target),
        section=GUIDANCE if wish.guidance else "",
        downloadable=wish.downloadable,
    )
