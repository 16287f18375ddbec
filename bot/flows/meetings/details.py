"""The smaller steps of an invitation: length, guests from outside, an address for online meetings, chair and clerk."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from bot.courtesy import is_bare, named
from bot.flows.meetings import asking, lines, proposals
from bot.flows.meetings.drafting import Drafting
from bot.matching import fold
from bot.messages import Choice, Reply
from bot.texts import t
from storage import members, organizations
from storage.members import Member

LENGTHS = (60, 90, 120, 150, 180)
MOST_MINUTES, URL_LENGTH = 600, 500
SHOWN = 6
_HOURS = re.compile(r"(\d{1,2})\s*(?:gio|tieng|h)\s*(ruoi|\d{1,2})?")


class DetailSteps(Drafting):
    """States: length, guests, url, chair, clerk. Data: minutes, guests, url, chair, clerk, names (ids of a search)."""

    # --- length --------------------------------------------------------------------------------------------------
    def set_length(self, text: str) -> Reply:
        """Minutes, or "2 tiếng", "1 giờ rưỡi"."""
        minutes = read_minutes(text)
        if not 15 <= minutes <= MOST_MINUTES:
            return self.again(t("agendas.length-again"))
        return self.to_card(minutes=minutes)

    def _ask_length(self) -> Reply:
        choices = tuple(Choice("meetings.length", t("agendas.minutes", minutes=each), str(each)) for each in LENGTHS)
        least = proposals.least_minutes(self.dialogue.data["kind"], self.ctx.settings)
        return Reply(t("agendas.ask-length", least=least), choices + asking.way_out())

    # --- guests --------------------------------------------------------------------------------------------------
    def type_guests(self, text: str) -> Reply:
        """One a line: name – office."""
        found = [] if is_bare(text) else lines.parse_guests(text)
        guests = [*self.dialogue.data["guests"], *found]
        if not found or len(guests) > lines.GUESTS:
            return self.again(t("agendas.guests-again", most=lines.GUESTS))
        self.dialogue.update(guests=guests)
        return self.ask()

    def clear_guests(self) -> Reply:
        """Nobody from outside."""
        self.dialogue.update(guests=[])
        return self.ask()

    def _ask_guests(self) -> Reply:
        guests = self.dialogue.data["guests"]
        acts = [Choice("meetings.card", t("agendas.done"))] if guests else []
        if guests:
            acts.append(Choice("meetings.no-guests", t("agendas.clear")))
        names = "; ".join(" – ".join(part for part in each if part) for each in guests)
        key = "agendas.ask-guests" if guests else "agendas.ask-guests-none"
        return Reply(t(key, count=len(guests), names=names), (*acts, *asking.way_out()))

    # --- the online address --------------------------------------------------------------------------------------
    def set_url(self, text: str) -> Reply:
        """ "" takes it out."""
        url = text.strip()
        if url and not is_safe(url):
            return self.again(t("agendas.url-again"))
        return self.to_card(url=url)

    def _ask_url(self) -> Reply:
        acts = (Choice("meetings.no-url", t("agendas.no-url")),) if self.dialogue.data["url"] else ()
        return Reply(t("agendas.ask-url"), (*acts, *asking.way_out()))

    # --- chair and clerk -----------------------------------------------------------------------------------------
    def set_person(self, member_id: str) -> Reply:
        """The chair, and then the clerk."""
        member = members.get(self.ctx.db, int(member_id))
        home = organizations.get(self.ctx.db, member.organization_id)
        if not home.path.startswith(self.organization().path) and member.id not in self._committee():
            return self.again(t("agendas.nobody"))
        if self.state == "chair":
            self.fire("go_clerk")
            self.dialogue.update(chair=member.id, names=[])
            return self.ask()
        return self.to_card(clerk=member.id, names=[])

    def type_person(self, text: str) -> Reply:
        """By a part of the name."""
        found = members.named(self.ctx.db, [self.organization().path], fold(text).split()[:6], SHOWN)
        if len(found) == 1:
            return self.set_person(str(found[0].id))
        self.dialogue.update(names=[each.id for each in found])
        return self.ask() if found else self.again(t("agendas.nobody"))

    def _committee(self) -> list[int]:
        kinds = proposals.CHAIRS | proposals.CLERKS
        return [each.id or 0 for each in members.holders(self.ctx.db, self.organization().id or 0, kinds)]

    def _ask_chair(self) -> Reply:
        return self._ask_person("chair")

    def _ask_clerk(self) -> Reply:
        return self._ask_person("clerk")

    def _ask_person(self, part: str) -> Reply:
        data = self.dialogue.data
        wanted = data.get("names") or list(dict.fromkeys([*([data[part]] if data[part] else []), *self._committee()]))
        found = [member for each in wanted[:SHOWN] if (member := self.ctx.db.get(Member, each)) is not None]
        choices = tuple(Choice("meetings.person", named(member), str(member.id)) for member in found)
        return Reply(t(f"agendas.ask-{part}"), choices + asking.way_out())


def read_minutes(text: str) -> int:
    """`90`, `90 phút`, `2 tiếng`, `1 giờ rưỡi` in minutes; 0 for anything else."""
    folded = fold(text).strip()
    if found := re.fullmatch(r"(\d{1,3})\s*(?:phut|ph|p)?", folded):
        return int(found[1])
    if found := _HOURS.fullmatch(folded.removesuffix(" phut")):
        more = {"": 0, "ruoi": 30}.get(found[2] or "")
        return int(found[1]) * 60 + (more if more is not None else int(found[2]))
    return 0


def is_safe(url: str) -> bool:
    """Whether an address may stand in an invitation: https, a public host name, nothing that hides where it leads."""
    if len(url) > URL_LENGTH or any(char.isspace() or not char.isprintable() for char in url) or "\\" in url:
        return False
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or parts.username is not None or parts.password is not None or port not in {None, 443}:
        return False
    return _is_public_name(host)


def _is_public_name(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        labels = host.split(".")
        tidy = all(re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", label) for label in labels)
        return len(labels) > 1 and tidy and not labels[-1].isdigit() and labels[-1] not in {"local", "internal"}
    return False
