import { parseArgs } from 'node:util';
import { startStripeSandbox } from './start-sandbox.ts';

// node packages/providers/src/stripe/sandbox/run.ts --port 12111 [--webhook-url http://…] [--state ./stripe-sandbox.jsonl]
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '12111' },
    'webhook-url': { type: 'string' },
    state: { type: 'string' },
    'secret-key': { type: 'string', default: 'sk_test_sandbox' },
    'publishable-key': { type: 'string', default: 'pk_test_sandbox' },
    'webhook-secret': { type: 'string', default: 'whsec_sandbox' },
  },
});

const sandbox = await startStripeSandbox({
  port: Number(values.port),
  now: () => new Date(),
  statePath: values.state,
  accounts: [
    {
      secretKey: values['secret-key'],
      publishableKey: values['publishable-key'],
      webhookSecret: values['webhook-secret'],
      webhookUrl: values['webhook-url'],
    },
  ],
});

const lines = [
  `Stripe sandbox, no real money: ${sandbox.origin}`,
  `Secret key ${values['secret-key']}, publishable key ${values['publishable-key']}, signing secret ${values['webhook-secret']}`,
  values['webhook-url'] === undefined ? 'Events wait: no --webhook-url given' : `Events go to ${values['webhook-url']}`,
];
process.stdout.write(`${lines.join('\n')}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
