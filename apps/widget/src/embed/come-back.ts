/** Somebody comes back from paying: which widget on the page they left, which booking, and what the address was. Without a booking they bought a membership for one. */
export interface ComeBack {
  readonly place: string;
  readonly token: string | null;
  readonly from: 'payment' | 'payment-cancelled';
  /** The partner's address as it was. */
  readonly url: string;
}

const mark = '#holdfast?';

/** After `#holdfast?…`, which the server puts behind the address of the partner's page: what stands there never reaches the partner's server. */
export function comeBackOf(href: string): ComeBack | null {
  const at = href.indexOf(mark);
  if (at < 0) return null;
  const said = new URLSearchParams(href.slice(at + mark.length));
  const token = said.get('booking');
  if (!token && !said.has('membership')) return null;
  const was = said.get('was');
  return {
    place: said.get('place') ?? '',
    token,
    from: said.get('from') === 'payment-cancelled' ? 'payment-cancelled' : 'payment',
    url: href.slice(0, at) + (was ? `#${was}` : ''),
  };
}
