-- Whoever pays from a widget on somebody else's page comes back to that very page. Providers know one return address at the most, some only one for a whole
-- connection, so the address is the booking's own page, and the booking remembers where its client left for the payment: {"url", "place"}.
alter table bookings add column return_to jsonb;
alter table bookings add constraint bookings_return_to_is_short check (octet_length(return_to::text) <= 4000);
