/**
 * BR Code: what a PIX QR code says, and the "copia e cola" text of the same. EMV's tag (2 digits), length (2 digits), value, one after the other; some
 * values are made of tags again. Source: Manual do BR Code (Banco Central do Brasil), after EMV® QR Code Specification, Merchant-Presented Mode.
 */
export interface BrCode {
  /** Where the payer's bank finds the charge, without a scheme (dynamic), or the receiver's key (static). */
  readonly pay: { readonly location: string } | { readonly key: string };
  /** Major units as written, "123.45"; a dynamic one has it at its location. */
  readonly amount?: string | undefined;
  readonly receiverName: string;
  readonly receiverCity: string;
  /** `***`: at the location, or none. */
  readonly txid: string;
  /** To be paid once. */
  readonly oneTime: boolean;
}

const PIX = 'br.gov.bcb.pix';
const tag = {
  format: '00',
  pointOfInitiation: '01',
  account: '26',
  category: '52',
  currency: '53',
  amount: '54',
  country: '58',
  name: '59',
  city: '60',
  additional: '62',
  crc: '63',
} as const;
const inAccount = { system: '00', key: '01', location: '25' } as const;
const txidInAdditional = '05';
const brl = '986';
const longestCode = 512;

/** The code as text. Throws a RangeError where something has no room in it. */
export function writeBrCode({ pay, amount, receiverName, receiverCity, txid, oneTime }: BrCode): string {
  const place = 'location' in pay ? element(inAccount.location, pay.location) : element(inAccount.key, pay.key);
  const start = [
    element(tag.format, '01'),
    oneTime ? element(tag.pointOfInitiation, '12') : '',
    element(tag.account, element(inAccount.system, PIX) + place),
    element(tag.category, '0000'),
    element(tag.currency, brl),
    amount === undefined ? '' : element(tag.amount, amount, 13),
    element(tag.country, 'BR'),
    element(tag.name, receiverName, 25),
    element(tag.city, receiverCity, 15),
    element(tag.additional, element(txidInAdditional, txid, 25)),
    `${tag.crc}04`,
  ].join('');
  return start + crcOf(start);
}

/** What a code says; undefined for what is no PIX code, was cut short, or was changed since its check digits were made. */
export function readBrCode(code: string): BrCode | undefined {
  if (code.length > longestCode || crcOf(code.slice(0, -4)) !== code.slice(-4).toUpperCase()) return undefined;
  const parts = elementsOf(code);
  if (parts?.get(tag.format) !== '01' || parts.get(tag.crc)?.length !== 4 || parts.get(tag.currency) !== brl) return undefined;
  const account = elementsOf(parts.get(tag.account) ?? '');
  const [receiverName, receiverCity] = [parts.get(tag.name), parts.get(tag.city)];
  const txid = elementsOf(parts.get(tag.additional) ?? '')?.get(txidInAdditional);
  if (account?.get(inAccount.system)?.toLowerCase() !== PIX || !receiverName || !receiverCity || txid === undefined) return undefined;
  const [location, key] = [account.get(inAccount.location), account.get(inAccount.key)];
  const pay = location ? { location } : key ? { key } : undefined;
  const oneTime = parts.get(tag.pointOfInitiation) === '12';
  return pay && { pay, amount: parts.get(tag.amount), receiverName, receiverCity, txid, oneTime };
}

/** For a name in a code: letters without their marks, nothing outside of ASCII, no longer than there is room. Empty when nothing is left of it. */
export function foldedTo(room: number, text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, room)
    .trim();
}

function element(id: string, value: string, room = 99): string {
  if (value === '' || value.length > room) throw new RangeError(`a BR Code has room for 1 to ${room} characters in ${id}, not for ${value.length}`);
  if (/[^\x20-\x7e]/.test(value)) throw new RangeError(`what stands in ${id} of a BR Code is plain ASCII`);
  return id + String(value.length).padStart(2, '0') + value;
}

/** Undefined where the lengths do not add up, or a tag comes twice. */
function elementsOf(text: string): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    const [, id, length] = /^(\d\d)(\d\d)/.exec(text.slice(at, at + 4)) ?? [];
    const value = text.slice(at + 4, at + 4 + Number(length));
    if (id === undefined || found.has(id) || value.length !== Number(length)) return undefined;
    found.set(id, value);
    at += 4 + value.length;
  }
  return found;
}

/** CRC-16/CCITT-FALSE: polynomial 1021, beginning with FFFF. Four hexadecimal digits. */
function crcOf(text: string): string {
  let crc = 0xffff;
  for (const byte of Buffer.from(text, 'utf8')) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff) >>> 0;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
