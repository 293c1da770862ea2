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
  constraint account_holds_pk PRIMARY KEY (chain_id, hold_id),
  constraint account_holds_account FOREIGN KEY (chain_id, owner_id, currency) REFERENCES client_accounts(chain_id, owner_id, currency),
  constraint account_holds_once UNIQUE (chain_id, location_id, key),
  constraint account_holds_amount_minor_check CHECK ((amount_minor > 0)),
  constraint account_holds_live CHECK ((((status = 'live'::text) = (held_minor > 0)) AND ((status = 'live'::text) = (ended_at IS NULL)))),
  constraint account_holds_purpose_kind_check CHECK ((purpose_kind = 'appointment'::text)),
  constraint account_holds_spent CHECK (((status = 'spent'::text) = (spent_minor > 0))),
  constraint account_holds_status_check CHECK ((status = ANY (ARRAY['live'::text, 'spent'::text, 'released'::text]))),
  constraint account_holds_within CHECK (((held_minor >= 0) AND (spent_minor >= 0) AND ((held_minor + spent_minor) <= amount_minor)))
);
CREATE INDEX account_holds_live_for ON public.account_holds USING btree (chain_id, purpose_kind, purpose_id) WHERE (status = 'live'::text);
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
CREATE UNIQUE INDEX account_top_up_reversals_once ON public.account_top_up_reversals USING btree (chain_id, top_up_id) WHERE (failed_at IS NULL);
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
  constraint account_top_ups_pk PRIMARY KEY (chain_id, top_up_id),
  constraint account_top_ups_register FOREIGN KEY (chain_id, register_id) REFERENCES ledger_accounts(chain_id, account_id),
  constraint account_top_ups_once UNIQUE (chain_id, location_id, key),
  constraint account_top_ups_amount_minor_check CHECK ((amount_minor > 0)),
  constraint account_top_ups_kind CHECK ((((kind = 'desk'::text) = (register_id IS NOT NULL)) AND ((kind = 'link'::text) OR (done_at IS NOT NULL)))),
  constraint account_top_ups_kind_check CHECK ((kind = ANY (ARRAY['desk'::text, 'link'::text]))),
  constraint account_top_ups_paid CHECK (((kind = 'desk'::text) OR ((done_at IS NULL) = (attempt_id IS NULL))))
);
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
CREATE INDEX appointments_staff ON public.appointments USING btree (chain_id, location_id, staff_id, starts_at);
CREATE TRIGGER appointment_income_begins AFTER INSERT ON public.appointments FOR EACH ROW WHEN ((new.paid_minor > 0)) EXECUTE FUNCTION appointment_income_is_due();
CREATE TRIGGER appointment_income_changes AFTER UPDATE ON public.appointments FOR EACH ROW WHEN ((((new.paid_minor > 0) OR (old.paid_minor > 0)) AND ((((new.paid_minor IS DISTINCT FROM old.paid_minor) OR (new.status IS DISTINCT FROM old.status)) OR (new.ends_at IS DISTINCT FROM old.ends_at)) OR (new.cost_minor IS DISTINCT FROM old.cost_minor)))) EXECUTE FUNCTION appointment_income_is_due();
CREATE TRIGGER appointments_count_places AFTER UPDATE OF status, places ON public.appointments FOR EACH ROW WHEN (((new.event_id IS NOT NULL) AND ((old.status <> new.status) OR (old.places <> new.places)))) EXECUTE FUNCTION event_counts_places();
CREATE TRIGGER appointments_count_places_made AFTER INSERT ON public.appointments FOR EACH ROW WHEN ((new.event_id IS NOT NULL)) EXECUTE FUNCTION event_counts_places();
CREATE TRIGGER appointments_end_holds AFTER UPDATE OF status ON public.appointments FOR EACH ROW WHEN (((old.status <> new.status) AND (new.status = ANY (ARRAY['cancelled'::text, 'expired'::text])))) EXECUTE FUNCTION appointments_end_holds();
CREATE TRIGGER appointments_live AFTER INSERT OR UPDATE ON public.appointments FOR EACH ROW EXECUTE FUNCTION appointments_live();
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
  constraint bookings_pk PRIMARY KEY (chain_id, booking_id),
  constraint bookings_client FOREIGN KEY (chain_id, client_id) REFERENCES clients(chain_id, client_id),
  constraint bookings_one_per_draft UNIQUE (chain_id, live_draft),
  constraint bookings_made_online CHECK ((((draft_id IS NULL) = (wish_hash IS NULL)) AND ((draft_id IS NULL) = (address_hash IS NULL)) AND ((draft_id IS NULL) OR (phone IS NOT NULL)) AND ((live_draft IS NULL) OR (draft_id IS NOT NULL))))
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
  constraint events_pk PRIMARY KEY (chain_id, event_id),
  constraint events_service FOREIGN KEY (chain_id, location_id, service_id) REFERENCES services(chain_id, location_id, service_id),
  constraint events_staff FOREIGN KEY (chain_id, location_id, staff_id) REFERENCES staff(chain_id, location_id, staff_id),
  constraint events_are_never_oversold CHECK (((places_taken + places_offered) <= capacity)),
  constraint events_capacity_check CHECK (((capacity >= 1) AND (capacity <= 1000))),
  constraint events_end_after_start CHECK ((ends_at > starts_at)),
  constraint events_places_offered_check CHECK ((places_offered >= 0)),
  constraint events_places_taken_check CHECK ((places_taken >= 0)),
  constraint events_status_check CHECK ((status = ANY (ARRAY['open'::text, 'cancelled'::text])))
);
CREATE INDEX events_calendar ON public.events USING btree (chain_id, location_id, starts_at);
CREATE TRIGGER events_live AFTER INSERT OR UPDATE ON public.events FOR EACH ROW EXECUTE FUNCTION events_live();

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
  constraint ledger_accounts_kind_check CHECK ((kind = ANY (ARRAY['register'::text, 'clearing'::text, 'prepayments'::text, 'client'::text, 'unplaced'::text, 'income'::text, 'fees'::text, 'item'::text, 'tax'::text, 'opening'::text, 'between'::text])))
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
  constraint ledger_postings_operation_check CHECK ((operation = ANY (ARRAY['payment'::text, 'refund'::text, 'top_up'::text, 'credit'::text, 'spend'::text, 'unplaced'::text, 'transfer'::text, 'manual'::text, 'opening'::text, 'payout'::text, 'fee'::text, 'correction'::text, 'settlement'::text, 'income'::text, 'tax'::text, 'merge'::text])))
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
  constraint locations_step_minutes_check CHECK ((step_minutes = ANY (ARRAY[5, 10, 15, 20, 30, 60])))
);
CREATE TRIGGER locations_live AFTER UPDATE ON public.locations FOR EACH ROW WHEN ((new.rules_version <> old.rules_version)) EXECUTE FUNCTION locations_live();
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
  constraint messages_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['booking'::text, 'appointment'::text, 'user_token'::text]))),
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
  constraint occupancy_source_kind_check CHECK ((source_kind = ANY (ARRAY['appointment'::text, 'break'::text, 'event'::text])))
);
CREATE INDEX occupancy_busy ON public.occupancy USING btree (chain_id, resource_id, lower(span)) INCLUDE (span, frees_at);
CREATE INDEX occupancy_held ON public.occupancy USING btree (chain_id, location_id, lower(span)) WHERE (frees_at IS NOT NULL);
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
  chain_id       text not null,
  attempt_id     text not null,
  line_no        smallint not null,
  purpose_kind   text not null,
  purpose_id     text not null,
  amount_minor   bigint not null,
  outcome        text not null default 'pending'::text,
  account_id     text,
  placed_minor   bigint not null default 0,
  refunded_minor bigint not null default 0,
  placed_at      timestamp with time zone,
  live           boolean not null default false,
  constraint payment_lines_pk PRIMARY KEY (chain_id, attempt_id, line_no),
  constraint payment_lines_account FOREIGN KEY (chain_id, account_id) REFERENCES ledger_accounts(chain_id, account_id),
  constraint payment_lines_attempt FOREIGN KEY (chain_id, attempt_id) REFERENCES payment_attempts(chain_id, attempt_id),
  constraint payment_lines_amount_minor_check CHECK ((amount_minor > 0)),
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
CREATE TRIGGER payment_refunds_end_reversals AFTER UPDATE OF status ON public.payment_refunds FOR EACH ROW WHEN (((old.status <> new.status) AND (new.status = ANY (ARRAY['failed'::text, 'refunded'::text])))) EXECUTE FUNCTION payment_refunds_end_reversals();

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
  constraint receipts_one_per_entry UNIQUE (chain_id, entry_id),
  constraint receipts_amount_minor_check CHECK ((amount_minor > 0)),
  constraint receipts_kind_check CHECK ((kind = ANY (ARRAY['receipt'::text, 'credit_note'::text]))),
  constraint receipts_number_check CHECK ((number >= 1))
);
CREATE INDEX receipts_by_day ON public.receipts USING btree (chain_id, location_id, happened_at, receipt_id);
CREATE INDEX receipts_of_purpose ON public.receipts USING btree (chain_id, purpose_id) WHERE (purpose_id IS NOT NULL);
CREATE INDEX receipts_taken_back ON public.receipts USING btree (chain_id, of_receipt) WHERE (of_receipt IS NOT NULL);
CREATE TRIGGER receipts_are_kept BEFORE DELETE OR UPDATE ON public.receipts FOR EACH STATEMENT EXECUTE FUNCTION receipts_are_kept();
CREATE TRIGGER receipts_are_not_emptied BEFORE TRUNCATE ON public.receipts FOR EACH STATEMENT EXECUTE FUNCTION receipts_are_kept();

