import type { CashlessPayment } from '@holdfast/contract/cashless';

/** The page with the fields' titles in one language, where they are ours and not the provider's. */
export function inWordsOf(language: 'en' | 'uk' | 'pt', page: CashlessPayment): CashlessPayment {
  const providers = page.providers.map((provider) => ({
    ...provider,
    fields: provider.fields.map((field) => ({ ...field, title: field.ownTitle?.[language] ?? field.title })),
  }));
  const titleOf = (provider: string, name: string) =>
    providers.find((one) => one.name === provider)?.fields.find((field) => field.name === name)?.title;
  const connections = page.connections.map((connection) => ({
    ...connection,
    hints: connection.hints.map((hint) => ({ ...hint, title: titleOf(connection.provider, hint.name) ?? hint.title })),
  }));
  return { ...page, providers, connections };
}
