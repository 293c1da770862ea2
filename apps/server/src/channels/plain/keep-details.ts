import type { Asked } from './choose-pages.ts';
import type { Typed } from './details-page.ts';
import type { Sent, Shown } from './form-sent.ts';
import type { Place, PlainSources } from './plain-sources.ts';

/** Whoever has typed everything and confirmed their telephone, and whose time has gone meanwhile, need not do it again for another one. */
interface Kept {
  readonly draftId: string;
  readonly typed: Typed;
  readonly proof?: string | undefined;
}

const useOf = ({ chain, location }: Place) => `plain details ${chain}/${location}`;

/** The same choices, and what was typed with them: it waits in the address, which only we can read. */
export function keepDetails({ sources, at, asked, draftId, typed }: Sent, { proof }: Shown): Asked {
  const kept: Kept = { draftId, typed: { ...typed, faults: {} }, ...(proof !== undefined && { proof }) };
  return { ...asked, choices: { ...asked.choices, kept: sources.seal(JSON.stringify(kept), useOf(at)) } };
}

export function detailsKept(sources: PlainSources, at: Place, { choices }: Asked): Kept | undefined {
  const opened = choices.kept ? sources.open(choices.kept, useOf(at)) : undefined;
  return opened ? (JSON.parse(opened) as Kept) : undefined;
}

/** What their telephone was confirmed by, as long as it is the same draft and the same number. */
export function proofKept({ sources, at, asked, draftId, typed }: Sent): Shown {
  const kept = detailsKept(sources, at, asked);
  return kept?.draftId === draftId && kept.typed.values.phone === typed.values.phone ? { proof: kept.proof } : {};
}
