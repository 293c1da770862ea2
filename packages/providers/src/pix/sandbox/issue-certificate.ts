import { createHash, randomBytes } from 'node:crypto';
import * as asn1 from 'asn1js';
import {
  AttributeTypeAndValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  GeneralName,
  GeneralNames,
  Time,
  TimeType,
} from 'pkijs';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const COMMON_NAME = '2.5.4.3';
const ORGANIZATION = '2.5.4.10';
const use = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const;

/** A certificate and its private key, both as PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

export interface CertificateWish {
  readonly name: string;
  readonly for: 'authority' | 'server' | 'client';
  /** Names and addresses of a server. */
  readonly hosts?: readonly string[];
  readonly from: Date;
  readonly until: Date;
}

/** Issues a certificate with a new key on the curve P-256, signed by `by`; without it, by itself. */
export async function issueCertificate(wish: CertificateWish, by?: KeyPair): Promise<KeyPair> {
  const keys = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const certificate = new Certificate({ version: 2, serialNumber: new asn1.Integer({ valueHex: serial() }) });
  certificate.subject.typesAndValues.push(...named(wish.name));
  const issuer = by ? Certificate.fromBER(bytesOf(by.certificate)) : certificate;
  certificate.issuer.typesAndValues.push(...issuer.subject.typesAndValues);
  certificate.notBefore = moment(wish.from);
  certificate.notAfter = moment(wish.until);
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  certificate.extensions = extensionsOf(wish, { own: keyIdOf(certificate), issuers: keyIdOf(issuer) });
  await certificate.sign(by ? await signingKey(by.key) : keys.privateKey, 'SHA-256');
  return {
    certificate: pem('CERTIFICATE', certificate.toSchema(true).toBER(false)),
    key: pem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', keys.privateKey)),
  };
}

/** The bytes inside of a PEM block. */
export function bytesOf(text: string): ArrayBuffer {
  const bytes = Buffer.from(text.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
}

function extensionsOf({ for: purpose, hosts = [] }: CertificateWish, keyIds: { own: ArrayBuffer; issuers: ArrayBuffer }): Extension[] {
  const isAuthority = purpose === 'authority';
  const add = (extnID: string, schema: { toBER(sizeOnly?: boolean): ArrayBuffer }, critical = false) =>
    new Extension({ extnID, critical, extnValue: schema.toBER(false) });
  return [
    add('2.5.29.19', new BasicConstraints({ cA: isAuthority }).toSchema(), true),
    // An authority signs certificates and lists of revoked ones, everybody else signs.
    add('2.5.29.15', new asn1.BitString({ valueHex: new Uint8Array([isAuthority ? 0x06 : 0x80]).buffer, unusedBits: isAuthority ? 1 : 7 }), true),
    add('2.5.29.14', new asn1.OctetString({ valueHex: keyIds.own })),
    ...(isAuthority
      ? []
      : [add('2.5.29.35', new AuthorityKeyIdentifier({ keyIdentifier: new asn1.OctetString({ valueHex: keyIds.issuers }) }).toSchema())]),
    ...(purpose === 'authority' ? [] : [add('2.5.29.37', new ExtKeyUsage({ keyPurposes: [use[purpose]] }).toSchema())]),
    ...(hosts.length === 0 ? [] : [add('2.5.29.17', new GeneralNames({ names: hosts.map(generalName) }).toSchema())]),
  ];
}

/** How certificates name a key: SHA-1 of its bits (RFC 5280, 4.2.1.2). */
function keyIdOf({ subjectPublicKeyInfo }: Certificate): ArrayBuffer {
  return new Uint8Array(createHash('sha1').update(subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView).digest()).buffer;
}

/** Two digits for the year until 2049, as the format wants it. */
function moment(value: Date): Time {
  return new Time({ type: value.getUTCFullYear() < 2050 ? TimeType.UTCTime : TimeType.GeneralizedTime, value });
}

function generalName(host: string): GeneralName {
  const address = /^\d+(\.\d+){3}$/.test(host) ? host.split('.').map(Number) : host === '::1' ? [...Array<number>(15).fill(0), 1] : undefined;
  return address
    ? new GeneralName({ type: 7, value: new asn1.OctetString({ valueHex: new Uint8Array(address).buffer }) })
    : new GeneralName({ type: 2, value: host });
}

function named(name: string): AttributeTypeAndValue[] {
  return [
    new AttributeTypeAndValue({ type: ORGANIZATION, value: new asn1.Utf8String({ value: 'Holdfast sandbox: no real money' }) }),
    new AttributeTypeAndValue({ type: COMMON_NAME, value: new asn1.Utf8String({ value: name.slice(0, 64) }) }),
  ];
}

/** Positive and never the same twice. */
function serial(): ArrayBuffer {
  const bytes = new Uint8Array(randomBytes(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.buffer;
}

function signingKey(key: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', bytesOf(key), CURVE, false, ['sign']);
}

function pem(label: string, bytes: ArrayBuffer): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
