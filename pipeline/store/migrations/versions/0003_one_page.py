"""The one-page of a submission, beside its definitive PDF."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("submission", sa.Column("one_page_name", sa.String()))
    op.add_column("submission", sa.Column("one_page_key", sa.String()))
    op.add_column("submission", sa.Column("one_page_sha256", sa.String(64)))
    op.add_column("submission", sa.Column("one_page_bytes", sa.BigInteger()))
    op.add_column("submission", sa.Column("one_page_failure", sa.JSON()))


def downgrade() -> None:
    for column in ("failure", "bytes", "sha256", "key", "name"):
        op.drop_column("submission", f"one_page_{column}")
