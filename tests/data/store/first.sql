-- What a person has in a store of the first schema (src/sms/store/schema.sql): a thread with an answer and
-- a draft, and a message that was deleted and can still be brought back.
BEGIN;
INSERT INTO conversation(id, key, tail, total, unread, address, preview, last_direction, last_state, time, draft, draft_time) VALUES
  (1, '+491701234567', '701234567', 3, 1, '+491701234567', 'Um acht? 🚲', 'in', 'received', 1400000120000000, 'Um neun', 1400000100000000),
  (2, 'hotel', NULL, 0, 0, 'Hotel', '', NULL, NULL, 1400000200000000, NULL, NULL);
INSERT INTO message(id, conversation, direction, address, time, text, read, state, parts, parts_missing, deleted_at) VALUES
  (1, 1, 'in', '+491701234567', 1400000000000000, 'Grüße aus Köln', 1, 'received', 1, 0, NULL),
  (2, 1, 'out', '+491701234567', 1400000060000000, 'Wann kommst du?', 1, 'delivered', 1, 0, NULL),
  (3, 1, 'in', '+491701234567', 1400000120000000, 'Um acht? 🚲', 0, 'received', 1, 0, NULL),
  (4, 2, 'in', 'Hotel', 1400000200000000, 'Zimmer 7', 1, 'received', 1, 0, 1400000300000000);
INSERT INTO sent_part(message, part, state, reference, sent_at, status, discharged_at) VALUES
  (2, 1, 'sent', 17, 1400000061000000, 0, 1400000065000000);
INSERT INTO record(id, hash, raw, copies, time) VALUES
  (1, x'7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed', NULL, 1, 1400000000000000),
  (2, x'3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3', NULL, 1, 1400000120000000),
  (3, x'8b5b9db0c13db24256c829aa364aa90c6d2eba318b9232a4ab9313b954d3555f', NULL, 1, 1400000200000000);
INSERT INTO part(message, part, record, text, time) VALUES
  (1, 1, 1, 'Grüße aus Köln', 1400000000000000), (3, 1, 2, 'Um acht? 🚲', 1400000120000000),
  (4, 1, 3, 'Zimmer 7', 1400000200000000);
INSERT INTO on_sim(storage, slot, record) VALUES ('SM', 4, 2);
COMMIT;
PRAGMA user_version = 1;
PRAGMA journal_mode = WAL;
