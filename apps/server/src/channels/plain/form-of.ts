/** What a form has sent: the parser of such bodies leaves them as they came. */
export function formOf(body: unknown): URLSearchParams {
  return new URLSearchParams(typeof body === 'string' ? body : '');
}
