-- Codes sent to residents' phones, and receipts of what residents reported. Only the platform itself reads them:
-- phone numbers are kept as blind indexes.

create table portal_phone_codes (
  id uuid primary key,
  phone_index text not null,
  address_index text not null,
  -- Keyed hash: six digits are guessed at once from a plain one.
  code_mac text not null,
  tries int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  -- The form it was used for: the same form may come twice.
  used_for uuid
);
create index portal_phone_codes_phone on portal_phone_codes (phone_index, created_at);
create index portal_phone_codes_address on portal_phone_codes (address_index, created_at);
create index portal_phone_codes_created on portal_phone_codes (created_at);
grant select, insert, update, delete on portal_phone_codes to wangge_app;
alter table portal_phone_codes enable row level security;
create policy portal_phone_codes_platform on portal_phone_codes for all
  using (kernel_is_system()) with check (kernel_is_system());

create table portal_receipts (
  -- Key that the server put into the form: sent twice, it leads to the same receipt.
  client_key uuid primary key,
  incident_id uuid not null,
  -- Null when anonymous.
  phone_index text,
  created_at timestamptz not null
);
create index portal_receipts_incident on portal_receipts (incident_id);
create index portal_receipts_phone on portal_receipts (phone_index, created_at) where phone_index is not null;
grant select, insert on portal_receipts to wangge_app;
alter table portal_receipts enable row level security;
create policy portal_receipts_platform on portal_receipts for all
  using (kernel_is_system()) with check (kernel_is_system());
