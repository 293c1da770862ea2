import type { TextKey } from '@holdfast/contract/client-words';
import { escapeHtml } from '../page-shell.ts';
import type { Asked } from './choose-pages.ts';
import type { Field, Typed } from './details-page.ts';

type Who = Pick<Typed, 'values' | 'faults'>;

/** Who is coming: what the booking link asks for, with what was typed and what is wrong with it. */
export function contactFields({ page, words: { say } }: Pick<Asked, 'page' | 'words'>, typed: Who): string {
  const { fields } = page.widget;
  const input = (name: Field, key: TextKey, type: string, more: string, rule: 'optional' | 'required') => {
    const fault = typed.faults[name];
    return `<div class="field"><label for="${name}">${escapeHtml(say(key))}${rule === 'optional' ? ` <span class="muted">${escapeHtml(say('details.optional'))}</span>` : ''}</label>
<input class="input" id="${name}" name="${name}" type="${type}" value="${escapeHtml(typed.values[name] ?? '')}" ${more}${rule === 'required' ? ' required' : ''}${fault ? ` aria-invalid="true" aria-describedby="${name}-fault"` : ''}>
${faultOf(name, typed, say)}</div>`;
  };
  return `${input('name', 'details.name', 'text', 'autocomplete="name" maxlength="120"', 'required')}
${input('phone', 'details.phone', 'tel', 'autocomplete="tel" inputmode="tel" maxlength="40" dir="ltr"', 'required')}
${fields.email === 'off' ? '' : input('email', 'details.email', 'email', 'autocomplete="email" maxlength="200" dir="ltr"', fields.email)}
${fields.comment === 'off' ? '' : input('comment', 'details.comment', 'text', 'maxlength="1000"', fields.comment)}`;
}

/** What has to be agreed to, and where it can be read; which text that was goes along with the form. What is another text by now is not agreed to. */
export function consents({ page, words: { say } }: Pick<Asked, 'page' | 'words'>, typed: Who): string {
  const { privacy, consentVersion } = page.widget;
  const versions = { termsVersion: String(page.location.terms.version), consentVersion: String(consentVersion) };
  const isSame = Object.entries(versions).every(([name, version]) => (typed.values[name as keyof typeof versions] ?? version) === version);
  const box = (name: 'terms' | 'privacy', text: string, summary: string, whole: string) =>
    `<label class="check"><input type="checkbox" name="${name}" value="yes" required${isSame && typed.values[name] ? ' checked' : ''}>
<span>${escapeHtml(text)}</span></label>${faultOf(name, typed, say)}<details class="disclosure"><summary>${escapeHtml(summary)}</summary><div class="disclosure-body"><p class="as-written">${escapeHtml(whole)}</p></div></details>`;
  return `<div class="terms">
${Object.entries(versions)
  .map(([name, version]) => `<input type="hidden" name="${name}" value="${version}">`)
  .join('')}
${box('terms', say('details.terms', { salon: page.chain.name }), say('details.read_terms'), page.location.terms.text)}
${privacy ? box('privacy', say('details.privacy'), say('details.read_privacy'), privacy) : ''}
</div>`;
}

function faultOf(name: Field, { faults }: Who, say: Asked['words']['say']): string {
  const fault = faults[name];
  return fault ? `<p class="fault" id="${name}-fault">${escapeHtml(say(fault))}</p>` : '';
}
