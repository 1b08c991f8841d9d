-- What the phone says of a photo: taken with the camera or chosen from the album, when by its own clock, where.
-- Said, not proven; when the server had it is created_at. Photos of before, and residents' photos, say nothing.

alter table kernel_files add column taken jsonb check (taken ->> 'how' in ('camera', 'gallery'));
-- Said when the upload begins, handed to the photo at its end.
alter table kernel_uploads add column taken jsonb;
