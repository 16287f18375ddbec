"""Every table, imported in one place so that migrations and tests see all of them."""

from sqlmodel import SQLModel

from storage import (
    attendance,
    audios,
    audit,
    broadcasts,
    channels,
    conversations,
    documents,
    files,
    inbox,
    logins,
    meetings,
    members,
    organizations,
    outbox,
    processes,
    questions,
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
    questions,
    meetings,
    attendance,
    audit,
    broadcasts,
    processes,
    audios,
)
METADATA = SQLModel.metadata
