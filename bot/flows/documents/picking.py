"""For whom: an organization that the speaker leads, a circle of roles in it, or a list of names and branches."""

from __future__ import annotations

import re
from typing import Any

from bot.context import Context
from bot.errors import BadInput
from bot.flows.documents.steps import Publish, Question, Step
from bot.matching import fold
from bot.messages import Choice, Reply
from bot.texts import t
from storage import members, organizations, readers
from storage.members import Member
from storage.organizations import Organization, OrganizationKind
from storage.readers import ROLE_SETS, Target

PAGE = 6
"""Names on one page of a list. [ours]"""
NAMED = 3
"""Names that are repeated back; the rest is counted."""


def target_of(ctx: Context, data: dict[str, Any]) -> Target:
    """The audience of a draft. Data: organization_id, and `to` {"circle"} or {"members", "organizations"} (ids)."""
    top, to = organizations.get(ctx.db, data["organization_id"]), data.get("to") or {}
    return Target(top.path, to.get("circle", ""), tuple(to.get("members", ())), tuple(to.get("organizations", ())))


def described(ctx: Context, data: dict[str, Any]) -> str:
    """The audience in words: "Chi bộ thôn 3", "Đảng ủy xã An Bình (bí thư, phó bí thư)", or the names of a list."""
    top, to = organizations.get(ctx.db, data["organization_id"]), data.get("to") or {}
    if to.get("circle"):
        return f"{top.name} ({t('publishing.circle-' + to['circle']).lower()})"
    if not to:
        return top.name
    names = [organizations.get(ctx.db, each).name for each in to.get("organizations", [])]
    names += [members.get(ctx.db, each).full_name for each in to.get("members", [])]
    if len(names) <= NAMED:
        return ", ".join(names)
    return t("publishing.names-and-more", names=", ".join(names[:NAMED]), more=len(names) - NAMED)


