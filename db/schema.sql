-- Written by `npm run schema` from the migrations: to be read, and to show in a diff what a migration makes. Never run.

create extension btree_gist;

create extension pg_trgm;

create table account_holds (
  chain_id      text not null,
  hold_id       text not null,
  location_id   text not null,
  owner_id      text not null,
  currency      text not null,
  purpose_kind  text not null,
  purpose_id    text not null,
  key           text not null,
  amount_minor  bigint not null,
  held_minor    bigint not null,
  spent_minor   bigint not null default 0,
  status        text not null default 'live'::text,
  made_at       timestamp with time zone not null,
  user_id       text not null,
  user_name     text not null,
  ended_at      timestamp with time zone,
  ended_because text,
  toward        text not null default 'visit'::text,
  look_at       timestamp with time zone,
  constraint account_holds_pk PRIMARY KEY (chain_id, hold_id),
  constraint account_holds_account FOREIGN KEY (chain_id, owner_id, currency) REFERENCES client_accounts(chain_id, owner_id, currency),
  constraint account_holds_once UNIQUE (chain_id, location_id, key),
  constraint account_holds_amount_minor_check CHECK ((amount_minor > 0)),
  constraint account_holds_live CHECK ((((status = 'live'::text) = (held_minor > 0)) AND ((status = 'live'::text) = (ended_at IS NULL)))),
  constraint account_holds_looked_at CHECK (((toward = 'visit'::text) OR (look_at IS NOT NULL))),
  constraint account_holds_purpose_kind_check CHECK ((purpose_kind = 'appointment'::text)),
  constraint account_holds_spent CHECK (((status = 'spent'::text) = (spent_minor > 0))),
  constraint account_holds_status_check CHECK ((status = ANY (ARRAY['live'::text, 'spent'::text, 'released'::text]))),
  constraint account_holds_toward CHECK ((toward = ANY (ARRAY['visit'::text, 'prepayment'::text]))),
  constraint account_holds_within CHECK (((held_minor >= 0) AND (spent_minor >= 0) AND ((held_minor + spent_minor) <= amount_minor)))
);
CREATE INDEX account_holds_live_for ON public.account_holds USING btree (chain_id, purpose_kind, purpose_id) WHERE (status = 'live'::text);
CREATE INDEX account_holds_look ON public.account_holds USING btree (look_at) WHERE ((status = 'live'::text) AND (look_at IS NOT NULL));
CREATE INDEX account_holds_of_account ON public.account_holds USING btree (chain_id, owner_id, currency) WHERE (status = 'live'::text);
CREATE TRIGGER account_holds_kept AFTER UPDATE ON public.account_holds FOR EACH ROW WHEN (((((old.held_minor IS DISTINCT FROM new.held_minor) OR (old.owner_id IS DISTINCT FROM new.owner_id)) OR (old.status IS DISTINCT FROM new.status)) OR (old.spent_minor IS DISTINCT FROM new.spent_minor))) EXECUTE FUNCTION account_holds_are_kept();
CREATE TRIGGER account_holds_kept_new AFTER INSERT ON public.account_holds FOR EACH ROW EXECUTE FUNCTION account_holds_are_kept();

create table account_payment_reversals (
  chain_id           text not null,
  account_payment_id text not null,
  reversed_at        timestamp with time zone not null,
  user_id            text not null,
  user_name          text not null,
  because            text not null,
  constraint account_payment_reversals_once PRIMARY KEY (chain_id, account_payment_id),
  constraint account_payment_reversals_payment FOREIGN KEY (chain_id, account_payment_id) REFERENCES account_payments(chain_id, account_payment_id)
);
CREATE TRIGGER account_payment_reversals_are_facts BEFORE DELETE OR UPDATE ON public.account_payment_reversals FOR EACH STATEMENT EXECUTE FUNCTION account_payments_are_facts();

create table account_payments (
  chain_id           text not null,
  account_payment_id text not null,
  location_id        text not null,
  appointment_id     text not null,
  key                text not null,
  owner_id           text not null,
  hold_id            text,
  amount_minor       bigint not null,
  currency           text not null,
  paid_at            timestamp with time zone not null,
  user_id            text not null,
  user_name          text not null,
  constraint account_payments_pk PRIMARY KEY (chain_id, account_payment_id),
  constraint account_payments_appointment FOREIGN KEY (chain_id, appointment_id) REFERENCES appointments(chain_id, appointment_id),
  constraint account_payments_once UNIQUE (chain_id, location_id, key),
  constraint account_payments_amount_minor_check CHECK ((amount_minor > 0))
);
CREATE INDEX account_payments_of_appointment ON public.account_payments USING btree (chain_id, appointment_id);
CREATE TRIGGER account_payments_are_facts BEFORE UPDATE ON public.account_payments FOR EACH ROW WHEN ((((((((old.chain_id IS DISTINCT FROM new.chain_id) OR (old.account_payment_id IS DISTINCT FROM new.account_payment_id)) OR (old.location_id IS DISTINCT FROM new.location_id)) OR (old.appointment_id IS DISTINCT FROM new.appointment_id)) OR (old.amount_minor IS DISTINCT FROM new.amount_minor)) OR (old.currency IS DISTINCT FROM new.currency)) OR (old.paid_at IS DISTINCT FROM new.paid_at))) EXECUTE FUNCTION account_payments_are_facts();
CREATE TRIGGER account_payments_stay BEFORE DELETE ON public.account_payments FOR EACH STATEMENT EXECUTE FUNCTION account_payments_are_facts();

create table account_payouts (
  chain_id     text not null,
  payout_id    text not null,
  location_id  text not null,
  owner_id     text not null,
  key          text not null,
  amount_minor bigint not null,
  currency     text not null,
  register_id  text,
  refund_id    text,
  because      text not null,
  made_at      timestamp with time zone not null,
  user_id      text not null,
  user_name    text not null,
  asked_by     text,
  constraint account_payouts_pk PRIMARY KEY (chain_id, payout_id),
  constraint account_payouts_once UNIQUE (chain_id, location_id, key),
  constraint account_payouts_amount_minor_check CHECK ((amount_minor > 0)),
  constraint account_payouts_one_way CHECK (((register_id IS NULL) <> (refund_id IS NULL)))
);
CREATE INDEX account_payouts_of_account ON public.account_payouts USING btree (chain_id, owner_id, currency, made_at);
CREATE TRIGGER account_payouts_are_facts BEFORE UPDATE ON public.account_payouts FOR EACH ROW WHEN (((((((old.chain_id IS DISTINCT FROM new.chain_id) OR (old.payout_id IS DISTINCT FROM new.payout_id)) OR (old.location_id IS DISTINCT FROM new.location_id)) OR (old.amount_minor IS DISTINCT FROM new.amount_minor)) OR (old.currency IS DISTINCT FROM new.currency)) OR (old.made_at IS DISTINCT FROM new.made_at))) EXECUTE FUNCTION account_payments_are_facts();
CREATE TRIGGER account_payouts_stay BEFORE DELETE ON public.account_payouts FOR EACH STATEMENT EXECUTE FUNCTION account_payments_are_facts();

create table account_top_up_reversals (
  chain_id    text not null,
  top_up_id   text not null,
  asked_at    timestamp with time zone not null,
  user_id     text not null,
  user_name   text not null,
  because     text not null,
  register_id text,
  refund_id   text,
  reversed_at timestamp with time zone,
  failed_at   timestamp with time zone,
  constraint account_top_up_reversals_pk PRIMARY KEY (chain_id, top_up_id, asked_at),
  constraint account_top_up_reversals_top_up FOREIGN KEY (chain_id, top_up_id) REFERENCES account_top_ups(chain_id, top_up_id),
  constraint account_top_up_reversals_end CHECK (((reversed_at IS NULL) OR (failed_at IS NULL))),
  constraint account_top_up_reversals_one_way CHECK (((register_id IS NULL) <> (refund_id IS NULL)))
);
CREATE UNIQUE INDEX account_top_up_reversals_once ON public.account_top_up_reversals USING btree (chain_id, top_up_id) WHERE ((failed_at IS NULL) AND ((register_id IS NOT NULL) OR (reversed_at IS NULL)));
CREATE INDEX account_top_up_reversals_refund ON public.account_top_up_reversals USING btree (chain_id, refund_id) WHERE (refund_id IS NOT NULL);
CREATE TRIGGER account_top_up_reversals_again AFTER INSERT ON public.account_top_up_reversals FOR EACH ROW EXECUTE FUNCTION account_top_up_reversals_again();

create table account_top_ups (
  chain_id     text not null,
  top_up_id    text not null,
  location_id  text not null,
  owner_id     text not null,
  kind         text not null,
  key          text not null,
  register_id  text,
  amount_minor bigint not null,
  currency     text not null,
  made_at      timestamp with time zone not null,
  user_id      text not null,
  user_name    text not null,
  done_at      timestamp with time zone,
  attempt_id   text,
  cancelled_at timestamp with time zone,
  booking_id   text,
  constraint account_top_ups_pk PRIMARY KEY (chain_id, top_up_id),
  constraint account_top_ups_register FOREIGN KEY (chain_id, register_id) REFERENCES ledger_accounts(chain_id, account_id),
  constraint account_top_ups_once UNIQUE (chain_id, location_id, key),
  constraint account_top_ups_amount_minor_check CHECK ((amount_minor > 0)),
  constraint account_top_ups_kind CHECK ((((kind = 'desk'::text) = (register_id IS NOT NULL)) AND ((kind = 'link'::text) OR (done_at IS NOT NULL)))),
  constraint account_top_ups_kind_check CHECK ((kind = ANY (ARRAY['desk'::text, 'link'::text]))),
  constraint account_top_ups_paid CHECK (((kind = 'desk'::text) OR ((done_at IS NULL) = (attempt_id IS NULL))))
);
CREATE INDEX account_top_ups_of_booking ON public.account_top_ups USING btree (chain_id, booking_id, made_at) WHERE (booking_id IS NOT NULL);
CREATE INDEX account_top_ups_of_owner ON public.account_top_ups USING btree (chain_id, owner_id, currency, made_at);

create table account_type_locations (
  chain_id    text not null,
  type_id     text not null,
  location_id text not null,
  constraint account_type_locations_pk PRIMARY KEY (chain_id, type_id, location_id),
  constraint account_type_locations_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id),
  constraint account_type_locations_type FOREIGN KEY (chain_id, type_id) REFERENCES account_types(chain_id, type_id)
);

create table account_types (
  chain_id           text not null,
  type_id            text not null,
  name               text not null,
  currency           text not null,
  credit_limit_minor bigint not null default 0,
  version            integer not null default 1,
  made_at            timestamp with time zone not null,
  archived_at        timestamp with time zone,
  constraint account_types_pk PRIMARY KEY (chain_id, type_id),
  constraint account_types_credit_limit CHECK ((credit_limit_minor >= 0)),
  constraint account_types_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
);
CREATE UNIQUE INDEX account_types_name ON public.account_types USING btree (chain_id, lower(name)) WHERE (archived_at IS NULL);

create table analytics_events (
  chain_id    text not null,
  location_id text not null,
  link_id     text not null,
  event_id    text not null,
  at          timestamp with time zone not null,
  name        text not null,
  sender      text not null,
  outcome     text not null,
  params      jsonb not null default '{}'::jsonb,
  constraint analytics_events_pk PRIMARY KEY (chain_id, location_id, link_id, event_id),
  constraint analytics_events_link FOREIGN KEY (chain_id, location_id, link_id) REFERENCES booking_links(chain_id, location_id, link_id),
  constraint analytics_events_outcome CHECK ((outcome = ANY (ARRAY['handed_over'::text, 'accepted'::text, 'unreachable'::text, 'refused'::text]))),
  constraint analytics_events_sender CHECK ((sender = ANY (ARRAY['browser'::text, 'server'::text])))
);

create table analytics_purchases (
  chain_id      text not null,
  location_id   text not null,
  attempt_id    text not null,
  booking_id    text,
  link_id       text not null,
  due_at        timestamp with time zone,
  sender        text,
  claimed_at    timestamp with time zone,
  tries         smallint not null default 0,
  membership_id text,
  constraint analytics_purchases_pk PRIMARY KEY (chain_id, location_id, attempt_id),
  constraint analytics_purchases_link FOREIGN KEY (chain_id, location_id, link_id) REFERENCES booking_links(chain_id, location_id, link_id),
  constraint analytics_purchases_claimed CHECK (((sender IS NULL) = (claimed_at IS NULL))),
  constraint analytics_purchases_of CHECK ((num_nonnulls(booking_id, membership_id) = 1)),
  constraint analytics_purchases_sender CHECK ((sender = ANY (ARRAY['browser'::text, 'server'::text])))
);
CREATE INDEX analytics_purchases_due ON public.analytics_purchases USING btree (due_at) WHERE (due_at IS NOT NULL);

create table api_key_locations (
  chain_id    text not null,
  location_id text not null,
  key_id      text not null,
  constraint api_key_locations_pk PRIMARY KEY (chain_id, location_id, key_id),
  constraint api_key_locations_key FOREIGN KEY (chain_id, key_id) REFERENCES api_keys(chain_id, key_id),
  constraint api_key_locations_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id)
);
CREATE INDEX api_key_locations_of_key ON public.api_key_locations USING btree (chain_id, key_id);

create table api_keys (
  chain_id     text not null,
  key_id       text not null,
  name         text not null,
  prefix       text not null,
  secret_hash  bytea not null,
  role         text,
  rights       text[],
  made_by      text not null,
  made_by_name text not null,
  made_at      timestamp with time zone not null,
  expires_at   timestamp with time zone,
  revoked_at   timestamp with time zone,
  used_at      timestamp with time zone,
  used_from    text not null default ''::text,
  constraint api_keys_pk PRIMARY KEY (chain_id, key_id),
  constraint api_keys_chain FOREIGN KEY (chain_id) REFERENCES chains(chain_id),
  constraint api_keys_secret UNIQUE (chain_id, secret_hash),
  constraint api_keys_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
  constraint api_keys_role_or_rights CHECK (((role IS NULL) <> (rights IS NULL)))
);

create table appointment_changes (
  chain_id       text not null,
  appointment_id text not null,
  change_no      integer not null,
  at             timestamp with time zone not null,
  what           text not null,
  by_whom        text not null,
  detail         jsonb not null default '{}'::jsonb,
  constraint appointment_changes_pk PRIMARY KEY (chain_id, appointment_id, change_no),
  constraint appointment_changes_appointment FOREIGN KEY (chain_id, appointment_id) REFERENCES appointments(chain_id, appointment_id)
);

create table appointment_income (
  chain_id       text not null,
  appointment_id text not null,
  location_id    text not null,
  due_at         timestamp with time zone,
  steps          integer not null default 0,
  tries          smallint not null default 0,
  try_at         timestamp with time zone,
  constraint appointment_income_pk PRIMARY KEY (chain_id, appointment_id),
  constraint appointment_income_appointment FOREIGN KEY (chain_id, appointment_id) REFERENCES appointments(chain_id, appointment_id)
);
CREATE INDEX appointment_income_due ON public.appointment_income USING btree (due_at) WHERE (due_at IS NOT NULL);

create table appointment_services (
  chain_id         text not null,
  appointment_id   text not null,
  line_no          smallint not null,
  service_id       text not null,
  name             text not null,
  duration_minutes smallint not null,
  price_min_minor  bigint not null,
  price_max_minor  bigint not null,
  policy           jsonb not null,
  pay              text not null,
  cost_minor       bigint,
  tax              jsonb,
  constraint appointment_services_pk PRIMARY KEY (chain_id, appointment_id, line_no),
  constraint appointment_services_appointment FOREIGN KEY (chain_id, appointment_id) REFERENCES appointments(chain_id, appointment_id),
  constraint appointment_services_cost_minor_check CHECK ((cost_minor >= 0)),
  constraint appointment_services_pay_check CHECK ((pay = ANY (ARRAY['required'::text, 'ticked'::text, 'later'::text, 'membership'::text])))
);
CREATE INDEX appointment_services_service ON public.appointment_services USING btree (chain_id, service_id);
CREATE CONSTRAINT TRIGGER appointment_services_uncovered AFTER DELETE ON public.appointment_services DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.pay = 'membership'::text)) EXECUTE FUNCTION uncovered_visits_return();

create table appointments (
  chain_id              text not null,
  appointment_id        text not null,
  booking_id            text not null,
  line_no               smallint not null,
  location_id           text not null,
  client_id             text not null,
  staff_id              text not null,
  any_staff             boolean not null,
  status                text not null,
  starts_at             timestamp with time zone not null,
  ends_at               timestamp with time zone not null,
  busy                  tstzrange not null,
  price_min_minor       bigint not null,
  price_max_minor       bigint not null,
  due_minor             bigint not null,
  paid_minor            bigint not null default 0,
  currency              text not null,
  required              boolean not null,
  terms                 jsonb not null,
  consent               jsonb,
  hold_expires_at       timestamp with time zone,
  frees_at              timestamp with time zone,
  extended_at           timestamp with time zone,
  created_at            timestamp with time zone not null,
  changed_at            timestamp with time zone not null,
  version               integer not null default 1,
  booked_by             text not null default 'client'::text,
  comment               text not null default ''::text,
  set_cost_minor        bigint,
  cost_minor            bigint not null default COALESCE(set_cost_minor, price_min_minor),
  payment_blocked_until timestamp with time zone,
  event_id              text,
  places                smallint not null default 1,
  constraint appointments_pk PRIMARY KEY (chain_id, appointment_id),
  constraint appointments_booking FOREIGN KEY (chain_id, booking_id) REFERENCES bookings(chain_id, booking_id),
  constraint appointments_event FOREIGN KEY (chain_id, event_id) REFERENCES events(chain_id, event_id),
  constraint appointments_staff FOREIGN KEY (chain_id, location_id, staff_id) REFERENCES staff(chain_id, location_id, staff_id),
  constraint appointments_booked_by_check CHECK ((booked_by = ANY (ARRAY['client'::text, 'staff'::text]))),
  constraint appointments_consent CHECK (((booked_by = 'staff'::text) OR (consent IS NOT NULL))),
  constraint appointments_due_minor_check CHECK ((due_minor >= 0)),
  constraint appointments_end_after_start CHECK ((ends_at > starts_at)),
  constraint appointments_held_ends CHECK (((status <> 'held'::text) OR ((hold_expires_at IS NOT NULL) AND (frees_at > hold_expires_at)))),
  constraint appointments_paid_minor_check CHECK ((paid_minor >= 0)),
  constraint appointments_places_are_of_events CHECK (((event_id IS NOT NULL) OR (places = 1))),
  constraint appointments_places_check CHECK (((places >= 1) AND (places <= 50))),
  constraint appointments_set_cost_minor_check CHECK ((set_cost_minor >= 0)),
  constraint appointments_status_check CHECK ((status = ANY (ARRAY['held'::text, 'waiting'::text, 'confirmed'::text, 'arrived'::text, 'no_show'::text, 'expired'::text, 'cancelled'::text])))
);
CREATE INDEX appointments_booking ON public.appointments USING btree (chain_id, booking_id);
CREATE INDEX appointments_calendar ON public.appointments USING btree (chain_id, location_id, starts_at);
CREATE INDEX appointments_client ON public.appointments USING btree (chain_id, client_id);
CREATE INDEX appointments_event ON public.appointments USING btree (chain_id, event_id) WHERE (event_id IS NOT NULL);
CREATE INDEX appointments_frees_at ON public.appointments USING btree (frees_at) WHERE (status = 'held'::text);
CREATE INDEX appointments_held_at_event ON public.appointments USING btree (chain_id, event_id, frees_at) WHERE ((status = 'held'::text) AND (event_id IS NOT NULL));
CREATE INDEX appointments_staff ON public.appointments USING btree (chain_id, location_id, staff_id, starts_at);
CREATE TRIGGER appointment_income_begins AFTER INSERT ON public.appointments FOR EACH ROW WHEN ((new.paid_minor > 0)) EXECUTE FUNCTION appointment_income_is_due();
CREATE TRIGGER appointment_income_changes AFTER UPDATE ON public.appointments FOR EACH ROW WHEN ((((new.paid_minor > 0) OR (old.paid_minor > 0)) AND ((((new.paid_minor IS DISTINCT FROM old.paid_minor) OR (new.status IS DISTINCT FROM old.status)) OR (new.ends_at IS DISTINCT FROM old.ends_at)) OR (new.cost_minor IS DISTINCT FROM old.cost_minor)))) EXECUTE FUNCTION appointment_income_is_due();
CREATE TRIGGER appointments_count_places AFTER UPDATE OF status, places, event_id ON public.appointments FOR EACH ROW WHEN (((new.event_id IS NOT NULL) AND ((old.status <> new.status) OR (old.places <> new.places) OR (old.event_id <> new.event_id)))) EXECUTE FUNCTION event_counts_places();
CREATE TRIGGER appointments_count_places_made AFTER INSERT ON public.appointments FOR EACH ROW WHEN ((new.event_id IS NOT NULL)) EXECUTE FUNCTION event_counts_places();
CREATE TRIGGER appointments_end_holds AFTER UPDATE OF status ON public.appointments FOR EACH ROW WHEN (((old.status <> new.status) AND (new.status = ANY (ARRAY['cancelled'::text, 'expired'::text])))) EXECUTE FUNCTION appointments_end_holds();
CREATE TRIGGER appointments_live AFTER INSERT OR UPDATE ON public.appointments FOR EACH ROW EXECUTE FUNCTION appointments_live();
CREATE TRIGGER appointments_move_membership_visits AFTER UPDATE OF status, ends_at ON public.appointments FOR EACH ROW WHEN (((old.status <> new.status) OR (old.ends_at <> new.ends_at))) EXECUTE FUNCTION appointments_move_membership_visits();
CREATE TRIGGER appointments_no_hostages AFTER INSERT ON public.appointments FOR EACH ROW WHEN (((new.event_id IS NOT NULL) AND (new.status = 'held'::text) AND (new.booked_by = 'client'::text))) EXECUTE FUNCTION refuse_hostage_places();
CREATE CONSTRAINT TRIGGER appointments_tell_webhooks AFTER INSERT OR UPDATE ON public.appointments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION appointments_tell_webhooks();
CREATE TRIGGER appointments_version_moves BEFORE UPDATE ON public.appointments FOR EACH ROW EXECUTE FUNCTION appointments_version_moves();

create table attention (
  chain_id     text not null,
  attention_id text not null,
  location_id  text not null,
  kind         text not null,
  subject_kind text not null,
  subject_id   text not null,
  attempt_id   text,
  amount_minor bigint,
  currency     text,
  detail       jsonb not null default '{}'::jsonb,
  opened_at    timestamp with time zone not null,
  resolved_at  timestamp with time zone,
  resolution   text,
  resolved_by  text,
  because      text not null default ''::text,
  constraint attention_pk PRIMARY KEY (chain_id, attention_id),
  constraint attention_resolved CHECK (((resolved_at IS NULL) = (resolution IS NULL)))
);
CREATE INDEX attention_closed ON public.attention USING btree (chain_id, location_id, resolved_at DESC) WHERE (resolved_at IS NOT NULL);
CREATE UNIQUE INDEX attention_once ON public.attention USING btree (chain_id, kind, subject_kind, subject_id) WHERE ((resolved_at IS NULL) AND (kind = ANY (ARRAY['provider_disagrees'::text, 'payment_unclear'::text, 'unknown_payment'::text, 'credentials_end'::text, 'test_payment'::text])));
CREATE UNIQUE INDEX attention_once_aside ON public.attention USING btree (chain_id, kind, subject_kind, subject_id) WHERE ((resolved_at IS NULL) AND (kind = ANY (ARRAY['receipt_not_issued'::text, 'income_not_posted'::text])));
CREATE UNIQUE INDEX attention_once_dispute ON public.attention USING btree (chain_id, kind, subject_kind, subject_id) WHERE ((resolved_at IS NULL) AND (kind = 'dispute'::text));
CREATE UNIQUE INDEX attention_once_endpoint ON public.attention USING btree (chain_id, location_id, kind, subject_id) WHERE ((resolved_at IS NULL) AND (kind = 'webhook_off'::text));
CREATE UNIQUE INDEX attention_once_prefix ON public.attention USING btree (chain_id, location_id, kind, subject_id) WHERE ((resolved_at IS NULL) AND (kind = 'codes_blocked'::text));
CREATE UNIQUE INDEX attention_once_refund ON public.attention USING btree (chain_id, kind, subject_kind, subject_id) WHERE ((resolved_at IS NULL) AND (kind = 'refund_failed'::text));
CREATE UNIQUE INDEX attention_once_settlement ON public.attention USING btree (chain_id, kind, subject_kind, subject_id) WHERE ((resolved_at IS NULL) AND (kind = ANY (ARRAY['payout_differs'::text, 'payment_missing_at_provider'::text])));
CREATE INDEX attention_open ON public.attention USING btree (chain_id, location_id, opened_at) WHERE (resolved_at IS NULL);
CREATE INDEX attention_subject ON public.attention USING btree (chain_id, subject_kind, subject_id);

create table audit_log (
  chain_id     text not null,
  audit_id     text not null,
  location_id  text,
  at           timestamp with time zone not null,
  user_id      text,
  user_name    text not null,
  address      text not null,
  request_id   text not null,
  action       text not null,
  subject_kind text not null,
  subject_id   text not null,
  before       jsonb,
  after        jsonb,
  constraint audit_log_pk PRIMARY KEY (chain_id, audit_id)
);
CREATE INDEX audit_log_newest ON public.audit_log USING btree (chain_id, at DESC, audit_id DESC);
CREATE INDEX audit_log_subject ON public.audit_log USING btree (chain_id, subject_kind, subject_id);
CREATE TRIGGER audit_log_is_append_only BEFORE DELETE OR UPDATE ON public.audit_log FOR EACH ROW EXECUTE FUNCTION audit_log_is_append_only();

create table blocked_prefixes (
  chain_id      text not null,
  location_id   text not null,
  prefix        text not null,
  blocked_at    timestamp with time zone not null,
  blocked_until timestamp with time zone not null,
  numbers       integer not null,
  constraint blocked_prefixes_pk PRIMARY KEY (chain_id, location_id, prefix),
  constraint blocked_prefixes_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id)
);

create table booking_links (
  chain_id        text not null,
  location_id     text not null,
  link_id         text not null,
  slug            text not null,
  name            text not null,
  is_default      boolean not null default false,
  settings        jsonb not null default '{}'::jsonb,
  consent_version integer not null default 1,
  measurement_id  text,
  api_secret      bytea,
  allowed_origins text[] not null default '{}'::text[],
  archived_at     timestamp with time zone,
  version         bigint not null default 1,
  created_at      timestamp with time zone not null default now(),
  constraint booking_links_pk PRIMARY KEY (chain_id, location_id, link_id),
  constraint booking_links_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id),
  constraint booking_links_consent_once UNIQUE (chain_id, location_id, consent_version) DEFERRABLE INITIALLY DEFERRED,
  constraint booking_links_slug UNIQUE (chain_id, location_id, slug),
  constraint booking_links_default_stays CHECK ((NOT (is_default AND (archived_at IS NOT NULL)))),
  constraint booking_links_secret_of CHECK (((api_secret IS NULL) OR (measurement_id IS NOT NULL)))
);
CREATE UNIQUE INDEX booking_links_one_default ON public.booking_links USING btree (chain_id, location_id) WHERE is_default;
CREATE TRIGGER booking_links_number_consent BEFORE INSERT ON public.booking_links FOR EACH ROW EXECUTE FUNCTION booking_links_number_consent();
CREATE TRIGGER rules_moved_delete AFTER DELETE ON public.booking_links REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_insert AFTER INSERT ON public.booking_links REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_update AFTER UPDATE ON public.booking_links REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();

