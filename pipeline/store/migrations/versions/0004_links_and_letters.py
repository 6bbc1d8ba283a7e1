"""Links that are withdrawn, drafts that are emptied, letters to be sent, a sender's name and remark."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pipeline.store.records import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("draft", sa.Column("emptied", sa.String(16)))
    op.add_column("submission", sa.Column("sender_name", sa.String()))
    op.add_column("submission", sa.Column("remark", sa.String()))

    op.create_table(
        "withdrawn_link",
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("withdrawn_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_withdrawn_link")),
    )

    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid()),
        sa.Column("submission_id", sa.Uuid()),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", Moment()),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_letter_draft_id_draft")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_letter_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_letter_draft_id")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_letter_submission_id")),
    )

    op.create_table(
        "sent_mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("address_digest", sa.String(64), nullable=False),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_sent_mail_draft_id_draft")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_mail")),
    )
    for first in ("address_digest", "draft_id"):
        op.create_index(op.f(f"ix_sent_mail_{first}_sent_at"), "sent_mail", [first, "sent_at"])


def downgrade() -> None:
    for table in ("sent_mail", "letter", "withdrawn_link"):
        op.drop_table(table)
    op.drop_column("submission", "remark")
    op.drop_column("submission", "sender_name")
    op.drop_column("draft", "emptied")
