"""Approvals that are asked for by a link, with what was decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pipeline.store.records import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("approval_id", sa.String(), nullable=False),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("template_digest", sa.String(64), nullable=False),
        sa.Column("draft_version", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("judged", sa.String(64), nullable=False),
        sa.Column("requested_at", Moment(), nullable=False),
        sa.Column("decided_at", Moment()),
        sa.Column("verdict", sa.String()),
        sa.Column("refused", sa.Boolean()),
        sa.Column("remark", sa.String()),
        sa.Column("name", sa.String()),
        sa.Column("role", sa.String()),
        sa.Column("dated", sa.Date()),
        sa.Column("voided_at", Moment()),
        sa.Column("void_reason", sa.String(16)),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["draft.id"],
            name=op.f("fk_approval_draft_id_draft"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_approval_draft_id_number")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_approval_token_digest")),
    )


def downgrade() -> None:
    op.drop_table("approval")