create table bookings (
  chain_id           text not null,
  booking_id         text not null,
  location_id        text not null,
  client_id          text not null,
  draft_id           text,
  live_draft         text,
  wish_hash          text,
  language           text not null,
  contact            jsonb not null,
  phone              text,
  address_hash       text,
  comment            text not null default ''::text,
  currency           text not null,
  created_at         timestamp with time zone not null,
  link_id            text,
  phone_confirmed_at timestamp with time zone,
  analytics          jsonb,
  return_to          jsonb,
  constraint bookings_pk PRIMARY KEY (chain_id, booking_id),
  constraint bookings_client FOREIGN KEY (chain_id, client_id) REFERENCES clients(chain_id, client_id),
  constraint bookings_one_per_draft UNIQUE (chain_id, live_draft),
  constraint bookings_made_online CHECK ((((draft_id IS NULL) = (wish_hash IS NULL)) AND ((draft_id IS NULL) = (address_hash IS NULL)) AND ((draft_id IS NULL) OR (phone IS NOT NULL)) AND ((live_draft IS NULL) OR (draft_id IS NOT NULL)))),
  constraint bookings_return_to_is_short CHECK ((octet_length((return_to)::text) <= 4000))
);
CREATE INDEX bookings_by_address ON public.bookings USING btree (chain_id, address_hash, created_at);
CREATE INDEX bookings_by_phone ON public.bookings USING btree (chain_id, phone, created_at);

create table cash_registers (
  chain_id         text not null,
  location_id      text not null,
  account_id       text not null,
  name             text not null default ''::text,
  kind             text not null,
  "position"       integer not null,
  fee_basis_points integer not null default 0,
  fee_fixed_minor  bigint not null default 0,
  comment          text not null default ''::text,
  version          integer not null default 1,
  archived_at      timestamp with time zone,
  constraint cash_registers_pk PRIMARY KEY (chain_id, account_id),
  constraint cash_registers_account FOREIGN KEY (chain_id, location_id, account_id) REFERENCES ledger_accounts(chain_id, location_id, account_id),
  constraint cash_registers_fee_fixed CHECK ((fee_fixed_minor >= 0)),
  constraint cash_registers_fee_of_cashless CHECK (((kind = 'cashless'::text) OR ((fee_basis_points = 0) AND (fee_fixed_minor = 0)))),
  constraint cash_registers_fee_share CHECK (((fee_basis_points >= 0) AND (fee_basis_points <= 10000))),
  constraint cash_registers_kind_check CHECK ((kind = ANY (ARRAY['cash'::text, 'cashless'::text])))
);
CREATE UNIQUE INDEX cash_registers_name ON public.cash_registers USING btree (chain_id, location_id, lower(name)) WHERE ((archived_at IS NULL) AND (name <> ''::text));
CREATE INDEX cash_registers_of_location ON public.cash_registers USING btree (chain_id, location_id, "position");

create table chains (
  chain_id   text not null,
  slug       text not null,
  name       text not null,
  demo       boolean not null default false,
  created_at timestamp with time zone not null,
  constraint chains_pk PRIMARY KEY (chain_id)
);
CREATE UNIQUE INDEX chains_slug ON public.chains USING btree (slug);

create table client_accounts (
  chain_id           text not null,
  owner_id           text not null,
  currency           text not null,
  client_id          text not null,
  type_id            text not null default ''::text,
  balance_minor      bigint not null default 0,
  held_minor         bigint not null default 0,
  credit_limit_minor bigint not null default 0,
  opened_at          timestamp with time zone not null,
  constraint client_accounts_pk PRIMARY KEY (chain_id, owner_id, currency),
  constraint client_accounts_credit_limit CHECK ((credit_limit_minor >= 0)),
  constraint client_accounts_held CHECK ((held_minor >= 0)),
  constraint client_accounts_within_limit CHECK (((balance_minor + held_minor) <= credit_limit_minor))
);
CREATE INDEX client_accounts_of_client ON public.client_accounts USING btree (chain_id, client_id);

create table clients (
  chain_id    text not null,
  client_id   text not null,
  name        text not null,
  phone       text,
  email       text,
  language    text not null,
  created_at  timestamp with time zone not null,
  note        text not null default ''::text,
  version     integer not null default 1,
  merged_into text,
  erased_at   timestamp with time zone,
  search      text not null default ((((translate(lower(regexp_replace(NORMALIZE(name, NFD), '[\u0300-\u036f]'::text, ''::text, 'g'::text)), 'АБВГҐДЕЄЖЗИІЙКЛМНОПРСТУФХЦЧШЩЬЮЯЪЫЭΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩŁØÆŒĐÐÞ'::text, 'абвгґдеєжзиійклмнопрстуфхцчшщьюяъыэαβγδεζηθικλμνξοπρστυφχψωłøæœđðþ'::text) || ' '::text) || COALESCE(phone, ''::text)) || ' '::text) || lower(COALESCE(email, ''::text))),
  constraint clients_pk PRIMARY KEY (chain_id, client_id),
  constraint clients_merged_into FOREIGN KEY (chain_id, merged_into) REFERENCES clients(chain_id, client_id),
  constraint clients_phone UNIQUE (chain_id, phone),
  constraint clients_not_merged_into_themselves CHECK ((merged_into <> client_id)),
  constraint clients_phone_check CHECK ((phone ~ '^\+[1-9][0-9]{6,14}$'::text))
);
CREATE INDEX clients_in_order ON public.clients USING btree (chain_id, search COLLATE "C", client_id) WHERE ((merged_into IS NULL) AND (erased_at IS NULL));
CREATE INDEX clients_merged ON public.clients USING btree (chain_id, merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX clients_newest ON public.clients USING btree (chain_id, created_at DESC, client_id) WHERE ((merged_into IS NULL) AND (erased_at IS NULL));
CREATE INDEX clients_search ON public.clients USING gin (search gin_trgm_ops) WHERE ((merged_into IS NULL) AND (erased_at IS NULL));
CREATE CONSTRAINT TRIGGER clients_tell_webhooks AFTER INSERT OR UPDATE ON public.clients DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION clients_tell_webhooks();
CREATE TRIGGER clients_version BEFORE UPDATE ON public.clients FOR EACH ROW EXECUTE FUNCTION clients_version();

create table company_details (
  chain_id            text not null,
  location_id         text not null,
  legal_name          text not null,
  registration_number text not null,
  tax_number          text not null default ''::text,
  legal_address       text not null,
  bank_details        text not null default ''::text,
  constraint company_details_pk PRIMARY KEY (chain_id, location_id),
  constraint company_details_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id)
);
CREATE TRIGGER rules_moved_delete AFTER DELETE ON public.company_details REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_insert AFTER INSERT ON public.company_details REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_update AFTER UPDATE ON public.company_details REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();

create table connection_tests (
  chain_id      text not null,
  test_id       text not null,
  location_id   text not null,
  connection_id text not null,
  amount_minor  bigint not null,
  currency      text not null,
  started_at    timestamp with time zone not null,
  started_by    text not null,
  payable_until timestamp with time zone not null,
  ended_at      timestamp with time zone,
  constraint connection_tests_pk PRIMARY KEY (chain_id, test_id),
  constraint connection_tests_connection FOREIGN KEY (chain_id, connection_id) REFERENCES provider_connections(chain_id, connection_id),
  constraint connection_tests_amount_minor_check CHECK ((amount_minor > 0))
);
CREATE INDEX connection_tests_of_connection ON public.connection_tests USING btree (chain_id, connection_id, started_at);
CREATE UNIQUE INDEX connection_tests_one_live ON public.connection_tests USING btree (chain_id, connection_id) WHERE (ended_at IS NULL);

create table data_import_parts (
  chain_id text not null,
  file_id  text not null,
  part_no  integer not null,
  content  bytea not null,
  constraint data_import_parts_pk PRIMARY KEY (chain_id, file_id, part_no),
  constraint data_import_parts_import FOREIGN KEY (chain_id, file_id) REFERENCES data_imports(chain_id, file_id)
);

create table data_import_rows (
  chain_id    text not null,
  file_id     text not null,
  row_no      bigint not null,
  outcome     text not null,
  why         text not null default ''::text,
  cells       text[] not null,
  wish        jsonb,
  written     text,
  written_why text not null default ''::text,
  made_id     text,
  constraint data_import_rows_pk PRIMARY KEY (chain_id, file_id, row_no),
  constraint data_import_rows_import FOREIGN KEY (chain_id, file_id) REFERENCES data_imports(chain_id, file_id),
  constraint data_import_rows_outcome_check CHECK ((outcome = ANY (ARRAY['new'::text, 'merge'::text, 'same'::text, 'conflict'::text, 'refused'::text]))),
  constraint data_import_rows_written_check CHECK ((written = ANY (ARRAY['written'::text, 'same'::text, 'refused'::text])))
);

create table data_imports (
  chain_id     text not null,
  location_id  text not null,
  file_id      text not null,
  kind         text not null,
  file_name    text not null,
  bytes        bigint not null,
  parts        integer not null,
  status       text not null,
  look         jsonb,
  mapping      jsonb,
  leased_until timestamp with time zone,
  read_rows    bigint not null default 0,
  read_bytes   bigint not null default 0,
  trouble      jsonb,
  asked_by     jsonb,
  made_by      text not null,
  made_at      timestamp with time zone not null,
  accepted_at  timestamp with time zone,
  done_at      timestamp with time zone,
  constraint data_imports_pk PRIMARY KEY (chain_id, file_id),
  constraint data_imports_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id),
  constraint data_imports_kind_check CHECK ((kind = ANY (ARRAY['clients'::text, 'services'::text, 'appointments'::text]))),
  constraint data_imports_status_check CHECK ((status = ANY (ARRAY['uploading'::text, 'mapping'::text, 'checking'::text, 'checked'::text, 'writing'::text, 'done'::text, 'unreadable'::text, 'discarded'::text])))
);
CREATE INDEX data_imports_due ON public.data_imports USING btree (leased_until) WHERE (status = ANY (ARRAY['checking'::text, 'writing'::text]));
CREATE INDEX data_imports_of_location ON public.data_imports USING btree (chain_id, location_id, made_at DESC);

create table data_mappings (
  chain_id    text not null,
  location_id text not null,
  kind        text not null,
  fingerprint text not null,
  mapping     jsonb not null,
  used_at     timestamp with time zone not null,
  constraint data_mappings_pk PRIMARY KEY (chain_id, location_id, kind, fingerprint)
);

create table day_closings (
  chain_id         text not null,
  closing_id       text not null,
  location_id      text not null,
  day              date not null,
  closed_from      timestamp with time zone,
  closed_until     timestamp with time zone not null,
  closed_at        timestamp with time zone not null,
  user_id          text not null,
  user_name        text not null,
  note             text not null default ''::text,
  counts           jsonb not null,
  figures          jsonb not null,
  postings         bigint not null,
  reopened_at      timestamp with time zone,
  reopened_by_id   text,
  reopened_by_name text,
  reopened_because text,
  figures_by       smallint,
  constraint day_closings_pk PRIMARY KEY (chain_id, closing_id),
  constraint day_closings_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id),
  constraint day_closings_forward CHECK ((closed_from < closed_until)),
  constraint day_closings_reopened CHECK ((((reopened_at IS NULL) = (reopened_by_id IS NULL)) AND ((reopened_at IS NULL) = (reopened_because IS NULL))))
);
CREATE UNIQUE INDEX day_closings_once ON public.day_closings USING btree (chain_id, location_id, day) WHERE (reopened_at IS NULL);
CREATE UNIQUE INDEX day_closings_until ON public.day_closings USING btree (chain_id, location_id, closed_until) WHERE (reopened_at IS NULL);
CREATE TRIGGER day_closings_guard BEFORE INSERT OR DELETE OR UPDATE ON public.day_closings FOR EACH ROW EXECUTE FUNCTION day_closings_guard();
CREATE TRIGGER day_closings_live AFTER INSERT OR UPDATE ON public.day_closings FOR EACH ROW EXECUTE FUNCTION money_live();

create table desk_payments (
  chain_id        text not null,
  desk_payment_id text not null,
  location_id     text not null,
  appointment_id  text not null,
  key             text not null,
  account_id      text not null,
  amount_minor    bigint not null,
  currency        text not null,
  taken_at        timestamp with time zone not null,
  user_id         text not null,
  user_name       text not null,
  constraint desk_payments_pk PRIMARY KEY (chain_id, desk_payment_id),
  constraint desk_payments_appointment FOREIGN KEY (chain_id, appointment_id) REFERENCES appointments(chain_id, appointment_id),
  constraint desk_payments_register FOREIGN KEY (chain_id, account_id) REFERENCES ledger_accounts(chain_id, account_id),
  constraint desk_payments_once UNIQUE (chain_id, location_id, key),
  constraint desk_payments_amount_minor_check CHECK ((amount_minor > 0))
);
CREATE INDEX desk_payments_of_appointment ON public.desk_payments USING btree (chain_id, appointment_id);
CREATE TRIGGER desk_payments_are_facts BEFORE DELETE OR UPDATE ON public.desk_payments FOR EACH STATEMENT EXECUTE FUNCTION desk_payments_are_facts();
CREATE CONSTRAINT TRIGGER desk_payments_tell_webhooks AFTER INSERT ON public.desk_payments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION desk_tells_webhooks('taken_at_desk');

create table desk_reversals (
  chain_id        text not null,
  desk_payment_id text not null,
  reversed_at     timestamp with time zone not null,
  user_id         text not null,
  user_name       text not null,
  because         text not null,
  constraint desk_reversals_once PRIMARY KEY (chain_id, desk_payment_id),
  constraint desk_reversals_payment FOREIGN KEY (chain_id, desk_payment_id) REFERENCES desk_payments(chain_id, desk_payment_id)
);
CREATE TRIGGER desk_reversals_are_facts BEFORE DELETE OR UPDATE ON public.desk_reversals FOR EACH STATEMENT EXECUTE FUNCTION desk_payments_are_facts();
CREATE CONSTRAINT TRIGGER desk_reversals_tell_webhooks AFTER INSERT ON public.desk_reversals DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION desk_tells_webhooks('reversed_at_desk');

create table event_series (
  chain_id    text not null,
  location_id text not null,
  series_id   text not null,
  service_id  text not null,
  rule        jsonb not null,
  except_days date[] not null default '{}'::date[],
  first_day   date not null,
  last_day    date not null,
  created_at  timestamp with time zone not null,
  changed_at  timestamp with time zone not null,
  constraint event_series_pk PRIMARY KEY (chain_id, location_id, series_id),
  constraint event_series_service FOREIGN KEY (chain_id, location_id, service_id) REFERENCES services(chain_id, location_id, service_id)
);

create table events (
  chain_id       text not null,
  event_id       text not null,
  location_id    text not null,
  series_id      text,
  service_id     text not null,
  staff_id       text not null,
  title          text not null default ''::text,
  starts_at      timestamp with time zone not null,
  ends_at        timestamp with time zone not null,
  busy           tstzrange not null,
  capacity       smallint not null,
  places_taken   integer not null default 0,
  places_offered integer not null default 0,
  status         text not null default 'open'::text,
  version        integer not null default 1,
  created_at     timestamp with time zone not null,
  changed_at     timestamp with time zone not null,
  description    text not null default ''::text,
  revision       integer not null default 1,
  cancelled      jsonb,
  emptied_at     timestamp with time zone,
  constraint events_pk PRIMARY KEY (chain_id, event_id),
  constraint events_series FOREIGN KEY (chain_id, location_id, series_id) REFERENCES event_series(chain_id, location_id, series_id),
  constraint events_service FOREIGN KEY (chain_id, location_id, service_id) REFERENCES services(chain_id, location_id, service_id),
  constraint events_staff FOREIGN KEY (chain_id, location_id, staff_id) REFERENCES staff(chain_id, location_id, staff_id),
  constraint events_are_never_oversold CHECK (((places_taken + places_offered) <= capacity)),
  constraint events_cancelled_by_somebody CHECK (((status = 'cancelled'::text) = (cancelled IS NOT NULL))),
  constraint events_capacity_check CHECK (((capacity >= 1) AND (capacity <= 1000))),
  constraint events_end_after_start CHECK ((ends_at > starts_at)),
  constraint events_places_offered_check CHECK ((places_offered >= 0)),
  constraint events_places_taken_check CHECK ((places_taken >= 0)),
  constraint events_status_check CHECK ((status = ANY (ARRAY['open'::text, 'cancelled'::text])))
);
CREATE INDEX events_calendar ON public.events USING btree (chain_id, location_id, starts_at);
CREATE INDEX events_series ON public.events USING btree (chain_id, series_id, starts_at) WHERE (series_id IS NOT NULL);
CREATE INDEX events_to_empty ON public.events USING btree (changed_at) WHERE ((status = 'cancelled'::text) AND (emptied_at IS NULL));
CREATE TRIGGER events_live AFTER INSERT OR UPDATE ON public.events FOR EACH ROW EXECUTE FUNCTION events_live();
CREATE CONSTRAINT TRIGGER events_offer_what_is_free AFTER UPDATE ON public.events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.status = 'open'::text) AND (((new.capacity - new.places_taken) - new.places_offered) > ((old.capacity - old.places_taken) - old.places_offered)))) EXECUTE FUNCTION events_offer_what_is_free();
CREATE TRIGGER events_tell_who_waits AFTER UPDATE ON public.events FOR EACH ROW WHEN (((old.status <> new.status) OR ((new.status = 'open'::text) AND (old.starts_at <> new.starts_at)))) EXECUTE FUNCTION events_tell_who_waits();

create table installation (
  key   text not null,
  value text not null,
  constraint installation_pkey PRIMARY KEY (key)
);

create table ledger_accounts (
  chain_id      text not null,
  account_id    text not null,
  location_id   text not null,
  kind          text not null,
  owner_id      text not null default ''::text,
  currency      text not null,
  balance_minor bigint not null default 0,
  created_at    timestamp with time zone not null,
  constraint ledger_accounts_pk PRIMARY KEY (chain_id, account_id),
  constraint ledger_accounts_at_location UNIQUE (chain_id, location_id, account_id),
  constraint ledger_accounts_one_each UNIQUE (chain_id, location_id, kind, owner_id, currency),
  constraint ledger_accounts_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint ledger_accounts_kind_check CHECK ((kind = ANY (ARRAY['register'::text, 'clearing'::text, 'prepayments'::text, 'client'::text, 'unplaced'::text, 'income'::text, 'fees'::text, 'item'::text, 'tax'::text, 'opening'::text, 'between'::text, 'disputed'::text])))
);
CREATE TRIGGER cash_registers_open AFTER INSERT ON public.ledger_accounts FOR EACH ROW WHEN (((new.kind = 'register'::text) AND (new.owner_id = ANY (ARRAY['main'::text, 'card'::text])))) EXECUTE FUNCTION cash_registers_open();
CREATE TRIGGER client_accounts_follow AFTER UPDATE OF balance_minor ON public.ledger_accounts FOR EACH ROW WHEN (((new.kind = 'client'::text) AND (new.balance_minor <> old.balance_minor))) EXECUTE FUNCTION client_accounts_follow();
CREATE TRIGGER client_accounts_open AFTER INSERT ON public.ledger_accounts FOR EACH ROW WHEN ((new.kind = 'client'::text)) EXECUTE FUNCTION client_accounts_open();
CREATE TRIGGER ledger_accounts_guard_balance BEFORE UPDATE ON public.ledger_accounts FOR EACH ROW WHEN ((old.balance_minor <> new.balance_minor)) EXECUTE FUNCTION ledger_guard_balance();
CREATE TRIGGER ledger_accounts_identity BEFORE UPDATE ON public.ledger_accounts FOR EACH ROW WHEN (((((((old.chain_id IS DISTINCT FROM new.chain_id) OR (old.account_id IS DISTINCT FROM new.account_id)) OR (old.location_id IS DISTINCT FROM new.location_id)) OR (old.kind IS DISTINCT FROM new.kind)) OR (old.owner_id IS DISTINCT FROM new.owner_id)) OR (old.currency IS DISTINCT FROM new.currency))) EXECUTE FUNCTION ledger_is_append_only();

create table ledger_day_totals (
  chain_id   text not null,
  account_id text not null,
  day        date not null,
  in_minor   bigint not null,
  out_minor  bigint not null,
  constraint ledger_day_totals_pk PRIMARY KEY (chain_id, account_id, day)
);

create table ledger_entries (
  chain_id          text not null,
  entry_id          text not null,
  location_id       text not null,
  cause_kind        text not null,
  cause_id          text not null,
  happened_at       timestamp with time zone not null,
  recorded_at       timestamp with time zone not null,
  memo              text not null default ''::text,
  reverses_entry_id text,
  by_id             text,
  by_name           text,
  constraint ledger_entries_pk PRIMARY KEY (chain_id, entry_id),
  constraint ledger_entries_one_per_cause UNIQUE (chain_id, cause_kind, cause_id),
  constraint ledger_entries_reversed_once UNIQUE (chain_id, reverses_entry_id)
);
CREATE INDEX ledger_entries_by_time ON public.ledger_entries USING btree (chain_id, location_id, recorded_at);
CREATE INDEX ledger_entries_reversals ON public.ledger_entries USING btree (chain_id, location_id, entry_id, reverses_entry_id) WHERE (reverses_entry_id IS NOT NULL);
CREATE TRIGGER ledger_entries_after_closed_days BEFORE INSERT ON public.ledger_entries FOR EACH ROW EXECUTE FUNCTION ledger_after_closed_days();
CREATE TRIGGER ledger_entries_append_only BEFORE DELETE OR UPDATE ON public.ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER ledger_entries_live AFTER INSERT ON public.ledger_entries FOR EACH ROW EXECUTE FUNCTION money_live();
CREATE TRIGGER ledger_entries_no_truncate BEFORE TRUNCATE ON public.ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER ledger_entries_to_seal AFTER INSERT ON public.ledger_entries REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_to_seal();

create table ledger_postings (
  chain_id        text not null,
  entry_id        text not null,
  posting_no      smallint not null,
  from_account_id text not null,
  to_account_id   text not null,
  amount_minor    bigint not null,
  currency        text not null,
  purpose_kind    text,
  purpose_id      text,
  location_id     text not null,
  happened_at     timestamp with time zone not null,
  operation       text not null,
  item_id         text,
  constraint ledger_postings_pk PRIMARY KEY (chain_id, entry_id, posting_no),
  constraint ledger_postings_entry FOREIGN KEY (chain_id, entry_id) REFERENCES ledger_entries(chain_id, entry_id),
  constraint ledger_postings_from FOREIGN KEY (chain_id, from_account_id) REFERENCES ledger_accounts(chain_id, account_id),
  constraint ledger_postings_to FOREIGN KEY (chain_id, to_account_id) REFERENCES ledger_accounts(chain_id, account_id),
  constraint ledger_postings_amount_minor_check CHECK ((amount_minor > 0)),
  constraint ledger_postings_move CHECK ((from_account_id <> to_account_id)),
  constraint ledger_postings_operation_check CHECK ((operation = ANY (ARRAY['payment'::text, 'refund'::text, 'top_up'::text, 'credit'::text, 'spend'::text, 'unplaced'::text, 'transfer'::text, 'manual'::text, 'opening'::text, 'payout'::text, 'fee'::text, 'correction'::text, 'settlement'::text, 'income'::text, 'tax'::text, 'merge'::text, 'dispute'::text])))
);
CREATE INDEX ledger_postings_by_day ON public.ledger_postings USING btree (chain_id, location_id, happened_at, entry_id, posting_no);
CREATE INDEX ledger_postings_by_item ON public.ledger_postings USING btree (chain_id, location_id, item_id, happened_at, entry_id, posting_no) WHERE (item_id <> 'services'::text);
CREATE INDEX ledger_postings_by_operation ON public.ledger_postings USING btree (chain_id, location_id, operation, happened_at, entry_id, posting_no);
CREATE INDEX ledger_postings_from_account ON public.ledger_postings USING btree (chain_id, from_account_id, happened_at);
CREATE INDEX ledger_postings_purpose ON public.ledger_postings USING btree (chain_id, purpose_kind, purpose_id) WHERE (purpose_id IS NOT NULL);
CREATE INDEX ledger_postings_to_account ON public.ledger_postings USING btree (chain_id, to_account_id, happened_at);
CREATE TRIGGER ledger_keep_balances AFTER INSERT ON public.ledger_postings REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep_balances();
CREATE TRIGGER ledger_keep_day_totals AFTER INSERT ON public.ledger_postings REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep_day_totals();
CREATE TRIGGER ledger_keep_prepayments_owed AFTER INSERT ON public.ledger_postings REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep_prepayments_owed();
CREATE TRIGGER ledger_postings_append_only BEFORE DELETE OR UPDATE ON public.ledger_postings FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER ledger_postings_no_truncate BEFORE TRUNCATE ON public.ledger_postings FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER receipts_are_due AFTER INSERT ON public.ledger_postings REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION receipts_are_due();

create table ledger_seals (
  chain_id    text not null,
  location_id text not null,
  seq         bigint not null,
  entry_id    text not null,
  hash        bytea not null,
  sealed_at   timestamp with time zone not null,
  constraint ledger_seals_pk PRIMARY KEY (chain_id, location_id, seq),
  constraint ledger_seals_entry FOREIGN KEY (chain_id, entry_id) REFERENCES ledger_entries(chain_id, entry_id),
  constraint ledger_seals_one_each UNIQUE (chain_id, entry_id),
  constraint ledger_seals_hash_check CHECK ((octet_length(hash) = 32)),
  constraint ledger_seals_seq_check CHECK ((seq > 0))
);
CREATE TRIGGER ledger_seals_append_only BEFORE DELETE OR UPDATE ON public.ledger_seals FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER ledger_seals_no_truncate BEFORE TRUNCATE ON public.ledger_seals FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();

create table ledger_unsealed (
  chain_id    text not null,
  location_id text not null,
  entry_id    text not null,
  constraint ledger_unsealed_pk PRIMARY KEY (chain_id, location_id, entry_id)
);

create table live_changes (
  chain_id    text not null,
  location_id text not null,
  subject_id  text,
  money       boolean not null default false
);

create table locations (
  chain_id                     text not null,
  location_id                  text not null,
  slug                         text not null,
  name                         text not null,
  country                      text not null,
  currency                     text not null,
  time_zone                    text not null,
  default_language             text not null,
  languages                    text[] not null,
  address                      text not null default ''::text,
  phone                        text not null default ''::text,
  "position"                   smallint not null default 0,
  precedence                   text not null default 'strict'::text,
  step_minutes                 smallint not null default 15,
  lead_minutes                 integer not null default 60,
  horizon_days                 smallint not null default 60,
  any_staff                    boolean not null default true,
  processing_extension_minutes smallint not null default 30,
  holds_per_phone              smallint not null default 2,
  holds_per_address_per_hour   integer not null default 5,
  holds_share_percent          smallint not null default 30,
  terms                        jsonb not null default '{}'::jsonb,
  terms_version                integer not null default 1,
  rules_version                bigint not null default 1,
  created_at                   timestamp with time zone not null,
  cancellation                 jsonb not null default '{"steps": [{"hours": 24, "percent": 100}], "afterPercent": 0, "cancelOnline": {"prepaid": 0, "unprepaid": 0}, "noShowPercent": 0}'::jsonb,
  second_person_from_minor     bigint,
  tax_rate_id                  text,
  waiting_offer_minutes        smallint not null default 60,
  constraint locations_pk PRIMARY KEY (chain_id, location_id),
  constraint locations_chain FOREIGN KEY (chain_id) REFERENCES chains(chain_id),
  constraint locations_slug UNIQUE (chain_id, slug),
  constraint locations_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
  constraint locations_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint locations_holds_per_address_per_hour_check CHECK ((holds_per_address_per_hour >= 1)),
  constraint locations_holds_per_phone_check CHECK ((holds_per_phone >= 1)),
  constraint locations_holds_share_percent_check CHECK (((holds_share_percent >= 1) AND (holds_share_percent <= 100))),
  constraint locations_horizon_days_check CHECK (((horizon_days >= 1) AND (horizon_days <= 366))),
  constraint locations_lead_minutes_check CHECK ((lead_minutes >= 0)),
  constraint locations_precedence_check CHECK ((precedence = ANY (ARRAY['strict'::text, 'enabling'::text]))),
  constraint locations_processing_extension_minutes_check CHECK (((processing_extension_minutes >= 0) AND (processing_extension_minutes <= 30))),
  constraint locations_second_person_from_minor_check CHECK ((second_person_from_minor >= 0)),
  constraint locations_step_minutes_check CHECK ((step_minutes = ANY (ARRAY[5, 10, 15, 20, 30, 60]))),
  constraint locations_waiting_offer_minutes_check CHECK (((waiting_offer_minutes >= 5) AND (waiting_offer_minutes <= 1440)))
);
CREATE TRIGGER locations_free_days AFTER UPDATE ON public.locations FOR EACH ROW WHEN ((new.rules_version <> old.rules_version)) EXECUTE FUNCTION rules_free_days();
CREATE TRIGGER locations_live AFTER UPDATE ON public.locations FOR EACH ROW WHEN ((new.rules_version <> old.rules_version)) EXECUTE FUNCTION locations_live();
CREATE TRIGGER locations_open_booking_link AFTER INSERT ON public.locations FOR EACH ROW EXECUTE FUNCTION locations_open_booking_link();
CREATE TRIGGER locations_rules_moved BEFORE UPDATE ON public.locations FOR EACH ROW EXECUTE FUNCTION locations_rules_moved();

