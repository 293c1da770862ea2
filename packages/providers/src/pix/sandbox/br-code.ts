const GUI = 'br.gov.bcb.pix';

/** The code of a one-time charge that is read from `location`: EMV's tag, length, value, with a checksum at the end. */
export function makeBrCode({ location, name, city }: { readonly location: string; readonly name: string; readonly city: string }): string {
  const open =
    field('00', '01') +
    field('01', '12') +
    field('26', field('00', GUI) + field('25', location)) +
    field('52', '0000') +
    field('53', '986') +
    field('58', 'BR') +
    field('59', plain(name, 25)) +
    field('60', plain(city, 15)) +
    field('62', field('05', '***')) +
    '6304';
  return open + crc16(open);
}

/** What a bank's app finds in a code: where the charge is to be read, a key to pay to without any charge (`static`), or nothing it can use. */
type ReadCode = { readonly kind: 'dynamic'; readonly location: string } | { readonly kind: 'static' } | { readonly kind: 'unreadable' };

export function readBrCode(pasted: string): ReadCode {
  const code = pasted.trim();
  const outer = fieldsOf(code);
  if (!outer || !code.slice(0, -4).endsWith('6304') || crc16(code.slice(0, -4)) !== code.slice(-4).toUpperCase()) return { kind: 'unreadable' };
  const account = [...outer].find(([tag, value]) => tag >= '26' && tag <= '51' && fieldsOf(value)?.get('00')?.toLowerCase() === GUI)?.[1];
  const inner = account === undefined ? undefined : fieldsOf(account);
  const complete =
    outer.get('00') === '01' &&
    outer.get('53') === '986' &&
    outer.get('58') === 'BR' &&
    /^\d{4}$/.test(outer.get('52') ?? '') &&
    isBetween(outer.get('59'), 1, 25) &&
    isBetween(outer.get('60'), 1, 15) &&
    isBetween(fieldsOf(outer.get('62') ?? '')?.get('05'), 1, 25);
  if (!inner || !complete) return { kind: 'unreadable' };
  const location = inner.get('25');
  if (location !== undefined) return { kind: 'dynamic', location };
  return { kind: inner.has('01') ? 'static' : 'unreadable' };
}

/** CRC-16/CCITT-FALSE: polynomial 1021, begun with FFFF, nothing reflected. */
export function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of Buffer.from(text, 'utf8')) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ ((crc & 0x8000) === 0 ? 0 : 0x1021)) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

function field(tag: string, value: string): string {
  return `${tag}${value.length.toString().padStart(2, '0')}${value}`;
}

/** Letters as every bank's reader knows them: no accents, nothing beyond ASCII. */
function plain(text: string, longest: number): string {
  const letters = text
    .normalize('NFD')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .trim()
    .slice(0, longest);
  return letters === '' ? 'N' : letters;
}

function fieldsOf(text: string): Map<string, string> | undefined {
  const fields = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    const [, tag, length] = /^(\d\d)(\d\d)/.exec(text.slice(at, at + 4)) ?? [];
    const end = at + 4 + Number(length);
    if (tag === undefined || end > text.length || fields.has(tag)) return undefined;
    fields.set(tag, text.slice(at + 4, end));
    at = end;
  }
  return fields;
}

function isBetween(text: string | undefined, least: number, most: number): boolean {
  return text !== undefined && text.length >= least && text.length <= most;
}
