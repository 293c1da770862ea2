import fc from 'fast-check';
import { createDynamicPix, createStaticPix, hasError, isDynamicPix, parsePix } from 'pix-utils';
import { describe, expect, it } from 'vitest';
import { type BrCode, foldedTo, readBrCode, writeBrCode } from './br-code.ts';

const location = 'pix.example.com/qr/v2/9d36b84fc70b478fb95c12729b90ca25';
const dynamic: BrCode = { pay: { location }, receiverName: 'Fulano de Tal', receiverCity: 'BRASILIA', txid: '***', oneTime: true };

const ascii = (maxLength: number) =>
  fc
    .string({ unit: 'grapheme-ascii', minLength: 1, maxLength })
    .filter((text) => text.trim() === text && !text.includes('  '))
    .filter((text) => text !== '');
/** pix-utils writes names in capitals. */
const capitals = (maxLength: number) => ascii(maxLength).map((text) => text.toUpperCase());
const anyCode: fc.Arbitrary<BrCode> = fc.record({
  pay: fc.oneof(
    fc.string({ unit: fc.constantFrom(...Array.from('abz09./-')), minLength: 1, maxLength: 77 }).map((location) => ({ location })),
    ascii(77).map((key) => ({ key })),
  ),
  amount: fc.oneof(
    fc.constant(undefined),
    fc.bigInt({ min: 1n, max: 999_999_999_999n }).map((cents) => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`),
  ),
  receiverName: ascii(25),
  receiverCity: ascii(15),
  txid: fc.oneof(fc.constant('***'), fc.string({ unit: fc.constantFrom(...Array.from('abzABZ059')), minLength: 1, maxLength: 25 })),
  oneTime: fc.boolean(),
});

describe('the code a client scans or copies', () => {
  it('is made as the Banco Central’s own examples are, check digits and all', () => {
    // `00020126580014br.gov.bcb.pix…63041D3D` is the static example of the Manual do BR Code; its check digits by another hand:
    //   python3 -c "import binascii; print('%04X' % binascii.crc_hqx(b'<the code without its last four>', 0xFFFF))"
    const example =
      '00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D';
    const said = { ...dynamic, pay: { key: '123e4567-e12b-12d1-a456-426655440000' }, amount: undefined, oneTime: false };
    expect(readBrCode(example)).toEqual(said);
    expect(writeBrCode(said)).toBe(example);
  });

  it('made by the Banco Central for a charge with a recurrence beside it is read too', () => {
    const composed =
      '00020101021226760014br.gov.bcb.pix2554pix.example.com/qr/v2/8b3da2f39a4140d1a91abd93113bd4415204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***' +
      '80800014br.gov.bcb.pix2558pix.example.com/qr/v2/rec/94ed2badcbc04c15b0bb7fa35319489063047741';
    expect(readBrCode(composed)?.pay).toEqual({ location: 'pix.example.com/qr/v2/8b3da2f39a4140d1a91abd93113bd441' });
  });

  it('for a charge is, character for character, what pix-utils makes, and it reads ours', () => {
    const url = fc.string({ unit: fc.constantFrom(...Array.from('abz09./-')), minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(url, capitals(25), capitals(15), (location, receiverName, receiverCity) => {
        const theirs = createDynamicPix({ merchantName: receiverName, merchantCity: receiverCity, url: location, oneTime: true });
        if (hasError(theirs)) throw new Error('pix-utils makes no such code');
        const ours = writeBrCode({ ...dynamic, pay: { location }, receiverName, receiverCity });
        expect(ours).toBe(theirs.toBRCode());
        const read = parsePix(ours);
        if (hasError(read) || !isDynamicPix(read)) throw new Error('pix-utils cannot read it');
        expect(read).toMatchObject({ url: location, merchantName: receiverName, merchantCity: receiverCity });
      }),
    );
  });

  it('with a key and an amount in it is what pix-utils makes, too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), capitals(25), capitals(15), (cents, receiverName, receiverCity) => {
        const amount = (cents / 100).toFixed(2);
        const wish = { merchantName: receiverName, merchantCity: receiverCity, pixKey: 'salon@example.com', txid: 'Visit7' };
        const theirs = createStaticPix({ ...wish, transactionAmount: Number(amount) });
        if (hasError(theirs)) throw new Error('pix-utils makes no such code');
        const ours: BrCode = { pay: { key: wish.pixKey }, amount, receiverName, receiverCity, txid: wish.txid, oneTime: false };
        expect(writeBrCode(ours)).toBe(theirs.toBRCode());
        expect(readBrCode(theirs.toBRCode())).toEqual(ours);
      }),
    );
  });

  it('whatever is written into it is read out of it', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        expect(readBrCode(writeBrCode(code))).toEqual(code);
      }),
    );
  });

  it('with any one character changed, or cut short, is not taken for a code', () => {
    fc.assert(
      fc.property(anyCode, fc.nat(), fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }), (wish, where, other) => {
        const code = writeBrCode(wish);
        const at = where % code.length;
        if (code[at]?.toUpperCase() !== other.toUpperCase()) expect(readBrCode(code.slice(0, at) + other + code.slice(at + 1))).toBeUndefined();
        expect(readBrCode(code.slice(0, at))).toBeUndefined();
      }),
    );
  });

  it('whatever else is held before the camera is no code, and breaks nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(readBrCode(text)).toBeUndefined();
      }),
    );
    for (const text of ['', '6304', '000201', '6304FFFF', `${writeBrCode(dynamic)} `, 'https://pix.example.com/qr'])
      expect(readBrCode(text)).toBeUndefined();
  });

  it('has no room for long names, other alphabets or nothing at all: that is said, not cut in silence', () => {
    for (const receiverName of ['', 'A'.repeat(26), 'Салон']) expect(() => writeBrCode({ ...dynamic, receiverName })).toThrow(RangeError);
    expect(() => writeBrCode({ ...dynamic, pay: { location: 'x'.repeat(78) } })).toThrow(RangeError);
  });
});

describe('the salon’s name in the code', () => {
  it.each([
    ['Salão São João', 25, 'Salao Sao Joao'],
    ['BRASÍLIA', 15, 'BRASILIA'],
    ['São José do Rio Preto', 15, 'Sao Jose do Rio'],
    ['Studio  Linden & Salt, Vila Madalena', 25, 'Studio Linden & Salt, Vil'],
    ['Ação \u{1f487} Cabelos', 25, 'Acao Cabelos'],
    ['Салон «Липа»', 25, ''],
    ['', 25, ''],
    ['1234567890123 56', 14, '1234567890123'],
  ])('%s in %i characters is “%s”', (name, room, folded) => {
    expect(foldedTo(room, name)).toBe(folded);
  });
});
