/**
 * A payment page is always opened in the top window: providers refuse to be framed, and the client must see whose page it is. An embedding
 * page of another origin may be navigated but not read.
 */
export function goToPayment(pageUrl: string): void {
  const top = window.top ?? window;
  try {
    top.location.assign(pageUrl);
  } catch {
    window.location.assign(pageUrl);
  }
}
