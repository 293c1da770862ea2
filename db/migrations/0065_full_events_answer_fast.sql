-- In a crowd for a few places most people are told that none are left. Whether a hold at the event has run out is asked each time, and read all its
-- appointments for it, one by one.
create index appointments_held_at_event on appointments (chain_id, event_id, frees_at) where status = 'held' and event_id is not null;
