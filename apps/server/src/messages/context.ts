import type { AccessContext } from '../access/context.ts';
import type { CodeKeys } from '../confirmations/code-keys.ts';
import type { SealingKey } from '../kit/seal.ts';
import type { SignedLinks } from '../kit/signed-links.ts';
import type { WaitingContext } from '../waiting/context.ts';

export interface MessagesContext extends WaitingContext, Pick<AccessContext, 'keys'> {
  /** Makes the codes that confirm telephones. */
  readonly codes: CodeKeys;
  /** Opens the channels' settings. */
  readonly sealingKey: SealingKey;
  /** Only the demo: messages that go nowhere but into the inbox page. */
  readonly sandboxMessages: boolean;
  /** The page of a document, for whoever is sent it. */
  readonly receiptLinks: SignedLinks<'receiptId'>;
}
