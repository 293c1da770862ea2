-- Who is told of a booking by webhook learns which group event it is for, and how many places: a receiver that counts heads could not.
create or replace function webhook_appointment(chain text, appointment text) returns jsonb language plpgsql stable as $$
begin
  return (select jsonb_build_object(
      'id', a.appointment_id, 'bookingId', a.booking_id, 'locationId', a.location_id, 'status', a.status, 'startsAt', webhook_instant(a.starts_at),
      'endsAt', webhook_instant(a.ends_at), 'staff', case when s.staff_id is null then null else jsonb_build_object('id', s.staff_id, 'name', s.name) end,
      'services', coalesce((select jsonb_agg(jsonb_build_object('id', l.service_id, 'name', l.name, 'durationMinutes', l.duration_minutes) order by l.line_no)
                              from appointment_services l where l.chain_id = a.chain_id and l.appointment_id = a.appointment_id), '[]'),
      'costMinor', a.cost_minor, 'dueMinor', a.due_minor, 'paidMinor', a.paid_minor, 'currency', a.currency, 'bookedBy', a.booked_by,
      'eventId', a.event_id, 'places', a.places, 'version', a.version, 'client', webhook_client(chain, a.client_id))
    from appointments a left join staff s on s.chain_id = a.chain_id and s.location_id = a.location_id and s.staff_id = a.staff_id
   where a.chain_id = chain and a.appointment_id = appointment);
end $$;

-- An endpoint that is switched off after days of failing is told of by nobody any more: it stands before the people of each location that it told of, once.
create unique index attention_once_endpoint on attention (chain_id, location_id, kind, subject_id) where resolved_at is null and kind = 'webhook_off';
insert into attention (chain_id, attention_id, location_id, kind, subject_kind, subject_id, detail, opened_at)
select e.chain_id, 'att_' || md5(e.endpoint_id || l.location_id), l.location_id, 'webhook_off', 'webhook_endpoint', e.endpoint_id,
       jsonb_build_object('url', e.url, 'because', e.off_because), e.off_at
  from webhook_endpoints e join locations l on l.chain_id = e.chain_id and (e.location_id is null or e.location_id = l.location_id)
 where e.off_because in ('failing', 'gone') and e.deleted_at is null;
