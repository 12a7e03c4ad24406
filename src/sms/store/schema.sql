-- The first schema of barpop's message store. Never edit a released one: add a migration.
-- All times are microseconds since 1970-01-01T00:00:00Z. "read", "active": 0 or 1.

PRAGMA application_id = 0x62706f70; -- "bpop"

-- One row per other side. `key` and `tail` come from sms/number.rs. The columns from `total`
-- to `time` repeat what the messages say (store/conversation.rs: refresh), so that the line and
-- the list of threads never read the messages.
CREATE TABLE conversation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  tail TEXT,
  total INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  address TEXT NOT NULL,
  preview TEXT NOT NULL DEFAULT '',
  last_direction TEXT,
  last_state TEXT,
  time INTEGER NOT NULL,
  draft TEXT,
  draft_time INTEGER
) STRICT;
CREATE INDEX conversation_tail ON conversation(tail) WHERE tail IS NOT NULL;

-- One row per message as a person sees it. A deleted one keeps its row (deleted_at), so that it
-- can be brought back, and so that it is known while it still lies on the SIM.
CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation INTEGER NOT NULL REFERENCES conversation(id),
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  address TEXT NOT NULL,
  time INTEGER NOT NULL,
  text TEXT NOT NULL,
  read INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  parts INTEGER NOT NULL,
  parts_missing INTEGER NOT NULL,
  class INTEGER,
  replace_type INTEGER,
  concat_reference INTEGER,
  concat_bits INTEGER,
  deleted_at INTEGER
) STRICT;
CREATE INDEX message_thread ON message(conversation, time, id, read) WHERE deleted_at IS NULL;
CREATE INDEX message_time ON message(time, id) WHERE deleted_at IS NULL;
CREATE INDEX message_unread ON message(time, id) WHERE read = 0 AND deleted_at IS NULL;
CREATE INDEX message_deleted ON message(deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX message_outgoing ON message(id) WHERE state IN ('queued', 'sending');
CREATE INDEX message_group ON message(concat_reference, address) WHERE concat_reference IS NOT NULL;
CREATE INDEX message_replace ON message(conversation, replace_type) WHERE replace_type IS NOT NULL;

-- Every PDU that a SIM ever listed, one row per distinct bytes; `copies` is how many of them
-- are known, the most that any one listing held. `raw` goes when the message is purged, the
-- hash stays.
CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  raw BLOB,
  copies INTEGER NOT NULL,
  time INTEGER NOT NULL
) STRICT;

-- What lies where on a SIM, as of the last listing.
CREATE TABLE on_sim (
  storage TEXT NOT NULL,
  slot INTEGER NOT NULL,
  record INTEGER NOT NULL REFERENCES record(id),
  PRIMARY KEY (storage, slot)
) STRICT, WITHOUT ROWID;

-- What a message that came from a SIM is made of: one row for a short one.
CREATE TABLE part (
  message INTEGER NOT NULL REFERENCES message(id),
  part INTEGER NOT NULL,
  record INTEGER NOT NULL REFERENCES record(id),
  text TEXT NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (message, part)
) STRICT, WITHOUT ROWID;

-- What a message of ours is sent as. `state`: waiting, sending, sent, unknown. `status` is the
-- last status report's TP-ST.
CREATE TABLE sent_part (
  message INTEGER NOT NULL REFERENCES message(id),
  part INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting',
  begun_at INTEGER,
  -- The process that gives it to a modem: "pid:start time".
  sender TEXT,
  reference INTEGER,
  sent_at INTEGER,
  status INTEGER,
  discharged_at INTEGER,
  PRIMARY KEY (message, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX sent_part_reference ON sent_part(reference, sent_at) WHERE reference IS NOT NULL;
CREATE INDEX sent_part_sending ON sent_part(message) WHERE state = 'sending';

-- Status reports that no message has been found for yet.
CREATE TABLE unmatched_report (
  id INTEGER PRIMARY KEY,
  reference INTEGER NOT NULL,
  address TEXT NOT NULL,
  status INTEGER NOT NULL,
  discharged_at INTEGER,
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX unmatched_report_reference ON unmatched_report(reference);

-- Voice mail, fax, e-mail waiting (3GPP TS 23.040 clause 9.2.3.24.2).
CREATE TABLE waiting (
  kind INTEGER PRIMARY KEY,
  active INTEGER NOT NULL,
  count INTEGER
) STRICT;

-- Content keys of what was taken over from the original program's files.
CREATE TABLE imported (key BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

-- PINs that went to the SIM and were not accepted, salted and hashed: never to be tried again.
-- `tries`: how many were left before, while it is not known that this one was spent.
CREATE TABLE refused_pin (salt BLOB NOT NULL, hash BLOB NOT NULL, tries INTEGER) STRICT;

CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Full text over what is not deleted.
CREATE VIRTUAL TABLE message_text USING fts5(
  text, address, content = 'message', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2'
);
CREATE TRIGGER message_text_insert AFTER INSERT ON message WHEN new.deleted_at IS NULL BEGIN
  INSERT INTO message_text(rowid, text, address) VALUES (new.id, new.text, new.address);
END;
CREATE TRIGGER message_text_out AFTER UPDATE OF text, address, deleted_at ON message
WHEN old.deleted_at IS NULL BEGIN
  INSERT INTO message_text(message_text, rowid, text, address)
  VALUES ('delete', old.id, old.text, old.address);
END;
CREATE TRIGGER message_text_in AFTER UPDATE OF text, address, deleted_at ON message
WHEN new.deleted_at IS NULL BEGIN
  INSERT INTO message_text(rowid, text, address) VALUES (new.id, new.text, new.address);
END;
CREATE TRIGGER message_text_delete AFTER DELETE ON message WHEN old.deleted_at IS NULL BEGIN
  INSERT INTO message_text(message_text, rowid, text, address)
  VALUES ('delete', old.id, old.text, old.address);
END;
