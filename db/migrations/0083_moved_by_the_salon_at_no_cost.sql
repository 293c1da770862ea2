-- The salon moves a class from next week to this evening, and who cannot come then would lose the visit of their membership by cancelling. late_from 'infinity' says
-- that cancelling never uses this visit: by the time of which it was booked it could have been cancelled freely, and it is not its client who chose another one.
create or replace function membership_visit_is_late(late_hours integer, late_from timestamptz, starts timestamptz, at timestamptz) returns boolean language sql immutable as $$
  select late_hours is not null and late_from is distinct from 'infinity' and (late_from is not null or at > starts - make_interval(hours => late_hours)) $$;
