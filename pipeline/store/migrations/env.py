"""Run by Alembic, with the open connection that ``upgrade`` passes on."""

from __future__ import annotations

from alembic import context

from pipeline.store.records import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
