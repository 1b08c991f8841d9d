-- A job runs at least once, a person is told once: whoever tells names what it is about, and the same thing
-- told again is not written.

alter table notify_messages add column once_key text;
create unique index notify_messages_once on notify_messages (once_key) where once_key is not null;
