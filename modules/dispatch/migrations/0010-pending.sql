-- Who asked for a suspension or extension: somebody else decides.
alter table dispatch_orders add column pending_by uuid, add column pending_by_name text;
