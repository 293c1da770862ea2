import { expect, test } from 'vitest';
import { crc16, makeBrCode, readBrCode } from './br-code.ts';

const code = makeBrCode({ location: 'pix.example.com/qr/v2/0123456789abcdef0123', name: 'Salao Ines', city: 'SAO PAULO' });

test('the checksum is CRC-16/CCITT-FALSE', () => {
  // python3 -c 'import binascii; print("%04X" % binascii.crc_hqx(b"123456789", 0xffff))'
  expect(crc16('123456789')).toBe('29B1');
  // The same of a static code of a key, up to and with its 6304.
  const known =
    '00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***6304';
  expect(crc16(known)).toBe('1D3D');
  expect(readBrCode(`${known}1D3D`)).toEqual({ kind: 'static' });
});

test('a code names the location, the receiver and nothing that could change', () => {
  // The checksum by python3's binascii.crc_hqx as above; read back by pix-utils 2.8.2, parsePix(code).
  expect(code).toBe(
    '00020101021226640014br.gov.bcb.pix2542pix.example.com/qr/v2/0123456789abcdef01235204000053039865802BR5910Salao Ines6009SAO PAULO62070503***6304ACBD',
  );
  expect(readBrCode(code)).toEqual({ kind: 'dynamic', location: 'pix.example.com/qr/v2/0123456789abcdef0123' });
});

test('a code made elsewhere is read: other order of what is optional, capitals, spaces around', () => {
  // pix-utils 2.8.2: createDynamicPix({ merchantName: 'Salao Ines', merchantCity: 'SAO PAULO', url: 'https://pix.example.com/qr/v2/0123456789abcdef0123' })
  const theirs =
    '00020126720014br.gov.bcb.pix2550https://pix.example.com/qr/v2/0123456789abcdef01235204000053039865802BR5910SALAO INES6009SAO PAULO62070503***6304B8E6';
  expect(readBrCode(`\n ${theirs} `)).toMatchObject({ kind: 'dynamic' });
  const shouted = code.slice(0, -4).replace('br.gov.bcb.pix', 'BR.GOV.BCB.PIX');
  expect(readBrCode(shouted + crc16(shouted).toLowerCase())).toMatchObject({ kind: 'dynamic' });
});

test('names lose what a bank’s reader does not know, and are never empty or too long', () => {
  const made = makeBrCode({ location: 'a/b', name: 'Salão Conceição Estúdio de Beleza 💇', city: '東京' });
  expect(made).toContain('5925Salao Conceicao Estudio d6001N62');
  expect(readBrCode(made)).toEqual({ kind: 'dynamic', location: 'a/b' });
});

test('whatever is changed, cut or added in a code makes it unreadable', () => {
  for (let at = 0; at < code.length; at++) {
    const other = code[at] === '0' ? '1' : '0';
    expect(readBrCode(code.slice(0, at) + other + code.slice(at + 1)).kind).toBe('unreadable');
    expect(readBrCode(code.slice(0, at)).kind).toBe('unreadable');
  }
  for (const text of ['', ' ', `${code}x`, code + code, '6304', '0002', '<script>', 'a'.repeat(10_000)])
    expect(readBrCode(text).kind).toBe('unreadable');
});

test('what is complete but for one field is unreadable too', () => {
  const fields = code.slice(0, -8);
  for (const missing of ['000201', '5303986', '5802BR', '5910Salao Ines', '6009SAO PAULO', '62070503***', '52040000']) {
    const without = `${fields.replace(missing, '')}6304`;
    expect([missing, readBrCode(without + crc16(without)).kind]).toEqual([missing, 'unreadable']);
  }
});
