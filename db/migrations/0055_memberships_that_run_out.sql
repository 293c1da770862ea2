-- A client is told once that the last visit is used, and once that their membership ends within a week. What was used up before this was known is not told now.
alter table memberships add column told_used_up_at timestamptz, add column told_ending_at timestamptz;
update memberships set told_used_up_at = now() where visits_used >= visits;

-- The sweep asks: of which has nobody been told yet?
create index memberships_used_up on memberships (sold_at) where told_used_up_at is null and visits_used >= visits;
create index memberships_ending on memberships (ends_at) where told_ending_at is null and sold_at is not null and ended_at is null;
