import { createHash } from 'node:crypto';
import { style } from './page-style.ts';

export const developersStyle = `
h3{font-size:1rem;margin:1rem 0 .25rem}
code{overflow-wrap:anywhere;color:var(--ink);font-size:.9rem}
input{width:100%;font:inherit;padding:.6rem .75rem;border:1px solid var(--line);border-radius:10px;background:var(--paper);color:var(--ink)}
summary{cursor:pointer;padding:.4rem 0}
`;

export const developersPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256')
  .update(style + developersStyle)
  .digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