create table receipts_due (
  chain_id    text not null,
  entry_id    text not null,
  location_id text not null,
  noted_no    bigint not null,
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
  constraint schema_migrations_pkey PRIMARY KEY (name)
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
  constraint services_pk PRIMARY KEY (chain_id, location_id, service_id),
  constraint services_category FOREIGN KEY (chain_id, location_id, category_id) REFERENCES service_categories(chain_id, location_id, category_id),
  constraint services_buffer_after_minutes_check CHECK (((buffer_after_minutes >= 0) AND (buffer_after_minutes <= 240))),
  constraint services_buffer_before_minutes_check CHECK (((buffer_before_minutes >= 0) AND (buffer_before_minutes <= 240))),
  constraint services_duration_minutes_check CHECK (((duration_minutes >= 5) AND (duration_minutes <= 1440))),
  constraint services_event_has_places CHECK (((kind <> 'event'::text) OR (places IS NOT NULL))),
  constraint services_kind_check CHECK ((kind = ANY (ARRAY['appointment'::text, 'event'::text]))),
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

create function appointments_version_moves()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.version := old.version + 1;
  return new;
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

create function claim_span(chain text, location text, resource text, wanted tstzrange, kind text, source text, frees timestamp with time zone, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
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

create function clients_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.version := old.version + 1;
  return new;
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

create function desk_payments_are_facts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'what was taken at the desk is never changed: % on % is refused', tg_op, tg_table_name using errcode = 'HF912';
end $function$;

create function event_counts_places()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare more integer; has record;
begin
  more := places_of(new.status, new.places) - case when tg_op = 'UPDATE' then places_of(old.status, old.places) else 0 end;
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

create function held_for_visit(chain text, visit text)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(sum(held_minor), 0)::bigint from account_holds
   where chain_id = chain and purpose_kind = 'appointment' and purpose_id = visit and status = 'live'
$function$;

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
    select distinct a.chain_id, a.account_id, t.purpose_id
      from (select chain_id, from_account_id account_id, case purpose_kind when 'appointment' then purpose_id else '' end purpose_id from posted
            union select chain_id, to_account_id, case purpose_kind when 'appointment' then purpose_id else '' end from posted) t
      join ledger_accounts a on a.chain_id = t.chain_id and a.account_id = t.account_id and a.kind = 'prepayments'),
  looked as materialized (
    select t.*, t.purpose_id = '' or coalesce((
             select sum(case p.from_account_id when t.account_id then p.amount_minor else -p.amount_minor end) from ledger_postings p
              where p.chain_id = t.chain_id and p.purpose_kind = 'appointment' and p.purpose_id = t.purpose_id
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

create function money_live()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into live_changes (chain_id, location_id, money) values (new.chain_id, new.location_id, true);
  return null;
end $function$;

create function money_of_visit(chain text, visit text)
 RETURNS TABLE(source_kind text, source_id text, line_no smallint, placed text, currency text, came_at timestamp with time zone, came_minor bigint, left_minor bigint, named text, paid_by text, connection_id text)
 LANGUAGE plpgsql
 STABLE
AS $function$
#variable_conflict use_column
begin
  return query
  with a as (select * from appointments x where x.chain_id = chain and x.appointment_id = visit),
  lines as (
    select 'payment' k, l.attempt_id id, l.line_no no, l.outcome placed, t.captured_currency cur, t.captured_at at, l.placed_minor came, l.placed_minor - l.refunded_minor remains,
           c.label named, case t.order_kind when 'visit' then 'link' else 'online' end paid_by, t.connection_id connection
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
           g.name named, case g.kind when 'cashless' then 'card' else 'cash' end paid_by, null::text connection
      from desk_payments d join cash_registers g on g.chain_id = d.chain_id and g.account_id = d.account_id
      left join desk_reversals v on v.chain_id = d.chain_id and v.desk_payment_id = d.desk_payment_id
     where d.chain_id = chain and d.appointment_id = visit),
  known as (select * from lines union all select * from taken),
  rest as (select a.paid_minor - coalesce((select sum(remains) from known where placed = 'applied'), 0)::bigint remains, a.currency cur, a.created_at at from a)
  select * from known
  union all
  select 'account', visit, 0::smallint, 'applied', r.cur::text, r.at, r.remains, r.remains, '', 'account', null::text from rest r where r.remains > 0
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

create function occupancy_live()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into live_changes (chain_id, location_id) select coalesce(new.chain_id, old.chain_id), coalesce(new.location_id, old.location_id);
  return null;
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

create function places_of(status text, places integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case when status in ('held', 'waiting', 'confirmed', 'arrived', 'no_show') then places else 0 end $function$;

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
    select distinct chain_id, entry_id, location_id from posted where operation in ('payment', 'top_up', 'credit', 'refund') order by 2 on conflict do nothing;
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
  select version into e from events where chain_id = chain and event_id = a.event_id;
  perform take_places(chain, a.location_id, a.event_id, a.places, e.version, at);
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
  select capacity - places_taken - places_offered into room from events where chain_id = chain and location_id = location and event_id = event and status = 'open';
  if room < wanted and not exists (select 1 from appointments where chain_id = chain and event_id = event and status = 'held' and frees_at <= at) then
    raise exception 'event_full' using errcode = 'HF012', detail = room::text;
  end if;
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

create function take_places(chain text, location text, event text, wanted integer, seen integer, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare e record;
begin
  select status, version, capacity - places_taken - places_offered room into e from events
   where chain_id = chain and location_id = location and event_id = event for update;
  if not found or e.status <> 'open' or e.version <> seen then raise exception 'event_moved' using errcode = 'HF015'; end if;
  if e.room < wanted and release_run_out_places(chain, event, at) > 0 then
    select capacity - places_taken - places_offered into e.room from events where chain_id = chain and event_id = event;
  end if;
  if e.room < wanted then raise exception 'event_full' using errcode = 'HF012', detail = e.room::text; end if;
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

create function watch_rules(watched regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('create trigger rules_moved_insert after insert on %s referencing new table as changed for each statement execute function rules_moved()', watched);
  execute format('create trigger rules_moved_update after update on %s referencing new table as changed for each statement execute function rules_moved()', watched);
  execute format('create trigger rules_moved_delete after delete on %s referencing old table as changed for each statement execute function rules_moved()', watched);
end $function$;

