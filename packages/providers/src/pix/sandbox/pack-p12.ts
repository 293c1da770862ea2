import { randomBytes } from 'node:crypto';
import * as asn1 from 'asn1js';
import { Attribute, AuthenticatedSafe, CertBag, Certificate, PFX, PKCS8ShroudedKeyBag, PrivateKeyInfo, SafeBag, SafeContents } from 'pkijs';
import { bytesOf, type KeyPair } from './issue-certificate.ts';

const cipher = () => ({ name: 'AES-CBC', length: 256, iv: new Uint8Array(randomBytes(16)) });

/** The same certificate and key in one file with a password, as PSPs hand them out. Encrypted as OpenSSL 3 reads it without its legacy ciphers. */
export async function packP12({ certificate, key }: KeyPair, password: string): Promise<Buffer> {
  const secret = new TextEncoder().encode(password).buffer;
  const localKeyId = () =>
    new Attribute({ type: '1.2.840.113549.1.9.21', values: [new asn1.OctetString({ valueHex: new Uint8Array(randomBytes(4)).buffer })] });
  const bag = new PKCS8ShroudedKeyBag({ parsedValue: PrivateKeyInfo.fromBER(bytesOf(key)) });
  await bag.makeInternalValues({ password: secret, contentEncryptionAlgorithm: cipher(), hmacHashAlgorithm: 'SHA-256', iterationCount: 2048 });
  const id = localKeyId();
  const safe = new AuthenticatedSafe({
    parsedValue: {
      safeContents: [
        {
          privacyMode: 0,
          value: new SafeContents({ safeBags: [new SafeBag({ bagId: '1.2.840.113549.1.12.10.1.2', bagValue: bag, bagAttributes: [id] })] }),
        },
        {
          privacyMode: 1,
          value: new SafeContents({
            safeBags: [
              new SafeBag({
                bagId: '1.2.840.113549.1.12.10.1.3',
                bagValue: new CertBag({ parsedValue: Certificate.fromBER(bytesOf(certificate)) }),
                bagAttributes: [id],
              }),
            ],
          }),
        },
      ],
    },
  });
  await safe.makeInternalValues({
    safeContents: [{}, { password: secret, contentEncryptionAlgorithm: cipher(), hmacHashAlgorithm: 'SHA-256', iterationCount: 2048 }],
  });
  const file = new PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } });
  await file.makeInternalValues({ password: secret, iterations: 2048, pbkdf2HashAlgorithm: 'SHA-256', hmacHashAlgorithm: 'SHA-256' });
  return Buffer.from(file.toSchema().toBER(false));
}
