"""Every table, imported in one place so that migrations and tests see all of them."""

from sqlmodel import SQLModel

from storage import (
    attendance,
    audios,
    audit,
    broadcasts,
    channels,
    consents,
    conversations,
    documents,
    faq,
    files,
    inbox,
    library,
    logins,
    meetings,
    members,
    organizations,
    outbox,
    processes,
    question_steps,
    questions,
    uploads,
)

MODULES = (
    organizations,
    members,
    logins,
    channels,
    inbox,
    conversations,
    outbox,
    files,
    documents,
    library,
    questions,
    question_steps,
    faq,
    meetings,
    attendance,
    audit,
    broadcasts,
    processes,
    audios,
    consents,
    reading_links,
    study,
    uploads,
)
METADATA = SQLModel.metadata