create table manual_entries (
  chain_id        text not null,
  location_id     text not null,
  manual_entry_id text not null,
  kind            text not null,
  key             text not null,
  client_id       text,
  staff_id        text,
  counterparty    text not null default ''::text,
  comment         text not null default ''::text,
  replaces_id     text,
  constraint manual_entries_pk PRIMARY KEY (chain_id, manual_entry_id),
  constraint manual_entries_client FOREIGN KEY (chain_id, client_id) REFERENCES clients(chain_id, client_id),
  constraint manual_entries_replaces FOREIGN KEY (chain_id, replaces_id) REFERENCES manual_entries(chain_id, manual_entry_id),
  constraint manual_entries_staff FOREIGN KEY (chain_id, location_id, staff_id) REFERENCES staff(chain_id, location_id, staff_id),
  constraint manual_entries_once UNIQUE (chain_id, location_id, key),
  constraint manual_entries_replaced_once UNIQUE (chain_id, replaces_id),
  constraint manual_entries_kind_check CHECK ((kind = ANY (ARRAY['manual'::text, 'transfer'::text, 'opening'::text])))
);
CREATE INDEX manual_entries_of_client ON public.manual_entries USING btree (chain_id, client_id) WHERE (client_id IS NOT NULL);

create table membership_types (
  chain_id     text not null,
  type_id      text not null,
  name         text not null,
  currency     text not null,
  price_minor  bigint not null,
  visits       smallint,
  period_count smallint,
  period_unit  text,
  begins       text not null,
  location_ids text[] not null,
  service_ids  text[],
  freeze_days  smallint not null default 0,
  freeze_times smallint not null default 0,
  late_hours   smallint,
  online       boolean not null default false,
  version      integer not null default 1,
  made_at      timestamp with time zone not null,
  archived_at  timestamp with time zone,
  constraint membership_types_pk PRIMARY KEY (chain_id, type_id),
  constraint membership_types_begins CHECK (((begins = 'sale'::text) OR (period_count IS NOT NULL))),
  constraint membership_types_begins_check CHECK ((begins = ANY (ARRAY['sale'::text, 'first_visit'::text]))),
  constraint membership_types_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text)),
  constraint membership_types_ends CHECK (((visits IS NOT NULL) OR (period_count IS NOT NULL))),
  constraint membership_types_freeze_days_check CHECK (((freeze_days >= 0) AND (freeze_days <= 1000))),
  constraint membership_types_freeze_times_check CHECK (((freeze_times >= 0) AND (freeze_times <= 100))),
  constraint membership_types_late_hours_check CHECK (((late_hours >= 0) AND (late_hours <= 1000))),
  constraint membership_types_period CHECK (((period_count >= 1) AND (period_count <= 1000))),
  constraint membership_types_period_unit_check CHECK ((period_unit = ANY (ARRAY['days'::text, 'months'::text]))),
  constraint membership_types_price CHECK ((price_minor > 0)),
  constraint membership_types_unit CHECK (((period_count IS NULL) = (period_unit IS NULL))),
  constraint membership_types_visits CHECK (((visits >= 1) AND (visits <= 1000)))
);
CREATE UNIQUE INDEX membership_types_name ON public.membership_types USING btree (chain_id, lower(name)) WHERE (archived_at IS NULL);

create table membership_visits (
  chain_id       text not null,
  visit_id       text not null,
  location_id    text not null,
  membership_id  text not null,
  appointment_id text not null,
  service_id     text not null,
  status         text not null,
  because        text not null,
  before         jsonb not null,
  made_at        timestamp with time zone not null,
  changed_at     timestamp with time zone not null,
  due_at         timestamp with time zone,
  late_from      timestamp with time zone,
  constraint membership_visits_pk PRIMARY KEY (chain_id, visit_id),
  constraint membership_visits_appointment FOREIGN KEY (chain_id, appointment_id) REFERENCES appointments(chain_id, appointment_id),
  constraint membership_visits_membership FOREIGN KEY (chain_id, membership_id) REFERENCES memberships(chain_id, membership_id),
  constraint membership_visits_due CHECK (((status = 'reserved'::text) = (due_at IS NOT NULL))),
  constraint membership_visits_status_check CHECK ((status = ANY (ARRAY['reserved'::text, 'used'::text, 'returned'::text])))
);
CREATE INDEX membership_visits_at ON public.membership_visits USING btree (chain_id, appointment_id);
CREATE INDEX membership_visits_due_at ON public.membership_visits USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX membership_visits_of ON public.membership_visits USING btree (chain_id, membership_id, made_at);
CREATE TRIGGER membership_visits_counted AFTER UPDATE OF status ON public.membership_visits FOR EACH ROW WHEN ((old.status <> new.status)) EXECUTE FUNCTION membership_visits_are_counted();
CREATE TRIGGER membership_visits_counted_new AFTER INSERT ON public.membership_visits FOR EACH ROW EXECUTE FUNCTION membership_visits_are_counted();

create table memberships (
  chain_id        text not null,
  membership_id   text not null,
  location_id     text not null,
  client_id       text not null,
  type_id         text not null,
  name            text not null,
  currency        text not null,
  price_minor     bigint not null,
  visits          smallint,
  period_count    smallint,
  period_unit     text,
  begins          text not null,
  location_ids    text[] not null,
  service_ids     text[],
  freeze_days     smallint not null,
  freeze_times    smallint not null,
  late_hours      smallint,
  tax             jsonb,
  time_zone       text not null,
  way             text not null,
  key             text not null,
  register_id     text,
  account_type_id text,
  attempt_id      text,
  made_at         timestamp with time zone not null,
  user_id         text,
  user_name       text not null default ''::text,
  sold_at         timestamp with time zone,
  cancelled_at    timestamp with time zone,
  begins_at       timestamp with time zone,
  ends_at         timestamp with time zone,
  visits_reserved integer not null default 0,
  visits_used     integer not null default 0,
  frozen_from     timestamp with time zone,
  frozen_until    timestamp with time zone,
  frozen_days     smallint not null default 0,
  frozen_times    smallint not null default 0,
  refund_id       text,
  refunding_since timestamp with time zone,
  refunded_minor  bigint not null default 0,
  ended_at        timestamp with time zone,
  income_due_at   timestamp with time zone,
  income_steps    integer not null default 0,
  version         integer not null default 1,
  return_to       jsonb,
  told_used_up_at timestamp with time zone,
  told_ending_at  timestamp with time zone,
  link_id         text,
  analytics       jsonb,
  constraint memberships_pk PRIMARY KEY (chain_id, membership_id),
  constraint memberships_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id),
  constraint memberships_type FOREIGN KEY (chain_id, type_id) REFERENCES membership_types(chain_id, type_id),
  constraint memberships_once UNIQUE (chain_id, location_id, key),
  constraint memberships_are_never_overspent CHECK (((visits IS NULL) OR ((visits_reserved + visits_used) <= visits))),
  constraint memberships_frozen CHECK ((((frozen_from IS NULL) = (frozen_until IS NULL)) AND (frozen_until > frozen_from))),
  constraint memberships_price_minor_check CHECK ((price_minor > 0)),
  constraint memberships_refunded_within CHECK (((refunded_minor >= 0) AND (refunded_minor <= price_minor))),
  constraint memberships_visits_reserved_check CHECK ((visits_reserved >= 0)),
  constraint memberships_visits_used_check CHECK ((visits_used >= 0)),
  constraint memberships_way_check CHECK ((way = ANY (ARRAY['register'::text, 'account'::text, 'link'::text])))
);
CREATE INDEX memberships_attempt ON public.memberships USING btree (chain_id, attempt_id) WHERE (attempt_id IS NOT NULL);
CREATE INDEX memberships_ending ON public.memberships USING btree (ends_at) WHERE ((told_ending_at IS NULL) AND (sold_at IS NOT NULL) AND (ended_at IS NULL));
CREATE INDEX memberships_income ON public.memberships USING btree (income_due_at) WHERE (income_due_at IS NOT NULL);
CREATE INDEX memberships_of_client ON public.memberships USING btree (chain_id, client_id, made_at);
CREATE INDEX memberships_refund ON public.memberships USING btree (chain_id, refund_id) WHERE (refund_id IS NOT NULL);
CREATE INDEX memberships_used_up ON public.memberships USING btree (sold_at) WHERE ((told_used_up_at IS NULL) AND (visits_used >= visits));
CREATE TRIGGER memberships_refund_again AFTER UPDATE OF refunding_since ON public.memberships FOR EACH ROW WHEN (((old.refunding_since IS NULL) AND (new.refunding_since IS NOT NULL))) EXECUTE FUNCTION memberships_refund_again();

create table message_channels (
  chain_id    text not null,
  location_id text not null,
  channel     text not null,
  adapter     text not null,
  sender      text not null,
  settings    bytea not null,
  hints       jsonb not null,
  enabled     boolean not null,
  version     integer not null default 1,
  constraint message_channels_pk PRIMARY KEY (chain_id, location_id, channel),
  constraint message_channels_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id),
  constraint message_channels_adapter_check CHECK ((adapter = ANY (ARRAY['smtp'::text, 'twilio'::text, 'http'::text, 'sandbox'::text]))),
  constraint message_channels_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text])))
);
CREATE TRIGGER rules_moved_delete AFTER DELETE ON public.message_channels REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_insert AFTER INSERT ON public.message_channels REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_update AFTER UPDATE ON public.message_channels REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();

create table message_kinds (
  chain_id     text not null,
  location_id  text not null,
  kind         text not null,
  email        boolean not null,
  sms          boolean not null,
  hours_before smallint,
  constraint message_kinds_pk PRIMARY KEY (chain_id, location_id, kind),
  constraint message_kinds_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id),
  constraint message_kinds_hours_before_check CHECK (((hours_before >= 1) AND (hours_before <= 168)))
);

create table message_templates (
  chain_id    text not null,
  location_id text not null,
  kind        text not null,
  channel     text not null,
  language    text not null,
  subject     text not null,
  body        text not null,
  constraint message_templates_pk PRIMARY KEY (chain_id, location_id, kind, channel, language),
  constraint message_templates_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id),
  constraint message_templates_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text])))
);

create table messages (
  chain_id     text not null,
  message_id   text not null,
  location_id  text not null,
  cause        text not null,
  kind         text not null,
  channel      text not null,
  subject_kind text not null,
  subject_id   text not null,
  client_id    text,
  status       text not null,
  because      text not null default ''::text,
  due_at       timestamp with time zone,
  tries        smallint not null default 0,
  recipient    text,
  language     text,
  subject      text,
  body         text,
  provider_id  text,
  created_at   timestamp with time zone not null,
  sent_at      timestamp with time zone,
  constraint messages_pk PRIMARY KEY (chain_id, message_id),
  constraint messages_once UNIQUE (chain_id, cause, kind, channel),
  constraint messages_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text]))),
  constraint messages_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'dropped'::text, 'unclear'::text]))),
  constraint messages_subject_kind_check CHECK ((subject_kind ~ '^[a-z][a-z_]{0,39}$'::text)),
  constraint messages_waits CHECK (((due_at IS NOT NULL) = (status = ANY (ARRAY['waiting'::text, 'sending'::text]))))
);
CREATE INDEX messages_due ON public.messages USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX messages_newest ON public.messages USING btree (chain_id, location_id, created_at DESC);
CREATE INDEX messages_of_client ON public.messages USING btree (chain_id, client_id) WHERE (client_id IS NOT NULL);

create table noted_payments (
  chain_id       text not null,
  location_id    text not null,
  attempt_id     text not null,
  captured_minor bigint not null,
  refunded_minor bigint not null default 0,
  noted_at       timestamp with time zone not null,
  constraint noted_payments_pkey PRIMARY KEY (chain_id, attempt_id),
  constraint noted_payments_chain_id_attempt_id_fkey FOREIGN KEY (chain_id, attempt_id) REFERENCES payment_attempts(chain_id, attempt_id),
  constraint noted_captured_is_something CHECK ((captured_minor > 0)),
  constraint noted_refund_is_left CHECK (((refunded_minor >= 0) AND (refunded_minor <= captured_minor)))
);

create table occupancy (
  chain_id    text not null,
  location_id text not null,
  resource_id text not null,
  span        tstzrange not null,
  source_kind text not null,
  source_id   text not null,
  segment     smallint not null default 0,
  frees_at    timestamp with time zone,
  constraint occupancy_pk PRIMARY KEY (chain_id, source_kind, source_id, segment),
  constraint occupancy_does_not_overlap EXCLUDE USING gist (chain_id WITH =, resource_id WITH =, span WITH &&),
  constraint occupancy_is_at_most_a_day CHECK (((upper(span) - lower(span)) <= '26:00:00'::interval)),
  constraint occupancy_is_half_open CHECK (((NOT isempty(span)) AND lower_inc(span) AND (NOT upper_inc(span)))),
  constraint occupancy_source_kind_check CHECK ((source_kind = ANY (ARRAY['appointment'::text, 'break'::text, 'event'::text, 'offer'::text])))
);
CREATE INDEX occupancy_busy ON public.occupancy USING btree (chain_id, resource_id, lower(span)) INCLUDE (span, frees_at);
CREATE INDEX occupancy_held ON public.occupancy USING btree (chain_id, location_id, lower(span)) WHERE (frees_at IS NOT NULL);
CREATE TRIGGER occupancy_frees_days AFTER DELETE OR UPDATE OF span, resource_id ON public.occupancy FOR EACH ROW EXECUTE FUNCTION occupancy_frees_days();
CREATE TRIGGER occupancy_live_gone AFTER DELETE ON public.occupancy FOR EACH ROW WHEN ((old.source_kind <> 'appointment'::text)) EXECUTE FUNCTION occupancy_live();
CREATE TRIGGER occupancy_live_made AFTER INSERT OR UPDATE ON public.occupancy FOR EACH ROW WHEN ((new.source_kind <> 'appointment'::text)) EXECUTE FUNCTION occupancy_live();

create table outbox (
  chain_id   text not null,
  outbox_id  text not null,
  topic      text not null,
  subject_id text not null,
  payload    jsonb not null default '{}'::jsonb,
  told_at    timestamp with time zone not null,
  due_at     timestamp with time zone,
  tries      integer not null default 0,
  last_error text,
  constraint outbox_pk PRIMARY KEY (chain_id, outbox_id)
);
CREATE INDEX outbox_done ON public.outbox USING btree (told_at) WHERE (due_at IS NULL);
CREATE INDEX outbox_due ON public.outbox USING btree (due_at) WHERE (due_at IS NOT NULL);

create table payment_attempts (
  chain_id            text not null,
  attempt_id          text not null,
  location_id         text not null,
  connection_id       text not null,
  order_kind          text not null,
  order_id            text not null,
  reference           text not null,
  idempotency_key     text not null,
  amount_minor        bigint not null,
  currency            text not null,
  status              text not null,
  payable_until       timestamp with time zone not null,
  look_at             timestamp with time zone,
  looks               integer not null default 0,
  superseded_at       timestamp with time zone,
  asked_at            timestamp with time zone,
  request             jsonb,
  provider_payment_id text,
  page_url            text,
  captured_minor      bigint not null default 0,
  captured_currency   text,
  captured_at         timestamp with time zone,
  refunded_minor      bigint not null default 0,
  last_error          text,
  created_at          timestamp with time zone not null,
  page                jsonb,
  constraint payment_attempts_pk PRIMARY KEY (chain_id, attempt_id),
  constraint payment_attempts_connection FOREIGN KEY (chain_id, connection_id) REFERENCES provider_connections(chain_id, connection_id),
  constraint payment_attempts_reference UNIQUE (chain_id, reference),
  constraint payment_attempts_amount_minor_check CHECK ((amount_minor > 0)),
  constraint payment_attempts_captured CHECK ((((status = 'captured'::text) = (captured_minor > 0)) AND ((status = 'captured'::text) = (captured_at IS NOT NULL)) AND ((status = 'captured'::text) = (captured_currency IS NOT NULL)))),
  constraint payment_attempts_captured_minor_check CHECK ((captured_minor >= 0)),
  constraint payment_attempts_final_is_not_asked CHECK (((look_at IS NULL) = (status = ANY (ARRAY['captured'::text, 'failed'::text, 'closed'::text])))),
  constraint payment_attempts_refund_within CHECK ((refunded_minor <= captured_minor)),
  constraint payment_attempts_refunded_minor_check CHECK ((refunded_minor >= 0)),
  constraint payment_attempts_status_check CHECK ((status = ANY (ARRAY['intended'::text, 'open'::text, 'processing'::text, 'captured'::text, 'failed'::text, 'closed'::text])))
);
CREATE INDEX payment_attempts_look_at ON public.payment_attempts USING btree (look_at) WHERE (look_at IS NOT NULL);
CREATE INDEX payment_attempts_of_connection ON public.payment_attempts USING btree (chain_id, connection_id) WHERE (status = ANY (ARRAY['intended'::text, 'open'::text, 'processing'::text]));
CREATE UNIQUE INDEX payment_attempts_one_live ON public.payment_attempts USING btree (chain_id, order_kind, order_id) WHERE ((status = ANY (ARRAY['intended'::text, 'open'::text, 'processing'::text])) AND (superseded_at IS NULL));
CREATE INDEX payment_attempts_order ON public.payment_attempts USING btree (chain_id, order_kind, order_id);
CREATE INDEX payment_attempts_provider_id ON public.payment_attempts USING btree (chain_id, connection_id, provider_payment_id);
CREATE TRIGGER payment_attempts_keep_history BEFORE UPDATE ON public.payment_attempts FOR EACH ROW WHEN (((new.captured_minor < old.captured_minor) OR (new.refunded_minor < old.refunded_minor) OR ((old.status = 'captured'::text) AND (new.status <> 'captured'::text)) OR (((((((old.amount_minor IS DISTINCT FROM new.amount_minor) OR (old.currency IS DISTINCT FROM new.currency)) OR (old.reference IS DISTINCT FROM new.reference)) OR (old.idempotency_key IS DISTINCT FROM new.idempotency_key)) OR (old.connection_id IS DISTINCT FROM new.connection_id)) OR (old.order_kind IS DISTINCT FROM new.order_kind)) OR (old.order_id IS DISTINCT FROM new.order_id)))) EXECUTE FUNCTION payment_attempts_keep_history();
CREATE TRIGGER payment_attempts_live AFTER UPDATE ON public.payment_attempts FOR EACH ROW WHEN (((new.status <> old.status) OR (new.superseded_at IS DISTINCT FROM old.superseded_at))) EXECUTE FUNCTION payment_attempts_live();
CREATE TRIGGER payment_lines_end_with_attempt AFTER UPDATE OF status, superseded_at ON public.payment_attempts FOR EACH ROW WHEN (((new.status = ANY (ARRAY['captured'::text, 'failed'::text, 'closed'::text])) OR (new.superseded_at IS NOT NULL))) EXECUTE FUNCTION payment_lines_end_with_attempt();
CREATE CONSTRAINT TRIGGER payments_tell_webhooks AFTER UPDATE OF captured_minor, refunded_minor ON public.payment_attempts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.captured_minor > old.captured_minor) OR (new.refunded_minor > old.refunded_minor))) EXECUTE FUNCTION payments_tell_webhooks();

create table payment_dispute_moves (
  chain_id      text not null,
  connection_id text not null,
  line_id       text not null,
  location_id   text not null,
  dispute_id    text not null,
  attempt_id    text not null,
  amount_minor  bigint not null,
  currency      text not null,
  at            timestamp with time zone not null,
  constraint payment_dispute_moves_pk PRIMARY KEY (chain_id, connection_id, line_id),
  constraint payment_dispute_moves_dispute FOREIGN KEY (chain_id, dispute_id) REFERENCES payment_disputes(chain_id, dispute_id),
  constraint payment_dispute_moves_amount_minor_check CHECK ((amount_minor <> 0))
);
CREATE INDEX payment_dispute_moves_of_attempt ON public.payment_dispute_moves USING btree (chain_id, attempt_id);

create table payment_disputes (
  chain_id            text not null,
  dispute_id          text not null,
  location_id         text not null,
  attempt_id          text not null,
  connection_id       text not null,
  provider_dispute_id text not null,
  amount_minor        bigint not null,
  currency            text not null,
  reason              text not null,
  stage               text not null,
  state               text not null,
  respond_by          timestamp with time zone,
  opened_at           timestamp with time zone not null,
  learned_at          timestamp with time zone not null,
  changed_at          timestamp with time zone not null,
  withdrawn_minor     bigint not null default 0,
  lost_minor          bigint not null default 0,
  loss_steps          integer not null default 0,
  answered_at         timestamp with time zone,
  answered_by         text,
  accepted_by         text,
  look_at             timestamp with time zone,
  constraint payment_disputes_pk PRIMARY KEY (chain_id, dispute_id),
  constraint payment_disputes_attempt FOREIGN KEY (chain_id, attempt_id) REFERENCES payment_attempts(chain_id, attempt_id),
  constraint payment_disputes_once UNIQUE (chain_id, attempt_id, provider_dispute_id),
  constraint payment_disputes_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint payment_disputes_lost CHECK (((lost_minor >= 0) AND (lost_minor <= GREATEST(withdrawn_minor, (0)::bigint)))),
  constraint payment_disputes_stage_check CHECK ((stage = ANY (ARRAY['inquiry'::text, 'chargeback'::text]))),
  constraint payment_disputes_state_check CHECK ((state = ANY (ARRAY['needs_response'::text, 'under_review'::text, 'won'::text, 'lost'::text, 'closed'::text]))),
  constraint payment_disputes_waits CHECK (((look_at IS NULL) = (state = ANY (ARRAY['won'::text, 'lost'::text, 'closed'::text]))))
);
CREATE INDEX payment_disputes_look_at ON public.payment_disputes USING btree (look_at) WHERE (look_at IS NOT NULL);
CREATE INDEX payment_disputes_of_connection ON public.payment_disputes USING btree (chain_id, connection_id);
CREATE INDEX payment_disputes_of_location ON public.payment_disputes USING btree (chain_id, location_id, opened_at);

create table payment_items (
  chain_id    text not null,
  location_id text not null,
  item_id     text not null,
  name        text not null,
  direction   text not null,
  "position"  integer not null,
  version     integer not null default 1,
  archived_at timestamp with time zone,
  constraint payment_items_pk PRIMARY KEY (chain_id, item_id),
  constraint payment_items_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text])))
);
CREATE UNIQUE INDEX payment_items_name ON public.payment_items USING btree (chain_id, location_id, direction, lower(name)) WHERE (archived_at IS NULL);
CREATE INDEX payment_items_of_location ON public.payment_items USING btree (chain_id, location_id, "position");

create table payment_lines (
  chain_id           text not null,
  attempt_id         text not null,
  line_no            smallint not null,
  purpose_kind       text not null,
  purpose_id         text not null,
  amount_minor       bigint not null,
  outcome            text not null default 'pending'::text,
  account_id         text,
  placed_minor       bigint not null default 0,
  refunded_minor     bigint not null default 0,
  placed_at          timestamp with time zone,
  live               boolean not null default false,
  disputed_minor     bigint not null default 0,
  charged_back_minor bigint not null default 0,
  constraint payment_lines_pk PRIMARY KEY (chain_id, attempt_id, line_no),
  constraint payment_lines_account FOREIGN KEY (chain_id, account_id) REFERENCES ledger_accounts(chain_id, account_id),
  constraint payment_lines_attempt FOREIGN KEY (chain_id, attempt_id) REFERENCES payment_attempts(chain_id, attempt_id),
  constraint payment_lines_amount_minor_check CHECK ((amount_minor > 0)),
  constraint payment_lines_charged_back CHECK ((charged_back_minor >= 0)),
  constraint payment_lines_disputed CHECK ((disputed_minor >= 0)),
  constraint payment_lines_outcome_check CHECK ((outcome = ANY (ARRAY['pending'::text, 'applied'::text, 'credited'::text, 'unplaced'::text, 'handed_back'::text]))),
  constraint payment_lines_placed CHECK ((((outcome = 'pending'::text) = (placed_at IS NULL)) AND ((outcome = 'pending'::text) = (account_id IS NULL)))),
  constraint payment_lines_refund_within CHECK (((refunded_minor >= 0) AND (refunded_minor <= placed_minor)))
);
CREATE UNIQUE INDEX payment_lines_one_live ON public.payment_lines USING btree (chain_id, purpose_kind, purpose_id) WHERE live;
CREATE INDEX payment_lines_purpose ON public.payment_lines USING btree (chain_id, purpose_kind, purpose_id);

create table payment_links (
  chain_id       text not null,
  appointment_id text not null,
  location_id    text not null,
  made_at        timestamp with time zone not null,
  made_by        text not null,
  constraint payment_links_pk PRIMARY KEY (chain_id, appointment_id),
  constraint payment_links_appointment FOREIGN KEY (chain_id, appointment_id) REFERENCES appointments(chain_id, appointment_id)
);

create table payment_methods (
  chain_id      text not null,
  location_id   text not null,
  method        text not null,
  enabled       boolean not null default false,
  connection_id text,
  version       integer not null default 1,
  constraint payment_methods_pk PRIMARY KEY (chain_id, location_id, method),
  constraint payment_methods_connection FOREIGN KEY (chain_id, connection_id) REFERENCES provider_connections(chain_id, connection_id),
  constraint payment_methods_method_check CHECK ((method = ANY (ARRAY['online_registration'::text, 'visit_link'::text]))),
  constraint payment_methods_on_needs_connection CHECK (((NOT enabled) OR (connection_id IS NOT NULL)))
);
CREATE TRIGGER rules_moved_delete AFTER DELETE ON public.payment_methods REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_insert AFTER INSERT ON public.payment_methods REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_update AFTER UPDATE ON public.payment_methods REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();

