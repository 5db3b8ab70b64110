"""The default broker's tables: pgmq's own SQL, put into our database once."""

from __future__ import annotations

from typing import Final

import psycopg
from pgmq.install import get_embedded_install_sql, install_pgmq_sql

#: Two installations of one database at once wait for each other ("pgmq" in ASCII).
LOCK: Final = 0x70676D71


def install(dsn: str) -> bool:
    """Give the database pgmq's schema unless it has it. Returns whether it was needed."""
    with psycopg.connect(dsn) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'pgmq'").fetchone():
            return False
        install_pgmq_sql(get_embedded_install_sql(), conn=connection)
    return True
