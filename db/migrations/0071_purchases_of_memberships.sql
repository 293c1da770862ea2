-- A membership that a client buys online is a purchase as well: GA4's own names of the visit that led to it come with the wish, only with the client's consent.
alter table memberships add column link_id text, add column analytics jsonb;
alter table analytics_purchases alter column booking_id drop not null, add column membership_id text,
  add constraint analytics_purchases_of check (num_nonnulls(booking_id, membership_id) = 1);
