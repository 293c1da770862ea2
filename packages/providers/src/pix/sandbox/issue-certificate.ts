import { randomBytes } from 'node:crypto';
import * as asn1 from 'asn1js';
import { AttributeTypeAndValue, BasicConstraints, Certificate, Extension, ExtKeyUsage, GeneralName, GeneralNames } from 'pkijs';

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
  certificate.issuer.typesAndValues.push(...(by ? Certificate.fromBER(bytesOf(by.certificate)).subject.typesAndValues : named(wish.name)));
  certificate.notBefore.value = wish.from;
  certificate.notAfter.value = wish.until;
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  certificate.extensions = extensionsOf(wish);
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

function extensionsOf({ for: purpose, hosts = [] }: CertificateWish): Extension[] {
  const constraints = new BasicConstraints({ cA: purpose === 'authority' });
  const extensions = [
    new Extension({ extnID: '2.5.29.19', critical: true, extnValue: constraints.toSchema().toBER(false), parsedValue: constraints }),
  ];
  if (purpose === 'authority') return extensions;
  const usage = new ExtKeyUsage({ keyPurposes: [use[purpose]] });
  extensions.push(new Extension({ extnID: '2.5.29.37', critical: false, extnValue: usage.toSchema().toBER(false), parsedValue: usage }));
  if (hosts.length > 0) {
    const names = new GeneralNames({ names: hosts.map(generalName) });
    extensions.push(new Extension({ extnID: '2.5.29.17', critical: false, extnValue: names.toSchema().toBER(false), parsedValue: names }));
  }
  return extensions;
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
