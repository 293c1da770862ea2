import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { sql } from 'kysely';
import type { CodeKeys } from '../confirmations/code-keys.ts';
import { showCode } from '../confirmations/hide-code.ts';
import type { Deps } from '../kit/deps.ts';
import { asHtmlPieces } from '../messages/as-html.ts';
import { demoChain } from './demo-location.ts';

interface Sent {
  readonly channel: string;
  readonly recipient: string | null;
  readonly subject: string | null;
  readonly body: string | null;
  readonly language: string | null;
  readonly location: string;
  readonly sentAt: Date;
  readonly subjectKind: string;
  readonly subjectId: string;
}

/** Where the demo's messages arrive: `GET /demo/inbox`, newest first. In the demo only. */
export const demoInbox: FastifyPluginAsyncZod<{ deps: Deps; codes: CodeKeys }> = async (app, { deps, codes }) => {
  app.get('/demo/inbox', { schema: { hide: true } }, async (_request, reply) => {
    const { rows } = await sql<Sent>`
      select m.channel, m.recipient, m.subject, m.body, m.language, l.name location, m.sent_at "sentAt", m.subject_kind "subjectKind", m.subject_id "subjectId"
        from messages m join locations l on l.chain_id = m.chain_id and l.location_id = m.location_id
       where m.chain_id = ${demoChain.chainId} and m.status = 'sent' order by m.sent_at desc, m.message_id desc limit 60`.execute(deps.db.read);
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(
        page(rows.map((one) => (one.subjectKind === 'phone_code' ? { ...one, body: showCode(one.body ?? '', codes.codeOf(one.subjectId)) } : one))),
      );
  });
};

function page(messages: readonly Sent[]): string {
  const items = messages.map(
    ({ channel, recipient, subject, body, language, location, sentAt }) => `<article class="panel message" lang="${escapeText(language ?? 'en')}">
<p class="address"><b>${channel === 'sms' ? 'SMS' : 'E-mail'}</b> · ${escapeText(recipient ?? '')} · ${escapeText(location)} · <time datetime="${sentAt.toISOString()}">${sentAt.toISOString().slice(0, 16).replace('T', ' ')} UTC</time></p>
${subject ? `<h2>${escapeText(subject)}</h2>` : ''}
${asHtmlPieces(body ?? '')}
</article>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>Inbox · Holdfast Demo</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/demo/landing.css">
</head>
<body>
<header><p class="brand"><a href="/">Holdfast</a> <span class="badge">Demo</span></p></header>
<main>
<h1>Inbox</h1>
<p class="lead">SMS and e-mail of the demo arrive here and nowhere else. The newest first.</p>
${items.join('\n') || '<p class="note">Nothing yet. Book something: the message comes within a second.</p>'}
</main>
</body>
</html>
`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
