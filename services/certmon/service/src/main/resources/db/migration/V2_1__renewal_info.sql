-- When the issuer of the revision in use would like it to be renewed (RFC 9773), as it last said.
create table renewal_info (
  certificate_id uuid primary key references certificate (id) on delete cascade,
  number int not null,
  starts timestamptz not null,
  ends timestamptz not null,
  explanation text,
  asked_at timestamptz not null default clock_timestamp()
);

-- Those that are in use already are asked about, too.
insert into work_item (queue, key)
select 'renewal-info', r.certificate_id::text
from revision r join issuer i on i.id = r.issuer_id join certificate c on c.id = r.certificate_id
where r.status = 'ACTIVE' and i.document ->> 'kind' = 'ACME';
