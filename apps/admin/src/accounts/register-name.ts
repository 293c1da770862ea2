import { useWords } from '../words.tsx';

/** The first two registers of a location are named in the language of who looks, others by their owner. */
export function useRegisterName(): (name: string) => string {
  const { say } = useWords();
  return (name) => (name === 'main' || name === 'card' ? say(`checkout.register.${name}`) : name);
}
