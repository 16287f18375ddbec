"""Agenda items and guests as people type them, one a line: "1. Thu chi quỹ – đ/c Lan – 15 phút"."""

from __future__ import annotations

import re

from sqlmodel import Session

from bot.courtesy import named
from bot.matching import fold
from bot.secrecy import must_be_open
from bot.texts import t
from storage import documents, members
from storage.agendas import Line
from storage.members import Member
from storage.organizations import Organization

ITEMS, TITLE, SPEAKER = 15, 200, 80
"""Most items of an agenda, most letters of a title and of a name. [ours]"""
GUESTS = 20
LONGEST = 600
"""Minutes that one item may take. [ours]"""
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}\s*[.)/:]\s+|\d{1,2}[.)]\s*(?=\D)|[-–—•*+]\s*)")
_MINUTES = re.compile(r"[(\[,;]?\s*\b(\d{1,3})\s*(?:phut|ph|p)\b\.?\s*[)\]]?")
_PARTS = re.compile(r"\s+[-–—]+\s+|\s*\|\s*|\t+")
_TITLES = ("đ/c", "đc", "đồng chí", "bác", "cô", "chú", "ông", "bà", "anh", "chị", "dc", "dong chi")


def parse(session: Session, home: Organization, text: str) -> list[Line]:
    """The items that a text names, empty lines left out. BadInput when it bears a mark of secrecy."""
    must_be_open(text)
    found = [_item(session, home, line) for line in text.splitlines() if line.strip(" .-–•*")]
    return [item for item in found if item["title"]]


def _item(session: Session, home: Organization, line: str) -> Line:
    rest = " ".join(_NUMBERED.sub("", line, count=1).replace("\t", " | ").split())
    minutes = 0
    found = _MINUTES.search(fold(rest)) if len(fold(rest)) == len(rest) else None
    if found:
        minutes = min(int(found[1]), LONGEST)
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    parts = [part.strip(" ,;-–—|") for part in _PARTS.split(f" {rest} ") if part.strip(" ,;-–—|")]
    speaker_id, speaker = None, ""
    if len(parts) > 1 and (who := _speaker(session, home, parts[-1])) is not None:
        speaker_id, speaker = who
        parts = parts[:-1]
    title = " – ".join(parts).rstrip(".;, ")[:TITLE]
    return {"title": title, "minutes": minutes, "speaker_id": speaker_id, "speaker": speaker, "papers": []}


def _speaker(session: Session, home: Organization, text: str) -> tuple[int | None, str] | None:
    """(member id, "") of the one member with that name, (None, name) of somebody with a title, None for no person.

    "Học Nghị quyết 21 – NQ/TW" names nobody, so its second part stays in the title.
    """
    words = text.split()
    titled = next((title for title in _TITLES if fold(text).startswith(f"{fold(title)} ")), "")
    bare = " ".join(words[len(titled.split()) :]) if titled else text
    if not bare or len(words) > 7 or any(char.isdigit() for char in bare):
        return None
    found = members.named(session, [home.path], fold(bare).split(), 2)
    if len(found) == 1:
        return found[0].id, ""
    return (None, bare[:SPEAKER]) if titled or found else None


def speaker_of(session: Session, line: Line) -> str:
    """`đồng chí Trần Thị Lan`, the name of somebody from outside, or ""."""
    member = session.get(Member, line["speaker_id"]) if line.get("speaker_id") else None
    return named(member) if member is not None else str(line.get("speaker") or "")


def shown(session: Session, line: Line) -> str:
    """`Thu chi quỹ (đồng chí Trần Thị Lan, 15 phút, tài liệu 05-BC/CB)`."""
    details = [speaker_of(session, line)]
    if line.get("minutes"):
        details.append(t("agendas.minutes", minutes=line["minutes"]))
    papers = [paper_name(session, document_id) for document_id in line.get("papers", [])]
    if papers:
        details.append(t("agendas.papers", papers=", ".join(papers)))
    said = ", ".join(each for each in details if each)
    return f"{line['title']} ({said})" if said else str(line["title"])


def paper_name(session: Session, document_id: int) -> str:
    """A paper's number, else the beginning of its summary."""
    paper = documents.get(session, document_id)
    return paper.number or paper.summary[:60] or str(document_id)


def agenda(session: Session, items: list[Line]) -> str:
    """The agenda as the invitation shows it: one item as a sentence, several as numbered lines; "" without any."""
    if len(items) == 1:
        return shown(session, items[0])
    rows = [f"{number}. {shown(session, line)}" for number, line in enumerate(items, start=1)]
    return "\n" + ";\n".join(rows) if rows else ""


def parse_guests(text: str) -> list[list[str]]:
    """[name, office] per line: "Nguyễn Văn Bình – Phó bí thư Đảng ủy xã"."""
    found = []
    for line in text.splitlines():
        rest = " ".join(_NUMBERED.sub("", line, count=1).split())
        name, *office = [part.strip(" ,;") for part in re.split(r"\s+[-–—]+\s+|\s*[|,;]\s*", rest, maxsplit=1)]
        if name and any(char.isalpha() for char in name):
            found.append([name[:SPEAKER], " ".join(office)[:SPEAKER]])
    return found
