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
        "document_count",
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.Column("cannot", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "document_id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("document_count", schema=None) as batch_op:
        batch_op.create_index("document_count_document", ["document_id"], unique=False)

    op.create_table(
        "document_stale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index("consent_newest", ["member_id", "purpose", "id"], unique=False)

    op.create_table(
        "minutestemplate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["set_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organization_id", "kind"),
    )
    with op.batch_alter_table("minutestemplate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutestemplate_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "morning",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("member_id", "day"),
    )
    op.create_table(
        "reader_link_browser",
        sa.Column("link_hash", sa.String(), nullable=False),
        sa.Column("browser_hash", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("link_hash"),
    )
    with op.batch_alter_table("reader_link_browser", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reader_link_browser_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_reader_link_browser_member_id"), ["member_id"], unique=False)

    op.create_table(
        "reader_link_cut",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("member_id"),
    )
    op.create_table(
        "report_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["channel.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("report_job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_job_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_job_state"), ["state"], unique=False)

    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Time(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("proposed_for", sa.String(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_series_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "study_clock",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("member_id"),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("speaker_id", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["channel.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_member_id"), ["member_id"], unique=False)
        batch_op.create_index("upload_chat", ["channel_id", "chat_id", "speaker_id"], unique=False)

    op.create_table(
        "audio_edition",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("pace", sa.Float(), nullable=False),
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
        "chase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", "kind"),
    )
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

    op.create_table(
        "libraryentry",
        sa.Column("age", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.PrimaryKeyConstraint("age"),
        sa.UniqueConstraint("document_id"),
    )
    op.create_table(
        "report_file",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["report_job.id"],
        ),
        sa.PrimaryKeyConstraint("job_id", "position"),
    )
    op.create_table(
        "agendaitem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("conclusion", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("meeting_id", "position"),
    )
    with op.batch_alter_table("agendaitem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agendaitem_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "checkin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("doubt", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checkin_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_checkin_member_id"), ["member_id"], unique=False)

    op.create_table(
        "faqentry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("helped", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["published_by"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("faqentry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_faqentry_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_faqentry_question_id"), ["question_id"], unique=False)

    op.create_table(
        "guest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("came", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("guest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guest_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "invitation_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.String(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["channel.id"],
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("invitation_job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_job_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_job_member_id"), ["member_id"], unique=False)

    op.create_table(
        "meetingpaper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("parts", sa.LargeBinary(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("meeting_id", "kind"),
        sa.UniqueConstraint("organization_id", "kind", "year", "number"),
    )
    with op.batch_alter_table("meetingpaper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetingpaper_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetingpaper_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "questionstep",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["by"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("questionstep", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_questionstep_question_id"), ["question_id"], unique=False)

    op.create_table(
        "rater",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("meeting_id", "member_id"),
    )
    op.create_table(
        "rating",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Integer(), nullable=False),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.PrimaryKeyConstraint("meeting_id", "question", "answer"),
    )
    op.create_table(
        "ratinground",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.PrimaryKeyConstraint("meeting_id"),
    )
    op.create_table(
        "rollcall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("minutes_late", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("meeting_id", "member_id"),
    )
    with op.batch_alter_table("rollcall", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rollcall_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rollcall_member_id"), ["member_id"], unique=False)

    op.create_table(
        "room_card",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.PrimaryKeyConstraint("meeting_id", "revision"),
    )
    op.create_table(
        "score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("total", sa.Float(), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scored_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["scored_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("meeting_id"),
    )
    op.create_table(
        "agendapaper",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["agendaitem.id"],
        ),
        sa.PrimaryKeyConstraint("item_id", "document_id"),
    )
    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("prepared", sa.Boolean(), nullable=False),
        sa.Column("spoken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["agendaitem.id"],
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opinion_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opinion_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_opinion_member_id"), ["member_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_time", sa.Boolean(), nullable=True),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("overdue_reminders", sa.Integer(), nullable=False),
        sa.Column("orphaned", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["given_by"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["agendaitem.id"],
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organization_id", "source"),
        sa.UniqueConstraint("organization_id", "year", "number"),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_remind_on"), ["remind_on"], unique=False)

    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("two_thirds", sa.Boolean(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("count_for", sa.Integer(), nullable=False),
        sa.Column("count_against", sa.Integer(), nullable=False),
        sa.Column("count_other", sa.Integer(), nullable=False),
        sa.Column("hand_for", sa.Integer(), nullable=False),
        sa.Column("hand_against", sa.Integer(), nullable=False),
        sa.Column("hand_other", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["agendaitem.id"],
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vote_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vote_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vote_state"), ["state"], unique=False)

    op.create_table(
        "ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("stand", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["vote_id"],
            ["vote.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("vote_id", "member_id"),
    )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.create_index("ballot_count", ["vote_id", "stand"], unique=False)
        batch_op.create_index(batch_op.f("ix_ballot_member_id"), ["member_id"], unique=False)

    op.create_table(
        "taskreport",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["task_id"],
            ["task.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("taskreport", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_taskreport_task_id"), ["task_id"], unique=False)

    op.create_table(
        "live_count",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["delivery.id"],
        ),
        sa.PrimaryKeyConstraint("delivery_id"),
    )
    with op.batch_alter_table("broadcast", schema=None) as batch_op:
        batch_op.add_column(sa.Column("readers_of", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("readers_via", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("vote_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_vote_id", "vote", ["vote_id"], ["id"])
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

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("minutes", sa.Integer(), nullable=False, server_default=sa.text("0")))
        batch_op.add_column(sa.Column("online_url", sa.String(), nullable=False, server_default=sa.text("''")))
        batch_op.add_column(sa.Column("convening", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("cancel_reason", sa.String(), nullable=False, server_default=sa.text("''")))
        batch_op.add_column(sa.Column("chair_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("clerk_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("began_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("check_in_secret", sa.LargeBinary(), nullable=False, server_default=sa.text("''"))
        )
        batch_op.create_index(batch_op.f("ix_meeting_series_id"), ["series_id"], unique=False)
        batch_op.create_foreign_key("fk_chair_id", "member", ["chair_id"], ["id"])
        batch_op.create_foreign_key("fk_series_id", "series", ["series_id"], ["id"])
        batch_op.create_foreign_key("fk_clerk_id", "member", ["clerk_id"], ["id"])

    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asker", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("asker_key", sa.String(), nullable=False, server_default=sa.text("''")))
        batch_op.add_column(sa.Column("kind", sa.String(), nullable=False, server_default=sa.text("''")))
        batch_op.add_column(sa.Column("days_taken", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("receiver_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("nudges", sa.Integer(), nullable=False, server_default=sa.text("0")))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("closed_because", sa.String(), nullable=False, server_default=sa.text("''")))
        batch_op.add_column(sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("member_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(batch_op.f("ix_question_asker_key"), ["asker_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_receiver_id"), ["receiver_id"], unique=False)
        batch_op.create_foreign_key("fk_receiver_id", "organization", ["receiver_id"], ["id"])
        batch_op.create_foreign_key("fk_merged_into_id", "question", ["merged_into_id"], ["id"])

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

    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_constraint("fk_merged_into_id", type_="foreignkey")
        batch_op.drop_constraint("fk_receiver_id", type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_question_receiver_id"))
        batch_op.drop_index(batch_op.f("ix_question_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_question_due_at"))
        batch_op.drop_index(batch_op.f("ix_question_asker_key"))
        batch_op.alter_column("member_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("reopened_at")
        batch_op.drop_column("closed_because")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("nudges")
        batch_op.drop_column("due_at")
        batch_op.drop_column("receiver_id")
        batch_op.drop_column("days_taken")
        batch_op.drop_column("kind")
        batch_op.drop_column("asker_key")
        batch_op.drop_column("asker")

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_constraint("fk_clerk_id", type_="foreignkey")
        batch_op.drop_constraint("fk_series_id", type_="foreignkey")
        batch_op.drop_constraint("fk_chair_id", type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_meeting_series_id"))
        batch_op.drop_column("check_in_secret")
        batch_op.drop_column("ended_at")
        batch_op.drop_column("began_at")
        batch_op.drop_column("clerk_id")
        batch_op.drop_column("chair_id")
        batch_op.drop_column("cancel_reason")
        batch_op.drop_column("convening")
        batch_op.drop_column("online_url")
        batch_op.drop_column("minutes")
        batch_op.drop_column("series_id")

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
        batch_op.drop_constraint("fk_vote_id", type_="foreignkey")
        batch_op.drop_column("vote_id")
        batch_op.drop_column("readers_via")
        batch_op.drop_column("readers_of")

    op.drop_table("live_count")
    with op.batch_alter_table("taskreport", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_taskreport_task_id"))

    op.drop_table("taskreport")
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_member_id"))
        batch_op.drop_index("ballot_count")

    op.drop_table("ballot")
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vote_state"))
        batch_op.drop_index(batch_op.f("ix_vote_organization_id"))
        batch_op.drop_index(batch_op.f("ix_vote_meeting_id"))

    op.drop_table("vote")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_remind_on"))
        batch_op.drop_index(batch_op.f("ix_task_organization_id"))
        batch_op.drop_index(batch_op.f("ix_task_member_id"))
        batch_op.drop_index(batch_op.f("ix_task_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_task_due_on"))

    op.drop_table("task")
    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opinion_member_id"))
        batch_op.drop_index(batch_op.f("ix_opinion_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_opinion_item_id"))

    op.drop_table("opinion")
    op.drop_table("agendapaper")
    op.drop_table("score")
    op.drop_table("room_card")
    with op.batch_alter_table("rollcall", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rollcall_member_id"))
        batch_op.drop_index(batch_op.f("ix_rollcall_meeting_id"))

    op.drop_table("rollcall")
    op.drop_table("ratinground")
    op.drop_table("rating")
    op.drop_table("rater")
    with op.batch_alter_table("questionstep", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_questionstep_question_id"))

    op.drop_table("questionstep")
    with op.batch_alter_table("meetingpaper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetingpaper_organization_id"))
        batch_op.drop_index(batch_op.f("ix_meetingpaper_meeting_id"))

    op.drop_table("meetingpaper")
    with op.batch_alter_table("invitation_job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_job_member_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_job_meeting_id"))

    op.drop_table("invitation_job")
    with op.batch_alter_table("guest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guest_meeting_id"))

    op.drop_table("guest")
    with op.batch_alter_table("faqentry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_faqentry_question_id"))
        batch_op.drop_index(batch_op.f("ix_faqentry_organization_id"))

    op.drop_table("faqentry")
    with op.batch_alter_table("checkin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checkin_member_id"))
        batch_op.drop_index(batch_op.f("ix_checkin_meeting_id"))

    op.drop_table("checkin")
    with op.batch_alter_table("agendaitem", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agendaitem_meeting_id"))

    op.drop_table("agendaitem")
    op.drop_table("report_file")
    op.drop_table("libraryentry")
    with op.batch_alter_table("documentnote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_documentnote_document_id"))

    op.drop_table("documentnote")
    op.drop_table("chase")
    with op.batch_alter_table("audio_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audio_wish_document_id"))

    op.drop_table("audio_wish")
    op.drop_table("audio_source")
    op.drop_table("audio_part")
    with op.batch_alter_table("audio_edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audio_edition_state"))

    op.drop_table("audio_edition")
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_index("upload_chat")
        batch_op.drop_index(batch_op.f("ix_upload_member_id"))

    op.drop_table("upload")
    op.drop_table("study_clock")
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_series_organization_id"))

    op.drop_table("series")
    with op.batch_alter_table("report_job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_job_state"))
        batch_op.drop_index(batch_op.f("ix_report_job_member_id"))

    op.drop_table("report_job")
    op.drop_table("reader_link_cut")
    with op.batch_alter_table("reader_link_browser", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reader_link_browser_member_id"))
        batch_op.drop_index(batch_op.f("ix_reader_link_browser_at"))

    op.drop_table("reader_link_browser")
    op.drop_table("morning")
    with op.batch_alter_table("minutestemplate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutestemplate_organization_id"))

    op.drop_table("minutestemplate")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index("consent_newest")

    op.drop_table("consent")
    op.drop_table("document_stale")
    with op.batch_alter_table("document_count", schema=None) as batch_op:
        batch_op.drop_index("document_count_document")

    op.drop_table("document_count")