create table payment_refunds (
  chain_id              text not null,
  refund_id             text not null,
  location_id           text not null,
  attempt_id            text not null,
  amount_minor          bigint not null,
  currency              text not null,
  refunded_before_minor bigint not null,
  idempotency_key       text not null,
  status                text not null,
  provider_refund_id    text,
  look_at               timestamp with time zone,
  looks                 integer not null default 0,
  last_error            text,
  made_at               timestamp with time zone not null,
  made_by               text not null,
  done_at               timestamp with time zone,
  line_no               smallint,
  held_minor            bigint not null default 0,
  constraint payment_refunds_pk PRIMARY KEY (chain_id, refund_id),
  constraint payment_refunds_attempt FOREIGN KEY (chain_id, attempt_id) REFERENCES payment_attempts(chain_id, attempt_id),
  constraint payment_refunds_amount_minor_check CHECK ((amount_minor > 0)),
  constraint payment_refunds_final_is_not_asked CHECK ((((look_at IS NULL) = (status = ANY (ARRAY['refunded'::text, 'failed'::text]))) AND ((done_at IS NULL) = (look_at IS NOT NULL)))),
  constraint payment_refunds_held_minor_check CHECK ((held_minor >= 0)),
  constraint payment_refunds_refunded_before_minor_check CHECK ((refunded_before_minor >= 0)),
  constraint payment_refunds_status_check CHECK ((status = ANY (ARRAY['intended'::text, 'pending'::text, 'refunded'::text, 'failed'::text])))
);
CREATE INDEX payment_refunds_look_at ON public.payment_refunds USING btree (look_at) WHERE (look_at IS NOT NULL);
CREATE INDEX payment_refunds_of_attempt ON public.payment_refunds USING btree (chain_id, attempt_id);
CREATE UNIQUE INDEX payment_refunds_one_live ON public.payment_refunds USING btree (chain_id, attempt_id) WHERE (status = ANY (ARRAY['intended'::text, 'pending'::text]));
CREATE TRIGGER payment_refunds_end_memberships AFTER UPDATE OF status ON public.payment_refunds FOR EACH ROW WHEN (((old.status <> new.status) AND (new.status = ANY (ARRAY['failed'::text, 'refunded'::text])))) EXECUTE FUNCTION payment_refunds_end_memberships();
CREATE TRIGGER payment_refunds_end_reversals AFTER UPDATE OF status ON public.payment_refunds FOR EACH ROW WHEN (((old.status <> new.status) AND (new.status = ANY (ARRAY['failed'::text, 'refunded'::text])))) EXECUTE FUNCTION payment_refunds_end_reversals();

create table phone_code_budgets (
  chain_id      text not null,
  location_id   text not null,
  codes_per_day integer not null,
  version       integer not null default 1,
  constraint phone_code_budgets_pk PRIMARY KEY (chain_id, location_id),
  constraint phone_code_budgets_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id),
  constraint phone_code_budgets_codes_per_day_check CHECK (((codes_per_day >= 1) AND (codes_per_day <= 100000)))
);

create table phone_codes (
  chain_id     text not null,
  code_id      text not null,
  location_id  text not null,
  draft_id     text not null,
  phone        text not null,
  code_hash    bytea not null,
  proof_hash   bytea not null,
  language     text not null,
  host         text not null,
  address_hash text not null,
  sent         boolean not null,
  tries        smallint not null default 0,
  asked_at     timestamp with time zone not null,
  expires_at   timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  used_at      timestamp with time zone,
  constraint phone_codes_pk PRIMARY KEY (chain_id, code_id),
  constraint phone_codes_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id),
  constraint phone_codes_tries CHECK (((tries >= 0) AND (tries <= 5)))
);
CREATE INDEX phone_codes_address ON public.phone_codes USING btree (chain_id, address_hash, asked_at DESC);
CREATE INDEX phone_codes_draft ON public.phone_codes USING btree (chain_id, draft_id, phone, asked_at DESC);
CREATE INDEX phone_codes_old ON public.phone_codes USING btree (asked_at);
CREATE INDEX phone_codes_phone ON public.phone_codes USING btree (chain_id, phone, asked_at DESC);
CREATE INDEX phone_codes_sent ON public.phone_codes USING btree (chain_id, location_id, asked_at DESC) WHERE sent;

create table pictures (
  chain_id    text not null,
  picture_id  text not null,
  location_id text not null,
  media_type  text not null,
  bytes       bytea not null,
  created_at  timestamp with time zone not null,
  constraint pictures_pk PRIMARY KEY (chain_id, picture_id),
  constraint pictures_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id),
  constraint pictures_media_type CHECK ((media_type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text, 'image/webp'::text]))),
  constraint pictures_small CHECK (((octet_length(bytes) >= 1) AND (octet_length(bytes) <= 204800)))
);

create table positions (
  chain_id    text not null,
  location_id text not null,
  position_id text not null,
  name        text not null,
  version     integer not null default 1,
  constraint positions_pk PRIMARY KEY (chain_id, location_id, position_id),
  constraint positions_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id)
);
CREATE TRIGGER positions_version BEFORE UPDATE ON public.positions FOR EACH ROW EXECUTE FUNCTION catalogue_row_changed();
CREATE TRIGGER rules_moved_delete AFTER DELETE ON public.positions REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_insert AFTER INSERT ON public.positions REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_update AFTER UPDATE ON public.positions REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();

create table prepayments_owed (
  chain_id   text not null,
  account_id text not null,
  purpose_id text not null,
  constraint prepayments_owed_pk PRIMARY KEY (chain_id, account_id, purpose_id)
);

create table provider_connections (
  chain_id            text not null,
  connection_id       text not null,
  location_id         text not null,
  provider            text not null,
  label               text not null,
  credentials         bytea not null,
  credential_hints    jsonb not null,
  sandbox             boolean not null,
  register_account_id text not null,
  created_at          timestamp with time zone not null,
  version             integer not null default 1,
  account_id          text,
  account             text,
  tested_at           timestamp with time zone,
  refused_at          timestamp with time zone,
  refused_why         text,
  archived_at         timestamp with time zone,
  ends_at             timestamp with time zone,
  end_notice_at       timestamp with time zone,
  constraint provider_connections_pk PRIMARY KEY (chain_id, connection_id),
  constraint provider_connections_register FOREIGN KEY (chain_id, register_account_id) REFERENCES ledger_accounts(chain_id, account_id)
);
CREATE INDEX provider_connections_end_notice_at ON public.provider_connections USING btree (end_notice_at) WHERE (end_notice_at IS NOT NULL);
CREATE INDEX provider_connections_of_location ON public.provider_connections USING btree (chain_id, location_id);
CREATE TRIGGER provider_connections_refused AFTER UPDATE OF refused_at ON public.provider_connections FOR EACH ROW WHEN (((new.refused_at IS NOT NULL) AND (new.refused_at IS DISTINCT FROM old.refused_at))) EXECUTE FUNCTION provider_connections_refused();
CREATE TRIGGER reconciliation_begins AFTER INSERT ON public.provider_connections FOR EACH ROW EXECUTE FUNCTION reconciliation_begins();

create table provider_fees (
  chain_id      text not null,
  connection_id text not null,
  fee_key       text not null,
  location_id   text not null,
  attempt_id    text,
  currency      text not null,
  told_minor    bigint not null,
  posted_minor  bigint not null default 0,
  steps         integer not null default 0,
  source        text not null,
  due           boolean not null default false,
  told_at       timestamp with time zone not null,
  constraint provider_fees_pk PRIMARY KEY (chain_id, connection_id, fee_key, currency),
  constraint provider_fees_source CHECK ((source = ANY (ARRAY['assumed'::text, 'payment'::text, 'line'::text, 'accepted'::text])))
);
CREATE INDEX provider_fees_due ON public.provider_fees USING btree (chain_id, connection_id) WHERE due;
CREATE INDEX provider_fees_of_attempt ON public.provider_fees USING btree (chain_id, attempt_id) WHERE (attempt_id IS NOT NULL);

create table receipt_series (
  chain_id    text not null,
  location_id text not null,
  series      text not null,
  year        smallint not null,
  last_number integer not null,
  constraint receipt_series_pk PRIMARY KEY (chain_id, location_id, series, year),
  constraint receipt_series_grows CHECK ((last_number >= 0))
);

create table receipt_settings (
  chain_id           text not null,
  location_id        text not null,
  receipt_series     text not null default 'R'::text,
  credit_note_series text not null default 'CN'::text,
  names_client       boolean not null default true,
  footer             text not null default ''::text,
  version            integer not null default 1,
  constraint receipt_settings_pk PRIMARY KEY (chain_id, location_id),
  constraint receipt_settings_credit_notes CHECK ((credit_note_series ~ '^[A-Z0-9]{1,8}$'::text)),
  constraint receipt_settings_differ CHECK ((receipt_series <> credit_note_series)),
  constraint receipt_settings_receipts CHECK ((receipt_series ~ '^[A-Z0-9]{1,8}$'::text))
);

create table receipts (
  chain_id     text not null,
  receipt_id   text not null,
  location_id  text not null,
  kind         text not null,
  series       text not null,
  year         smallint not null,
  number       integer not null,
  name         text not null,
  entry_id     text not null,
  of_receipt   text,
  client_id    text,
  client_name  text,
  search       text not null default ''::text,
  purpose_id   text,
  amount_minor bigint not null,
  currency     text not null,
  happened_at  timestamp with time zone not null,
  issued_at    timestamp with time zone not null,
  language     text not null,
  content      jsonb not null,
  constraint receipts_pk PRIMARY KEY (chain_id, receipt_id),
  constraint receipts_entry FOREIGN KEY (chain_id, entry_id) REFERENCES ledger_entries(chain_id, entry_id),
  constraint receipts_of FOREIGN KEY (chain_id, of_receipt) REFERENCES receipts(chain_id, receipt_id),
  constraint receipts_numbered_once UNIQUE (chain_id, location_id, series, year, number),
  constraint receipts_amount_minor_check CHECK ((amount_minor > 0)),
  constraint receipts_kind_check CHECK ((kind = ANY (ARRAY['receipt'::text, 'credit_note'::text]))),
  constraint receipts_number_check CHECK ((number >= 1))
);
CREATE INDEX receipts_by_day ON public.receipts USING btree (chain_id, location_id, happened_at, receipt_id);
CREATE INDEX receipts_of_purpose ON public.receipts USING btree (chain_id, purpose_id) WHERE (purpose_id IS NOT NULL);
CREATE UNIQUE INDEX receipts_once_per_entry ON public.receipts USING btree (chain_id, entry_id, COALESCE(of_receipt, ''::text), ((content ->> 'paidBy'::text)));
CREATE INDEX receipts_taken_back ON public.receipts USING btree (chain_id, of_receipt) WHERE (of_receipt IS NOT NULL);
CREATE TRIGGER receipts_are_kept BEFORE DELETE OR UPDATE ON public.receipts FOR EACH STATEMENT EXECUTE FUNCTION receipts_are_kept();
CREATE TRIGGER receipts_are_not_emptied BEFORE TRUNCATE ON public.receipts FOR EACH STATEMENT EXECUTE FUNCTION receipts_are_kept();

create table receipts_due (
  chain_id    text not null,
  entry_id    text not null,
  location_id text not null,
  noted_no    bigint not null,
  tries       smallint not null default 0,
  try_at      timestamp with time zone,
  constraint receipts_due_pk PRIMARY KEY (chain_id, entry_id)
);
CREATE INDEX receipts_due_in_order ON public.receipts_due USING btree (chain_id, location_id, noted_no);

create table reconciliation_settings (
  chain_id           text not null,
  connection_id      text not null,
  location_id        text not null,
  auto_accept        boolean not null default true,
  missing_after_days smallint not null default 7,
  assumed_fee_bp     integer,
  due_at             timestamp with time zone,
  read_at            timestamp with time zone,
  read_until         timestamp with time zone,
  tries              integer not null default 0,
  last_error         text,
  version            integer not null default 1,
  constraint reconciliation_settings_pk PRIMARY KEY (chain_id, connection_id),
  constraint reconciliation_settings_connection FOREIGN KEY (chain_id, connection_id) REFERENCES provider_connections(chain_id, connection_id),
  constraint reconciliation_assumed_fee CHECK (((assumed_fee_bp >= 0) AND (assumed_fee_bp <= 2000))),
  constraint reconciliation_missing_after CHECK (((missing_after_days >= 1) AND (missing_after_days <= 90)))
);
CREATE INDEX reconciliation_due ON public.reconciliation_settings USING btree (due_at) WHERE (due_at IS NOT NULL);

create table refunds (
  chain_id          text not null,
  refund_id         text not null,
  location_id       text not null,
  case_id           text not null,
  appointment_id    text not null,
  source_kind       text not null,
  source_id         text not null,
  line_no           smallint not null default 0,
  currency          text not null,
  reason            text not null,
  policy            jsonb,
  proposed_minor    bigint not null,
  amount_minor      bigint not null,
  status            text not null,
  words             text not null default ''::text,
  key               text,
  opened_at         timestamp with time zone not null,
  opened_by_id      text,
  opened_by_name    text not null default ''::text,
  edited_at         timestamp with time zone,
  edited_by_id      text,
  edited_by_name    text,
  approved_at       timestamp with time zone,
  approved_by_id    text,
  approved_by_name  text,
  way               text,
  sent_key          text,
  sent_by_id        text,
  sent_by_name      text,
  register_id       text,
  payment_refund_id text,
  trouble           text,
  closed_at         timestamp with time zone,
  closed_by_name    text,
  version           integer not null default 1,
  afterwards        jsonb,
  constraint refunds_pk PRIMARY KEY (chain_id, refund_id),
  constraint refunds_appointment FOREIGN KEY (chain_id, appointment_id) REFERENCES appointments(chain_id, appointment_id),
  constraint refunds_once UNIQUE (chain_id, location_id, key),
  constraint refunds_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint refunds_closed CHECK (((closed_at IS NOT NULL) = (status = ANY (ARRAY['declined'::text, 'given_back'::text, 'nothing_left'::text])))),
  constraint refunds_proposed_minor_check CHECK ((proposed_minor >= 0)),
  constraint refunds_reason_check CHECK ((reason = ANY (ARRAY['by_staff'::text, 'cancelled_by_client'::text, 'cancelled_by_staff'::text, 'no_show'::text, 'asked_by_client'::text]))),
  constraint refunds_sent_somehow CHECK (((way IS NOT NULL) OR (status <> ALL (ARRAY['sending'::text, 'given_back'::text])))),
  constraint refunds_something CHECK (((amount_minor > 0) OR (status = ANY (ARRAY['declined'::text, 'nothing_left'::text])))),
  constraint refunds_source_kind_check CHECK ((source_kind = ANY (ARRAY['payment'::text, 'desk'::text, 'account'::text]))),
  constraint refunds_status_check CHECK ((status = ANY (ARRAY['declined'::text, 'open'::text, 'approved'::text, 'sending'::text, 'given_back'::text, 'nothing_left'::text]))),
  constraint refunds_way_check CHECK ((way = ANY (ARRAY['provider'::text, 'account'::text, 'register'::text])))
);
CREATE INDEX refunds_of_appointment ON public.refunds USING btree (chain_id, appointment_id);
CREATE INDEX refunds_of_case ON public.refunds USING btree (chain_id, case_id);
CREATE INDEX refunds_of_location ON public.refunds USING btree (chain_id, location_id, refund_id);
CREATE INDEX refunds_of_source ON public.refunds USING btree (chain_id, source_kind, source_id);
CREATE UNIQUE INDEX refunds_one_live ON public.refunds USING btree (chain_id, source_kind, source_id, line_no) WHERE (status = ANY (ARRAY['open'::text, 'approved'::text, 'sending'::text]));
CREATE INDEX refunds_sending ON public.refunds USING btree (chain_id, refund_id) WHERE (status = 'sending'::text);
CREATE INDEX refunds_todo ON public.refunds USING btree (chain_id, location_id, opened_at) WHERE (status = ANY (ARRAY['open'::text, 'approved'::text, 'sending'::text]));
CREATE TRIGGER appointment_income_is_decided AFTER UPDATE ON public.refunds FOR EACH ROW WHEN (((old.closed_at IS NULL) AND (new.closed_at IS NOT NULL))) EXECUTE FUNCTION appointment_income_is_decided();
CREATE TRIGGER refunds_stay BEFORE DELETE ON public.refunds FOR EACH STATEMENT EXECUTE FUNCTION refunds_stay();

create table roles (
  chain_id           text not null,
  role_id            text not null,
  name               text not null,
  rights             text[] not null,
  registers          text[],
  last_days          jsonb not null default '{}'::jsonb,
  refund_limit_minor bigint,
  created_at         timestamp with time zone not null,
  version            integer not null default 1,
  constraint roles_pk PRIMARY KEY (chain_id, role_id),
  constraint roles_name UNIQUE (chain_id, name),
  constraint roles_refund_limit_minor_check CHECK ((refund_limit_minor >= 0))
);

create table schema_migrations (
  name       text not null,
  applied_at timestamp with time zone not null default now(),
  checksum   text,
  constraint schema_migrations_pkey PRIMARY KEY (name)
);

create table second_looks (
  chain_id      text not null,
  location_id   text not null,
  subject_kind  text not null,
  subject_id    text not null,
  amount_minor  bigint not null,
  currency      text not null,
  because       text not null,
  asked_at      timestamp with time zone not null,
  asked_by_id   text not null,
  asked_by_name text not null,
  constraint second_looks_pk PRIMARY KEY (chain_id, location_id, subject_kind, subject_id),
  constraint second_looks_amount_minor_check CHECK ((amount_minor > 0)),
  constraint second_looks_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['membership'::text, 'account'::text])))
);

create table service_categories (
  chain_id    text not null,
  location_id text not null,
  category_id text not null,
  name        text not null,
  "position"  smallint not null default 0,
  version     integer not null default 1,
  archived    boolean not null default false,
  constraint service_categories_pk PRIMARY KEY (chain_id, location_id, category_id),
  constraint service_categories_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id)
);
CREATE TRIGGER rules_moved_delete AFTER DELETE ON public.service_categories REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_insert AFTER INSERT ON public.service_categories REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_update AFTER UPDATE ON public.service_categories REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER service_categories_version BEFORE UPDATE ON public.service_categories FOR EACH ROW EXECUTE FUNCTION catalogue_row_changed();

create table services (
  chain_id              text not null,
  location_id           text not null,
  service_id            text not null,
  category_id           text not null,
  name                  text not null,
  description           text not null default ''::text,
  price_min_minor       bigint not null,
  price_max_minor       bigint not null,
  duration_minutes      smallint not null,
  buffer_before_minutes smallint not null default 0,
  buffer_after_minutes  smallint not null default 0,
  online_booking        boolean not null default true,
  online_payment        text not null default 'not_available'::text,
  "position"            smallint not null default 0,
  archived              boolean not null default false,
  version               integer not null default 1,
  cancellation          jsonb,
  tax                   text not null default 'default'::text,
  kind                  text not null default 'appointment'::text,
  places                smallint,
  membership            text not null default 'payment'::text,
  constraint services_pk PRIMARY KEY (chain_id, location_id, service_id),
  constraint services_category FOREIGN KEY (chain_id, location_id, category_id) REFERENCES service_categories(chain_id, location_id, category_id),
  constraint services_buffer_after_minutes_check CHECK (((buffer_after_minutes >= 0) AND (buffer_after_minutes <= 240))),
  constraint services_buffer_before_minutes_check CHECK (((buffer_before_minutes >= 0) AND (buffer_before_minutes <= 240))),
  constraint services_duration_minutes_check CHECK (((duration_minutes >= 5) AND (duration_minutes <= 1440))),
  constraint services_event_has_places CHECK (((kind <> 'event'::text) OR (places IS NOT NULL))),
  constraint services_kind_check CHECK ((kind = ANY (ARRAY['appointment'::text, 'event'::text]))),
  constraint services_membership_check CHECK ((membership = ANY (ARRAY['payment'::text, 'either'::text, 'members'::text]))),
  constraint services_online_payment_check CHECK ((online_payment = ANY (ARRAY['not_available'::text, 'available'::text, 'required'::text]))),
  constraint services_places_check CHECK (((places >= 1) AND (places <= 1000))),
  constraint services_price_min_minor_check CHECK ((price_min_minor >= 0)),
  constraint services_price_range CHECK ((price_max_minor >= price_min_minor))
);
CREATE TRIGGER rules_moved_delete AFTER DELETE ON public.services REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_insert AFTER INSERT ON public.services REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_update AFTER UPDATE ON public.services REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER services_version BEFORE UPDATE ON public.services FOR EACH ROW EXECUTE FUNCTION catalogue_row_changed();

create table sessions (
  chain_id    text not null,
  session_id  text not null,
  user_id     text not null,
  secret_hash text not null,
  passed_totp boolean not null,
  address     text not null,
  device      text not null,
  created_at  timestamp with time zone not null,
  seen_at     timestamp with time zone not null,
  expires_at  timestamp with time zone not null,
  ended_at    timestamp with time zone,
  constraint sessions_pk PRIMARY KEY (chain_id, session_id),
  constraint sessions_user FOREIGN KEY (chain_id, user_id) REFERENCES users(chain_id, user_id)
);
CREATE INDEX sessions_of_user ON public.sessions USING btree (chain_id, user_id);

create table settlement_decisions (
  chain_id    text not null,
  decision_id text not null,
  location_id text not null,
  item_id     text not null,
  what        text not null,
  about       text not null,
  moved_minor bigint not null default 0,
  fee_minor   bigint not null default 0,
  entries     text[] not null default '{}'::text[],
  reason      text not null default ''::text,
  undoes      text,
  by_id       text,
  by_name     text not null,
  at          timestamp with time zone not null,
  constraint settlement_decisions_pk PRIMARY KEY (chain_id, decision_id),
  constraint settlement_decisions_item FOREIGN KEY (chain_id, item_id) REFERENCES settlement_items(chain_id, item_id),
  constraint settlement_decisions_undone_once UNIQUE (chain_id, undoes),
  constraint settlement_decisions_what CHECK ((what = ANY (ARRAY['accepted'::text, 'dismissed'::text, 'matched'::text, 'undone'::text])))
);
CREATE INDEX settlement_decisions_of_item ON public.settlement_decisions USING btree (chain_id, item_id);
CREATE TRIGGER settlement_decisions_are_facts BEFORE DELETE OR UPDATE ON public.settlement_decisions FOR EACH STATEMENT EXECUTE FUNCTION settlement_lines_are_facts();

create table settlement_import_parts (
  chain_id  text not null,
  import_id text not null,
  part_no   integer not null,
  content   bytea not null,
  constraint settlement_import_parts_pk PRIMARY KEY (chain_id, import_id, part_no),
  constraint settlement_import_parts_import FOREIGN KEY (chain_id, import_id) REFERENCES settlement_imports(chain_id, import_id)
);

create table settlement_import_rows (
  chain_id  text not null,
  import_id text not null,
  row_no    bigint not null,
  why       text not null,
  content   text not null,
  constraint settlement_import_rows_pk PRIMARY KEY (chain_id, import_id, row_no),
  constraint settlement_import_rows_import FOREIGN KEY (chain_id, import_id) REFERENCES settlement_imports(chain_id, import_id)
);

create table settlement_imports (
  chain_id      text not null,
  import_id     text not null,
  location_id   text not null,
  connection_id text not null,
  file_name     text not null,
  bytes         bigint not null,
  parts         integer not null,
  status        text not null,
  look          jsonb,
  mapping       jsonb,
  register_id   text,
  leased_until  timestamp with time zone,
  read_rows     bigint not null default 0,
  read_bytes    bigint not null default 0,
  counts        jsonb not null default '{}'::jsonb,
  trouble       jsonb,
  made_by       text not null,
  made_at       timestamp with time zone not null,
  done_at       timestamp with time zone,
  constraint settlement_imports_pk PRIMARY KEY (chain_id, import_id),
  constraint settlement_imports_connection FOREIGN KEY (chain_id, connection_id) REFERENCES provider_connections(chain_id, connection_id),
  constraint settlement_imports_status CHECK ((status = ANY (ARRAY['uploading'::text, 'mapping'::text, 'reading'::text, 'done'::text, 'unreadable'::text, 'discarded'::text])))
);
CREATE INDEX settlement_imports_of_location ON public.settlement_imports USING btree (chain_id, location_id, made_at);
CREATE INDEX settlement_imports_reading ON public.settlement_imports USING btree (leased_until) WHERE (status = 'reading'::text);

create table settlement_items (
  chain_id            text not null,
  item_id             text not null,
  connection_id       text not null,
  location_id         text not null,
  line_id             text not null,
  version_no          integer not null,
  source              text not null,
  kind                text not null,
  reference           text,
  provider_payment_id text,
  amount_minor        bigint not null,
  fee_minor           bigint not null,
  currency            text not null,
  at                  timestamp with time zone not null,
  payout_id           text,
  note                text not null default ''::text,
  attempt_id          text,
  matched_by          text,
  status              text not null,
  difference_minor    bigint not null default 0,
  corrected_minor     bigint not null default 0,
  by_hand_only        boolean not null default false,
  revision            integer not null default 1,
  changed_at          timestamp with time zone not null,
  constraint settlement_items_pk PRIMARY KEY (chain_id, item_id),
  constraint settlement_items_line UNIQUE (chain_id, connection_id, line_id),
  constraint settlement_items_kind CHECK ((kind = ANY (ARRAY['payment'::text, 'refund'::text, 'fee'::text, 'adjustment'::text, 'payout'::text, 'missing'::text, 'refund_missing'::text]))),
  constraint settlement_items_status CHECK ((status = ANY (ARRAY['matched'::text, 'fee_differs'::text, 'amount_differs'::text, 'currency_differs'::text, 'unknown'::text, 'adjustment'::text, 'missing'::text, 'refund_missing'::text, 'payout_open'::text, 'accepted'::text, 'dismissed'::text, 'gone'::text])))
);
CREATE INDEX settlement_items_of_attempt ON public.settlement_items USING btree (chain_id, attempt_id) WHERE (attempt_id IS NOT NULL);
CREATE INDEX settlement_items_of_payment ON public.settlement_items USING btree (chain_id, connection_id, provider_payment_id) WHERE (provider_payment_id IS NOT NULL);
CREATE INDEX settlement_items_of_payout ON public.settlement_items USING btree (chain_id, connection_id, payout_id) WHERE (payout_id IS NOT NULL);
CREATE INDEX settlement_items_open ON public.settlement_items USING btree (chain_id, location_id, at, item_id) WHERE (status = ANY (ARRAY['fee_differs'::text, 'amount_differs'::text, 'currency_differs'::text, 'unknown'::text, 'adjustment'::text, 'missing'::text, 'refund_missing'::text, 'payout_open'::text]));
CREATE INDEX settlement_items_payouts ON public.settlement_items USING btree (chain_id, location_id, at) WHERE (kind = 'payout'::text);
CREATE INDEX settlement_items_unsettled ON public.settlement_items USING btree (chain_id, connection_id, at) WHERE (payout_id IS NULL);

create table settlement_lines (
  chain_id            text not null,
  connection_id       text not null,
  line_id             text not null,
  version_no          integer not null,
  location_id         text not null,
  source              text not null,
  import_id           text,
  row_no              integer,
  kind                text not null,
  reference           text,
  provider_payment_id text,
  amount_minor        bigint not null,
  fee_minor           bigint not null,
  currency            text not null,
  at                  timestamp with time zone not null,
  payout_id           text,
  note                text not null default ''::text,
  known_at            timestamp with time zone not null,
  constraint settlement_lines_pk PRIMARY KEY (chain_id, connection_id, line_id, version_no),
  constraint settlement_lines_source CHECK ((source = ANY (ARRAY['api'::text, 'file'::text, 'hand'::text, 'own'::text])))
);
CREATE TRIGGER settlement_lines_are_facts BEFORE DELETE OR UPDATE ON public.settlement_lines FOR EACH STATEMENT EXECUTE FUNCTION settlement_lines_are_facts();
CREATE TRIGGER settlement_lines_no_truncate BEFORE TRUNCATE ON public.settlement_lines FOR EACH STATEMENT EXECUTE FUNCTION settlement_lines_are_facts();

