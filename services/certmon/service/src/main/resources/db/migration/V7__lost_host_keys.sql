-- Since when a key is not on its host any more, though a certificate was issued for it.
alter table host_key add column lost_at timestamptz;
