"""Last year's values and what was carried over, with a draft; submissions by what they replace."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("draft", sa.Column("previous_values", sa.JSON()))
    op.add_column("draft", sa.Column("carried", sa.JSON()))
    op.create_index(op.f("ix_submission_replaces_id"), "submission", ["replaces_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_submission_replaces_id"), "submission")
    op.drop_column("draft", "carried")
    op.drop_column("draft", "previous_values")
