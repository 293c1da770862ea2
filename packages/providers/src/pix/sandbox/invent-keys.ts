import { createHash } from 'node:crypto';
import type { AccountKeys } from '../../sandbox-kit/sandbox.ts';
import { type AccountRow, usualHabits } from './books.ts';
import { certificateFor } from './keep-identity.ts';
import type { Psp } from './psp.ts';

/** What this PSP would hand to a merchant of this name. */
export async function inventKeys(psp: Psp, origin: string, name: string): Promise<AccountKeys> {
  const secret = (kind: string) => createHash('sha256').update(`${kind} ${name}`).digest('hex');
  const clientId = `Client_Id_${secret('id').slice(0, 40)}`;
  const { certificate, key } = await certificateFor(psp, clientId);
  return {
    baseUrl: `${origin}/v2`,
    tokenUrl: `${origin}/oauth/token`,
    clientId,
    clientSecret: `Client_Secret_${secret('secret').slice(0, 40)}`,
    certificate: certificate + key,
    certificateFile: '',
    certificatePassword: '',
    pixKey: secret('key').replace(/^(.{8})(.{4})(.{3})(.{3})(.{12}).*/, '$1-$2-4$3-a$4-$5'),
    receiverName: `Teste ${name}`
      .normalize('NFD')
      .replaceAll(/[^A-Za-z0-9 .-]/g, '')
      .trim()
      .slice(0, 25),
    receiverCity: 'SAO PAULO',
    tokenBody: 'form',
    webhookDelivery: 'standard',
    feePercent: '',
  };
}

/** The account those keys open; what it had of its own here stays. */
export function accountOf(keys: AccountKeys, known: AccountRow | undefined): AccountRow {
  const { clientId = '', clientSecret = '', certificate = '', pixKey = '', receiverName = '', receiverCity = '' } = keys;
  const digits = createHash('sha256').update(clientId).digest('hex').replaceAll(/\D/g, '').padEnd(14, '0').slice(0, 8);
  return {
    id: clientId,
    clientSecret,
    certificate,
    pixKey,
    receiverName,
    receiverCity,
    cnpj: known?.cnpj ?? `${digits}000199`,
    habits: known?.habits ?? usualHabits,
  };
}
