"""The world: people, bots, chats, files. It knows nothing of either platform's API."""

from __future__ import annotations

import asyncio
import hashlib
import io
import uuid
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from PIL import Image, UnidentifiedImageError

from bot.sandbox.clock import Clock
from bot.sandbox.feed import Feed
from bot.sandbox.files import safe_name
from bot.sandbox.news import News
from bot.sandbox.store import Store
from bot.sandbox.things import BOT, TELEGRAM, Bot, Chat, Json, Media, Message, Pending, Person, Refusal, Webhook


def new_id() -> str:
    """An id as Zalo makes them: 20 hexadecimal digits."""
    return uuid.uuid4().hex[:20]


class World:
    """Everything that exists, by its ids. Methods that change something also tell it to News and Store."""

    def __init__(self, clock: Clock, store: Store) -> None:
        self.clock = clock
        self.store = store
        self.news = News()
        self.seq = 0
        self.keep_messages = True
        self._empty()
        self._load()

    def _empty(self) -> None:
        self.people: dict[str, Person] = {}
        self.bots: dict[str, Bot] = {}
        self.feeds: dict[str, Feed] = {}
        self.chats: dict[str, Chat] = {}
        self.groups: dict[str, Chat] = {}
        self.media: dict[str, Media] = {}
        self.bytes: dict[str, bytes] = {}
        self.accounts: dict[str, Person] = {}
        """Every person by telegram_id (as text) and by zalo_id."""

    def reset(self) -> None:
        """An empty world; `seq` goes on, so that nobody who waits mistakes new for old."""
        self._empty()
        self.store.wipe()
        self.news.tell("world", {})

    # --- people, bots, chats

    def add_person(self, person: Person) -> None:
        """Somebody new; Refusal when one of the ids is taken."""
        ids = (str(person.telegram_id), person.zalo_id)
        if person.id in self.people or any(each in self.accounts for each in ids):
            raise Refusal(f"person {person.id} or one of the accounts exists already")
        self.people[person.id] = person
        self.accounts.update(dict.fromkeys(ids, person))
        self.store.put("person", person.id, person)

    def add_bot(self, bot: Bot) -> None:
        """A bot account, or the same token again with new names."""
        self.bots[bot.token] = bot
        self.feeds[bot.token] = Feed(bot, self.store, self.clock.now)
        self.store.put("bot", bot.token, bot)

    def add_chat(self, chat: Chat) -> None:
        """A chat that is new."""
        self.chats[chat.key] = chat
        if chat.is_group:
            self.groups[chat.id] = chat
        self.store.put("chat", chat.key, chat)

    def save(self, chat: Chat) -> None:
        """This chat's own fields changed."""
        self.store.put("chat", chat.key, chat)

    def person(self, person_id: object) -> Person:
        """By id; Refusal 404."""
        found = self.people.get(str(person_id))
        if found is None:
            raise Refusal(f"no such person: {person_id}", 404)
        return found

    def bot(self, token: object) -> Bot:
        """By token or token_id; Refusal 404 (which does not repeat the token)."""
        found = self.bots.get(str(token)) or next((b for b in self.bots.values() if b.token_id == token), None)
        if found is None:
            raise Refusal("no such bot", 404)
        return found

    def group(self, chat_id: object) -> Chat:
        """By the platform's chat id; Refusal 404."""
        found = self.groups.get(str(chat_id))
        if found is None:
            raise Refusal(f"no such group: {chat_id}", 404)
        return found

    def chat_of(self, bot: Bot, chat_id: str) -> Chat | None:
        """The chat that this bot knows by this id."""
        return self.chats.get(f"{bot.token_id}/{chat_id}")

    def private(self, bot: Bot, person: Person) -> Chat:
        """The chat of this bot and this person; made when there is none."""
        chat_id = str(person.telegram_id) if bot.platform == TELEGRAM else person.zalo_id
        found = self.chat_of(bot, chat_id)
        if found is None:
            found = Chat(f"{bot.token_id}/{chat_id}", bot.platform, chat_id, bot.token, "private", people=[person.id])
            self.add_chat(found)
        return found

    # --- messages and files

    def new_message_id(self, bot: Bot) -> str:
        """A growing number on Telegram, a hexadecimal string on Zalo."""
        if bot.platform != TELEGRAM:
            return new_id()
        bot.last_message += 1
        self.store.put("bot", bot.token, bot)
        return str(bot.last_message)

    def message_from(self, chat: Chat, sender: Person | None, text: str = "") -> Message:
        """A message not yet posted, by a person, or by the chat's bot (None)."""
        bot = self.bots[chat.bot]
        who, name = (sender.id, sender.name) if sender else (BOT, bot.display_name)
        return Message(self.new_message_id(bot), who, name, self.clock.now(), text)

    def post(self, chat: Chat, message: Message) -> None:
        """The message is in the chat now."""
        self.seq += 1
        message.seq = message.born = self.seq
        if self.keep_messages:
            chat.messages[message.message_id] = message
            self.store.put("message", f"{chat.key}/{message.message_id}", message)
        self.tell_change(chat)

    def changed(self, chat: Chat, message: Message) -> None:
        """The message reads differently now (edited, deleted, pinned)."""
        self.seq += 1
        message.seq = self.seq
        self.store.put("message", f"{chat.key}/{message.message_id}", message)
        self.tell_change(chat)

    def tell_change(self, chat: Chat, event: str = "change", **more: object) -> None:
        """Tell the browsers of the people in this chat."""
        bot = self.bots[chat.bot]
        data: Json = {"platform": chat.platform, "bot": bot.token_id, "chat": chat.public_name, "people": chat.people}
        self.news.tell(event, {**data, "seq": self.seq, **more})

    def add_media(self, name: str, mime: str, data: bytes, *, picture: bool = False) -> Media:
        """A file that somebody sent. The name is cleaned; pictures get their size, and their type when it is wrong."""
        media = Media(uuid.uuid4().hex, safe_name(name), mime, len(data))
        if picture or mime.startswith("image/"):
            media.width, media.height, found = _looked_at(data)
            media.mime = found if picture and found else mime
        self.media[media.id] = media
        self.bytes[media.id] = data
        self.store.put("media", media.id, media)
        self.store.put_bytes(media.id, data)
        return media

    def add_distant_media(self, url: str, mime: str) -> Media:
        """A file that stays where it is; nobody here can see it."""
        media = Media(uuid.uuid4().hex, safe_name(url.rsplit("/", 1)[-1]), mime, 0, url=url)
        self.media[media.id] = media
        self.store.put("media", media.id, media)
        return media

    # --- coming back after a restart

    def _load(self) -> None:
        rows: dict[str, list[Json]] = {}
        keys: dict[str, list[str]] = {}
        for kind, key, data in self.store.load():
            rows.setdefault(kind, []).append(data)
            keys.setdefault(kind, []).append(key)
        for data in rows.get("person", ()):
            self.add_person(Person(**data))
        for data in rows.get("bot", ()):
            self.add_bot(Bot(**{**data, "webhook": Webhook(**data["webhook"])}))
        for data in rows.get("chat", ()):
            self.add_chat(Chat(**data))
        for data in rows.get("media", ()):
            self.media[data["id"]] = Media(**data)
        self.bytes.update(self.store.load_bytes())
        self._load_messages(zip(keys.get("message", ()), rows.get("message", ()), strict=True))
        for key, data in sorted(zip(keys.get("update", ()), rows.get("update", ()), strict=True), key=_first):
            self.feeds[key.rsplit("/", 1)[0]].restore(Pending(**data))

    def _load_messages(self, rows: Iterable[tuple[str, Json]]) -> None:
        known = {each.name for each in fields(Message)}
        for key, data in sorted(rows, key=lambda row: row[1]["born"]):
            message = Message(**{name: value for name, value in data.items() if name in known})
            self.chats[key.rsplit("/", 1)[0]].messages[message.message_id] = message
            self.seq = max(self.seq, message.seq)


def _first(row: tuple[str, Any]) -> str:
    return row[0]


def token_id_of(token: str) -> str:
    """The short public name of a bot, the same after every restart."""
    return hashlib.sha256(token.encode()).hexdigest()[:8]


def _looked_at(data: bytes) -> tuple[int, int, str]:
    """Width, height and type of a picture; zeros and "" when it is none."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            return *image.size, Image.MIME.get(image.format or "", "")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return 0, 0, ""


async def flush_forever(world: World, every: float) -> None:
    """Write the world to disk a few times a second, for as long as the server runs."""
    while True:
        await asyncio.sleep(every)
        world.store.flush()
