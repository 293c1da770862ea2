import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { embedModes, embedPolicy, embedStyle, embedTag } from '@holdfast/contract/embed-tag';

/** A page of somebody else's, on another site, with what the salon's own screen gives out to be pasted, a policy as strict as they come and a style sheet that takes hold of everything it can reach. */
export interface PartnerSite {
  readonly origin: string;
  close(): Promise<void>;
}

const THEIR_STYLE = `html { font-size: 62.5%; } * { color: hotpink; letter-spacing: 2px; font-family: cursive; } body { background: #fff; }
button, input, label { background: yellow !important; display: inline !important; } h1 { font-size: 90px; color: #333; } p { color: #333; }
${embedStyle()}`;

const tags = (tag: string): Readonly<Record<string, { readonly head?: string; readonly body: string }>> => ({
  // as it was given out before its address named the place
  old: { body: tag.replace(/\?place=[^"]*/, '') },
  twice: { body: `${tag}<hr>${tag}` },
  head: { head: tag, body: '' },
  module: { body: tag.replace('<script', '<script type="module"') },
});

/**
 * `mode` of the query says how the widget stands on the page, `event` what it begins with, `as` what else is different about its line; `types=none`: nothing may make
 * elements of a text; `measured` lets Google Analytics in as well, whose own script does not know of such a rule.
 */
export async function openPartnerSite(house: string): Promise<PartnerSite> {
  const server: Server = createServer((request, answer) => {
    const url = new URL(request.url ?? '/', 'http://partner.example');
    if (url.pathname === '/style.css') return answer.setHeader('content-type', 'text/css').end(THEIR_STYLE);
    if (url.pathname !== '/hotel') return answer.writeHead(404).end();
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    const isMeasured = url.searchParams.has('measured');
    const none = url.searchParams.get('types') === 'none' ? "trusted-types 'none'; " : '';
    const types = isMeasured ? '' : `require-trusted-types-for 'script'; ${none}`;
    answer.setHeader(
      'content-security-policy',
      `${embedPolicy(house, isMeasured)}; default-src 'none'; style-src 'self'; ${types}base-uri 'none'; form-action 'none'; frame-src 'none'`,
    );
    const mode = embedModes.find((one) => one === url.searchParams.get('mode')) ?? 'inline';
    const tag = embedTag({ house, place: 'demo/lisbon', mode, event: url.searchParams.get('event') });
    const { head = '', body } = tags(tag)[url.searchParams.get('as') ?? ''] ?? { body: tag };
    return answer.end(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Hotel</title>
<link rel="stylesheet" href="/style.css">${head}</head><body><main><h1>Hotel</h1><p>Our friends’ salon:</p>
${body}<p id="rooms">Rooms</p></main></body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
