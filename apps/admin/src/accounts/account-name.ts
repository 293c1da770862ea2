import { useWords } from '../words.tsx';

/** What an account is called: by its type, or as the one that every client has. */
export function useAccountName(): (account: { readonly typeName: string | null }) => string {
  const { say } = useWords();
  return ({ typeName }) => typeName ?? say('accounts.ordinary');
}
