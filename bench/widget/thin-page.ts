import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Thin</title>
<script type="module" src="/thin.js"></script></head><body><div id="app"></div></body></html>`;
const SCRIPT = `document.getElementById('app').innerHTML='<label><input type="checkbox">Cut</label>';
document.querySelector('input').addEventListener('change',(event)=>{event.target.parentElement.dataset.chosen=event.target.checked})`;

/** The least page that a script makes usable: what the network and the browser cost before anybody's work begins. */
export async function servePage(): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer((request, answer) => {
    const isScript = request.url === '/thin.js';
    answer.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8').end(isScript ? SCRIPT : PAGE);
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
