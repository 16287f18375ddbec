"""`sotay documents …`: a file or a folder of papers at once, the register, withdrawing."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from sqlmodel import Session

from bot.app import open_storage
from bot.channel_listing import wide_console
from bot.clock import SystemClock
from bot.dates import day
from bot.errors import BadInput, SettingsError, SotayError
from bot.flows.documents import bulk, notices
from bot.flows.documents.bulk import Look, Wish
from bot.flows.documents.numbers import KINDS, kind_of
from bot.flows.documents.options import coming_day
from bot.flows.documents.proposals import written_date
from bot.flows.documents.register import Office
from bot.links import Links
from bot.settings import Settings, load
from bot.texts import t
from storage import members, organizations, readers, validity
from storage.crypto import vault
from storage.db import Database
from storage.documents import DocumentState
from storage.files import FileStore
from storage.members import Member
from storage.organizations import Organization
from storage.readers import ROLE_SETS

documents_app = typer.Typer(help=t("bulk.app"), no_args_is_help=True)
SOME_BAD = 1
COLUMNS = ("file", "kind", "number", "date", "summary", "result")
BY = Annotated[str, typer.Option("--as", help=t("bulk.as"))]


@documents_app.command("publish", help=t("bulk.publish"))
def publish(  # noqa: PLR0913 (each parameter is an option of the command line)
    paths: Annotated[list[Path], typer.Argument(help=t("bulk.paths"))],
    *,
    to: Annotated[str, typer.Option("--to", help=t("bulk.to"))],
    by: BY,
    roles: Annotated[str, typer.Option("--roles", help=t("bulk.roles"))] = "",
    number: Annotated[str, typer.Option("--number", help=t("bulk.number"))] = "",
    kind: Annotated[str, typer.Option("--kind", help=t("bulk.kind"))] = "",
    issued: Annotated[str, typer.Option("--date", help=t("bulk.date"))] = "",
    issuer: Annotated[str, typer.Option("--issuer", help=t("bulk.issuer"))] = "",
    summary: Annotated[str, typer.Option("--summary", help=t("bulk.summary"))] = "",
    deadline: Annotated[str, typer.Option("--deadline", help=t("bulk.deadline"))] = "",
    expires: Annotated[str, typer.Option("--expires", help=t("bulk.expires"))] = "",
    no_download: Annotated[bool, typer.Option("--no-download", help=t("bulk.no-download"))] = False,
    guidance: Annotated[bool, typer.Option("--guidance", help=t("bulk.guidance"))] = False,
    new_version: Annotated[bool, typer.Option("--replace", help=t("bulk.replace"))] = False,
    sure: Annotated[bool, typer.Option("--confirm-not-secret", help=t("bulk.sure"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("bulk.dry-run"))] = False,
) -> None:
    """Publish every file that can be; the others are named with their reason. Exit code 1 when there were some."""
    desk = Desk.open()
    today = desk.clock.now().astimezone(desk.settings.zone).date()
    wish = Wish(
        number=number, kind=_kind(kind), issued_on=_day(issued), issuer=issuer, summary=summary,
        read_by=coming_day(deadline, today) if deadline else None,
        expires_on=coming_day(expires, today) if expires else None,
        downloadable=not no_download, guidance=guidance, sure=sure, replaces=new_version,
    )  # fmt: skip
    if roles and roles not in ROLE_SETS:
        raise SettingsError(t("bulk.unknown-roles", roles=", ".join(ROLE_SETS)))
    found = bulk.files_in(paths)
    if len(found) > 1 and wish.names_one:
        raise SettingsError(t("bulk.names-one", count=len(found)))
    errand = Errand(desk, *desk.who(by, to), roles, dry_run=dry_run)
    results = [errand.run(bulk.look(path, wish, megabytes=desk.settings.file_megabytes)) for path in found]
    _show(results, dry_run=dry_run)
    if any(result.outcome == "bad" for result in results):
        raise typer.Exit(SOME_BAD)


@documents_app.command("list", help=t("bulk.list"))
def show(
    to: Annotated[str, typer.Option("--to", help=t("bulk.list-to"))] = "",
    state: Annotated[DocumentState | None, typer.Option(help=t("bulk.state"))] = None,
    limit: Annotated[int, typer.Option(min=1, help=t("bulk.limit"))] = 50,
    as_json: Annotated[bool, typer.Option("--json", help=t("cli.as-json"))] = False,
) -> None:
    """The register, the newest first: number, summary, for whom, how many have read."""
    desk = Desk.open()
    with desk.database.reading() as session:
        path = desk.organization(session, to).path if to else ""
        rows = readers.register(session, path, state=state or "", limit=limit)
    if as_json:
        typer.echo(json.dumps([_entry(row) for row in rows], ensure_ascii=False, indent=1))
        return
    table = Table("#", *(t(f"bulk.column-{name}") for name in ("number", "summary", "to", "state", "version", "read")))
    for row in rows:
        entry = _entry(row)
        read = f"{row.read}/{row.readers}"
        cells = (entry["number"], notices.shortened(row.document.summary, 60), row.organization)
        table.add_row(str(entry["id"]), *map(str, cells), row.document.state, str(row.document.version), read)
    wide_console().print(table)


def _entry(row: readers.Register) -> dict[str, object]:
    document = row.document
    published = document.published_at.isoformat() if document.published_at else None
    return {
        "id": document.id, "number": document.number, "kind": document.kind, "summary": document.summary,
        "organization": row.organization, "state": document.state, "version": document.version,
        "published_at": published, "readers": row.readers, "read": row.read,
    }  # fmt: skip


@documents_app.command("withdraw", help=t("bulk.withdraw"))
def withdraw(
    number: Annotated[int, typer.Argument(metavar="ID", help=t("bulk.withdraw-id"))],
    *,
    by: BY,
    because: Annotated[str, typer.Option("--because", help=t("bulk.because"))] = "",
    yes: Annotated[bool, typer.Option("--yes", help=t("cli.yes"))] = False,
) -> None:
    """Withdraw one paper; letters that wait are dropped."""
    desk = Desk.open()
    with desk.database.transaction() as session:
        try:
            document = validity.locked(session, number)
        except LookupError:
            raise BadInput("bulk.no-document", number=number) from None
        member = desk.member(session, by)
        bulk.require(session, member, organizations.get(session, document.organization_id))
        if document.state not in {DocumentState.PUBLISHED, DocumentState.EXPIRED}:
            raise BadInput("documents.withdrawn", title=notices.title(document))
        if not yes:
            typer.confirm(t("bulk.withdraw-sure", title=notices.line(document)), abort=True)
        validity.end(session, document, DocumentState.WITHDRAWN, desk.clock.now(), because=because)
        desk.office(session, member.id).audit("document.withdrawn", number)
        typer.echo(t("bulk.withdrawn", title=notices.title(document)))


@dataclass(frozen=True, slots=True)
class Desk:
    """What every command here works with."""

    settings: Settings
    database: Database
    clock: SystemClock

    @classmethod
    def open(cls) -> Desk:
        """On the configured installation."""
        settings = load()
        return cls(settings, open_storage(settings), SystemClock(settings.clock_file))

    def office(self, session: Session, by: int | None) -> Office:
        """Where papers are published."""
        settings = self.settings
        links = Links(vault().signing_key, settings.public_url, days=settings.link_days, clock=self.clock)
        store = FileStore(settings.data_dir / "files")
        return Office(session, self.clock.now(), settings, links, store, by, door="cli")

    def who(self, number: str, code: str) -> tuple[Member, Organization]:
        """Who publishes, and for which organization. NotAllowed without the right to."""
        with self.database.reading() as session:
            member, organization = self.member(session, number), self.organization(session, code)
            bulk.require(session, member, organization)
        return member, organization

    @staticmethod
    def member(session: Session, number: str) -> Member:
        """The member with this number. SettingsError when there is none."""
        found = members.by_number(session, number)
        if found is None:
            raise SettingsError(t("cli.code-unknown"))
        return found

    @staticmethod
    def organization(session: Session, code: str) -> Organization:
        """The organization with this code. SettingsError when there is none."""
        found = organizations.by_code(session, code)
        if found is None:
            raise SettingsError(t("cli.import-no-organization", code=code))
        return found


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file. `outcome`: published, would, known or bad."""

    look: Look
    outcome: str
    said: str


