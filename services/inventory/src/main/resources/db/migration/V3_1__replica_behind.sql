-- When the replica last did not keep up with its agents: nobody is judged for not having connected.
alter table link_replica add column behind_at timestamptz;