create table settlement_mappings (
  chain_id      text not null,
  connection_id text not null,
  fingerprint   text not null,
  mapping       jsonb not null,
  used_at       timestamp with time zone not null,
  constraint settlement_mappings_pk PRIMARY KEY (chain_id, connection_id, fingerprint),
  constraint settlement_mappings_connection FOREIGN KEY (chain_id, connection_id) REFERENCES provider_connections(chain_id, connection_id)
);

create table sign_in_tries (
  counted_for text not null,
  tried_at    timestamp with time zone not null
);
CREATE INDEX sign_in_tries_recent ON public.sign_in_tries USING btree (counted_for, tried_at);

create table staff (
  chain_id       text not null,
  location_id    text not null,
  staff_id       text not null,
  position_id    text,
  name           text not null,
  about          text not null default ''::text,
  color          text not null default '#7c6f64'::text,
  online_booking boolean not null default true,
  online_payment text not null default 'not_available'::text,
  "position"     smallint not null default 0,
  archived       boolean not null default false,
  version        integer not null default 1,
  constraint staff_pk PRIMARY KEY (chain_id, location_id, staff_id),
  constraint staff_position FOREIGN KEY (chain_id, location_id, position_id) REFERENCES positions(chain_id, location_id, position_id),
  constraint staff_online_payment_check CHECK ((online_payment = ANY (ARRAY['not_available'::text, 'available'::text, 'required'::text])))
);
CREATE TRIGGER rules_moved_delete AFTER DELETE ON public.staff REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_insert AFTER INSERT ON public.staff REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_update AFTER UPDATE ON public.staff REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER staff_version BEFORE UPDATE ON public.staff FOR EACH ROW EXECUTE FUNCTION catalogue_row_changed();

create table staff_day_hours (
  chain_id    text not null,
  location_id text not null,
  staff_id    text not null,
  day         date not null,
  works       int4multirange not null,
  breaks      int4multirange not null default '{}'::int4multirange,
  constraint staff_day_hours_pk PRIMARY KEY (chain_id, location_id, staff_id, day),
  constraint staff_day_hours_staff FOREIGN KEY (chain_id, location_id, staff_id) REFERENCES staff(chain_id, location_id, staff_id) ON DELETE CASCADE,
  constraint staff_day_hours_breaks_check CHECK ((breaks <@ '{[0,1440)}'::int4multirange)),
  constraint staff_day_hours_works_check CHECK ((works <@ '{[0,1440)}'::int4multirange))
);
CREATE TRIGGER rules_moved_delete AFTER DELETE ON public.staff_day_hours REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_insert AFTER INSERT ON public.staff_day_hours REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_update AFTER UPDATE ON public.staff_day_hours REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();

create table staff_services (
  chain_id         text not null,
  location_id      text not null,
  staff_id         text not null,
  service_id       text not null,
  price_min_minor  bigint,
  price_max_minor  bigint,
  duration_minutes smallint,
  constraint staff_services_pk PRIMARY KEY (chain_id, location_id, staff_id, service_id),
  constraint staff_services_service FOREIGN KEY (chain_id, location_id, service_id) REFERENCES services(chain_id, location_id, service_id) ON DELETE CASCADE,
  constraint staff_services_staff FOREIGN KEY (chain_id, location_id, staff_id) REFERENCES staff(chain_id, location_id, staff_id) ON DELETE CASCADE,
  constraint staff_services_duration_minutes_check CHECK (((duration_minutes >= 5) AND (duration_minutes <= 1440))),
  constraint staff_services_price_min_minor_check CHECK ((price_min_minor >= 0)),
  constraint staff_services_price_range CHECK ((((price_min_minor IS NULL) = (price_max_minor IS NULL)) AND (price_max_minor >= price_min_minor)))
);
CREATE TRIGGER rules_moved_delete AFTER DELETE ON public.staff_services REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_insert AFTER INSERT ON public.staff_services REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_update AFTER UPDATE ON public.staff_services REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();

create table staff_week_hours (
  chain_id    text not null,
  location_id text not null,
  staff_id    text not null,
  weekday     smallint not null,
  works       int4multirange not null,
  breaks      int4multirange not null default '{}'::int4multirange,
  constraint staff_week_hours_pk PRIMARY KEY (chain_id, location_id, staff_id, weekday),
  constraint staff_week_hours_staff FOREIGN KEY (chain_id, location_id, staff_id) REFERENCES staff(chain_id, location_id, staff_id) ON DELETE CASCADE,
  constraint staff_week_hours_breaks_check CHECK ((breaks <@ '{[0,1440)}'::int4multirange)),
  constraint staff_week_hours_weekday_check CHECK (((weekday >= 1) AND (weekday <= 7))),
  constraint staff_week_hours_works_check CHECK ((works <@ '{[0,1440)}'::int4multirange))
);
CREATE TRIGGER rules_moved_delete AFTER DELETE ON public.staff_week_hours REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_insert AFTER INSERT ON public.staff_week_hours REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_update AFTER UPDATE ON public.staff_week_hours REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();

create table tax_rates (
  chain_id     text not null,
  location_id  text not null,
  rate_id      text not null,
  name         text not null,
  basis_points integer not null,
  inclusive    boolean not null,
  made_at      timestamp with time zone not null,
  ended_at     timestamp with time zone,
  replaced_by  text,
  constraint tax_rates_pk PRIMARY KEY (chain_id, rate_id),
  constraint tax_rates_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id),
  constraint tax_rates_percent CHECK (((basis_points >= 0) AND (basis_points <= 10000)))
);
CREATE UNIQUE INDEX tax_rates_name ON public.tax_rates USING btree (chain_id, location_id, lower(name)) WHERE (ended_at IS NULL);
CREATE TRIGGER rules_moved_delete AFTER DELETE ON public.tax_rates REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_insert AFTER INSERT ON public.tax_rates REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();
CREATE TRIGGER rules_moved_update AFTER UPDATE ON public.tax_rates REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION rules_moved();

create table user_locations (
  chain_id    text not null,
  user_id     text not null,
  location_id text not null,
  role        text not null,
  staff_id    text,
  own_role    text default 
CASE
    WHEN (role = ANY (ARRAY['owner'::text, 'administrator'::text, 'reception'::text, 'team_member'::text, 'accountant'::text])) THEN NULL::text
    ELSE role
END,
  constraint user_locations_pk PRIMARY KEY (chain_id, user_id, location_id),
  constraint user_locations_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id),
  constraint user_locations_own_role FOREIGN KEY (chain_id, own_role) REFERENCES roles(chain_id, role_id),
  constraint user_locations_staff FOREIGN KEY (chain_id, location_id, staff_id) REFERENCES staff(chain_id, location_id, staff_id),
  constraint user_locations_user FOREIGN KEY (chain_id, user_id) REFERENCES users(chain_id, user_id)
);

create table user_tokens (
  chain_id   text not null,
  token_id   text not null,
  user_id    text not null,
  kind       text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at    timestamp with time zone,
  constraint user_tokens_pk PRIMARY KEY (chain_id, token_id),
  constraint user_tokens_user FOREIGN KEY (chain_id, user_id) REFERENCES users(chain_id, user_id),
  constraint user_tokens_kind_check CHECK ((kind = ANY (ARRAY['invite'::text, 'reset'::text])))
);

create table users (
  chain_id       text not null,
  user_id        text not null,
  email          text not null,
  name           text not null,
  language       text not null,
  password_hash  text,
  totp_secret    bytea,
  totp_since     timestamp with time zone,
  totp_last_step bigint,
  recovery_codes text[] not null default '{}'::text[],
  disabled_at    timestamp with time zone,
  created_at     timestamp with time zone not null,
  version        integer not null default 1,
  constraint users_pk PRIMARY KEY (chain_id, user_id),
  constraint users_chain FOREIGN KEY (chain_id) REFERENCES chains(chain_id),
  constraint users_email UNIQUE (chain_id, email),
  constraint users_email_check CHECK ((email = lower(email))),
  constraint users_language_check CHECK ((language = ANY (ARRAY['en'::text, 'uk'::text, 'pt'::text])))
);
CREATE INDEX users_by_email ON public.users USING btree (email);

create table waiting_entries (
  chain_id           text not null,
  entry_id           text not null,
  location_id        text not null,
  kind               text not null,
  event_id           text,
  service_ids        text[],
  staff_id           text,
  day                date,
  from_minute        smallint,
  to_minute          smallint,
  line_no            integer not null,
  places             smallint not null,
  contact            jsonb not null,
  phone              text not null,
  phone_confirmed_at timestamp with time zone,
  language           text not null,
  link_id            text not null,
  consent            jsonb not null,
  address_hash       text not null,
  draft_id           text not null,
  promise            text not null,
  account_type_id    text,
  quote_id           text,
  by_user            jsonb,
  status             text not null,
  offered_until      timestamp with time zone,
  offer              jsonb,
  skipped_free       integer,
  booking_id         text,
  joined_at          timestamp with time zone not null,
  changed_at         timestamp with time zone not null,
  constraint waiting_entries_pk PRIMARY KEY (chain_id, entry_id),
  constraint waiting_entries_booking FOREIGN KEY (chain_id, booking_id) REFERENCES bookings(chain_id, booking_id),
  constraint waiting_entries_event FOREIGN KEY (chain_id, event_id) REFERENCES events(chain_id, event_id),
  constraint waiting_entries_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id),
  constraint waiting_entries_draft UNIQUE (chain_id, draft_id),
  constraint waiting_entries_from_minute_check CHECK (((from_minute >= 0) AND (from_minute <= 1440))),
  constraint waiting_entries_kind_check CHECK ((kind = ANY (ARRAY['event'::text, 'day'::text]))),
  constraint waiting_entries_offer_has_a_deadline CHECK (((status <> 'offered'::text) OR (offered_until IS NOT NULL))),
  constraint waiting_entries_places_check CHECK (((places >= 1) AND (places <= 50))),
  constraint waiting_entries_promise CHECK ((promise = ANY (ARRAY['pay'::text, 'account'::text, 'membership'::text]))),
  constraint waiting_entries_promise_is_confirmed CHECK (((promise = 'pay'::text) OR ((phone_confirmed_at IS NOT NULL) AND (quote_id IS NOT NULL)))),
  constraint waiting_entries_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'offered'::text, 'taken'::text, 'lapsed'::text, 'withdrawn'::text, 'over'::text]))),
  constraint waiting_entries_to_minute_check CHECK (((to_minute >= 0) AND (to_minute <= 1440))),
  constraint waiting_entries_wait_for_one CHECK (
CASE kind
    WHEN 'event'::text THEN ((event_id IS NOT NULL) AND (day IS NULL))
    ELSE ((event_id IS NULL) AND (day IS NOT NULL) AND (service_ids IS NOT NULL))
END)
);
CREATE INDEX waiting_address ON public.waiting_entries USING btree (chain_id, address_hash, joined_at);
CREATE UNIQUE INDEX waiting_line_of_day ON public.waiting_entries USING btree (chain_id, location_id, day, line_no) WHERE (kind = 'day'::text);
CREATE UNIQUE INDEX waiting_line_of_event ON public.waiting_entries USING btree (chain_id, event_id, line_no) WHERE (kind = 'event'::text);
CREATE INDEX waiting_live_day ON public.waiting_entries USING btree (chain_id, location_id, day, line_no) WHERE ((kind = 'day'::text) AND (status = ANY (ARRAY['waiting'::text, 'offered'::text])));
CREATE INDEX waiting_live_event ON public.waiting_entries USING btree (chain_id, event_id, line_no) WHERE ((kind = 'event'::text) AND (status = ANY (ARRAY['waiting'::text, 'offered'::text])));
CREATE UNIQUE INDEX waiting_once_day ON public.waiting_entries USING btree (chain_id, location_id, day, phone, service_ids) WHERE ((kind = 'day'::text) AND (status = ANY (ARRAY['waiting'::text, 'offered'::text])));
CREATE UNIQUE INDEX waiting_once_event ON public.waiting_entries USING btree (chain_id, event_id, phone) WHERE ((kind = 'event'::text) AND (status = ANY (ARRAY['waiting'::text, 'offered'::text])));
CREATE INDEX waiting_phone ON public.waiting_entries USING btree (chain_id, phone) WHERE (status = ANY (ARRAY['waiting'::text, 'offered'::text]));
CREATE INDEX waiting_run_out ON public.waiting_entries USING btree (offered_until) WHERE (status = 'offered'::text);
CREATE TRIGGER waiting_entries_live AFTER INSERT OR UPDATE ON public.waiting_entries FOR EACH ROW EXECUTE FUNCTION events_live();

create table waiting_log (
  chain_id    text not null,
  log_no      bigint not null,
  location_id text not null,
  entry_id    text not null,
  at          timestamp with time zone not null,
  what        text not null,
  detail      jsonb not null default '{}'::jsonb,
  constraint waiting_log_pk PRIMARY KEY (chain_id, log_no),
  constraint waiting_log_entry FOREIGN KEY (chain_id, entry_id) REFERENCES waiting_entries(chain_id, entry_id)
);
CREATE INDEX waiting_log_of_entry ON public.waiting_log USING btree (chain_id, entry_id, log_no);
CREATE TRIGGER waiting_log_is_append_only BEFORE DELETE OR UPDATE ON public.waiting_log FOR EACH ROW EXECUTE FUNCTION waiting_log_is_append_only();

create table waiting_looks (
  chain_id    text not null,
  look_no     bigint not null,
  location_id text not null,
  day         date not null,
  constraint waiting_looks_pk PRIMARY KEY (chain_id, look_no)
);

create table webhook_deliveries (
  chain_id    text not null,
  location_id text,
  delivery_id text not null,
  endpoint_id text not null,
  event_id    text not null,
  type        text not null,
  seq         bigint not null,
  subject_id  text not null,
  client_id   text,
  payload     jsonb not null,
  told_at     timestamp with time zone not null,
  status      text not null default 'waiting'::text,
  due_at      timestamp with time zone,
  begun_at    timestamp with time zone,
  tries       integer not null default 0,
  because     text not null default ''::text,
  ended_at    timestamp with time zone,
  constraint webhook_deliveries_pk PRIMARY KEY (chain_id, delivery_id),
  constraint webhook_deliveries_endpoint FOREIGN KEY (chain_id, endpoint_id) REFERENCES webhook_endpoints(chain_id, endpoint_id),
  constraint webhook_deliveries_once UNIQUE (chain_id, endpoint_id, event_id),
  constraint webhook_deliveries_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'delivered'::text, 'given_up'::text]))),
  constraint webhook_deliveries_waits CHECK ((((status = 'waiting'::text) = (due_at IS NOT NULL)) AND ((status = 'waiting'::text) = (ended_at IS NULL))))
);
CREATE INDEX webhook_deliveries_before ON public.webhook_deliveries USING btree (chain_id, endpoint_id, subject_id, seq) WHERE (due_at IS NOT NULL);
CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX webhook_deliveries_newest ON public.webhook_deliveries USING btree (chain_id, endpoint_id, seq DESC);
CREATE INDEX webhook_deliveries_of_client ON public.webhook_deliveries USING btree (chain_id, client_id) WHERE (client_id IS NOT NULL);
CREATE INDEX webhook_deliveries_old ON public.webhook_deliveries USING btree (ended_at) WHERE (ended_at IS NOT NULL);

create table webhook_endpoints (
  chain_id         text not null,
  location_id      text,
  endpoint_id      text not null,
  url              text not null,
  about            text not null default ''::text,
  event_types      text[] not null,
  secret           bytea not null,
  old_secret       bytea,
  old_secret_until timestamp with time zone,
  off_because      text,
  off_at           timestamp with time zone,
  failing_since    timestamp with time zone,
  delivered_at     timestamp with time zone,
  made_at          timestamp with time zone not null,
  deleted_at       timestamp with time zone,
  version          integer not null default 1,
  constraint webhook_endpoints_pk PRIMARY KEY (chain_id, endpoint_id),
  constraint webhook_endpoints_chain FOREIGN KEY (chain_id) REFERENCES chains(chain_id),
  constraint webhook_endpoints_location FOREIGN KEY (chain_id, location_id) REFERENCES locations(chain_id, location_id),
  constraint webhook_endpoints_off CHECK (((off_because IS NULL) = (off_at IS NULL))),
  constraint webhook_endpoints_off_because_check CHECK ((off_because = ANY (ARRAY['by_hand'::text, 'failing'::text, 'gone'::text]))),
  constraint webhook_endpoints_old_secret CHECK (((old_secret IS NULL) = (old_secret_until IS NULL)))
);

create table webhook_inbox (
  chain_id            text not null,
  connection_id       text not null,
  event_id            text not null,
  event_type          text not null,
  reference           text,
  provider_payment_id text,
  raw                 bytea not null,
  received_at         timestamp with time zone not null,
  status              text not null,
  tries               integer not null default 0,
  try_at              timestamp with time zone,
  last_error          text,
  done_at             timestamp with time zone,
  constraint webhook_inbox_pk PRIMARY KEY (chain_id, connection_id, event_id),
  constraint webhook_inbox_connection FOREIGN KEY (chain_id, connection_id) REFERENCES provider_connections(chain_id, connection_id),
  constraint webhook_inbox_status_check CHECK ((status = ANY (ARRAY['new'::text, 'done'::text, 'not_ours'::text, 'parked'::text]))),
  constraint webhook_inbox_waits CHECK (((try_at IS NOT NULL) = (status = ANY (ARRAY['new'::text, 'parked'::text]))))
);
CREATE INDEX webhook_inbox_by_time ON public.webhook_inbox USING btree (chain_id, connection_id, received_at, event_id);
CREATE INDEX webhook_inbox_by_type ON public.webhook_inbox USING btree (chain_id, connection_id, event_type, received_at);
CREATE INDEX webhook_inbox_try_at ON public.webhook_inbox USING btree (try_at) WHERE (try_at IS NOT NULL);

create table webhook_refusals (
  chain_id      text not null,
  connection_id text not null,
  refused_at    timestamp with time zone not null,
  why           text not null,
  constraint webhook_refusals_pk PRIMARY KEY (chain_id, connection_id, refused_at),
  constraint webhook_refusals_connection FOREIGN KEY (chain_id, connection_id) REFERENCES provider_connections(chain_id, connection_id)
);

create table webhook_tries (
  chain_id      text not null,
  delivery_id   text not null,
  try_no        integer not null,
  at            timestamp with time zone not null,
  took_ms       integer not null,
  answer_status integer,
  answer        text not null default ''::text,
  because       text not null default ''::text,
  constraint webhook_tries_pk PRIMARY KEY (chain_id, delivery_id, try_no),
  constraint webhook_tries_delivery FOREIGN KEY (chain_id, delivery_id) REFERENCES webhook_deliveries(chain_id, delivery_id) ON DELETE CASCADE
);

create function account_holds_are_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' then
    if old.status <> 'live' and (new.status, new.held_minor, new.spent_minor) is distinct from (old.status, old.held_minor, old.spent_minor) then
      raise exception 'hold % is over', old.hold_id using errcode = 'HF928';
    end if;
    update client_accounts set held_minor = held_minor - old.held_minor
     where chain_id = old.chain_id and owner_id = old.owner_id and currency = old.currency and old.held_minor > 0;
  end if;
  update client_accounts set held_minor = held_minor + new.held_minor
   where chain_id = new.chain_id and owner_id = new.owner_id and currency = new.currency and new.held_minor > 0;
  return null;
end $function$;