class Picking(Step):
    """The steps that choose the audience."""

    def audiences(self) -> list[Organization]:
        """Where the speaker may publish: their own branch, then what else they lead."""
        led = self.ctx.led()
        mine = [self.ctx.my_branch] if self.ctx.may(self.ctx.my_branch) else []
        return list({each.id: each for each in [*mine, *led]}.values())

    # --- answers -----------------------------------------------------------------------------------------------
    def pick_audience(self, organization_id: int) -> Reply:
        """The audience was chosen."""
        organization = organizations.get(self.ctx.db, organization_id)
        self.ctx.require(organization)
        self.dialogue.update(organization_id=organization.id, to=None)
        return self.advance()

    def name_audience(self, words: str) -> Reply:
        """The audience was written: one organization, or several, or people. BadInput when a name fits nothing."""
        parts = _parts(words)
        if len(parts) == 1 and len(found := self._organizations(parts[0])) == 1:
            return self.pick_audience(found[0].id or 0)
        top = self._top_over(parts)
        self.dialogue.update(organization_id=top.id, to={"members": [], "organizations": []})
        return self.name_people(words)

    def pick_circle(self, circle: str) -> Reply:
        """Everybody ("") or a circle of roles."""
        if circle and circle not in ROLE_SETS:
            raise BadInput("documents.audience-unknown", words=circle)
        self.dialogue.update(to={"circle": circle} if circle else None)
        return self.advance()

    def list_people(self) -> Reply:
        """A list of names is wanted: written, or picked."""
        to = self.dialogue.data.get("to") or {}
        listed = {"members": to.get("members", []), "organizations": to.get("organizations", [])}
        self.dialogue.update(to=listed, shown_from=None, unsure=[])
        return self.to(Publish.people)

    def name_people(self, words: str) -> Reply:
        """Names and organizations as typed, into the list. BadInput with the first one that fits nobody."""
        unsure: list[int] = []
        for part in _parts(words):
            places = self._organizations(part)
            people = [] if places else self._people(part)
            if len(places) == 1:
                self._put("organizations", places[0].id or 0)
            elif len(people) == 1:
                self._put("members", people[0].id or 0)
            elif people:
                unsure += [person.id or 0 for person in people]
            else:
                raise BadInput("documents.audience-unknown", words=part[:40])
        self.dialogue.update(unsure=unsure, shown_from=None)
        return self.to(Publish.people)

    def toggle(self, argument: str) -> Reply:
        """One entry of the list was tapped: "m:12" or "o:5"."""
        kind, _, row = argument.partition(":")
        key = "members" if kind == "m" else "organizations"
        inside = members.get(self.ctx.db, int(row)).organization_id if kind == "m" else int(row)
        self.ctx.require(organizations.get(self.ctx.db, inside))
        self._put(key, int(row), again=False)
        self.dialogue.update(unsure=[])
        return self.ask()

    def show_list(self, offset: int) -> Reply:
        """Pick out of a list instead of writing."""
        self.dialogue.update(shown_from=offset)
        return self.ask()

    def people_done(self) -> Reply:
        """The list is complete. BadInput while it is empty."""
        to = self.dialogue.data.get("to") or {}
        if not (to.get("members") or to.get("organizations")):
            raise BadInput("publishing.list-empty")
        return self.advance()

    def _put(self, key: str, row: int, *, again: bool = True) -> None:
        """Into the list; with `again` False one that is there already goes out of it."""
        to = dict(self.dialogue.data.get("to") or {})
        there = list(to.get(key, []))
        if row not in there:
            there.append(row)
        elif not again:
            there.remove(row)
        self.dialogue.update(to={**to, key: there})

    # --- looking up --------------------------------------------------------------------------------------------
    def _paths(self) -> list[str]:
        chosen = self.dialogue.data.get("organization_id")
        if self.state == "people" and chosen:
            return [organizations.get(self.ctx.db, chosen).path]
        return [top.path for top in self.audiences()]

    def _organizations(self, words: str) -> list[Organization]:
        found = readers.organizations_named(self.ctx.db, self._paths(), fold(words))
        exact = [each for each in found if each.name_key == fold(words)]
        return exact or found

    def _people(self, words: str) -> list[Member]:
        return members.named(self.ctx.db, self._paths(), fold(words).split(), PAGE)

    def _top_over(self, parts: list[str]) -> Organization:
        """The lowest organization that the speaker leads and that holds all who were named."""
        paths = []
        for part in parts:
            found = [each.path for each in self._organizations(part)]
            found = found or [organizations.get(self.ctx.db, each.organization_id).path for each in self._people(part)]
            if not found:
                raise BadInput("documents.audience-unknown", words=part[:40])
            paths.append(found)
        tops = sorted(self.audiences(), key=lambda top: -top.path.count("/"))
        fitting = (top for top in tops if all(any(path.startswith(top.path) for path in found) for found in paths))
        top = next(fitting, None)
        if top is None:
            raise BadInput("publishing.not-in-one-place")
        return top

    # --- questions ---------------------------------------------------------------------------------------------
    def _ask_audience(self, _data: dict[str, Any]) -> Question:
        found = self.audiences()[:6]
        return t("documents.ask-audience"), tuple(
            Choice("documents.audience", each.name, str(each.id)) for each in found
        )

    def _ask_scope(self, data: dict[str, Any]) -> Question:
        top = organizations.get(self.ctx.db, data["organization_id"])
        circles = [Choice("publishing.circle", t(f"publishing.circle-{circle}"), circle) for circle in ROLE_SETS]
        others = [Choice("publishing.elsewhere", t("publishing.elsewhere"))] if len(self.audiences()) > 1 else []
        return t("publishing.ask-scope", name=top.name), (
            Choice("publishing.circle", t("publishing.circle-all")),
            *circles,
            Choice("publishing.list", t("publishing.circle-list")),
            *others,
        )

    def _ask_people(self, data: dict[str, Any]) -> Question:
        to = data.get("to") or {}
        count = len(to.get("members", [])) + len(to.get("organizations", []))
        done = [Choice("publishing.list-done", t("publishing.list-done", count=count))] if count else []
        if data.get("unsure"):
            found = [members.get(self.ctx.db, each) for each in data["unsure"][:PAGE]]
            return t("publishing.ask-which-person"), (*(self._person(each, to) for each in found), *done)
        chosen = described(self.ctx, data) if count else t("publishing.nobody-yet")
        text = t("publishing.ask-people", chosen=chosen)
        if data.get("shown_from") is None:
            return text, (*done, Choice("publishing.show-list", t("publishing.show-list"), "0"))
        return text, (*self._page(data["organization_id"], int(data["shown_from"]), to), *done)

    def _page(self, organization_id: int, offset: int, to: dict[str, Any]) -> list[Choice]:
        """Members of a branch by name; of what stands above, the organizations below."""
        top = organizations.get(self.ctx.db, organization_id)
        if top.kind in {OrganizationKind.BRANCH, OrganizationKind.CELL}:
            people = readers.people(self.ctx.db, top.path, offset, PAGE + 1)
            rows = [self._person(each, to) for each in people]
        else:
            places = readers.children(self.ctx.db, organization_id, offset, PAGE + 1)
            rows = [_row("o", each.id or 0, each.name, to.get("organizations", [])) for each in places]
        more = [Choice("publishing.show-list", t("publishing.more"), str(offset + PAGE))] if len(rows) > PAGE else []
        return rows[:PAGE] + more

    def _person(self, member: Member, to: dict[str, Any]) -> Choice:
        home = organizations.get(self.ctx.db, member.organization_id)
        return _row("m", member.id or 0, f"{member.full_name} ({home.name})", to.get("members", []))


def _row(kind: str, row: int, label: str, chosen: list[int]) -> Choice:
    shown = t("publishing.is-chosen", name=label) if row in chosen else label
    return Choice("publishing.pick", shown, f"{kind}:{row}")


def _parts(words: str) -> list[str]:
    found = [" ".join(part.split()) for part in re.split(r"[,;\n]+", words)]
    return [part for part in found if part]
