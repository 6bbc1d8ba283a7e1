"""Archive copies (PDF/A) of what was sent, made when somebody asks for one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pipeline.store.records import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "archive_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued_at", Moment()),
        sa.Column("started_at", Moment()),
        sa.Column("finished_at", Moment()),
        sa.Column("failure", sa.JSON()),
        sa.Column("pdf_key", sa.String()),
        sa.Column("pdf_sha256", sa.String(64)),
        sa.Column("pdf_bytes", sa.BigInteger()),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["submission.id"], name=op.f("fk_archive_copy_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_copy")),
    )
    op.create_index(op.f("ix_archive_copy_state_queued_at"), "archive_copy", ["state", "queued_at"])


def downgrade() -> None:
    op.drop_table("archive_copy")
