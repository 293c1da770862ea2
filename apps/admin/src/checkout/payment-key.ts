/**
 * Names one intention to take money: "this much into this register". Asking again with the same intention answers the same name, so that a repeated
 * click or a lost answer takes nothing twice; `done` ends it, and the next payment is another one.
 */
export function createPaymentKeys(newKey: () => string = randomKey): { keyFor(intention: string): string; done(): void } {
  let current: { intention: string; key: string } | undefined;
  return {
    keyFor(intention) {
      if (current?.intention !== intention) current = { intention, key: newKey() };
      return current.key;
    },
    done() {
      current = undefined;
    },
  };
}

/** 32 hexadecimal digits; also where the page came by plain http, and `crypto.randomUUID` is not there. */
export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
