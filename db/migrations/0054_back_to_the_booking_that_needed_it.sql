-- Whoever buys a membership because a service takes one is in the middle of a booking. They come back to exactly there, also on a page of somebody else's:
-- {url, place, link}, where of an address of ours only the path is kept. Whether the booking link still allows the page is asked when they come back.
alter table memberships add column return_to jsonb;