@dataclass(frozen=True, slots=True)
class Errand:
    """One call of `publish`: who, for whom, which circle."""

    desk: Desk
    member: Member
    organization: Organization
    circle: str = ""
    dry_run: bool = False

    def run(self, found: Look) -> Result:
        """Publish one file, or say why not. What went wrong with it leaves nothing behind."""
        if found.problem is not None:
            return Result(found, "bad", t(found.problem.key, **found.problem.values))
        try:
            with self.desk.database.transaction() as session:
                return self._publish(session, found)
        except SotayError as error:
            return Result(found, "bad", t(error.key, **error.values))

    def _publish(self, session: Session, found: Look) -> Result:
        there = bulk.known(session, self.organization.id or 0, found)
        if there is not None:
            return Result(found, "known", t("bulk.is-known", document=there.id))
        office = self.desk.office(session, self.member.id)
        if self.dry_run:
            before = bulk.earlier(office, self.organization, found)
            return Result(found, "would", t("bulk.would-replace" if before else "bulk.would"))
        published = bulk.publish(office, self.organization, found, self.circle)
        reach = published.reach
        said = t("bulk.is-published", document=published.document.id, reachable=reach.reachable, members=reach.members)
        return Result(found, "published", said)


def _show(results: list[Result], *, dry_run: bool) -> None:
    table = Table(*(t(f"bulk.column-{name}") for name in COLUMNS))
    for result in results:
        wish = result.look.wish
        issued = day(wish.issued_on, weekday=False) if wish.issued_on else ""
        summary = notices.shortened(wish.summary, 60)
        short = t("bulk.is-bad") if result.outcome == "bad" else result.said
        table.add_row(result.look.path.name, wish.kind, wish.number, issued, summary, short)
    wide_console().print(table)
    for result in results:
        if result.outcome == "bad":
            typer.echo(t("bulk.bad", name=result.look.path.name, reason=" ".join(result.said.split())))
    counts = Counter(result.outcome for result in results)
    done = counts["would"] if dry_run else counts["published"]
    typer.echo(t("bulk.done-dry" if dry_run else "bulk.done", done=done, known=counts["known"], bad=counts["bad"]))


def _kind(words: str) -> str:
    """ "NQ" or "nghị quyết". SettingsError for any other word."""
    if not words:
        return ""
    found = next((kind for kind in KINDS.values() if kind.lower() == words.lower()), "") or kind_of(words)
    if not found:
        raise SettingsError(t("bulk.unknown-kind", kinds=", ".join(KINDS.values())))
    return found


def _day(words: str) -> date | None:
    found = written_date(words) if words else None
    if words and found is None:
        raise BadInput("publishing.date-unclear")
    return found
