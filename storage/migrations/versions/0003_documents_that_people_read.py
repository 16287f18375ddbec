"""documents that people read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "audio_edition",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("document_id"),
    )
    with op.batch_alter_table("audio_edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audio_edition_state"), ["state"], unique=False)

    op.create_table(
        "audio_part",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("voice_file_id", sa.Integer(), nullable=False),
        sa.Column("aac_file_id", sa.Integer(), nullable=False),
        sa.Column("m4a_file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["aac_file_id"],
            ["file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["m4a_file_id"],
            ["file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["voice_file_id"],
            ["file.id"],
        ),
        sa.PrimaryKeyConstraint("document_id", "position"),
    )
    op.create_table(
        "audio_source",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["file.id"],
        ),
        sa.PrimaryKeyConstraint("document_id", "position"),
    )
    op.create_table(
        "audio_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["channel.id"],
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", "channel_id", "chat_id"),
    )
    with op.batch_alter_table("audio_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audio_wish_document_id"), ["document_id"], unique=False)

    op.create_table(
        "documentnote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["written_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", "organization_id"),
    )
    with op.batch_alter_table("documentnote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_documentnote_document_id"), ["document_id"], unique=False)

    with op.batch_alter_table("broadcast", schema=None) as batch_op:
        batch_op.add_column(sa.Column("readers_of", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("readers_via", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_readers_via", "organization", ["readers_via"], ["id"])
        batch_op.create_foreign_key("fk_readers_of", "document", ["readers_of"], ["id"])

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")))
        batch_op.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("read_by", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("expires_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("audience", sa.String(), nullable=False, server_default=sa.text("'everyone'")))
        batch_op.add_column(sa.Column("section", sa.String(), nullable=False, server_default=sa.text("''")))
        batch_op.add_column(sa.Column("downloadable", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("pages", sa.Integer(), nullable=False, server_default=sa.text("0")))
        batch_op.add_column(sa.Column("check_question", sa.String(), nullable=False, server_default=sa.text("''")))
        batch_op.add_column(sa.Column("check_choices", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(sa.Column("check_right", sa.Integer(), nullable=False, server_default=sa.text("0")))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("ended_because", sa.String(), nullable=False, server_default=sa.text("''")))
        batch_op.create_index(batch_op.f("ix_document_replaces_id"), ["replaces_id"], unique=False)
        batch_op.create_foreign_key("fk_replaces_id", "document", ["replaces_id"], ["id"])

    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.add_column(sa.Column("studied_seconds", sa.Integer(), nullable=False, server_default=sa.text("0")))
        batch_op.add_column(sa.Column("reminders", sa.Integer(), nullable=False, server_default=sa.text("0")))
        batch_op.add_column(sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("via", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_via", "organization", ["via"], ["id"])


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_constraint("fk_via", type_="foreignkey")
        batch_op.drop_column("via")
        batch_op.drop_column("checked_at")
        batch_op.drop_column("reminders")
        batch_op.drop_column("studied_seconds")

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_constraint("fk_replaces_id", type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_document_replaces_id"))
        batch_op.drop_column("ended_because")
        batch_op.drop_column("ended_at")
        batch_op.drop_column("check_right")
        batch_op.drop_column("check_choices")
        batch_op.drop_column("check_question")
        batch_op.drop_column("pages")
        batch_op.drop_column("downloadable")
        batch_op.drop_column("section")
        batch_op.drop_column("audience")
        batch_op.drop_column("expires_on")
        batch_op.drop_column("read_by")
        batch_op.drop_column("replaces_id")
        batch_op.drop_column("version")

    with op.batch_alter_table("broadcast", schema=None) as batch_op:
        batch_op.drop_constraint("fk_readers_of", type_="foreignkey")
        batch_op.drop_constraint("fk_readers_via", type_="foreignkey")
        batch_op.drop_column("readers_via")
        batch_op.drop_column("readers_of")

    with op.batch_alter_table("documentnote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_documentnote_document_id"))

    op.drop_table("documentnote")
    with op.batch_alter_table("audio_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audio_wish_document_id"))

    op.drop_table("audio_wish")
    op.drop_table("audio_source")
    op.drop_table("audio_part")
    with op.batch_alter_table("audio_edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audio_edition_state"))

    op.drop_table("audio_edition")
