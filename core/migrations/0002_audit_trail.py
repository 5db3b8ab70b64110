"""The audit trail and the register's numbers: tables and triggers Django has no model operations for."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

FORWARD = """
CREATE SEQUENCE project_number;

CREATE TABLE audit_event (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    actor_id uuid,
    actor varchar(254) NOT NULL,
    event varchar(80) NOT NULL,
    subject_type varchar(80) NOT NULL,
    subject_id varchar(64) NOT NULL,
    subject varchar(200) NOT NULL,
    project_id uuid,
    team_id uuid,
    data jsonb NOT NULL,
    canonical text NOT NULL
);
CREATE INDEX audit_event_at ON audit_event (at DESC);
CREATE INDEX audit_event_project ON audit_event (project_id, at DESC);
CREATE INDEX audit_event_team ON audit_event (team_id, at DESC);
CREATE INDEX audit_event_subject ON audit_event (subject_id);

CREATE TABLE audit_link (
    seq bigint PRIMARY KEY,
    event uuid NOT NULL UNIQUE,
    prev bytea NOT NULL UNIQUE,
    hash bytea NOT NULL
);

CREATE TABLE audit_anchor (
    id uuid PRIMARY KEY,
    seq bigint NOT NULL,
    hash bytea NOT NULL,
    "where" varchar(200) NOT NULL,
    at timestamptz NOT NULL
);

-- Runs at commit, so the lock that orders the chain is held for microseconds. Under READ COMMITTED every statement sees the
-- newest committed link; under REPEATABLE READ the unique "prev" turns a fork into an error.
CREATE FUNCTION audit_append_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_seq bigint;
    last_hash bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(7210512045);
    SELECT seq, hash INTO last_seq, last_hash FROM audit_link ORDER BY seq DESC LIMIT 1;
    last_seq := coalesce(last_seq, 0);
    last_hash := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
    INSERT INTO audit_link (seq, event, prev, hash)
    VALUES (last_seq + 1, NEW.id, last_hash, sha256(last_hash || sha256(convert_to(NEW.canonical, 'UTF8'))));
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER audit_event_link AFTER INSERT ON audit_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_append_link();

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_event_keep BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_event_keep_all BEFORE TRUNCATE ON audit_event EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_link_keep BEFORE UPDATE OR DELETE ON audit_link FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_link_keep_all BEFORE TRUNCATE ON audit_link EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_anchor_keep BEFORE UPDATE OR DELETE ON audit_anchor FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_anchor_keep_all BEFORE TRUNCATE ON audit_anchor EXECUTE FUNCTION audit_refuse();
"""

BACKWARD = """
DROP TABLE audit_anchor, audit_link, audit_event;
DROP FUNCTION audit_append_link(), audit_refuse();
DROP SEQUENCE project_number;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("core", "0001_initial")]
    operations: ClassVar = [migrations.RunSQL(FORWARD, BACKWARD)]
