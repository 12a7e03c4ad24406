-- The second schema: what comes from outside besides messages.

-- How bad a cell broadcast is (a word of sms/broadcast/channel.rs); null for everything else.
ALTER TABLE message ADD COLUMN alert TEXT;
CREATE INDEX message_alert ON message(alert)
  WHERE alert IS NOT NULL AND read = 0 AND deleted_at IS NULL;
CREATE INDEX message_at_once ON message(id)
  WHERE read = 0 AND deleted_at IS NULL AND (class = 0 OR alert IS NOT NULL) AND direction = 'in';

-- Cell broadcasts that were heard, so that their repetitions are known, and the pages of those
-- that are not whole. The message may be gone.
CREATE TABLE broadcast (
  id INTEGER PRIMARY KEY,
  channel INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  message INTEGER NOT NULL,
  heard_at INTEGER NOT NULL
) STRICT;
CREATE INDEX broadcast_serial ON broadcast(channel, serial);
CREATE TABLE broadcast_page (
  broadcast INTEGER NOT NULL REFERENCES broadcast(id),
  page INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (broadcast, page)
) STRICT, WITHOUT ROWID;

-- What is deleted leaves the full-text index, not only its answers.
INSERT INTO message_text(message_text, rank) VALUES ('secure-delete', 1);
