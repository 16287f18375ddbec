"""delivery that loses nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "process",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parts", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("blocked_told_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("rejections", sa.Integer(), nullable=False, server_default=sa.text("0")))
        batch_op.create_index("account_chat", ["channel_id", "chat_id"], unique=False)

    with op.batch_alter_table("broadcast", schema=None) as batch_op:
        batch_op.add_column(sa.Column("title", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("plan", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
        batch_op.add_column(sa.Column("useful_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("progress_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("retries", sa.String(), nullable=False, server_default=sa.text("''")))

    with op.batch_alter_table("channel", schema=None) as batch_op:
        batch_op.add_column(sa.Column("owner", sa.String(), nullable=False, server_default=sa.text("''")))
        batch_op.add_column(sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("broadcast_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("useful_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("mergeable", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("carried_by", sa.Integer(), nullable=True))
        batch_op.create_index("delivery_broadcast", ["broadcast_id", "state"], unique=False)
        batch_op.create_index("delivery_lease", ["state", "lease_until"], unique=False)
        batch_op.create_index(
            "delivery_useful",
            ["state", "useful_until"],
            unique=False,
            sqlite_where=sa.text("useful_until IS NOT NULL"),
            postgresql_where=sa.text("useful_until IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_delivery_carried_by"), ["carried_by"], unique=False)
        batch_op.create_foreign_key("fk_carried_by", "delivery", ["carried_by"], ["id"])
        batch_op.create_foreign_key("fk_broadcast_id", "broadcast", ["broadcast_id"], ["id"])

    with op.batch_alter_table("groupchat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rejections", sa.Integer(), nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("groupchat", schema=None) as batch_op:
        batch_op.drop_column("rejections")

    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_constraint("fk_broadcast_id", type_="foreignkey")
        batch_op.drop_constraint("fk_carried_by", type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_delivery_carried_by"))
        batch_op.drop_index(
            "delivery_useful",
            sqlite_where=sa.text("useful_until IS NOT NULL"),
            postgresql_where=sa.text("useful_until IS NOT NULL"),
        )
        batch_op.drop_index("delivery_lease")
        batch_op.drop_index("delivery_broadcast")
        batch_op.drop_column("carried_by")
        batch_op.drop_column("mergeable")
        batch_op.drop_column("useful_until")
        batch_op.drop_column("broadcast_id")

    with op.batch_alter_table("channel", schema=None) as batch_op:
        batch_op.drop_column("lease_until")
        batch_op.drop_column("owner")

    with op.batch_alter_table("broadcast", schema=None) as batch_op:
        batch_op.drop_column("retries")
        batch_op.drop_column("progress_at")
        batch_op.drop_column("finished_at")
        batch_op.drop_column("useful_until")
        batch_op.drop_column("plan")
        batch_op.drop_column("title")

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index("account_chat")
        batch_op.drop_column("rejections")
        batch_op.drop_column("blocked_told_at")

    op.drop_table("process")
