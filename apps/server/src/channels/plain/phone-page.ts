import type { TextKey } from '@holdfast/contract/client-words';
import type { Problem } from '../../kit/problem.ts';
import { escapeHtml } from '../page-shell.ts';
import type { Asked } from './choose-pages.ts';

/** A code on its way: to which number, and from when on another one can be had. */
export interface CodeSent {
  readonly phone: string;
  readonly resendAt: string;
}

/** What is to be said on the page. `code` undefined: none is on its way, and `refused` says why. */
export interface CodeStands {
  readonly code?: CodeSent | undefined;
  readonly fault?: string | undefined;
  readonly refused?: Problem | undefined;
}

/** The code from the SMS. `kept`: what goes along unseen, so that nothing has to be typed again. */
export function phonePart(
  { page, words }: Pick<Asked, 'page' | 'words'>,
  { action, kept, sameNumber = false }: { action: string; kept: readonly (readonly [string, string | undefined])[]; sameNumber?: boolean },
  { code, fault, refused }: CodeStands,
): string {
  const { say } = words;
  const shown = code && `\u2066${code.phone}\u2069`;
  return `<h1>${escapeHtml(say('phone.title'))}</h1>
${shown ? `<p class="lead" role="status">${escapeHtml(say('phone.sent', { phone: shown }))}</p>` : ''}
${refused ? tooMany(refused, page.location.phone, words) : ''}
<form method="post" action="${escapeHtml(action)}" class="form">
<input type="hidden" name="step" value="code">${kept.map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value ?? '')}">`).join('')}
${
  code
    ? `<div class="field"><label for="code">${escapeHtml(say('phone.code'))}</label>
<input class="input" id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="12" dir="ltr" autofocus${fault ? ' aria-invalid="true"' : ''} aria-describedby="code-hint${fault ? ' code-fault' : ''}">
<p class="hint" id="code-hint">${escapeHtml(say('phone.code_hint'))}</p>
${fault ? `<p class="fault" id="code-fault">${escapeHtml(fault)}</p>` : ''}</div>
<button class="button button-main" type="submit" name="do" value="confirm">${escapeHtml(say('bar.continue'))}</button>
${waits(code, page.now, words)}`
    : ''
}
<button class="button button-quiet" type="submit" name="do" value="resend">${escapeHtml(say('phone.resend'))}</button>
${sameNumber ? '' : `<button class="button button-quiet" type="submit" name="do" value="change">${escapeHtml(say('phone.change'))}</button>`}
</form>`;
}

/** Nothing counts down without a script: until when it was to wait as the page was made. */
function waits({ resendAt }: CodeSent, now: string, { say }: Asked['words']): string {
  const seconds = Math.ceil((Date.parse(resendAt) - Date.parse(now)) / 1000);
  if (seconds <= 0) return '';
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return `<p class="muted">${escapeHtml(say('phone.resend_in', { time }))}</p>`;
}

function tooMany({ detail }: Problem, phone: string, { say, when }: Asked['words']): string {
  const title: TextKey = detail['limit'] === 'phone' ? 'phone.too_many_for_phone' : 'phone.too_many';
  const { retryAt } = detail;
  const later = typeof retryAt === 'string' ? `<div>${escapeHtml(say('phone.try_after', { time: when(retryAt) }))}</div>` : '';
  const call = phone ? `<div><a href="tel:${phone.replaceAll(/[^+\d]/g, '')}" dir="ltr">${escapeHtml(phone)}</a></div>` : '';
  return `<div class="notice notice-warn" role="alert"><div class="notice-body"><strong>${escapeHtml(say(title))}</strong>${later}${call}</div></div>`;
}
