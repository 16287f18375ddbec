"""What people do: write, correct, press, block; start, change and migrate groups. Control and page call this."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox import telegram_events, zalo_events
from bot.sandbox.files import mime_of
from bot.sandbox.scene import Scene
from bot.sandbox.telegram_objects import bot_user, person_user
from bot.sandbox.things import TELEGRAM, Bot, Chat, Message, Person, Refusal
from bot.sandbox.views import media_url
from bot.sandbox.world import new_id

KINDS = ("document", "photo", "audio", "voice", "sticker", "video")


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that a person sends. `kind` is one of KINDS."""

    name: str
    mime: str
    data: bytes
    kind: str = "document"


@dataclass(frozen=True, slots=True)
class Saying:
    """What a person writes. `reply_to` and `edit` are message ids of that chat, "" for none."""

    text: str = ""
    attached: Attached | None = None
    reply_to: str = ""
    edit: str = ""
    forward: bool = False
    album: str = ""


def chat_for(scene: Scene, person: Person, bot: Bot, where: str) -> Chat:
    """The chat that a person means: "private" or a group's id. Refusal when that person is not in it."""
    if where in ("", "private"):
        return scene.world.private(bot, person)
    chat = scene.world.group(where)
    while chat.migrated_to:
        chat = scene.world.group(chat.migrated_to)
    if person.id not in chat.people:
        raise Refusal("this person is not in that group", 403)
    return chat


def say(scene: Scene, chat: Chat, person: Person, saying: Saying) -> tuple[Message, bool]:
    """A person writes or corrects a message: the message, and whether the bot gets it."""
    if chat.blocked:
        raise Refusal("this person has blocked the bot", 409)
    if saying.edit:
        return _correct(scene, chat, person, saying)
    if not saying.text and saying.attached is None:
        raise Refusal("text or file is needed")
    if saying.reply_to and saying.reply_to not in chat.messages:
        raise Refusal("no such message to reply to", 404)
    message = scene.world.message_from(chat, person, saying.text)
    message.reply_to, message.forwarded, message.album = saying.reply_to, saying.forward, saying.album
    url = _attach(scene, message, saying.attached) if saying.attached else ""
    if chat.platform == TELEGRAM and not chat.is_group and not chat.started:
        chat.started = True
        scene.world.save(chat)
    scene.world.post(chat, message)
    if chat.platform == TELEGRAM:
        return message, telegram_events.said(scene, chat, message)
    return message, zalo_events.said(scene, chat, message, media_url=url)


def _attach(scene: Scene, message: Message, attached: Attached) -> str:
    if attached.kind not in KINDS:
        raise Refusal(f"unknown kind of file: {attached.kind}")
    media = scene.world.add_media(attached.name, mime_of(attached.name, attached.mime), attached.data)
    message.media, message.kind = media.id, attached.kind
    return scene.url + media_url(media)


def _correct(scene: Scene, chat: Chat, person: Person, saying: Saying) -> tuple[Message, bool]:
    message = chat.messages.get(saying.edit)
    if message is None or message.sender != person.id or message.deleted:
        raise Refusal("no such message of this person", 404)
    if chat.platform != TELEGRAM:
        raise Refusal("messages cannot be edited on Zalo")
    message.text, message.edited = saying.text, scene.world.clock.now()
    scene.world.changed(chat, message)
    return message, telegram_events.said(scene, chat, message, edited=True)


def press(scene: Scene, chat: Chat, person: Person, *, message_id: str, wanted: str | int) -> None:
    """A person presses a button: by its data, its label or its number (0 is the first)."""
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise Refusal("no such message", 404)
    buttons = [button for row in message.rows for button in row]
    for number, button in enumerate(buttons):
        if wanted == number or str(wanted) in (button.get("callback_data"), button["text"]):
            if not button.get("callback_data"):
                raise Refusal("this button opens a link")
            telegram_events.pressed(scene, chat, message, person=person, data=button["callback_data"])
            return
    raise Refusal("no such button under this message")


