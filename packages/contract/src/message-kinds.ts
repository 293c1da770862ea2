/** What is said by message (C7), who hears it, and by which channel unless the salon says otherwise. No zod here: the admin app reads it too. */
export const messageKinds = {
  booked: { email: true, sms: false },
  awaiting_payment: { email: true, sms: true },
  paid: { email: true, sms: false },
  expired: { email: true, sms: false },
  moved: { email: true, sms: true },
  cancelled: { email: true, sms: true },
  reminder: { email: true, sms: true },
  refund: { email: true, sms: false },
  payment_link: { email: true, sms: true },
  top_up_link: { email: true, sms: true },
  receipt: { email: true, sms: true },
  waiting_joined: { email: true, sms: false },
  waiting_offered: { email: true, sms: true },
  waiting_taken: { email: true, sms: true },
  waiting_lapsed: { email: true, sms: false },
  waiting_moved: { email: true, sms: true },
  waiting_over: { email: true, sms: true },
  membership_bought: { email: true, sms: false },
  membership_running_out: { email: true, sms: false },
  phone_code: { email: false, sms: true },
  user_invited: { email: true, sms: false },
  user_reset: { email: true, sms: false },
} as const satisfies Record<string, { email: boolean; sms: boolean }>;
export type MessageKind = keyof typeof messageKinds;
export const messageKindNames = Object.keys(messageKinds) as readonly MessageKind[];

/** Those that go to users; they are always sent, by e-mail, and their words cannot be switched off. */
export const userMessageKinds = ['user_invited', 'user_reset'] as const satisfies readonly MessageKind[];
/** Those that staff send themselves, by the channel they choose. */
export const askedMessageKinds = ['payment_link', 'top_up_link', 'receipt'] as const satisfies readonly MessageKind[];
/** Those that prove whose telephone it is: always, and by SMS only. */
export const codeMessageKinds = ['phone_code'] as const satisfies readonly MessageKind[];

export const messageChannels = ['email', 'sms'] as const;
export type MessageChannel = (typeof messageChannels)[number];

export const REMINDER_HOURS = 24;

/** What may stand in a template: `{visits}`. */
export const placeholders = {
  booked: ['client', 'visits', 'salon', 'address', 'phone', 'link'],
  awaiting_payment: ['client', 'visits', 'salon', 'phone', 'amount', 'deadline', 'link'],
  paid: ['client', 'visits', 'salon', 'address', 'phone', 'amount', 'link'],
  expired: ['client', 'visits', 'salon', 'phone', 'link'],
  moved: ['client', 'visits', 'salon', 'address', 'phone', 'link'],
  cancelled: ['client', 'visits', 'salon', 'phone', 'link'],
  reminder: ['client', 'visits', 'salon', 'address', 'phone', 'link'],
  refund: ['client', 'salon', 'phone', 'amount', 'link'],
  payment_link: ['client', 'visits', 'salon', 'phone', 'amount', 'link'],
  top_up_link: ['client', 'salon', 'phone', 'amount', 'link'],
  receipt: ['client', 'salon', 'phone', 'number', 'amount', 'link'],
  waiting_joined: ['client', 'visits', 'salon', 'phone', 'link'],
  waiting_offered: ['client', 'visits', 'salon', 'phone', 'deadline', 'link'],
  waiting_taken: ['client', 'visits', 'salon', 'phone', 'link'],
  waiting_lapsed: ['client', 'visits', 'salon', 'phone', 'link'],
  waiting_moved: ['client', 'visits', 'salon', 'phone', 'link'],
  waiting_over: ['client', 'visits', 'salon', 'phone', 'link'],
  membership_bought: ['client', 'salon', 'phone', 'membership', 'terms', 'amount', 'link'],
  membership_running_out: ['client', 'salon', 'phone', 'membership', 'terms', 'link'],
  phone_code: ['salon', 'code'],
  user_invited: ['client', 'salon', 'link', 'deadline'],
  user_reset: ['client', 'salon', 'link', 'deadline'],
} as const satisfies Record<MessageKind, readonly string[]>;

/** The placeholders of a text that its kind does not have: a typing mistake (`{cleint}`, `{ client }`) that would be sent to everybody. */
export function unknownPlaceholders(kind: MessageKind, text: string): readonly string[] {
  const known: readonly string[] = placeholders[kind];
  return [...new Set([...text.matchAll(/\{([^{}\n]*)\}/g)].map(([, name = '']) => name))].filter((name) => !known.includes(name));
}

/** Without these a message would ask for something that nobody who reads it could do. */
export const neededPlaceholders: Readonly<Partial<Record<MessageKind, string>>> = {
  awaiting_payment: 'link',
  payment_link: 'link',
  top_up_link: 'link',
  receipt: 'link',
  waiting_offered: 'link',
  phone_code: 'code',
};

/** The placeholder that a text of this kind lacks. */
export function missingPlaceholder(kind: MessageKind, body: string): string | undefined {
  const needed = neededPlaceholders[kind];
  return needed && !body.includes(`{${needed}}`) ? needed : undefined;
}
