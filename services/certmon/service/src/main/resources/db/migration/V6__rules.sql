create table certificate_rule (
  id uuid primary key,
  version bigint not null,
  document jsonb not null,
  name text collate "C" not null generated always as (document ->> 'name') stored,
  site_id uuid generated always as ((document ->> 'siteId')::uuid) stored,
  issuer_id uuid not null generated always as ((document ->> 'issuerId')::uuid) stored,
  constraint certificate_rule_issuer foreign key (issuer_id) references issuer (id),
  constraint certificate_rule_name_taken unique (name)
) with (fillfactor = 85);
create index certificate_rule_by_issuer on certificate_rule (issuer_id);
create index certificate_rule_by_label on certificate_rule using gin ((document -> 'labels') jsonb_path_ops);

-- The one certificate that a host has by a rule. It outlives the rule until the certificate is removed.
create table assignment (
  rule_id uuid not null,
  host_id uuid not null,
  certificate_id uuid not null references certificate (id) on delete cascade,
  -- Since when the host does not match; null as long as it does.
  unmatched_at timestamptz,
  primary key (rule_id, host_id),
  constraint assignment_certificate unique (certificate_id)
);
create index assignment_by_host on assignment (host_id);

-- Null: not heard of since labels are kept. No rule says anything of such a host.
alter table known_host add column labels jsonb;

-- All hosts are heard of again, as after a long absence: the topic is read from its start, every
-- record on it is newer than what is remembered here, and what it no longer has was removed.
update inbox_version set epoch = 0, sequence = 0
where consumer = 'certmon.hosts' and deleted_at is null;
update inbox_offset set caught_up_at = 'epoch' where consumer = 'certmon.hosts';