def block(scene: Scene, bot: Bot, person: Person, *, blocked: bool) -> None:
    """A person blocks the bot, or lets it write again."""
    chat = scene.world.private(bot, person)
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    scene.world.save(chat)
    if bot.platform == TELEGRAM:
        states = ("member", "kicked") if blocked else ("kicked", "member")
        telegram_events.membership(scene, chat, person, before=states[0], after=states[1])
    scene.world.seq += 1
    scene.world.tell_change(chat)


def start(scene: Scene, bot: Bot, person: Person) -> None:
    """The bot may write to this person from now on, though nothing was said (for tests and benchmarks)."""
    chat = scene.world.private(bot, person)
    chat.started = True
    scene.world.save(chat)


def found_group(scene: Scene, bot: Bot, title: str, people: list[Person], *, admin: bool) -> Chat:
    """A new group of people with the bot in it; the first person is its owner."""
    if not bot.can_join_groups:
        raise Refusal("this bot cannot join groups")
    if not people:
        raise Refusal("a group needs people")
    chat_id = str(-(4_000_000_000 + len(scene.world.groups) + 1)) if bot.platform == TELEGRAM else new_id()
    ids = [person.id for person in people]
    chat = Chat(f"{bot.token_id}/{chat_id}", bot.platform, chat_id, bot.token, "group", title, ids)
    chat.bot_status = "left"
    scene.world.add_chat(chat)
    set_bot_status(scene, chat, people[0], "administrator" if admin else "member")
    return chat


def set_bot_status(scene: Scene, chat: Chat, by: Person, status: str) -> None:
    """The bot joins, becomes administrator or member, or is removed (left, kicked)."""
    if status not in ("member", "administrator", "left", "kicked"):
        raise Refusal(f"unknown status: {status}")
    before, chat.bot_status = chat.bot_status, status
    scene.world.save(chat)
    scene.world.news.tell("world", {})
    if chat.platform != TELEGRAM or before == status:
        return
    telegram_events.membership(scene, chat, by, before=before, after=status)
    if before in ("left", "kicked") and status in ("member", "administrator"):
        bot = scene.world.bots[chat.bot]
        user = bot_user(bot)
        fields = {"new_chat_members": [user], "new_chat_member": user}
        telegram_events.service(scene, chat, by, fields, text=f"đã thêm {bot.display_name} vào nhóm")


def change_people(scene: Scene, chat: Chat, *, add: list[Person], remove: list[Person]) -> None:
    """People join and leave a group."""
    for person in add:
        if person.id not in chat.people:
            chat.people.append(person.id)
            user = person_user(person)
            _announce(scene, chat, person, {"new_chat_members": [user]}, text=f"{person.name} đã vào nhóm")
    for person in remove:
        if person.id in chat.people:
            user = person_user(person)
            _announce(scene, chat, person, {"left_chat_member": user}, text=f"{person.name} đã rời nhóm")
            chat.people.remove(person.id)
    scene.world.save(chat)
    scene.world.news.tell("world", {})


def _announce(scene: Scene, chat: Chat, person: Person, fields: dict[str, object], *, text: str) -> None:
    if chat.platform == TELEGRAM:
        telegram_events.service(scene, chat, person, fields, text=text)


def migrate(scene: Scene, chat: Chat) -> Chat:
    """A Telegram group becomes a supergroup with a new id; both ids tell the bot."""
    if chat.platform != TELEGRAM or chat.kind != "group" or chat.migrated_to:
        raise Refusal("only a Telegram group that was not migrated yet can become a supergroup")
    new_chat_id = f"-100{abs(int(chat.id))}"
    bot = scene.world.bots[chat.bot]
    new = Chat(f"{bot.token_id}/{new_chat_id}", TELEGRAM, new_chat_id, bot.token, "supergroup", chat.title)
    new.people, new.bot_status = list(chat.people), chat.bot_status
    scene.world.add_chat(new)
    owner = scene.world.people[chat.people[0]]
    telegram_events.service(scene, chat, owner, {"migrate_to_chat_id": int(new_chat_id)})
    chat.migrated_to = new_chat_id
    scene.world.save(chat)
    for message in list(chat.messages.values()):
        scene.world.post(new, message)
    notice = "nhóm đã thành nhóm lớn (supergroup)"
    telegram_events.service(scene, new, owner, {"migrate_from_chat_id": int(chat.id)}, text=notice)
    scene.world.news.tell("world", {})
    return new
