import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AccountKeys, Sandbox } from './sandbox-kit/sandbox.ts';
import { sandboxNames, sandboxOf } from './sandbox-registry.ts';

// npm run sandbox -- <provider> --port 12111 [--host 127.0.0.1] [--webhook-url http://…] [--state ./sandbox.jsonl]
// npm run sandbox -- all --port 12111 [--state ./sandboxes]   every one, on successive ports, their states in one folder
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '12111' },
    host: { type: 'string', default: '127.0.0.1' },
    'webhook-url': { type: 'string' },
    state: { type: 'string' },
  },
});
const [name = '', ...more] = positionals;
const wanted = (name === 'all' ? sandboxNames : [name]).flatMap((one) => {
  const start = sandboxOf(one);
  return start ? [{ one, start }] : [];
});
const port = Number(values.port);
if (wanted.length === 0 || more.length > 0 || !Number.isInteger(port)) {
  process.stderr.write(
    `Which sandbox? npm run sandbox -- <${[...sandboxNames, 'all'].join('|')}> --port 12111 [--webhook-url http://…] [--state path]\n`,
  );
  process.exit(2);
}

const running: Sandbox[] = [];
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void Promise.all(running.map((one) => one.close())));
if (name === 'all' && values.state !== undefined) mkdirSync(values.state, { recursive: true });
let next = port;
for (const { one, start } of wanted) {
  const statePath = name === 'all' && values.state !== undefined ? join(values.state, `${one}.jsonl`) : values.state;
  const sandbox = await start({ port: next, host: values.host, now: () => new Date(), statePath });
  running.push(sandbox);
  // one may take a second port for its pages
  if (port !== 0) next = 1 + Math.max(...[sandbox.origin, sandbox.pagesOrigin].map((origin) => Number(new URL(origin).port)));
  const keys = await sandbox.inventKeys('sandbox');
  sandbox.setAccount(keys, values['webhook-url']);
  process.stdout.write(`${introduction(sandbox, keys)}\n`);
}

/** Where it is, and the keys of one account that is there already. */
function introduction({ provider, origin, pagesOrigin, ca }: Sandbox, keys: AccountKeys): string {
  const several = (text: string) => (text.includes('\n') ? `\n${text.trimEnd()}` : ` ${text}`);
  return [
    `${provider} sandbox, no real money: ${origin}`,
    ...Object.entries(keys).map(([key, value]) => `  ${key}:${several(value)}`),
    ...(ca === undefined ? [] : [`  its certificate authority:${several(ca)}`]),
    `  more accounts, made by hand: ${pagesOrigin}/developers`,
    values['webhook-url'] === undefined
      ? '  webhooks wait until an address is known: --webhook-url, or with each payment where the provider has it so'
      : `  webhooks go to ${values['webhook-url']}`,
    '',
  ].join('\n');
}
