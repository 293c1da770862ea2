import { useState } from 'react';

/** Fields that hold something that is no value (an amount that cannot be read): saving waits until they are right. */
export function useWrongFields() {
  const [fields, setFields] = useState<ReadonlySet<string>>(new Set());
  return {
    any: fields.size > 0,
    set: (field: string, wrong: boolean) =>
      setFields((before) => {
        if (before.has(field) === wrong) return before;
        const next = new Set(before);
        if (wrong) next.add(field);
        else next.delete(field);
        return next;
      }),
    clear: () => setFields(new Set()),
  };
}
