-- A membership's refund that the provider did not give stands before a person until it is asked for again; nothing ended it but that.

create function memberships_refund_again() returns trigger language plpgsql as $$
begin
  update attention set resolved_at = new.refunding_since, resolution = 'sent_again'
   where chain_id = new.chain_id and subject_kind = 'membership' and subject_id = new.membership_id and kind = 'refund_failed' and resolved_at is null;
  return null;
end $$;
create trigger memberships_refund_again after update of refunding_since on memberships for each row
  when (old.refunding_since is null and new.refunding_since is not null) execute function memberships_refund_again();
