-- A part is an order of its own within joint handling. One that was returned is not settled by that: it holds
-- the whole until it is given to somebody else or dropped, and only then counts for nothing (superseded).
alter table dispatch_orders add column is_part boolean not null default false;