create function account_holds_end(chain text, kind text, id text, at timestamp with time zone, because text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  update account_holds set status = 'released', held_minor = 0, ended_at = at, ended_because = because
   where chain_id = chain and purpose_kind = kind and purpose_id = id and status = 'live';
end $function$;

create function account_payments_are_facts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'what was paid from an account is never changed: % on % is refused', tg_op, tg_table_name using errcode = 'HF929';
end $function$;

create function account_top_up_reversals_again()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update attention set resolved_at = new.asked_at, resolution = 'sent_again'
   where chain_id = new.chain_id and subject_kind = 'account_top_up' and subject_id = new.top_up_id and kind = 'refund_failed' and resolved_at is null;
  return null;
end $function$;

create function anybody_hears(chain text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return exists (select 1 from webhook_endpoints where chain_id = chain and off_at is null and deleted_at is null);
end $function$;

create function appointment_income_is_decided()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update appointment_income set due_at = new.closed_at where chain_id = new.chain_id and appointment_id = new.appointment_id;
  return null;
end $function$;

create function appointment_income_is_due()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare taking_place boolean := new.status in ('waiting', 'confirmed', 'arrived');
begin
  insert into appointment_income as i (chain_id, appointment_id, location_id, due_at)
    values (new.chain_id, new.appointment_id, new.location_id, case when taking_place then greatest(new.ends_at, new.changed_at) else new.changed_at end)
    on conflict on constraint appointment_income_pk do update
      -- what was earned before may be too much by now: that is looked at soon, not when another end has come
      set due_at = case when taking_place and i.steps = 0 then greatest(new.ends_at, new.changed_at) else new.changed_at end;
  return null;
end $function$;

create function appointments_end_holds()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform account_holds_end(new.chain_id, 'appointment', new.appointment_id, new.changed_at, new.status);
  return null;
end $function$;

create function appointments_live()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into live_changes (chain_id, location_id, subject_id) values (new.chain_id, new.location_id, new.appointment_id);
  return null;
end $function$;

create function appointments_move_membership_visits()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare v record; m memberships; late boolean; undone boolean := false;
begin
  for v in select * from membership_visits where chain_id = new.chain_id and appointment_id = new.appointment_id and because <> 'places_cut'
            order by membership_id, visit_id for update loop
    select * into m from memberships where chain_id = v.chain_id and membership_id = v.membership_id for update;
    if new.status in ('cancelled', 'expired') then
      continue when v.status = 'returned';
      late := new.status = 'cancelled' and old.status <> 'held' and membership_visit_is_late(m.late_hours, v.late_from, new.starts_at, new.changed_at);
      update membership_visits set status = case when late then 'used' else 'returned' end, because = case when late then 'late_cancel' else new.status end,
             due_at = null, changed_at = new.changed_at where chain_id = v.chain_id and visit_id = v.visit_id;
    elsif new.status in ('arrived', 'no_show') then
      continue when v.status <> 'reserved';
      update membership_visits set status = 'used', because = case new.status when 'arrived' then 'visit' else 'no_show' end, due_at = null, changed_at = new.changed_at
       where chain_id = v.chain_id and visit_id = v.visit_id;
    elsif old.status in ('arrived', 'no_show') then
      continue when v.status <> 'used';
      update membership_visits set status = 'reserved', because = 'undone', due_at = new.ends_at, changed_at = new.changed_at
       where chain_id = v.chain_id and visit_id = v.visit_id;
    elsif old.status in ('expired', 'cancelled') and v.because = old.status then
      -- it takes place after all: with the visit that was given back, if nobody has used it meanwhile and it lasts until then
      if m.ended_at is null and m.refunding_since is null and (m.visits is null or m.visits_reserved + m.visits_used < m.visits)
         and (m.ends_at is null or new.starts_at < m.ends_at) and not coalesce(new.starts_at >= m.frozen_from and new.starts_at < m.frozen_until, false)
         and coalesce(membership_spans(m, new.starts_at), true) then
        update membership_visits set status = 'reserved', because = 'booked', due_at = new.ends_at, changed_at = new.changed_at
         where chain_id = v.chain_id and visit_id = v.visit_id;
      else
        undone := true;
        update membership_visits set because = 'undone' where chain_id = v.chain_id and visit_id = v.visit_id;
        perform uncover_services(v.chain_id, v.appointment_id, v.service_id, v.before);
      end if;
    elsif v.status = 'reserved' and v.due_at <> new.ends_at then
      update membership_visits set due_at = new.ends_at where chain_id = v.chain_id and visit_id = v.visit_id;
    end if;
  end loop;
  -- places are covered all or none
  if undone and new.event_id is not null then
    update membership_visits set status = 'returned', because = 'undone', due_at = null, changed_at = new.changed_at
     where chain_id = new.chain_id and appointment_id = new.appointment_id and status = 'reserved';
  end if;
  return null;
end $function$;

create function appointments_tell_webhooks()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare kind text;
begin
  if not anybody_hears(new.chain_id) then return null; end if;
  if tg_op = 'INSERT' then kind := 'appointment.booked';
  elsif new.status <> old.status and new.status in ('confirmed', 'arrived', 'no_show', 'cancelled', 'expired')
        and not (old.status in ('arrived', 'no_show') and new.status in ('confirmed')) then kind := 'appointment.' || new.status;
  elsif new.starts_at <> old.starts_at or new.staff_id is distinct from old.staff_id then kind := 'appointment.moved';
  -- of several changes in one transaction the last one tells; how long a hold is kept is no change of the visit
  elsif (new.hold_expires_at, new.frees_at, new.extended_at, new.payment_blocked_until) is not distinct from
        (old.hold_expires_at, old.frees_at, old.extended_at, old.payment_blocked_until) or new.status <> old.status or new.paid_minor <> old.paid_minor then
    if not exists (select 1 from appointments where chain_id = new.chain_id and appointment_id = new.appointment_id and version = new.version) then return null; end if;
    kind := 'appointment.changed';
  else return null;
  end if;
  perform tell_webhooks(new.chain_id, new.location_id, kind, new.appointment_id, new.client_id, new.changed_at,
                        jsonb_build_object('appointment', webhook_appointment(new.chain_id, new.appointment_id)));
  -- brought back with money that came late: moved and confirmed at once
  if tg_op = 'UPDATE' and kind = 'appointment.confirmed' and new.starts_at <> old.starts_at then
    perform tell_webhooks(new.chain_id, new.location_id, 'appointment.moved', new.appointment_id, new.client_id, new.changed_at,
                          jsonb_build_object('appointment', webhook_appointment(new.chain_id, new.appointment_id)));
  end if;
  return null;
end $function$;

create function appointments_version_moves()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.version := old.version + 1;
  return new;
end $function$;

create function ask_phone_code(p jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
declare
  chain text := p->>'chain'; place text := p->>'location'; at timestamptz := (p->>'now')::timestamptz; day_ago timestamptz := at - interval '24 hours';
  before record; nth timestamptz; wide jsonb; silent boolean := false; others integer; confirmed integer; since timestamptz; newly text;
begin
  -- who counts must not be overtaken by another who counts the same
  perform pg_advisory_xact_lock(hashtextextended('phone-codes/' || chain, 0));

  -- a second tab, a reload, an impatient finger: the code that is on its way
  select c.asked_at, c.expires_at into before from phone_codes c
   where c.chain_id = chain and c.location_id = place and c.draft_id = p->>'draft' and c.phone = p->>'phone' order by c.asked_at desc, c.code_id desc limit 1;
  if found and before.asked_at > at - make_interval(secs => (p->>'resendSeconds')::int) then
    return jsonb_build_object('outcome', 'waiting', 'askedAt', before.asked_at, 'expiresAt', before.expires_at);
  end if;

  -- the same telephone, from another draft: one message a minute, unless the last one was read
  select c.asked_at into nth from phone_codes c
   where c.chain_id = chain and c.phone = p->>'phone' and c.asked_at > at - make_interval(secs => (p->>'resendSeconds')::int) and c.confirmed_at is null
   order by c.asked_at desc limit 1;
  if found then
    return jsonb_build_object('outcome', 'refused', 'limit', 'phone', 'retryAt', nth + make_interval(secs => (p->>'resendSeconds')::int));
  end if;

  -- blocked or not, the same limits hold: nobody learns from a refusal which numbers are blocked
  select c.asked_at into nth from phone_codes c where c.chain_id = chain and c.phone = p->>'phone' and c.asked_at > day_ago
   order by c.asked_at desc offset (p->>'perPhone')::int - 1 limit 1;
  if found then return jsonb_build_object('outcome', 'refused', 'limit', 'phone', 'retryAt', nth + interval '24 hours'); end if;
  select c.asked_at into nth from phone_codes c where c.chain_id = chain and c.address_hash = p->>'addressHash' and c.asked_at > at - interval '1 hour'
   order by c.asked_at desc offset (p->>'perAddress')::int - 1 limit 1;
  if found then return jsonb_build_object('outcome', 'refused', 'limit', 'address', 'retryAt', nth + interval '1 hour'); end if;
  select c.asked_at into nth from phone_codes c where c.chain_id = chain and c.location_id = place and c.sent and c.asked_at > day_ago
   order by c.asked_at desc offset coalesce((select b.codes_per_day from phone_code_budgets b where b.chain_id = chain and b.location_id = place), (p->>'perDay')::int) - 1 limit 1;
  if found then return jsonb_build_object('outcome', 'refused', 'limit', 'location', 'retryAt', nth + interval '24 hours'); end if;

  for wide in select * from jsonb_array_elements(p->'prefixes') loop   -- {prefix, numbers}: so many of them may be asked for and stay unconfirmed
    select b.blocked_until into since from blocked_prefixes b where b.chain_id = chain and b.location_id = place and b.prefix = wide->>'prefix';
    if found and since > at then silent := true; exit; end if;
    select count(distinct c.phone), count(distinct c.phone) filter (where c.confirmed_at is not null) into others, confirmed from phone_codes c
     where c.chain_id = chain and c.location_id = place and c.sent and c.asked_at > greatest(day_ago, since) and starts_with(c.phone, wide->>'prefix')
       and c.phone <> p->>'phone';
    -- where people read what they are sent, one number in four is confirmed even on a bad day
    if others >= (wide->>'numbers')::int and confirmed * 4 < others then
      insert into blocked_prefixes (chain_id, location_id, prefix, blocked_at, blocked_until, numbers)
        values (chain, place, wide->>'prefix', at, at + make_interval(days => (p->>'blockDays')::int), others)
        on conflict on constraint blocked_prefixes_pk do update set blocked_at = excluded.blocked_at, blocked_until = excluded.blocked_until, numbers = excluded.numbers;
      newly := wide->>'prefix'; silent := true; exit;
    end if;
  end loop;

  insert into phone_codes (chain_id, code_id, location_id, draft_id, phone, code_hash, proof_hash, language, host, address_hash, sent, asked_at, expires_at)
    values (chain, p->>'id', place, p->>'draft', p->>'phone', decode(p->>'codeHash', 'hex'), decode(p->>'proofHash', 'hex'), p->>'language', p->>'host',
            p->>'addressHash', not silent, at, (p->>'expiresAt')::timestamptz);
  if not silent then
    insert into outbox (chain_id, outbox_id, topic, subject_id, told_at, due_at) values (chain, p->>'outboxId', 'phone_code.asked', p->>'id', at, at);
  end if;
  return jsonb_build_object('outcome', 'asked', 'askedAt', at, 'expiresAt', (p->>'expiresAt')::timestamptz, 'blocked', newly);
end $function$;

create function attempts_about_order(chain text, kind text, id text)
 RETURNS TABLE(attempt_id text)
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return query
    select l.attempt_id from purposes_of_order(chain, kind, id) p
      join payment_lines l on l.chain_id = chain and l.purpose_kind = p.purpose_kind and l.purpose_id = p.purpose_id
    union select a.attempt_id from payment_attempts a where a.chain_id = chain and a.order_kind = kind and a.order_id = id;
end $function$;

create function audit_log_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the audit log is append-only' using errcode = 'HF911';
end $function$;

create function booking_facts(chain text, booking text)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return (select jsonb_build_object(
    'booking', jsonb_build_object('bookingId', b.booking_id, 'locationId', b.location_id, 'language', b.language, 'contact', b.contact, 'comment', b.comment,
                                  'currency', b.currency),
    'appointments', (
      select jsonb_agg(jsonb_build_object(
               'appointmentId', a.appointment_id, 'staffId', a.staff_id, 'staffName', s.name, 'anyStaff', a.any_staff, 'status', a.status, 'startsAt', a.starts_at,
               'endsAt', a.ends_at, 'priceMinMinor', a.price_min_minor, 'priceMaxMinor', a.price_max_minor, 'dueMinor', a.due_minor, 'paidMinor', a.paid_minor,
               'terms', a.terms - 'text', 'holdExpiresAt', a.hold_expires_at, 'eventId', a.event_id, 'places', a.places,
               'services', (select jsonb_agg(jsonb_build_object('serviceId', l.service_id, 'name', l.name, 'durationMinutes', l.duration_minutes,
                                                                'policy', l.policy, 'pay', l.pay) order by l.line_no)
                              from appointment_services l where l.chain_id = a.chain_id and l.appointment_id = a.appointment_id)) order by a.line_no)
        from appointments a join staff s on s.chain_id = a.chain_id and s.location_id = a.location_id and s.staff_id = a.staff_id
       where a.chain_id = b.chain_id and a.booking_id = b.booking_id),
    'payment', live_payment(chain, 'booking', booking),
    'strayMoney', stray_money(chain, 'booking', booking),
    'credits', waiting_credits(chain, 'appointment', array(select a.appointment_id from appointments a where a.chain_id = chain and a.booking_id = booking)))
    from bookings b where b.chain_id = chain and b.booking_id = booking);
end $function$;

create function booking_links_next_consent(of_chain text, of_location text)
 RETURNS integer
 LANGUAGE sql
AS $function$
  select coalesce(max(consent_version), 0) + 1 from booking_links where chain_id = of_chain and location_id = of_location
$function$;

create function booking_links_number_consent()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.consent_version := booking_links_next_consent(new.chain_id, new.location_id);
  return new;
end $function$;

create function cash_registers_open()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into cash_registers (chain_id, location_id, account_id, kind, position)
    values (new.chain_id, new.location_id, new.account_id, case new.owner_id when 'card' then 'cashless' else 'cash' end, case new.owner_id when 'card' then 1 else 0 end)
    on conflict do nothing;
  return null;
end $function$;

create function catalogue_row_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if to_jsonb(new) - '{version,position}'::text[] is distinct from to_jsonb(old) - '{version,position}'::text[] then
    new.version := old.version + 1;
  end if;
  return new;
end $function$;

create function claim_booking(p jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
declare
  chain text := p->>'chain'; location text := p->>'location'; at timestamptz := (p->>'now')::timestamptz;
  b jsonb := p->'booking'; c jsonb := p->'client'; limits jsonb := p->'limits'; wishes jsonb := p->'appointments'; a jsonb; s jsonb;
  before record; client text; person text; takers text[] := '{}'; retry_at timestamptz; held_minutes numeric; n integer;
begin
  perform 1 from locations where chain_id = chain and location_id = location and rules_version = (p->>'rulesVersion')::bigint;
  if not found then raise exception 'rules_moved' using errcode = 'HF010'; end if;

  -- who counts holds must not be overtaken by another who counts the same ones; before every row lock, so that nobody waits for these with one in hand
  if (limits->>'holds')::boolean then
    perform pg_advisory_xact_lock(hashtextextended('holds-of-phone/' || chain || '/' || (c->>'phone'), 0));
    perform pg_advisory_xact_lock(hashtextextended('holds-of-address/' || chain || '/' || (b->>'addressHash'), 0));
  end if;

  -- the draft's earlier booking: repeated, moved, or finished
  select booking_id, wish_hash into before from bookings where chain_id = chain and live_draft = b->>'draft' for update;
  if found then
    perform 1 from appointments where chain_id = chain and booking_id = before.booking_id order by appointment_id for update;
    if exists (select 1 from appointments where chain_id = chain and booking_id = before.booking_id
                 and (status not in ('held', 'expired', 'cancelled') or paid_minor > 0)) then
      if before.wish_hash = b->>'wish' then return jsonb_build_object('outcome', 'repeated', 'facts', booking_facts(chain, before.booking_id)); end if;
      raise exception 'booking_already_made' using errcode = 'HF004', detail = before.booking_id;
    end if;
    if before.wish_hash = b->>'wish' and exists (select 1 from appointments where chain_id = chain and booking_id = before.booking_id
                 and status = 'held' and hold_expires_at > at) then
      return jsonb_build_object('outcome', 'repeated', 'facts', booking_facts(chain, before.booking_id));
    end if;
    if supersede_payments(chain, 'booking', before.booking_id, at) then
      raise exception 'payment_in_progress' using errcode = 'HF005', detail = before.booking_id;
    end if;
    for person in select appointment_id from appointments where chain_id = chain and booking_id = before.booking_id and status = 'held' order by appointment_id loop
      update appointments set status = 'cancelled', changed_at = at where chain_id = chain and appointment_id = person;
      delete from occupancy where chain_id = chain and source_kind = 'appointment' and source_id = person;
      perform note_change(chain, person, at, 'cancelled', 'client', '{"because": "another time chosen"}');
    end loop;
    update bookings set live_draft = null where chain_id = chain and booking_id = before.booking_id;
  end if;

  -- each of these is another room's: it is asked only where the booking brings something for it
  if p ? 'phoneConfirmation' then
    perform take_phone_confirmation(chain, location, b->>'draft', c->>'phone', p->>'phoneConfirmation', at);
  end if;

  if (limits->>'holds')::boolean then
    select count(distinct x.booking_id), min(x.frees_at) into n, retry_at from bookings k
      join appointments x on x.chain_id = k.chain_id and x.booking_id = k.booking_id
     where k.chain_id = chain and k.phone = c->>'phone' and k.created_at > at - interval '2 hours' and x.status = 'held' and x.frees_at > at;
    if n >= (limits->>'perPhone')::int then raise exception 'too_many_holds' using errcode = 'HF011', detail = to_json(retry_at)#>>'{}'; end if;
    -- by drafts: a client who looks for another time moves one hold, and does not use up the others'
    select count(*), min(newest.began_at) + interval '1 hour' into n, retry_at from (
      select min(k.created_at) began_at from bookings k
       where k.chain_id = chain and k.address_hash = b->>'addressHash' and k.created_at > at - interval '1 hour' and k.draft_id <> b->>'draft'
         and exists (select 1 from appointments x where x.chain_id = chain and x.booking_id = k.booking_id and x.required and x.paid_minor = 0)
       group by k.draft_id order by 1 desc limit (limits->>'perAddress')::int) newest;
    if n >= (limits->>'perAddress')::int then raise exception 'too_many_holds' using errcode = 'HF011', detail = to_json(retry_at)#>>'{}'; end if;
    for s in select * from jsonb_array_elements(limits->'days') loop   -- {from, to, minutes}: how much of that local day may be held unpaid
      select coalesce(sum(extract(epoch from upper(span) - lower(span)) / 60), 0), min(frees_at) into held_minutes, retry_at from occupancy
       where chain_id = chain and location_id = location and frees_at > at
         and lower(span) >= (s->>'from')::timestamptz and lower(span) < (s->>'to')::timestamptz;
      if held_minutes > 0 and held_minutes + (s->>'wanted')::numeric > (s->>'minutes')::numeric then
        raise exception 'too_many_holds' using errcode = 'HF011', detail = to_json(retry_at)#>>'{}';
      end if;
    end loop;
  end if;

  -- most of those who come to a full event are told so before anything of theirs is written, and before they wait for one another
  for a in select * from jsonb_array_elements(wishes) w where w ? 'eventId' loop
    perform refuse_full_event(chain, location, a->>'eventId', (a->>'places')::int, at);
  end loop;

  insert into clients (chain_id, client_id, name, phone, email, language, created_at)
    values (chain, c->>'id', c->>'name', c->>'phone', c->>'email', c->>'language', at) on conflict (chain_id, phone) do nothing returning client_id into client;
  if client is null then select coalesce(merged_into, client_id) into client from clients where chain_id = chain and phone = c->>'phone' for key share; end if;

  -- before the times: of two requests with one draft the second has to meet the first here, and repeat it, not lose its own time to it
  insert into bookings (chain_id, booking_id, location_id, client_id, draft_id, live_draft, wish_hash, language, contact, phone, address_hash, comment, currency, link_id, phone_confirmed_at, analytics, created_at)
    values (chain, b->>'id', location, client, b->>'draft', b->>'draft', b->>'wish', b->>'language', b->'contact', c->>'phone', b->>'addressHash', b->>'comment', b->>'currency',
            b->>'link', case when p ? 'phoneConfirmation' then at end, nullif(b->'analytics', 'null'::jsonb), at);

  -- several resources: in one order, or two claims can deadlock each other
  if jsonb_array_length(wishes) > 1 then
    for person in select distinct r #>> '{}' from jsonb_array_elements(wishes) x, jsonb_array_elements(x->'staffIds') r order by 1 loop
      perform pg_advisory_xact_lock(hashtextextended('resource/' || chain || '/' || person, 0));
    end loop;
  end if;

  for line in 0 .. jsonb_array_length(wishes) - 1 loop
    a := wishes->line;
    if a ? 'eventId' then
      perform take_places(chain, location, a->>'eventId', (a->>'places')::int, (a->>'eventVersion')::int, at);
      takers[line + 1] := a->'staffIds'->>0;
      continue;
    end if;
    for candidate in 0 .. jsonb_array_length(a->'staffIds') - 1 loop
      person := a->'staffIds'->>candidate;
      if claim_span(chain, location, person, tstzrange((a->>'busyFrom')::timestamptz, (a->>'busyTo')::timestamptz), 'appointment', a->>'id', (a->>'freesAt')::timestamptz, at) then
        takers[line + 1] := person; exit;
      end if;
    end loop;
    if takers[line + 1] is null then raise exception 'time_taken' using errcode = 'HF001', detail = line::text; end if;
  end loop;

  -- one statement: what each of several costs to start is a good part of what it costs
  with wished as (select w, (no - 1)::smallint line_no, w->>'id' id from jsonb_array_elements(wishes) with ordinality x(w, no)),
  made as (
    insert into appointments (chain_id, appointment_id, booking_id, line_no, location_id, client_id, staff_id, any_staff, status, starts_at, ends_at, busy,
        price_min_minor, price_max_minor, due_minor, currency, required, terms, consent, hold_expires_at, frees_at, event_id, places, created_at, changed_at)
      select chain, id, b->>'id', line_no, location, client, takers[line_no + 1], (w->>'anyStaff')::boolean, w->>'status',
        (w->>'startsAt')::timestamptz, (w->>'endsAt')::timestamptz, tstzrange((w->>'busyFrom')::timestamptz, (w->>'busyTo')::timestamptz),
        (w->>'priceMin')::bigint, (w->>'priceMax')::bigint, (w->>'due')::bigint, b->>'currency', (w->>'required')::boolean,
        w->'terms', w->'consent', (w->>'holdExpiresAt')::timestamptz, (w->>'freesAt')::timestamptz, w->>'eventId', coalesce((w->>'places')::int, 1), at, at from wished),
  told_services as (
    insert into appointment_services (chain_id, appointment_id, line_no, service_id, name, duration_minutes, price_min_minor, price_max_minor, policy, pay, tax)
      select chain, id, (no - 1)::smallint, x->>'serviceId', x->>'name', (x->>'minutes')::smallint, (x->>'priceMin')::bigint, (x->>'priceMax')::bigint, x->'policy', x->>'pay', nullif(x->'tax', 'null'::jsonb)
        from wished, jsonb_array_elements(w->'services') with ordinality l(x, no)),
  noted as (
    insert into appointment_changes (chain_id, appointment_id, change_no, at, what, by_whom) select chain, id, 1, at, 'booked', 'client' from wished)
  insert into outbox (chain_id, outbox_id, topic, subject_id, told_at, due_at) values (chain, p->>'outboxId', 'booking.made', b->>'id', at, at);

  if p ? 'memberships' then perform reserve_membership_visits(chain, location, client, p->'memberships', at); end if;
  if p ? 'accountPart' then perform hold_part_on_account(chain, location, client, p->'accountPart', at); end if;
  if p->'payment' <> 'null'::jsonb then perform intend_payment(p->'payment'); end if;
  return jsonb_build_object('outcome', 'made', 'staff', to_jsonb(takers));
end $function$;

create function claim_offer(p jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
declare answer jsonb; w waiting_entries; at timestamptz := (p->>'now')::timestamptz;
begin
  perform set_config('holdfast.offer', p->>'offer', true);
  answer := claim_booking(p - 'offer');
  perform set_config('holdfast.offer', '', true);
  if answer->>'outcome' <> 'made' then return answer; end if;
  update waiting_entries set booking_id = p->'booking'->>'id' where chain_id = p->>'chain' and entry_id = p->>'offer' and status = 'taken' and booking_id is null returning * into w;
  if not found then raise exception 'offer_run_out' using errcode = 'HF016'; end if;
  update bookings set phone_confirmed_at = coalesce(phone_confirmed_at, w.phone_confirmed_at) where chain_id = w.chain_id and booking_id = w.booking_id and phone = w.phone;
  perform note_waiting(w, at, 'taken', jsonb_build_object('booking', w.booking_id, 'promise', w.promise));
  perform tell_waiting(w, at, 'taken');
  return answer;
end $function$;

create function claim_span(chain text, location text, resource text, wanted tstzrange, kind text, source text, frees timestamp with time zone, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  if kind = 'appointment' and offer_in_hand() is not null then
    -- by the entry first: who lets go of it at its deadline does the same
    perform use_offer(chain, offer_in_hand(), at);
    delete from occupancy where chain_id = chain and source_kind = 'offer' and source_id = offer_in_hand();
  end if;
  for attempt in 1..2 loop
    insert into occupancy (chain_id, location_id, resource_id, span, source_kind, source_id, frees_at)
      values (chain, location, resource, wanted, kind, source, frees) on conflict do nothing;
    if found then return true; end if;
    exit when attempt = 2 or release_run_out_holds(chain, resource, wanted, at) = 0;
  end loop;
  return false;
end $function$;

create function client_accounts_follow()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update client_accounts set balance_minor = balance_minor + new.balance_minor - old.balance_minor
   where chain_id = new.chain_id and owner_id = new.owner_id and currency = new.currency;
  return null;
end $function$;

create function client_accounts_open()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare lent bigint;
begin
  select t.credit_limit_minor into lent from account_types t
   where t.chain_id = new.chain_id and t.type_id = split_part(new.owner_id, '/', 2) and t.currency = new.currency for share;
  insert into client_accounts (chain_id, owner_id, currency, client_id, type_id, credit_limit_minor, opened_at)
    values (new.chain_id, new.owner_id, new.currency, split_part(new.owner_id, '/', 1), split_part(new.owner_id, '/', 2), coalesce(lent, 0), new.created_at)
    on conflict do nothing;
  return null;
end $function$;

create function clients_tell_webhooks()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare kind text; at timestamptz := new.created_at;
begin
  if not anybody_hears(new.chain_id) then return null; end if;
  if tg_op = 'INSERT' then kind := 'client.created';
  else
    at := coalesce((select max(told_at) from outbox where chain_id = new.chain_id and subject_id = new.client_id and topic like 'client.%'), new.created_at);
    if new.erased_at is not null and old.erased_at is null then kind := 'client.erased'; at := new.erased_at;
    elsif new.merged_into is not null and old.merged_into is null then kind := 'client.merged';
    elsif new.erased_at is not null or new.merged_into is not null then return null;
    elsif (new.name, new.phone, new.email, new.language, new.note) is distinct from (old.name, old.phone, old.email, old.language, old.note) then kind := 'client.changed';
    else return null;
    end if;
  end if;
  perform tell_webhooks(new.chain_id, null, kind, new.client_id, case when kind = 'client.erased' then null else new.client_id end, at,
    case kind when 'client.erased' then jsonb_build_object('client', jsonb_build_object('id', new.client_id))
              when 'client.merged' then jsonb_build_object('client', jsonb_build_object('id', new.client_id), 'mergedInto', new.merged_into)
              else jsonb_build_object('client', webhook_client(new.chain_id, new.client_id)) end);
  return null;
end $function$;

create function clients_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.version := old.version + 1;
  return new;
end $function$;

create function close_line(chain text, event text, at timestamp with time zone, because text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare w waiting_entries; freed integer := 0;
begin
  for w in select * from waiting_entries where chain_id = chain and event_id = event and kind = 'event' and status in ('waiting', 'offered') order by line_no for update loop
    update waiting_entries set status = 'over', changed_at = at where chain_id = chain and entry_id = w.entry_id;
    perform note_waiting(w, at, 'over', jsonb_build_object('because', because));
    perform tell_waiting(w, at, 'over');
    if w.status = 'offered' then freed := freed + w.places; end if;
  end loop;
  if freed > 0 then update events set places_offered = places_offered - freed, changed_at = at where chain_id = chain and event_id = event; end if;
end $function$;

create function covered_costs_nothing(chain text, appointment text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  update appointment_services set cost_minor = 0 where chain_id = chain and appointment_id = appointment and pay = 'membership' and cost_minor is distinct from 0;
  update appointments a set set_cost_minor = (select case when bool_and(l.cost_minor is null) then null else sum(coalesce(l.cost_minor, l.price_min_minor)) end
           from appointment_services l where l.chain_id = chain and l.appointment_id = appointment)
   where a.chain_id = chain and a.appointment_id = appointment;
end $function$;

create function day_closings_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' then
    raise exception 'a closing is kept' using errcode = 'HF900';
  end if;
  perform pg_advisory_xact_lock(ledger_day_gate(new.chain_id, new.location_id));
  if tg_op = 'UPDATE' and (old.reopened_at is not null or (to_jsonb(old) - array['reopened_at', 'reopened_by_id', 'reopened_by_name', 'reopened_because'])
      is distinct from (to_jsonb(new) - array['reopened_at', 'reopened_by_id', 'reopened_by_name', 'reopened_because'])) then
    raise exception 'a closing is kept as it was' using errcode = 'HF900';
  end if;
  return new;
end $function$;

create function decide_membership_visits(chain text, appointment text, uses boolean, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  perform 1 from memberships m where m.chain_id = chain and exists (
    select from membership_visits v where v.chain_id = chain and v.appointment_id = appointment and v.membership_id = m.membership_id) order by m.membership_id for update;
  update membership_visits set status = case when uses then 'used' else 'returned' end, because = case when uses then 'late_cancel' else 'cancelled' end, changed_at = at
   where chain_id = chain and appointment_id = appointment and because in ('late_cancel', 'cancelled');
end $function$;

create function desk_payments_are_facts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'what was taken at the desk is never changed: % on % is refused', tg_op, tg_table_name using errcode = 'HF912';
end $function$;

create function desk_tells_webhooks()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare paid record;
begin
  if not anybody_hears(new.chain_id) then return null; end if;
  select d.*, a.client_id into paid from desk_payments d join appointments a on a.chain_id = d.chain_id and a.appointment_id = d.appointment_id
   where d.chain_id = new.chain_id and d.desk_payment_id = new.desk_payment_id;
  perform tell_webhooks(new.chain_id, paid.location_id, 'payment.' || tg_argv[0], paid.appointment_id, paid.client_id,
    case when tg_argv[0] = 'taken_at_desk' then paid.taken_at else (to_jsonb(new)->>'reversed_at')::timestamptz end,
    jsonb_build_object('payment', jsonb_build_object('id', paid.desk_payment_id, 'appointmentIds', jsonb_build_array(paid.appointment_id), 'amountMinor', paid.amount_minor,
      'currency', paid.currency, 'registerId', paid.account_id, 'takenAt', webhook_instant(paid.taken_at))));
  return null;
end $function$;

create function event_closes(e events)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  select e.starts_at - make_interval(mins => l.lead_minutes) from locations l where l.chain_id = e.chain_id and l.location_id = e.location_id $function$;

create function event_counts_places()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare more integer; has record;
begin
  more := places_of(new.status, new.places);
  if tg_op = 'UPDATE' then
    if old.event_id = new.event_id then
      more := more - places_of(old.status, old.places);
    else
      update events set places_taken = places_taken - places_of(old.status, old.places), changed_at = new.changed_at
       where chain_id = old.chain_id and event_id = old.event_id;
    end if;
  end if;
  if more = 0 then return null; end if;
  update events set places_taken = places_taken + more, changed_at = new.changed_at
   where chain_id = new.chain_id and event_id = new.event_id
     and (more < 0 or (status = 'open' and places_taken + places_offered + more <= capacity));
  if not found then
    select status, capacity - places_taken - places_offered room into has from events where chain_id = new.chain_id and event_id = new.event_id;
    raise exception 'event_full' using errcode = 'HF012', detail = case when has.status = 'open' then has.room else 0 end::text;
  end if;
  return null;
end $function$;

create function events_live()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into live_changes (chain_id, location_id) values (new.chain_id, new.location_id);
  return null;
end $function$;

create function events_offer_what_is_free()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select 1 from waiting_entries where chain_id = new.chain_id and event_id = new.event_id and kind = 'event' and status = 'waiting') then
    perform offer_places(new.chain_id, new.event_id, new.changed_at);
  end if;
  return null;
end $function$;

create function events_tell_who_waits()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare w waiting_entries;
begin
  if new.status = 'cancelled' then
    perform close_line(new.chain_id, new.event_id, new.changed_at, 'cancelled');
    return null;
  end if;
  for w in select * from waiting_entries where chain_id = new.chain_id and event_id = new.event_id and kind = 'event' and status in ('waiting', 'offered') order by line_no for update loop
    perform note_waiting(w, new.changed_at, 'moved', jsonb_build_object('from', old.starts_at, 'to', new.starts_at));
    perform tell_waiting(w, new.changed_at, 'moved', '_' || new.version);
    update waiting_entries set offered_until = least(offered_until, greatest(event_closes(new), new.changed_at)), changed_at = new.changed_at where chain_id = w.chain_id and entry_id = w.entry_id;
  end loop;
  return null;
end $function$;

create function expire_appointment(chain text, appointment text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  update appointments set status = 'expired', changed_at = at where chain_id = chain and appointment_id = appointment and status = 'held';
  if not found then return; end if;
  delete from occupancy where chain_id = chain and source_kind = 'appointment' and source_id = appointment;
  perform note_change(chain, appointment, at, 'expired', 'clock');
  insert into outbox (chain_id, outbox_id, topic, subject_id, told_at, due_at)
    values (chain, 'out_' || appointment || '_expired_' || floor(extract(epoch from at) * 1000)::bigint, 'appointment.expired', appointment, at, at);
end $function$;

create function free_on_account(chain text, location text, owner text, money text)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
declare free bigint;
begin
  select greatest(-balance_minor - held_minor, 0) into free from client_accounts
   where chain_id = chain and owner_id = owner and currency = money for no key update;
  if not found then return 0; end if;
  if strpos(owner, '/') > 0 and not exists (select 1 from account_type_locations v
       where v.chain_id = chain and v.location_id = location and v.type_id = split_part(owner, '/', 2)) then return 0; end if;
  return free;
end $function$;

create function held_for_prepayment(chain text, visit text)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(sum(held_minor), 0)::bigint from account_holds
   where chain_id = chain and purpose_kind = 'appointment' and purpose_id = visit and status = 'live' and toward = 'prepayment'
$function$;

create function held_for_visit(chain text, visit text)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(sum(held_minor), 0)::bigint from account_holds
   where chain_id = chain and purpose_kind = 'appointment' and purpose_id = visit and status = 'live'
$function$;

create function hold_part_again(chain text, appointment text, hold text, at timestamp with time zone)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
declare before account_holds;
begin
  select * into before from account_holds h
   where h.chain_id = chain and h.purpose_kind = 'appointment' and h.purpose_id = appointment and h.toward = 'prepayment'
   order by h.made_at desc, h.hold_id desc limit 1;
  if not found or before.status = 'spent' then return null; end if;
  if before.status = 'live' then return held_for_prepayment(chain, appointment); end if;
  if before.ended_because not in ('expired', 'run_out')
     or free_on_account(chain, before.location_id, before.owner_id, before.currency) < before.amount_minor then return 0; end if;
  insert into account_holds (chain_id, hold_id, location_id, owner_id, currency, purpose_kind, purpose_id, key, amount_minor, held_minor, made_at, user_id, user_name, toward, look_at)
    values (chain, hold, before.location_id, before.owner_id, before.currency, 'appointment', appointment, hold, before.amount_minor, before.amount_minor, at,
            before.user_id, before.user_name, 'prepayment', at);
  return before.amount_minor;
end $function$;

create function hold_part_on_account(chain text, location text, client text, part jsonb, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare owner text := case part->>'typeId' when '' then client else client || '/' || (part->>'typeId') end; wanted bigint; free bigint;
begin
  select sum((h->>'amountMinor')::bigint) into wanted from jsonb_array_elements(part->'holds') h;
  free := free_on_account(chain, location, owner, part->>'currency');
  if free < wanted then raise exception 'not_enough_on_account' using errcode = 'HF018', detail = free::text; end if;
  insert into account_holds (chain_id, hold_id, location_id, owner_id, currency, purpose_kind, purpose_id, key, amount_minor, held_minor, made_at, user_id, user_name, toward, look_at)
    select chain, h->>'id', location, owner, part->>'currency', 'appointment', h->>'appointmentId', coalesce(h->>'key', h->>'id'), (h->>'amountMinor')::bigint,
           (h->>'amountMinor')::bigint, at, 'client', '', 'prepayment', (part->>'lookAt')::timestamptz
      from jsonb_array_elements(part->'holds') h;
  perform note_change(chain, h->>'appointmentId', at, 'held_on_account', 'client', jsonb_build_object('amountMinor', (h->>'amountMinor')::bigint))
     from jsonb_array_elements(part->'holds') h;
end $function$;

create function intend_payment(p jsonb)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  with intended as (
    insert into payment_attempts (chain_id, attempt_id, location_id, connection_id, order_kind, order_id, reference, idempotency_key,
        amount_minor, currency, status, payable_until, look_at, created_at)
      values (p->>'chain', p->>'attempt', p->>'location', p->>'connection', p->>'orderKind', p->>'orderId', p->>'reference',
        p->>'idempotencyKey', (p->>'amount')::bigint, p->>'currency', 'intended', (p->>'payableUntil')::timestamptz,
        (p->>'lookAt')::timestamptz, (p->>'now')::timestamptz))
  insert into payment_lines (chain_id, attempt_id, line_no, purpose_kind, purpose_id, amount_minor, live)
    select p->>'chain', p->>'attempt', (l.no - 1)::smallint, l.line->>'kind', l.line->>'id', (l.line->>'amount')::bigint, true
      from jsonb_array_elements(p->'lines') with ordinality l(line, no);
end $function$;

create function join_line(p jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
declare
  chain text := p->>'chain'; place text := p->>'location'; at timestamptz := (p->>'now')::timestamptz; w waiting_entries; e events; n integer; retry_at timestamptz;
begin
  select * into w from waiting_entries where chain_id = chain and draft_id = p->>'draft';
  if found then return jsonb_build_object('outcome', 'repeated', 'entry', w.entry_id); end if;
  if p ? 'limits' then
    perform pg_advisory_xact_lock(hashtextextended('waiting-of-address/' || chain || '/' || (p->>'addressHash'), 0));
    select count(*), min(joined_at) + interval '1 hour' into n, retry_at from waiting_entries
     where chain_id = chain and address_hash = p->>'addressHash' and joined_at > at - interval '1 hour';
    if n >= (p->'limits'->>'perAddress')::int then raise exception 'too_many_entries' using errcode = 'HF011', detail = to_json(retry_at)#>>'{}'; end if;
    select count(*) into n from waiting_entries where chain_id = chain and phone = p->>'phone' and status in ('waiting', 'offered');
    if n >= (p->'limits'->>'perPhone')::int then raise exception 'too_many_entries' using errcode = 'HF011', detail = to_json(at + interval '1 hour')#>>'{}'; end if;
  end if;
  if p ? 'phoneConfirmation' then
    perform take_phone_confirmation(chain, place, p->>'draft', p->>'phone', p->>'phoneConfirmation', at);
  end if;
  if p ? 'event' then
    select * into e from events where chain_id = chain and location_id = place and event_id = p->>'event' for update;
    if not found or e.status <> 'open' or at >= event_closes(e) then raise exception 'waiting_is_over' using errcode = 'HF017'; end if;
    select coalesce(max(line_no), 0) + 1 into n from waiting_entries where chain_id = chain and event_id = p->>'event' and kind = 'event';
  else
    perform pg_advisory_xact_lock(hashtextextended('waiting-day/' || chain || '/' || place || '/' || (p->>'day'), 0));
    select coalesce(max(line_no), 0) + 1 into n from waiting_entries where chain_id = chain and location_id = place and day = (p->>'day')::date and kind = 'day';
  end if;
  insert into waiting_entries (chain_id, entry_id, location_id, kind, event_id, service_ids, staff_id, day, from_minute, to_minute, line_no, places, contact, phone, phone_confirmed_at,
      language, link_id, consent, address_hash, draft_id, promise, account_type_id, quote_id, by_user, status, joined_at, changed_at)
    values (chain, p->>'id', place, case when p ? 'event' then 'event' else 'day' end, p->>'event',
      case when p ? 'event' then null else array(select jsonb_array_elements_text(p->'services')) end, p->>'staff', (p->>'day')::date, (p->>'fromMinute')::smallint, (p->>'toMinute')::smallint, n,
      (p->>'places')::smallint, p->'contact', p->>'phone', case when p ? 'phoneConfirmation' then at end, p->>'language', p->>'link', p->'consent', p->>'addressHash', p->>'draft',
      p->>'promise', p->>'accountType', p->>'quote', nullif(p->'by', 'null'::jsonb), 'waiting', at, at) returning * into w;
  perform note_waiting(w, at, 'joined', jsonb_strip_nulls(jsonb_build_object('places', w.places, 'by', w.by_user->>'name')));
  perform tell_waiting(w, at, 'joined');
  if p ? 'event' then perform offer_places(chain, p->>'event', at);
  else insert into waiting_looks (chain_id, location_id, day) values (chain, place, w.day); end if;
  return jsonb_build_object('outcome', 'made', 'entry', w.entry_id);
end $function$;

create function lapse_offers(chain text, event text, at timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare w waiting_entries; freed integer := 0;
begin
  for w in select * from waiting_entries where chain_id = chain and event_id = event and kind = 'event' and status = 'offered' and offered_until <= at order by line_no for update loop
    update waiting_entries set status = 'lapsed', changed_at = at where chain_id = chain and entry_id = w.entry_id;
    perform note_waiting(w, at, 'lapsed');
    perform tell_waiting(w, at, 'lapsed');
    freed := freed + w.places;
  end loop;
  if freed > 0 then update events set places_offered = places_offered - freed, changed_at = at where chain_id = chain and event_id = event; end if;
  return freed;
end $function$;

create function leave_line(chain text, entry text, how text, more jsonb, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare w waiting_entries;
begin
  select * into w from waiting_entries where chain_id = chain and entry_id = entry;
  perform 1 from events where chain_id = chain and event_id = w.event_id for update;
  select * into w from waiting_entries where chain_id = chain and entry_id = entry for update;
  if w.status not in ('waiting', 'offered') or (how = 'passed' and w.status <> 'offered') then return false; end if;
  update waiting_entries set status = case how when 'passed' then 'lapsed' else 'withdrawn' end, changed_at = at where chain_id = chain and entry_id = entry;
  perform note_waiting(w, at, how, more);
  if w.status = 'offered' then
    update events set places_offered = places_offered - w.places, changed_at = at where chain_id = chain and event_id = w.event_id;
    delete from occupancy where chain_id = chain and source_kind = 'offer' and source_id = entry;
  end if;
  return true;
end $function$;

create function ledger_after_closed_days()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare open_from timestamptz;
begin
  perform pg_advisory_xact_lock_shared(ledger_day_gate(new.chain_id, new.location_id));
  select c.closed_until into open_from from day_closings c
    where c.chain_id = new.chain_id and c.location_id = new.location_id and c.reopened_at is null order by c.closed_until desc limit 1;
  if new.happened_at < open_from then new.happened_at := open_from; end if;
  return new;
end $function$;

create function ledger_day_gate(chain_id text, location_id text)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select hashtextextended(chain_id || '/' || location_id, 31)
$function$;

create function ledger_entries_to_seal()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into ledger_unsealed (chain_id, location_id, entry_id) select chain_id, location_id, entry_id from written;
  return null;
end $function$;

create function ledger_guard_balance()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if pg_trigger_depth() < 2 then raise exception 'a balance is moved by postings only' using errcode = 'HF902'; end if;
  return new;
end $function$;

create function ledger_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the ledger is append-only: % on % is refused', tg_op, tg_table_name using errcode = 'HF900';
end $function$;

create function ledger_keep_balances()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare wrong text;
begin
  perform 1 from client_accounts c
    join (select distinct a.chain_id, a.owner_id, a.currency
            from (select chain_id, from_account_id account_id from posted union select chain_id, to_account_id from posted) t
            join ledger_accounts a on a.chain_id = t.chain_id and a.account_id = t.account_id
           where a.kind = 'client') x on x.chain_id = c.chain_id and x.owner_id = c.owner_id and x.currency = c.currency
    order by c.chain_id, c.owner_id, c.currency for no key update of c;
  perform 1 from ledger_accounts a
    where (a.chain_id, a.account_id) in (select chain_id, from_account_id from posted union select chain_id, to_account_id from posted)
    order by a.chain_id, a.account_id for no key update;
  select t.entry_id into wrong
    from (select chain_id, from_account_id account_id, entry_id, currency from posted union all select chain_id, to_account_id, entry_id, currency from posted) t
    join ledger_accounts a on a.chain_id = t.chain_id and a.account_id = t.account_id
   where a.currency <> t.currency limit 1;
  if wrong is not null then
    raise exception 'entry % mixes currencies', wrong using errcode = 'HF901';
  end if;
  update ledger_accounts a set balance_minor = a.balance_minor + m.moved
    from (select chain_id, account_id, sum(amount)::bigint moved from (
            select chain_id, to_account_id account_id, amount_minor amount from posted
            union all select chain_id, from_account_id, -amount_minor from posted) x group by 1, 2) m
   where a.chain_id = m.chain_id and a.account_id = m.account_id;
  return null;
end $function$;

create function ledger_keep_day_totals()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select 1 from posted p join ledger_entries e on e.chain_id = p.chain_id and e.entry_id = p.entry_id
              where (e.happened_at, e.location_id) is distinct from (p.happened_at, p.location_id)) then
    raise exception 'a posting happened when and where its entry did' using errcode = 'HF903';
  end if;
  insert into ledger_day_totals as t (chain_id, account_id, day, in_minor, out_minor)
    select m.chain_id, m.account_id, m.day, sum(m.came), sum(m.went)
      from (select chain_id, to_account_id account_id, (happened_at at time zone 'UTC')::date as day, amount_minor came, 0 went from posted
            union all select chain_id, from_account_id, (happened_at at time zone 'UTC')::date, 0, amount_minor from posted) m
      join ledger_accounts a on a.chain_id = m.chain_id and a.account_id = m.account_id and a.kind <> 'client'
     group by 1, 2, 3 order by 1, 2, 3
    on conflict on constraint ledger_day_totals_pk do update set in_minor = t.in_minor + excluded.in_minor, out_minor = t.out_minor + excluded.out_minor;
  return null;
end $function$;

create function ledger_keep_prepayments_owed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  with touched as (
    select distinct a.chain_id, a.account_id, prepaid_for(p.purpose_kind, p.purpose_id) purpose_id
      from posted p join ledger_accounts a on a.chain_id = p.chain_id and a.account_id in (p.from_account_id, p.to_account_id) and a.kind = 'prepayments'),
  looked as materialized (
    select t.*, t.purpose_id = '' or coalesce((
             select sum(case p.from_account_id when t.account_id then p.amount_minor else -p.amount_minor end) from ledger_postings p
              where p.chain_id = t.chain_id and p.purpose_kind in ('appointment', 'membership') and p.purpose_id = t.purpose_id
                and t.account_id in (p.from_account_id, p.to_account_id)), 0) <> 0 is_owed
      from touched t),
  settled as (
    delete from prepayments_owed o using looked l
     where not l.is_owed and o.chain_id = l.chain_id and o.account_id = l.account_id and o.purpose_id = l.purpose_id)
  insert into prepayments_owed (chain_id, account_id, purpose_id)
    select chain_id, account_id, purpose_id from looked where is_owed on conflict do nothing;
  return null;
end $function$;

create function live_payment(chain text, kind text, id text)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return (select jsonb_build_object('attemptId', a.attempt_id, 'status', a.status, 'payableUntil', a.payable_until, 'pageUrl', a.page_url)
    from payment_attempts a
   where a.chain_id = chain and a.attempt_id in (select x.attempt_id from attempts_about_order(chain, kind, id) x)
     and a.status in ('intended', 'open', 'processing') and (a.superseded_at is null or a.status = 'processing')
   order by a.status = 'processing' desc, a.order_kind = kind desc, a.created_at desc limit 1);
end $function$;

create function locations_live()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into live_changes (chain_id, location_id) values (new.chain_id, new.location_id);
  return null;
end $function$;

create function locations_open_booking_link()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into booking_links (chain_id, location_id, link_id, slug, name, is_default)
    values (new.chain_id, new.location_id, 'lnk_' || left(md5(new.chain_id || '/' || new.location_id), 20), 'main', 'Main', true);
  return null;
end $function$;

create function locations_rules_moved()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.rules_version = old.rules_version and new is distinct from old then
    new.rules_version := old.rules_version + 1;
  end if;
  return new;
end $function$;

create function lock_memberships_of(chain text, appointment text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  perform 1 from memberships m
   where m.chain_id = chain
     and (m.membership_id in (select v.membership_id from membership_visits v where v.chain_id = chain and v.appointment_id = appointment)
       or m.sold_at is not null and m.ended_at is null
          and m.client_id = (select coalesce(c.merged_into, c.client_id) from appointments a join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id
                              where a.chain_id = chain and a.appointment_id = appointment))
   order by m.membership_id for update;
end $function$;

create function look_after_days(at timestamp with time zone, most integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare w waiting_entries; done integer := 0;
begin
  for w in select x.* from waiting_entries x join locations l on l.chain_id = x.chain_id and l.location_id = x.location_id
            where x.kind = 'day' and ((x.status = 'offered' and x.offered_until <= at)
                or (x.status = 'waiting' and ((x.day + 1)::timestamp at time zone l.time_zone) <= at))
            order by x.chain_id, x.location_id, x.day, x.line_no limit most for update of x skip locked
  loop
    update waiting_entries set status = case w.status when 'offered' then 'lapsed' else 'over' end, changed_at = at where chain_id = w.chain_id and entry_id = w.entry_id;
    perform note_waiting(w, at, case w.status when 'offered' then 'lapsed' else 'over' end, case w.status when 'offered' then '{}'::jsonb else '{"because": "begun"}'::jsonb end);
    perform tell_waiting(w, at, case w.status when 'offered' then 'lapsed' else 'over' end);
    delete from occupancy where chain_id = w.chain_id and source_kind = 'offer' and source_id = w.entry_id;
    done := done + 1;
  end loop;
  return done;
end $function$;

create function look_after_line(chain text, event text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare e events;
begin
  select * into e from events where chain_id = chain and event_id = event for update;
  perform lapse_offers(chain, event, at);
  if at >= event_closes(e) then perform close_line(chain, event, at, 'begun'); else perform offer_places(chain, event, at); end if;
end $function$;

create function membership_ends(begins timestamp with time zone, many integer, unit text, zone text, frozen integer)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  select case when begins is null or many is null then null
              else (date_trunc('day', begins at time zone zone) + case unit when 'months' then make_interval(months => many) else make_interval(days => many) end
                    + make_interval(days => frozen)) at time zone zone end $function$;

create function membership_not_lasting(chain text, appointment text, starts timestamp with time zone, OUT membership text, OUT reason text, OUT ends timestamp with time zone)
 RETURNS record
 LANGUAGE plpgsql
 STABLE
AS $function$
declare m record; others record;
begin
  for m in select * from memberships x where x.chain_id = chain and x.membership_id in (
             select v.membership_id from membership_visits v where v.chain_id = chain and v.appointment_id = appointment and v.status = 'reserved') order by membership_id loop
    if m.begins = 'first_visit' and m.begins_at is null then
      select min(a.starts_at) first, max(a.starts_at) last into others from membership_visits v
        join appointments a on a.chain_id = v.chain_id and a.appointment_id = v.appointment_id
       where v.chain_id = chain and v.membership_id = m.membership_id and v.status = 'reserved' and v.appointment_id <> appointment;
      ends := membership_ends(least(others.first, starts), m.period_count, m.period_unit, m.time_zone, 0);
      reason := case when greatest(others.last, starts) >= ends then 'ends_before' end;
    else
      ends := m.ends_at;
      reason := case when starts >= m.ends_at then 'ends_before' when starts >= m.frozen_from and starts < m.frozen_until then 'frozen' end;
    end if;
    if reason is not null then
      membership := m.name;
      return;
    end if;
  end loop;
  ends := null;
end $function$;

create function membership_spans(m memberships, starts timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select m.begins <> 'first_visit' or m.begins_at is not null
      or greatest(max(a.starts_at), starts) < membership_ends(least(min(a.starts_at), starts), m.period_count, m.period_unit, m.time_zone, 0)
    from membership_visits v join appointments a on a.chain_id = v.chain_id and a.appointment_id = v.appointment_id
   where v.chain_id = m.chain_id and v.membership_id = m.membership_id and v.status = 'reserved' $function$;

create function membership_that_covers(chain text, location text, client text, service text, starts timestamp with time zone, at timestamp with time zone, OUT membership text, OUT reason text)
 RETURNS record
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  select c.membership_id into membership from memberships_that_cover(chain, location, client, service, starts, at) c limit 1;
  if membership is not null then return; end if;
  with mine as (
    select location = any (m.location_ids) and (m.service_ids is null or service = any (m.service_ids)) covers,
           m.visits is null or m.visits_reserved + m.visits_used < m.visits has_left,
           coalesce(starts >= m.frozen_from and starts < m.frozen_until, false) is_frozen
      from memberships m
     where m.chain_id = chain and m.client_id = client and m.sold_at is not null and m.ended_at is null and m.refunding_since is null)
  select case when not exists (select from mine) then 'none'
              when not exists (select from mine m where m.covers) then 'not_covered'
              when exists (select from mine m where m.covers and m.has_left and m.is_frozen) then 'frozen'
              when exists (select from mine m where m.covers and m.has_left) then 'ends_before'
              else 'used_up' end
    into reason;
end $function$;

create function membership_visit_is_late(late_hours integer, late_from timestamp with time zone, starts timestamp with time zone, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select late_hours is not null and late_from is distinct from 'infinity' and (late_from is not null or at > starts - make_interval(hours => late_hours)) $function$;

create function membership_visits_are_counted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare m record; first_used timestamptz;
begin
  update memberships set
         visits_reserved = visits_reserved + (new.status = 'reserved')::int - case when tg_op = 'UPDATE' then (old.status = 'reserved')::int else 0 end,
         visits_used = visits_used + (new.status = 'used')::int - case when tg_op = 'UPDATE' then (old.status = 'used')::int else 0 end,
         income_due_at = least(income_due_at, new.changed_at), version = version + 1
   where chain_id = new.chain_id and membership_id = new.membership_id returning * into m;
  if m.begins = 'first_visit' then
    select min(a.starts_at) into first_used from membership_visits v
      join appointments a on a.chain_id = v.chain_id and a.appointment_id = v.appointment_id
     where v.chain_id = m.chain_id and v.membership_id = m.membership_id and v.status = 'used';
    if first_used is distinct from m.begins_at then
      update memberships set begins_at = first_used, ends_at = membership_ends(first_used, period_count, period_unit, time_zone, frozen_days)
       where chain_id = m.chain_id and membership_id = m.membership_id;
    end if;
  end if;
  return null;
end $function$;

create function membership_visits_follow_places(chain text, appointment text, had integer, was_at timestamp with time zone, all_back boolean, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare a record; l record; cut record; found_one record; base jsonb; has integer;
begin
  select x.location_id, x.places, x.starts_at, x.status, coalesce(c.merged_into, c.client_id) client into a from appointments x
    join clients c on c.chain_id = x.chain_id and c.client_id = x.client_id where x.chain_id = chain and x.appointment_id = appointment;
  for l in select distinct service_id from appointment_services where chain_id = chain and appointment_id = appointment and pay = 'membership' loop
    select v.before into base from membership_visits v
     where v.chain_id = chain and v.appointment_id = appointment and v.service_id = l.service_id and v.status <> 'returned' and v.because <> 'places_cut'
     order by (v.before->>'cost') is null, v.made_at, v.visit_id limit 1;
    if base->>'cost' is not null then
      base := jsonb_set(base, '{cost}', to_jsonb(round((base->>'cost')::numeric / had * a.places)::bigint));
    end if;
    select count(*) into has from membership_visits v
     where v.chain_id = chain and v.appointment_id = appointment and v.service_id = l.service_id and v.status <> 'returned' and v.because <> 'places_cut';
    for place in has + 1 .. a.places loop
      select * into found_one from membership_that_covers(chain, a.location_id, a.client, l.service_id, a.starts_at, at);
      if found_one.membership is null then raise exception 'membership_not_usable' using errcode = 'HF014', detail = found_one.reason; end if;
      perform take_membership_visit(chain, found_one.membership, appointment, l.service_id, 'booked', at);
    end loop;
    -- as if these places had been cancelled: what comes back goes first
    for cut in select v.visit_id, late from membership_visits v join memberships m on m.chain_id = v.chain_id and m.membership_id = v.membership_id
                cross join lateral (select not all_back and a.status in ('waiting', 'confirmed') and membership_visit_is_late(m.late_hours, v.late_from, was_at, at) late) x
                where v.chain_id = chain and v.appointment_id = appointment and v.service_id = l.service_id and v.status <> 'returned' and v.because <> 'places_cut'
                order by late, m.ended_at is null desc, m.ends_at desc nulls first, v.made_at desc, v.visit_id limit greatest(has - a.places, 0) loop
      update membership_visits set status = case when cut.late then 'used' else 'returned' end, because = case when cut.late then 'places_cut' else 'undone' end,
             due_at = null, changed_at = at where chain_id = chain and visit_id = cut.visit_id;
    end loop;
    -- whichever of them is undone says what all of them cost without the membership
    update membership_visits v set before = coalesce(base, v.before), status = case when a.status in ('arrived', 'no_show') then 'used' else v.status end,
           because = case when v.status <> 'reserved' then v.because when a.status = 'arrived' then 'visit' when a.status = 'no_show' then 'no_show' else v.because end,
           due_at = case when a.status in ('arrived', 'no_show') then null else v.due_at end
     where v.chain_id = chain and v.appointment_id = appointment and v.service_id = l.service_id and v.status <> 'returned' and v.because <> 'places_cut';
  end loop;
end $function$;

create function memberships_refund_again()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update attention set resolved_at = new.refunding_since, resolution = 'sent_again'
   where chain_id = new.chain_id and subject_kind = 'membership' and subject_id = new.membership_id and kind = 'refund_failed' and resolved_at is null;
  return null;
end $function$;

create function memberships_that_cover(chain text, location text, client text, service text, starts timestamp with time zone, at timestamp with time zone)
 RETURNS TABLE(membership_id text, name text, visits integer, "left" integer, ends_at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  select m.membership_id, m.name, m.visits::integer, m.visits - m.visits_reserved - m.visits_used, m.ends_at from memberships m
   where m.chain_id = chain and m.client_id = client and m.sold_at is not null and m.ended_at is null and m.refunding_since is null
     and location = any (m.location_ids) and (m.service_ids is null or service = any (m.service_ids))
     and (m.visits is null or m.visits_reserved + m.visits_used < m.visits) and not coalesce(starts >= m.frozen_from and starts < m.frozen_until, false)
     and (m.ends_at is null or starts < m.ends_at) and membership_spans(m, starts)
   order by m.ends_at nulls last, m.sold_at, m.membership_id $function$;

create function money_live()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into live_changes (chain_id, location_id, money) values (new.chain_id, new.location_id, true);
  return null;
end $function$;

create function money_of_visit(chain text, visit text)
 RETURNS TABLE(source_kind text, source_id text, line_no smallint, placed text, currency text, came_at timestamp with time zone, came_minor bigint, left_minor bigint, named text, paid_by text, connection_id text, disputed_minor bigint, charged_back_minor bigint)
 LANGUAGE plpgsql
 STABLE
AS $function$
#variable_conflict use_column
begin
  return query
  with a as (select * from appointments x where x.chain_id = chain and x.appointment_id = visit),
  lines as (
    select 'payment' k, l.attempt_id id, l.line_no no, l.outcome placed, t.captured_currency cur, t.captured_at at, l.placed_minor came, l.placed_minor - l.refunded_minor remains,
           c.label named, case t.order_kind when 'visit' then 'link' else 'online' end paid_by, t.connection_id connection, l.disputed_minor disputed, l.charged_back_minor back
      from a join payment_lines l on l.chain_id = chain
       and (l.purpose_kind in ('appointment', 'visit') and l.purpose_id = visit or l.purpose_kind = 'booking' and l.purpose_id = a.booking_id and a.line_no = 0)
      join payment_attempts t on t.chain_id = chain and t.attempt_id = l.attempt_id
      join provider_connections c on c.chain_id = chain and c.connection_id = t.connection_id
     where l.outcome in ('applied', 'credited', 'unplaced') and t.status = 'captured'),
  taken as (
    select 'desk' k, d.desk_payment_id id, 0::smallint no, 'applied' placed, d.currency cur, d.taken_at at, d.amount_minor came,
           case when v.desk_payment_id is not null then 0 else d.amount_minor - coalesce((
             select sum(r.amount_minor) from refunds r
              where r.chain_id = chain and r.source_kind = 'desk' and r.source_id = d.desk_payment_id and r.status = 'given_back'), 0)::bigint end remains,
           g.name named, case g.kind when 'cashless' then 'card' else 'cash' end paid_by, null::text connection, 0::bigint disputed, 0::bigint back
      from desk_payments d join cash_registers g on g.chain_id = d.chain_id and g.account_id = d.account_id
      left join desk_reversals v on v.chain_id = d.chain_id and v.desk_payment_id = d.desk_payment_id
     where d.chain_id = chain and d.appointment_id = visit),
  known as (select * from lines union all select * from taken),
  rest as (select a.paid_minor - coalesce((select sum(remains) from known where placed = 'applied'), 0)::bigint remains, a.currency cur, a.created_at at from a)
  select k, id, no, placed, cur, at, came, greatest(remains - back, least(remains, 0)), named, paid_by, connection, disputed, back from known
  union all
  select 'account', visit, 0::smallint, 'applied', r.cur::text, r.at, r.remains, r.remains, '', 'account', null::text, 0::bigint, 0::bigint from rest r where r.remains > 0
  order by 6, 2, 3;
end $function$;

create function note_change(chain text, appointment text, moment timestamp with time zone, change text, actor text, more jsonb DEFAULT '{}'::jsonb)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  insert into appointment_changes (chain_id, appointment_id, change_no, at, what, by_whom, detail)
  select chain, appointment, coalesce((select max(change_no) from appointment_changes where chain_id = chain and appointment_id = appointment), 0) + 1,
         moment, change, actor, more;
end $function$;

create function note_waiting(w waiting_entries, at timestamp with time zone, step text, more jsonb DEFAULT '{}'::jsonb)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into waiting_log (chain_id, location_id, entry_id, at, what, detail) values (w.chain_id, w.location_id, w.entry_id, at, step, more) $function$;

create function occupancy_frees_days()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into waiting_looks (chain_id, location_id, day)
    select distinct w.chain_id, w.location_id, w.day from waiting_entries w
     where w.chain_id = old.chain_id and w.location_id = old.location_id and w.kind = 'day' and w.status = 'waiting'
       and w.day between lower(old.span)::date - 2 and upper(old.span)::date + 2;
  return null;
end $function$;

create function occupancy_live()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into live_changes (chain_id, location_id) select coalesce(new.chain_id, old.chain_id), coalesce(new.location_id, old.location_id);
  return null;
end $function$;

create function offer_deadline(at timestamp with time zone, zone text, minutes integer, closes timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE
AS $function$
declare moment timestamptz := at; left_seconds numeric := minutes * 60; wall timestamp; shuts timestamptz;
begin
  loop
    wall := moment at time zone zone;
    if wall::time < time '08:00' then moment := (wall::date + time '08:00') at time zone zone;
    elsif wall::time >= time '21:00' then moment := (wall::date + 1 + time '08:00') at time zone zone;
    end if;
    if moment >= closes then return closes; end if;
    shuts := ((moment at time zone zone)::date + time '21:00') at time zone zone;
    if moment + make_interval(secs => left_seconds) <= shuts then return least(moment + make_interval(secs => left_seconds), closes); end if;
    left_seconds := left_seconds - extract(epoch from shuts - moment);
    moment := shuts;
  end loop;
end $function$;

create function offer_in_hand()
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$ select nullif(current_setting('holdfast.offer', true), '') $function$;

create function offer_places(chain text, event text, at timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare e events; w waiting_entries; free integer; closes timestamptz; deadline timestamptz; offered integer := 0;
begin
  select * into e from events where chain_id = chain and event_id = event for update;
  closes := event_closes(e);
  if e.event_id is null or e.status <> 'open' or at >= closes then return 0; end if;
  free := e.capacity - e.places_taken - e.places_offered;
  if free <= 0 then return 0; end if;
  select offer_deadline(at, l.time_zone, l.waiting_offer_minutes, closes) into deadline from locations l where l.chain_id = chain and l.location_id = e.location_id;
  for w in select * from waiting_entries where chain_id = chain and event_id = event and kind = 'event' and status = 'waiting' order by line_no for update loop
    exit when free - offered <= 0;
    if w.places > free - offered then
      if w.skipped_free is distinct from free - offered then
        update waiting_entries set skipped_free = free - offered where chain_id = chain and entry_id = w.entry_id;
        perform note_waiting(w, at, 'skipped', jsonb_build_object('places', w.places, 'free', free - offered));
      end if;
      continue;
    end if;
    update waiting_entries set status = 'offered', offered_until = deadline, changed_at = at where chain_id = chain and entry_id = w.entry_id;
    perform note_waiting(w, at, 'offered', jsonb_build_object('until', deadline, 'places', w.places));
    perform tell_waiting(w, at, 'offered');
    offered := offered + w.places;
  end loop;
  if offered > 0 then update events set places_offered = places_offered + offered, changed_at = at where chain_id = chain and event_id = event; end if;
  return offered;
end $function$;

create function offer_time(chain text, entry text, staff text, busy tstzrange, starts timestamp with time zone, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare w waiting_entries; deadline timestamptz; closes timestamptz;
begin
  select * into w from waiting_entries where chain_id = chain and entry_id = entry and kind = 'day' and status = 'waiting' for update;
  if not found then return false; end if;
  select starts - make_interval(mins => l.lead_minutes), offer_deadline(at, l.time_zone, l.waiting_offer_minutes, starts - make_interval(mins => l.lead_minutes)) into closes, deadline
    from locations l where l.chain_id = chain and l.location_id = w.location_id;
  if at >= closes or not claim_span(chain, w.location_id, staff, busy, 'offer', entry, null, at) then return false; end if;
  update waiting_entries set status = 'offered', offered_until = deadline, offer = jsonb_build_object('staffId', staff, 'startsAt', starts), changed_at = at
   where chain_id = chain and entry_id = entry;
  perform note_waiting(w, at, 'offered', jsonb_build_object('until', deadline, 'startsAt', starts));
  perform tell_waiting(w, at, 'offered');
  return true;
end $function$;

create function page_is_open(chain text, kind text, id text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return exists (select 1 from payment_lines l join payment_attempts a on a.chain_id = l.chain_id and a.attempt_id = l.attempt_id
                  where l.chain_id = chain and l.purpose_kind = kind and l.purpose_id = id and l.live and (a.page_url is not null or a.status = 'processing'));
end $function$;

create function payment_attempts_keep_history()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'attempt % cannot go back', old.attempt_id using errcode = 'HF910';
end $function$;

create function payment_attempts_live()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into live_changes (chain_id, location_id, subject_id)
    select new.chain_id, new.location_id, l.purpose_id from payment_lines l
     where l.chain_id = new.chain_id and l.attempt_id = new.attempt_id and l.purpose_kind = 'appointment';
  return null;
end $function$;

create function payment_lines_end_with_attempt()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update payment_lines set live = false where chain_id = new.chain_id and attempt_id = new.attempt_id and live;
  return null;
end $function$;

create function payment_refunds_end_memberships()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare m memberships; ended timestamptz := coalesce(new.done_at, new.made_at);
begin
  update memberships set refund_id = case when new.status = 'refunded' then refund_id end, refunding_since = null, version = version + 1,
         ended_at = case when new.status = 'refunded' then coalesce(ended_at, ended) else ended_at end, income_due_at = least(income_due_at, ended)
   where chain_id = new.chain_id and refund_id = new.refund_id returning * into m;
  if m.membership_id is null or new.status <> 'failed' then return null; end if;
  insert into attention (chain_id, attention_id, location_id, kind, subject_kind, subject_id, attempt_id, amount_minor, currency, detail, opened_at)
    values (new.chain_id, 'att_' || replace(gen_random_uuid()::text, '-', ''), new.location_id, 'refund_failed', 'membership', m.membership_id, new.attempt_id,
            new.amount_minor, new.currency, jsonb_build_object('trouble', new.last_error), ended) on conflict do nothing;
  return null;
end $function$;

create function payment_refunds_end_reversals()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare undone account_top_up_reversals; top_up account_top_ups; ended timestamptz := coalesce(new.done_at, new.made_at);
begin
  update account_top_up_reversals set failed_at = case when new.status = 'failed' then ended end, reversed_at = case when new.status = 'refunded' then ended end
   where chain_id = new.chain_id and refund_id = new.refund_id and failed_at is null and reversed_at is null returning * into undone;
  if undone.top_up_id is null or new.status <> 'failed' then return null; end if;
  select * into top_up from account_top_ups where chain_id = new.chain_id and top_up_id = undone.top_up_id;
  -- what was kept of it for another one goes on being kept
  update client_accounts c set held_minor = c.held_minor - r.held_minor from payment_refunds r
   where r.chain_id = new.chain_id and r.refund_id = new.refund_id and r.held_minor > 0
     and c.chain_id = top_up.chain_id and c.owner_id = top_up.owner_id and c.currency = top_up.currency;
  update payment_refunds set held_minor = 0 where chain_id = new.chain_id and refund_id = new.refund_id and held_minor > 0;
  insert into attention (chain_id, attention_id, location_id, kind, subject_kind, subject_id, attempt_id, amount_minor, currency, detail, opened_at)
    values (new.chain_id, 'att_' || replace(gen_random_uuid()::text, '-', ''), new.location_id, 'refund_failed', 'account_top_up', undone.top_up_id, new.attempt_id,
            new.amount_minor, new.currency, jsonb_build_object('trouble', new.last_error), ended) on conflict do nothing;
  return null;
end $function$;

create function payments_tell_webhooks()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare about text[]; client text; data jsonb;
begin
  if not anybody_hears(new.chain_id) then return null; end if;
  select array_agg(a.appointment_id order by l.line_no), min(a.client_id) into about, client
    from payment_lines l join appointments a on a.chain_id = l.chain_id and a.appointment_id = l.purpose_id
   where l.chain_id = new.chain_id and l.attempt_id = new.attempt_id and l.purpose_kind = 'appointment';
  data := jsonb_build_object('payment', jsonb_build_object('id', new.attempt_id, 'reference', new.reference, 'order', jsonb_build_object('kind', new.order_kind, 'id', new.order_id),
    'appointmentIds', to_jsonb(coalesce(about, '{}')), 'capturedMinor', new.captured_minor, 'refundedMinor', new.refunded_minor,
    'currency', coalesce(new.captured_currency, new.currency), 'capturedAt', webhook_instant(new.captured_at)));
  -- of one visit it stands in line with the visit
  if new.captured_minor > old.captured_minor then
    perform tell_webhooks(new.chain_id, new.location_id, 'payment.captured', case when cardinality(about) = 1 then about[1] else new.attempt_id end, client,
                          new.captured_at, data);
  end if;
  if new.refunded_minor > old.refunded_minor then
    perform tell_webhooks(new.chain_id, new.location_id, 'payment.refunded', case when cardinality(about) = 1 then about[1] else new.attempt_id end, client,
                          coalesce((select max(told_at) from outbox where chain_id = new.chain_id and subject_id = new.attempt_id and topic = 'payment.refunded'), new.captured_at),
                          data);
  end if;
  return null;
end $function$;

create function phone_is_confirmed(chain text, place text, draft text, number text, proof text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (select 1 from phone_codes c where c.chain_id = chain and c.location_id = place and c.draft_id = draft and c.phone = number
                    and c.confirmed_at > at - interval '24 hours' and c.proof_hash = sha256(convert_to(proof, 'UTF8'))) $function$;

create function places_of(status text, places integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case when status in ('held', 'waiting', 'confirmed', 'arrived', 'no_show') then places else 0 end $function$;

create function prepaid_for(kind text, id text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case when kind in ('appointment', 'membership') then id else '' end $function$;

create function promise_failed(chain text, entry text, reason text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare w waiting_entries;
begin
  update waiting_entries set promise = 'pay', changed_at = at where chain_id = chain and entry_id = entry and promise <> 'pay' and status = 'offered' returning * into w;
  if not found then return; end if;
  perform note_waiting(w, at, 'promise_failed', jsonb_build_object('reason', reason));
  perform tell_waiting(w, at, 'promise_failed');
end $function$;

create function provider_connections_refused()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into webhook_refusals (chain_id, connection_id, refused_at, why)
    values (new.chain_id, new.connection_id, new.refused_at, coalesce(new.refused_why, '')) on conflict do nothing;
  delete from webhook_refusals r where r.chain_id = new.chain_id and r.connection_id = new.connection_id and r.refused_at <= (
    select o.refused_at from webhook_refusals o where o.chain_id = new.chain_id and o.connection_id = new.connection_id
     order by o.refused_at desc offset 50 limit 1);
  return null;
end $function$;

create function purposes_of_order(chain text, kind text, id text)
 RETURNS TABLE(purpose_kind text, purpose_id text)
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return query
    select 'appointment', a.appointment_id from appointments a where kind = 'booking' and a.chain_id = chain and a.booking_id = id
    union select 'appointment', id where kind = 'visit'
    union select l.purpose_kind, l.purpose_id from payment_attempts a join payment_lines l on l.chain_id = a.chain_id and l.attempt_id = a.attempt_id
           where a.chain_id = chain and a.order_kind = kind and a.order_id = id;
end $function$;

create function receipts_are_due()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into receipts_due (chain_id, entry_id, location_id)
    select distinct chain_id, entry_id, location_id from posted
     where operation in ('payment', 'top_up', 'credit', 'refund', 'spend') or (operation in ('income', 'tax') and purpose_kind = 'appointment')
     order by 2 on conflict do nothing;
  return null;
end $function$;

create function receipts_are_kept()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'what was issued is kept as it is: % on % is refused', tg_op, tg_table_name using errcode = 'HF913';
end $function$;

create function reclaim_time(chain text, appointment text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare a record; e record;
begin
  select * into a from appointments where chain_id = chain and appointment_id = appointment;
  if a.event_id is null then
    return claim_span(a.chain_id, a.location_id, a.staff_id, a.busy, 'appointment', a.appointment_id, null, at);
  end if;
  select version, starts_at, ends_at, staff_id into e from events where chain_id = chain and event_id = a.event_id;
  if (a.starts_at, a.ends_at, a.staff_id) is distinct from (e.starts_at, e.ends_at, e.staff_id) then return false; end if;
  perform take_places(chain, a.location_id, a.event_id, a.places, e.version, at);   -- the event as it was read, or none
  return true;
exception when sqlstate 'HF012' or sqlstate 'HF015' then
  return false;
end $function$;

create function reconciliation_begins()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into reconciliation_settings (chain_id, connection_id, location_id, due_at)
    values (new.chain_id, new.connection_id, new.location_id, new.created_at + interval '1 hour') on conflict do nothing;
  return null;
end $function$;

create function refunds_stay()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'refunds are never erased' using errcode = 'HF902';
end $function$;

create function refuse_full_event(chain text, location text, event text, wanted integer, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
 STABLE
AS $function$
declare room integer;
begin
  if offer_in_hand() is not null then return; end if;
  select capacity - places_taken - places_offered into room from events where chain_id = chain and location_id = location and event_id = event and status = 'open';
  if room < wanted and not exists (select 1 from appointments where chain_id = chain and event_id = event and status = 'held' and frees_at <= at)
     and not exists (select 1 from waiting_entries where chain_id = chain and event_id = event and kind = 'event' and status = 'offered' and offered_until <= at) then
    raise exception 'event_full' using errcode = 'HF012', detail = room::text;
  end if;
end $function$;

create function refuse_hostage_places()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare k record; most integer; held integer; lost integer; retry_at timestamptz; first_lost timestamptz;
begin
  -- what was set aside for who waited is theirs
  if offer_in_hand() is not null then return null; end if;
  -- a party of four is welcome at the smallest class
  select greatest(4, ceil(e.capacity * l.holds_share_percent / 100.0))::integer into most from events e
    join locations l on l.chain_id = e.chain_id and l.location_id = e.location_id where e.chain_id = new.chain_id and e.event_id = new.event_id;
  if new.places > most then raise exception 'too_many_places' using errcode = 'HF020', detail = most::text; end if;
  select phone, address_hash into k from bookings where chain_id = new.chain_id and booking_id = new.booking_id;
  with its as (
    select booking_id, true by_phone from bookings where chain_id = new.chain_id and phone = k.phone and created_at > new.created_at - interval '2 hours'
    union
    select booking_id, false from bookings where chain_id = new.chain_id and address_hash = k.address_hash and phone <> k.phone and created_at > new.created_at - interval '2 hours')
  select coalesce(sum(x.places) filter (where x.status = 'held' and x.frees_at > new.created_at), 0),
         count(*) filter (where x.status = 'expired' or x.frees_at <= new.created_at),
         min(x.frees_at) filter (where x.status = 'held' and x.frees_at > new.created_at and x.booking_id <> new.booking_id),
         min(x.created_at) filter (where x.status = 'expired' or x.frees_at <= new.created_at)
    into held, lost, retry_at, first_lost from its join appointments x on x.chain_id = new.chain_id and x.booking_id = its.booking_id
   where x.event_id = new.event_id and x.paid_minor = 0 and x.status in ('held', 'expired') and (its.by_phone or (x.places > 1 and new.places > 1));
  if held > most and retry_at is not null then raise exception 'too_many_holds' using errcode = 'HF011', detail = to_json(retry_at)#>>'{}'; end if;
  -- who has let places here run out three times lets others have them
  if lost >= 3 then raise exception 'too_many_holds' using errcode = 'HF011', detail = to_json(first_lost + interval '2 hours')#>>'{}'; end if;
  return null;
end $function$;

create function release_run_out_holds(chain text, resource text, wanted tstzrange, at timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare run_out record; freed integer := 0;
begin
  for run_out in
    select a.appointment_id from occupancy o
      join appointments a on a.chain_id = o.chain_id and a.appointment_id = o.source_id
     where o.chain_id = chain and o.resource_id = resource and o.span && wanted and o.source_kind = 'appointment'
       and o.frees_at <= at and a.status = 'held' and a.frees_at <= at
     order by a.appointment_id for update of a skip locked
  loop
    perform expire_appointment(chain, run_out.appointment_id, at);
    freed := freed + 1;
  end loop;
  return freed;
end $function$;

create function release_run_out_places(chain text, event text, at timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare run_out text; freed integer := 0;
begin
  for run_out in
    select appointment_id from appointments where chain_id = chain and event_id = event and status = 'held' and frees_at <= at
     order by appointment_id for update skip locked
  loop
    perform expire_appointment(chain, run_out, at);
    freed := freed + 1;
  end loop;
  return freed;
end $function$;

create function reserve_membership_visits(chain text, location text, client text, wanted jsonb, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare w jsonb; starts timestamptz; found record;
begin
  -- in one order, and all of them: whoever comes second sees what is left
  perform 1 from memberships m where m.chain_id = chain and m.client_id = client and m.sold_at is not null and m.ended_at is null order by membership_id for update;
  for w in select * from jsonb_array_elements(wanted) loop
    select starts_at into starts from appointments where chain_id = chain and appointment_id = w->>'appointmentId';
    for place in 1 .. coalesce((w->>'places')::int, 1) loop
      select * into found from membership_that_covers(chain, location, client, w->>'serviceId', starts, at);
      if found.membership is null then raise exception 'membership_not_usable' using errcode = 'HF014', detail = found.reason; end if;
      perform take_membership_visit(chain, found.membership, w->>'appointmentId', w->>'serviceId', 'booked', at);
    end loop;
    perform covered_costs_nothing(chain, w->>'appointmentId');
  end loop;
end $function$;

create function rules_free_days()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into waiting_looks (chain_id, location_id, day)
    select distinct w.chain_id, w.location_id, w.day from waiting_entries w
     where w.chain_id = new.chain_id and w.location_id = new.location_id and w.kind = 'day' and w.status = 'waiting';
  return null;
end $function$;

create function rules_moved()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update locations l set rules_version = l.rules_version + 1
    from (select distinct chain_id, location_id from changed) c
   where l.chain_id = c.chain_id and l.location_id = c.location_id;
  return null;
end $function$;

create function settlement_lines_are_facts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'what a provider said is never changed' using errcode = 'HF900';
end $function$;

create function shrink_refunds(chain text, visit text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  update refunds r set amount_minor = least(r.amount_minor, m.remains), version = r.version + 1,
         status = case when m.remains <= 0 then 'nothing_left' else r.status end, closed_at = case when m.remains <= 0 then at end
    from (select x.refund_id, greatest(coalesce(y.left_minor, 0), 0) remains from refunds x
            left join money_of_visit(chain, visit) y on y.source_kind = x.source_kind and y.source_id = x.source_id and y.line_no = x.line_no
           where x.chain_id = chain and x.appointment_id = visit and x.status in ('open', 'approved')) m
   where r.chain_id = chain and r.refund_id = m.refund_id and r.amount_minor > m.remains;
end $function$;

create function stray_money(chain text, kind text, id text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return exists (select 1 from attention a where a.chain_id = chain and a.attempt_id in (select x.attempt_id from attempts_about_order(chain, stray_money.kind, id) x)
                    and a.kind in ('amount_mismatch', 'currency_mismatch') and a.resolved_at is null);
end $function$;

create function supersede_payments(chain text, kind text, id text, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare about text[]; processing boolean;
begin
  about := array(select x.attempt_id from attempts_about_order(chain, kind, id) x);
  select coalesce(bool_or(status = 'processing'), false) into processing from (
    select status from payment_attempts where chain_id = chain and attempt_id = any(about) and status in ('intended', 'open', 'processing')
     order by attempt_id for update) live;
  if not processing then
    update payment_attempts set superseded_at = at, look_at = at
     where chain_id = chain and attempt_id = any(about) and status in ('intended', 'open') and superseded_at is null;
  end if;
  return processing;
end $function$;

create function take_membership_visit(chain text, membership text, appointment text, service text, why text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare a record; l record;
begin
  select location_id, ends_at into a from appointments where chain_id = chain and appointment_id = appointment;
  select line_no, pay, cost_minor into l from appointment_services
   where chain_id = chain and appointment_id = appointment and service_id = service and pay <> 'membership' order by line_no limit 1;
  insert into membership_visits (chain_id, visit_id, location_id, membership_id, appointment_id, service_id, status, because, before, made_at, changed_at, due_at)
    values (chain, 'mvs_' || replace(gen_random_uuid()::text, '-', ''), a.location_id, membership, appointment, service, 'reserved', why,
            jsonb_build_object('pay', coalesce(l.pay, 'later'), 'cost', l.cost_minor), at, at, a.ends_at);
  if l.line_no is not null then
    update appointment_services set pay = 'membership' where chain_id = chain and appointment_id = appointment and line_no = l.line_no;
  end if;
end $function$;

create function take_phone_confirmation(chain text, place text, draft text, number text, proof text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if proof is null or not phone_is_confirmed(chain, place, draft, number, proof, at) then raise exception 'phone_not_confirmed' using errcode = 'HF013'; end if;
  update phone_codes set used_at = coalesce(used_at, at) where chain_id = chain and location_id = place and draft_id = draft and phone = number and confirmed_at is not null;
end $function$;

create function take_places(chain text, location text, event text, wanted integer, seen integer, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare e record; w waiting_entries;
begin
  select status, version, capacity - places_taken - places_offered room into e from events
   where chain_id = chain and location_id = location and event_id = event for update;
  if not found or e.status <> 'open' or e.version <> seen then raise exception 'event_moved' using errcode = 'HF015'; end if;
  if offer_in_hand() is not null then
    w := use_offer(chain, offer_in_hand(), at);
    if w.event_id is distinct from event or w.places <> wanted then raise exception 'offer_run_out' using errcode = 'HF016'; end if;
    update events set places_offered = places_offered - wanted, changed_at = at where chain_id = chain and event_id = event;
    return;
  end if;
  if e.room < wanted and release_run_out_places(chain, event, at) + lapse_offers(chain, event, at) > 0 then
    -- who waits comes first
    perform offer_places(chain, event, at);
    select capacity - places_taken - places_offered into e.room from events where chain_id = chain and event_id = event;
  end if;
  if e.room < wanted then raise exception 'event_full' using errcode = 'HF012', detail = e.room::text; end if;
end $function$;

create function tell_waiting(w waiting_entries, at timestamp with time zone, topic text, nth text DEFAULT ''::text)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into outbox (chain_id, outbox_id, topic, subject_id, payload, told_at, due_at)
    values (w.chain_id, 'out_' || w.entry_id || '_' || topic || nth, 'waiting.' || topic, w.entry_id, jsonb_build_object('promise', w.promise), at, at)
    on conflict do nothing $function$;

create function tell_webhooks(chain text, place text, kind text, subject text, client text, at timestamp with time zone, data jsonb)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  no bigint := nextval('webhook_seq');
  event text := 'evt_' || replace(gen_random_uuid()::text, '-', '');
begin
  insert into webhook_deliveries (chain_id, location_id, delivery_id, endpoint_id, event_id, type, seq, subject_id, client_id, payload, told_at, due_at)
    select chain, place, 'whd_' || replace(gen_random_uuid()::text, '-', ''), e.endpoint_id, event, kind, no, subject, client,
           jsonb_build_object('type', kind, 'timestamp', webhook_instant(at), 'id', event, 'sequence', no, 'locationId', place, 'data', data), at, at
      from webhook_endpoints e
     where e.chain_id = chain and e.off_at is null and e.deleted_at is null and kind = any (e.event_types)
       and (e.location_id is null or place is null or e.location_id = place);
end $function$;

create function try_phone_code(chain text, place text, draft text, number text, hash bytea, at timestamp with time zone)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
declare code record; right_one boolean;
begin
  select c.* into code from phone_codes c where c.chain_id = chain and c.location_id = place and c.draft_id = draft and c.phone = number
   order by c.asked_at desc, c.code_id desc limit 1 for update;
  if not found or at >= code.expires_at then return jsonb_build_object('outcome', 'run_out'); end if;
  if code.tries >= 5 then return jsonb_build_object('outcome', 'too_many_tries'); end if;
  right_one := code.code_hash = hash;
  update phone_codes set tries = tries + 1, confirmed_at = case when right_one then coalesce(confirmed_at, at) else confirmed_at end
   where chain_id = chain and code_id = code.code_id;
  return jsonb_build_object('outcome', case when right_one then 'confirmed' else 'wrong' end, 'triesLeft', 4 - code.tries,
                            'confirmedAt', case when right_one then coalesce(code.confirmed_at, at) end);
end $function$;

create function uncover_services(chain text, appointment text, service text, before jsonb)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  update appointment_services l set pay = 'later', cost_minor = (before->>'cost')::bigint
   where l.chain_id = chain and l.appointment_id = appointment and l.service_id = service and l.pay = 'membership'
     and l.line_no = (select max(x.line_no) from appointment_services x
                       where x.chain_id = chain and x.appointment_id = appointment and x.service_id = service and x.pay = 'membership');
  perform covered_costs_nothing(chain, appointment);
end $function$;

create function uncovered_visits_return()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare v record; lines integer; at_event boolean;
begin
  select count(*) into lines from appointment_services
   where chain_id = old.chain_id and appointment_id = old.appointment_id and service_id = old.service_id and pay = 'membership';
  select event_id is not null into at_event from appointments where chain_id = old.chain_id and appointment_id = old.appointment_id;
  if at_event and lines > 0 then return null; end if;
  for v in select visit_id from membership_visits
            where chain_id = old.chain_id and appointment_id = old.appointment_id and service_id = old.service_id and status <> 'returned' and because <> 'places_cut'
            order by visit_id offset lines for update loop
    update membership_visits set status = 'returned', because = 'undone', due_at = null,
           changed_at = (select changed_at from appointments where chain_id = old.chain_id and appointment_id = old.appointment_id)
     where chain_id = old.chain_id and visit_id = v.visit_id;
  end loop;
  return null;
end $function$;

create function use_offer(chain text, e text, at timestamp with time zone)
 RETURNS waiting_entries
 LANGUAGE plpgsql
AS $function$
declare w waiting_entries;
begin
  update waiting_entries set status = 'taken', changed_at = at where chain_id = chain and entry_id = e and status = 'offered' and offered_until > at returning * into w;
  if not found then raise exception 'offer_run_out' using errcode = 'HF016'; end if;
  return w;
end $function$;

create function waiting_credits(chain text, kind text, ids text[])
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('attentionId', a.attention_id, 'attemptId', a.attempt_id, 'purposeId', a.subject_id,
                                               'amountMinor', l.placed_minor - l.refunded_minor, 'currency', a.currency) order by a.opened_at, a.attention_id), '[]')
    from attention a join payment_lines l on l.chain_id = a.chain_id and l.attempt_id = a.attempt_id and l.purpose_kind = a.subject_kind and l.purpose_id = a.subject_id
   where a.chain_id = chain and a.subject_kind = waiting_credits.kind and a.subject_id = any(ids) and a.kind = 'late_payment' and a.resolved_at is null
     and l.outcome = 'credited' and l.refunded_minor < l.placed_minor);
end $function$;

create function waiting_log_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the log of a waiting list is append-only' using errcode = 'HF914';
end $function$;

create function watch_rules(watched regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('create trigger rules_moved_insert after insert on %s referencing new table as changed for each statement execute function rules_moved()', watched);
  execute format('create trigger rules_moved_update after update on %s referencing new table as changed for each statement execute function rules_moved()', watched);
  execute format('create trigger rules_moved_delete after delete on %s referencing old table as changed for each statement execute function rules_moved()', watched);
end $function$;

create function webhook_appointment(chain text, appointment text)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
AS $function$
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
end $function$;

create function webhook_client(chain text, client text)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return (select jsonb_build_object('id', c.client_id, 'name', c.name, 'phone', c.phone, 'email', c.email, 'language', c.language)
            from clients c where c.chain_id = chain and c.client_id = client);
end $function$;

create function webhook_instant(at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $function$;

