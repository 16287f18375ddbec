"""Making a world: bots, people, groups (docs/sandbox.md, Control)."""

from __future__ import annotations

from dataclasses import asdict

from bot.sandbox import acting
from bot.sandbox.asking import platform_of
from bot.sandbox.scene import Scene
from bot.sandbox.things import Bot, Json, Person
from bot.sandbox.world import new_id, token_id_of


class Making:
    """The calls of control that fill the world."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def add_bot(self, body: Json) -> Json:
        """A bot account."""
        platform, token = platform_of(body), str(body["token"])
        digits = token.partition(":")[0]
        account = digits if digits.isdigit() else str(int(token_id_of(token), 16))
        username = str(body.get("username") or f"bot_{token_id_of(token)}")
        bot = Bot(token, token_id_of(token), platform, account, username, str(body.get("display_name") or username))
        bot.can_join_groups = bool(body.get("can_join_groups", True))
        bot.privacy = bool(body.get("privacy", True))
        known = self.scene.world.bots.get(token)
        if known is None:
            self.scene.world.add_bot(bot)
        else:
            known.username, known.display_name = bot.username, bot.display_name
            known.can_join_groups, known.privacy = bot.can_join_groups, bot.privacy
            self.scene.world.store.put("bot", token, known)
        self.scene.world.news.tell("world", {})
        return bot_view(known or bot)

    def add_people(self, body: Json) -> Json:
        """One person, or a list of them ({"people": [...]} comes back)."""
        many = body.get("many")
        added = [self._add_person(each) for each in (many if many is not None else [body])]
        self.scene.world.news.tell("world", {})
        return {"people": added} if many is not None else added[0]

    def _add_person(self, body: Json) -> Json:
        world = self.scene.world
        name = str(body["name"])
        person = Person(
            id=str(body.get("id") or f"p{len(world.people) + 1}"),
            name=name,
            telegram_id=int(body.get("telegram_id") or 700_000_000 + len(world.people) + 1),
            zalo_id=str(body.get("zalo_id") or new_id()),
            role=str(body.get("role") or ""),
            about=str(body.get("about") or ""),
            avatar=str(body.get("avatar") or name.rsplit(maxsplit=1)[-1][:1].upper()),
            kind=str(body.get("kind") or "member"),
        )
        world.add_person(person)
        for token in body.get("starts") or ():
            acting.start(self.scene, world.bot(token), person)
        return asdict(person)

    def add_group(self, body: Json) -> Json:
        """A group with the bot in it."""
        bot = self.scene.world.bot(body.get("bot"))
        people = [self.scene.world.person(each) for each in body["people"]]
        admin = bool(body.get("bot_is_admin"))
        chat = acting.found_group(self.scene, bot, str(body.get("title") or "Nhóm"), people, admin=admin)
        return {"id": chat.id}

    def change_group(self, body: Json) -> Json:
        """People join and leave; the bot's status changes."""
        world, chat = self.scene.world, self.scene.world.group(body["chat"])
        add = [world.person(each) for each in body.get("add") or ()]
        remove = [world.person(each) for each in body.get("remove") or ()]
        acting.change_people(self.scene, chat, add=add, remove=remove)
        if body.get("bot_status"):
            by = world.person(body.get("by") or chat.people[0])
            acting.set_bot_status(self.scene, chat, by, str(body["bot_status"]))
        return {"ok": True}

    def start(self, body: Json) -> Json:
        """People whom the bot may write to, though they have not written."""
        world, bot = self.scene.world, self.scene.world.bot(body.get("bot"))
        wanted = list(world.people) if body["people"] == "all" else body["people"]
        for each in wanted:
            acting.start(self.scene, bot, world.person(each))
        return {"ok": True, "people": len(wanted)}


def bot_view(bot: Bot) -> Json:
    """A bot as control shows it, token and all."""
    names = ("platform", "token", "token_id", "username", "display_name", "can_join_groups", "account_id", "commands")
    return {name: getattr(bot, name) for name in names}
