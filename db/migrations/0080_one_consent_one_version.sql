-- Who came by a booking link that is taken out of use meanwhile is served by the default one. What they agreed to there must not count as agreed here, so that no two links of a location
-- may call different texts by one number: every number is given out once in a location, whatever link it is for.

update booking_links l set consent_version = n.version
  from (select chain_id, location_id, link_id, is_default,
               max(consent_version) over (partition by chain_id, location_id)
                 + row_number() over (partition by chain_id, location_id order by is_default desc, created_at, link_id)::integer - 1 version
          from booking_links) n
 where not n.is_default and l.chain_id = n.chain_id and l.location_id = n.location_id and l.link_id = n.link_id;

create function booking_links_next_consent(of_chain text, of_location text) returns integer language sql as $$
  select coalesce(max(consent_version), 0) + 1 from booking_links where chain_id = of_chain and location_id = of_location
$$;

create function booking_links_number_consent() returns trigger language plpgsql as $$
begin
  new.consent_version := booking_links_next_consent(new.chain_id, new.location_id);
  return new;
end $$;
create trigger booking_links_number_consent before insert on booking_links for each row execute function booking_links_number_consent();

alter table booking_links add constraint booking_links_consent_once unique (chain_id, location_id, consent_version) deferrable initially deferred;
