"""Which words lead where: the routers in the order in which they are asked. First match wins."""

from __future__ import annotations

from bot.handlers import (
    acknowledging,
    afterwards,
    agendas,
    attendance,
    broadcasts,
    chats,
    convening,
    dialogue,
    fallback,
    help,
    library,
    listening,
    meetings,
    members,
    minutes,
    morning,
    privacy,
    publish_options,
    publishing,
    question_books,
    question_desk,
    questions,
    relaying,
    room,
    scoring,
    task_giving,
    tasks,
    uploads,
    votes,
)
from bot.routing import Router

ROUTERS: list[Router] = [
    chats.router,  # what platforms tell about chats: joined, left, migrated; connecting a group
    members.router,  # login before anything that needs a member; the guard against numbers in groups
    votes.lines,  # "2 tán thành" in a count of hands: before its number is taken for a choice, even for "hủy"
    dialogue.router,  # hủy, quay lại: before any dialogue takes the word for an answer
    help.router,  # the menu and /trogiup are always at hand
    privacy.router,  # consents, and links that are to die
    votes.router,  # strict phrases while a vote is open, and the chair's dialogues: before whatever takes words
    room.router,  # in a meeting people wait: before whatever takes files and words
    afterwards.router,
    broadcasts.router,
    scoring.router,  # a number of points is no answer to anything else
    morning.router,
    task_giving.router,  # "giao việc cho …": before anything that looks for plain words
    tasks.router,  # only what names a task or answers a message on one; never words of an invitation or a paper
    uploads.router,  # before the dialogue that it belongs to takes the word for a paper
    publishing.router,
    publish_options.router,
    acknowledging.router,
    listening.router,  # a recording sent as a reply to a paper: before questions take the reply
    question_books.router,  # "hỏi đáp: …" before "hỏi …: …"
    question_desk.router,  # "gộp với số 12" before the answer that a reply would be
    questions.router,
    minutes.router,  # "biên bản" before it is looked for among papers
    library.router,  # plain words that look for a paper: after those that acknowledge one
    meetings.router,
    agendas.router,
    convening.router,
    relaying.router,  # what is said for somebody else, before it could be taken for one's own answer
    attendance.router,  # free text: after every dialogue that waits for text
    fallback.router,  # a short useful answer in private, silence in a group
]
