/** The page that somebody left, with what the widget there has to know behind its `#`, so that its server never hears of it. */
export function behindItsMark(page: { readonly url: string; readonly place: string }, said: Readonly<Record<string, string>>): string {
  const url = new URL(page.url);
  const mark = new URLSearchParams({ ...said, place: page.place });
  if (url.hash) mark.set('was', url.hash.slice(1));
  url.hash = `holdfast?${mark}`;
  return url.href;
}
