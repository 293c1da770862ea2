import { useWords } from '../words.tsx';

/** Every location's first two registers have names in the language of who looks; others have one of their own. */
export function useRegisterNames(): (register: { readonly name: string }) => string {
  const { say } = useWords();
  return ({ name }) => (name === 'main' ? say('cashless.register.main') : name === 'card' ? say('cashless.register.card') : name);
}
