import { useState } from 'react';

export interface Draft<T extends object> {
  readonly value: T;
  readonly dirty: boolean;
  /** What it was when the draft was begun: what a change is based on. */
  readonly base: T;
  /** Somebody else has changed it since; theirs is this. The draft is kept until the user decides. */
  readonly theirs: T | undefined;
  change(part: Partial<T>): void;
  /** Back to what is saved now. */
  reset(): void;
  /** After saving: this is the new ground. */
  saved(value: T): void;
  /** Keep what I typed, on top of theirs. */
  keepMine(): void;
}

/** A form's own copy of what is saved. It follows the server while nothing was typed, and never overwrites what was. */
export function useDraft<T extends object>(saved: T): Draft<T> {
  const [base, setBase] = useState(saved);
  const [value, setValue] = useState(saved);
  const [ground, setGround] = useState(saved);
  const dirty = !same(value, base);
  if (!same(ground, saved)) {
    // read anew since the last drawing
    setGround(saved);
    if (!dirty && !same(saved, base)) {
      setBase(saved);
      setValue(saved);
    }
  }
  const take = (next: T) => {
    setBase(next);
    setValue(next);
  };
  return {
    value,
    base,
    dirty,
    theirs: dirty && !same(saved, base) ? saved : undefined,
    change: (part) => setValue((before) => ({ ...before, ...part })),
    reset: () => take(saved),
    saved: take,
    keepMine: () => {
      const mine = Object.fromEntries(Object.entries(value).filter(([key, one]) => !same(one, base[key as keyof T])));
      const { version: _, ...fields } = mine as Record<string, unknown>;
      setBase(saved);
      setValue({ ...saved, ...fields });
    },
  };
}

export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Everything but one field. */
export function without<T extends object, K extends keyof T>(whole: T, field: K): Omit<T, K> {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field)) as Omit<T, K>;
}
