/** The few words that are shown before the widget is there. */
const words = {
  en: { open: 'Book online', close: 'Close', trouble: 'Booking does not load just now.' },
  uk: { open: 'Записатися онлайн', close: 'Закрити', trouble: 'Онлайн-запис зараз не завантажується.' },
  pt: { open: 'Marcar online', close: 'Fechar', trouble: 'A marcação não está a carregar.' },
  ar: { open: 'احجز عبر الإنترنت', close: 'إغلاق', trouble: 'تعذّر تحميل الحجز حاليًا.' },
};

export function embedWords(...wanted: readonly (string | null | undefined)[]) {
  const language = wanted.map((one) => one?.slice(0, 2).toLowerCase()).find((one) => one !== undefined && one in words) as keyof typeof words;
  return { language: language ?? 'en', ...(words[language] ?? words.en) };
}
