import { type ClientLanguage, clientLocale } from '@holdfast/contract/client-language';
import { formatMoney } from '@holdfast/contract/format-money';

const samples: Readonly<Record<ClientLanguage, { client: string; service: string; staff: string; address: string }>> = {
  en: { client: 'Jane', service: 'Haircut', staff: 'Anna', address: '1 Garden Street' },
  uk: { client: 'Олено', service: 'Стрижка', staff: 'Анна', address: 'вул. Садова, 1' },
  pt: { client: 'Joana', service: 'Corte', staff: 'Ana', address: 'Rua do Jardim, 1' },
  ar: { client: 'ليلى', service: 'قصّ الشعر', staff: 'سارة', address: 'شارع الحديقة 1' },
};

/** What a message could say, to see its words filled in: a visit tomorrow, as long as real ones are. */
export function sampleFacts(
  language: ClientLanguage,
  { salon, currency, timeZone, now, origin }: { salon: string; currency: string; timeZone: string; now: number; origin: string },
): Readonly<Record<string, string>> {
  const { client, service, staff, address } = samples[language];
  const locale = clientLocale(language);
  const format = (options: Intl.DateTimeFormatOptions, at: number) => new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(at);
  const clock = { hour: 'numeric', minute: '2-digit' } as const;
  const tomorrow = Math.ceil(now / 1_800_000) * 1_800_000 + 24 * 3_600_000;
  const visit = `${format({ weekday: 'short', day: 'numeric', month: 'long', ...clock }, tomorrow)} – ${service}, ${staff}`;
  return {
    client,
    visits: visit,
    salon,
    address,
    phone: '+000 000 000 000',
    amount: formatMoney(45_00, currency, locale),
    deadline: format(clock, now + 900_000),
    number: 'R-2026-000123',
    code: '123456',
    link: `${origin}/b/${'x'.repeat(26)}`,
  };
}
