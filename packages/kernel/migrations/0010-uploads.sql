-- Photos that arrive in parts. The bytes lie in the file store until the photo is whole.

create table kernel_uploads (
  -- Made by the client, so that beginning twice is beginning once.
  id uuid primary key,
  account_id uuid not null,
  size_bytes int not null check (size_bytes > 0),
  -- Of all bytes together, hexadecimal.
  sha256 text not null,
  received int not null default 0 check (received between 0 and size_bytes),
  -- Keys of the parts in order.
  parts text[] not null default '{}',
  -- Goes with its photo, so that one swept away before it was claimed can be sent again.
  file_id uuid references kernel_files on delete cascade,
  created_at timestamptz not null
);
create index kernel_uploads_account on kernel_uploads (account_id, created_at) where file_id is null;
create index kernel_uploads_age on kernel_uploads (created_at);
-- The photo's end asks for its upload.
create index kernel_uploads_file on kernel_uploads (file_id) where file_id is not null;
grant select, insert, update, delete on kernel_uploads to wangge_app;
