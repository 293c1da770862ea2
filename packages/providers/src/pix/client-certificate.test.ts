import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readClientCertificate } from './client-certificate.ts';
import { p12, salonCertificate, salonKey } from './testing/certificates.ts';

/** `openssl x509 -in salon.crt -noout -enddate` */
const endsAt = new Date('2036-11-18T14:34:47Z');
const pem = `${salonCertificate}\n${salonKey}\n`;
const why = (credentials: Record<string, string>) => {
  const read = readClientCertificate(credentials);
  return read.kind === 'unreadable' ? read.why : read.kind;
};

describe('the certificate a bank knows the salon by', () => {
  it.each([
    ['as text', { certificate: pem }],
    ['as text, the key first', { certificate: `${salonKey}\n${salonCertificate}` }],
    [
      'as text with the lines of Windows and a friendly header',
      { certificate: `Bag Attributes\r\n  friendlyName: x\r\n${pem.replaceAll('\n', '\r\n')}` },
    ],
    ['as a file without a password', { certificateFile: p12.open }],
    ['as a file with its password', { certificateFile: p12.locked, certificatePassword: 'segredo' }],
    ['as both: the text counts', { certificate: pem, certificateFile: 'AAAA' }],
  ])('%s is read, and when it ends', (_how, credentials) => {
    expect(readClientCertificate(credentials)).toMatchObject({ kind: 'ready', endsAt });
  });

  it('may be missing: some banks’ tests ask for none', () => {
    for (const credentials of [{}, { certificate: '', certificateFile: ' ' }]) expect(readClientCertificate(credentials).kind).toBe('none');
  });

  const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  const lockedKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'segredo',
  });
  it.each([
    ['a wrong password', { certificateFile: p12.locked, certificatePassword: 'errado' }, /password is wrong/],
    ['no password where one is needed', { certificateFile: p12.locked }, /password is wrong/],
    ['a locked key and no password', { certificate: `${salonCertificate}\n${String(lockedKey)}` }, /password is wrong/],
    ['a file of twenty years ago', { certificateFile: p12.old, certificatePassword: 'segredo' }, /locked in an old way/],
    ['a file that is something else', { certificateFile: Buffer.from('%PDF-1.7').toString('base64') }, /no P12 file with a private key/],
    ['half a file', { certificateFile: p12.open.slice(0, 400) }, /no P12 file with a private key/],
    ['a file without a key in it', { certificateFile: p12.keyless }, /no P12 file with a private key/],
    ['a certificate without its key', { certificate: salonCertificate }, /private key is missing/],
    ['a key without its certificate', { certificate: salonKey }, /no certificate in the text/],
    ['the key of another certificate', { certificate: `${salonCertificate}\n${String(otherKey)}` }, /belongs to another certificate/],
    ['a damaged text', { certificate: pem.replace(/MII\w{40}/, 'MII') }, /cannot be read/],
    ['any other text', { certificate: '<script>alert(1)</script>' }, /no certificate in the text/],
  ])('%s is told as such', (_what, credentials, sentence) => {
    expect(why(credentials)).toMatch(sentence);
  });
});
