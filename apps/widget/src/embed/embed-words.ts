export type Said<T> = Readonly<Record<'en' | 'uk' | 'pt' | 'ar', T>>;

/** What is said before the widget is there is in these few languages, and it is there already. */
export function saidIn<T>(texts: Said<T>, element: HTMLElement): T & { readonly language: string } {
  const wanted = [element.getAttribute('language'), document.documentElement.lang, navigator.language];
  const language = wanted.map((one) => one?.slice(0, 2).toLowerCase()).find((one) => one !== undefined && one in texts) as keyof typeof texts;
  return { ...(texts[language] ?? texts.en), language: language ?? 'en' };
}
