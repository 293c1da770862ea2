import type { ClientLanguage } from '@holdfast/contract/client-language';
import type { Words } from '@holdfast/contract/client-words';
import { escapeHtml } from '../page-shell.ts';

const needsScript: Readonly<Record<ClientLanguage, string>> = {
  en: 'This page needs JavaScript. The link in each of our messages shows that booking without it.',
  uk: 'Для цієї сторінки потрібен JavaScript. Посилання в кожному нашому повідомленні показує той запис і без нього.',
  pt: 'Esta página precisa de JavaScript. A ligação em cada mensagem nossa mostra essa marcação sem ele.',
  ar: 'تحتاج هذه الصفحة إلى JavaScript. الرابط في كل رسالة منا يعرض ذلك الحجز بدونه.',
};

/** All bookings of one telephone are not shown without a script: the link in each message shows its own booking without one. */
export function myBookingsPart({ say, language }: Words): string {
  return `<h1>${escapeHtml(say('my.title'))}</h1>\n<p>${escapeHtml(needsScript[language])}</p>`;
}
