-- What a consumer needs that comes back after tombstones are gone: it reads a state topic again from
-- its start, which is a pass, and then drops every key that the pass did not meet.
alter table inbox_offset
  -- Every record that was appended before this moment has been read: while no older tombstone than
  -- this can be gone, none was missed.
  add column caught_up_at timestamptz not null default now(),
  add column pass         int         not null default 0, -- how often the partition was read anew
  add column sweep_at     bigint; -- the pass ends here; null when none is under way

alter table inbox_version
  add column partition int, -- null: applied before this column was; such a key is never swept
  add column pass      int not null default 0; -- the last pass that met the key
