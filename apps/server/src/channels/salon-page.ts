import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { Http } from '../kit/http.ts';
import { Problem } from '../kit/problem.ts';
import { escapeHtml } from './page-shell.ts';

const ADMIN_FOLDER = fileURLToPath(new URL('../../../admin/dist/', import.meta.url));

interface AdminFiles {
  readonly script: string;
  readonly styles: readonly string[];
}

/** The admin app: one document for all of its addresses, and its built files beside it. */
export async function salonPage(http: Http): Promise<void> {
  const files = readAdminFiles();
  if (files) {
    await http.register(fastifyStatic, {
      root: ADMIN_FOLDER,
      prefix: '/admin-files/',
      decorateReply: false,
      index: false,
      // their names carry a hash of their content
      immutable: true,
      maxAge: '365d',
      preCompressed: true,
    });
  }
  for (const url of ['/admin', '/admin/*']) {
    http.get(url, { schema: { hide: true } }, async (_request, reply) => {
      if (!files) throw new Problem('not_ready', 503, 'The admin app has not been built: run npm start or npm run serve.');
      const nonce = randomBytes(16).toString('base64');
      const policy = String(reply.getHeader('content-security-policy') ?? '');
      // the component library writes its colours into a style element; it is let in by this answer's own number
      reply.header('content-security-policy', policy.replace(/style-src 'self'/, `style-src 'self' 'nonce-${nonce}'`));
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
      return reply.send(shell(files, nonce));
    });
  }
}

function readAdminFiles(): AdminFiles | undefined {
  let text: string;
  try {
    text = readFileSync(`${ADMIN_FOLDER}.vite/manifest.json`, 'utf8');
  } catch {
    return undefined;
  }
  const entries = Object.values(JSON.parse(text) as Record<string, { file: string; isEntry?: boolean; css?: readonly string[] }>);
  const entry = entries.find((one) => one.isEntry);
  return entry && { script: entry.file, styles: entry.css ?? [] };
}

function shell({ script, styles }: AdminFiles, nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta property="csp-nonce" nonce="${escapeHtml(nonce)}">
<title>Holdfast</title>
<link rel="icon" href="data:,">
${styles.map((one) => `<link rel="stylesheet" href="/admin-files/${one}">`).join('\n')}
<script type="module" src="/admin-files/${script}"></script>
</head>
<body>
<div id="app"></div>
</body>
</html>
`;
}
