import { readFile } from 'node:fs/promises';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { acceptedLanguages } from '../kit/accepted-languages.ts';
import type { DemoClock } from './demo-clock.ts';
import type { DemoLanguage } from './demo-location.ts';
import { type LandingSandbox, renderLanding } from './render-landing.ts';

const languageShape = z.object({ language: z.enum(['en', 'uk', 'pt']).optional().catch(undefined) });
const moveShape = z.strictObject({ advanceMinutes: z.coerce.number().int().min(1).max(100_000) });

interface LandingParts {
  readonly clock: DemoClock;
  readonly sandboxes: readonly LandingSandbox[];
}

/** The demo's first page: `GET /`, its style and its script; `POST /` moves the clock without JavaScript. Registered in the demo only. */
export const demoLandingPage: FastifyPluginAsyncZod<LandingParts> = async (app, { clock, sandboxes }) => {
  const style = await readFile(new URL('landing.css', import.meta.url), 'utf8');
  const script = await readFile(new URL('landing.js', import.meta.url), 'utf8');

  app.get('/', { schema: { hide: true, querystring: languageShape } }, async (request, reply) => {
    const chosen = request.query.language;
    const language = chosen ?? preferredLanguage(request.headers['accept-language'] ?? '');
    reply.header('cache-control', 'no-store').header('vary', 'accept-language').header('content-language', language);
    return reply
      .type('text/html; charset=utf-8')
      .send(renderLanding({ language, chosen: chosen !== undefined, now: clock.now(), offsetMinutes: clock.offsetMinutes, sandboxes }));
  });
  app.get('/demo/landing.css', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(style),
  );
  app.get('/demo/landing.js', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(script),
  );

  await app.register(async (forms) => {
    forms.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 1024 }, async (_request: unknown, body: string) =>
      Object.fromEntries(new URLSearchParams(body)),
    );
    forms.post('/', { schema: { hide: true, querystring: languageShape, body: moveShape } }, async (request, reply) => {
      await clock.move((request.body as z.infer<typeof moveShape>).advanceMinutes);
      const { language } = request.query as z.infer<typeof languageShape>;
      return reply.redirect(`/${language ? `?language=${language}` : ''}#clock`, 303);
    });
  });
};

/** The best of our languages by the weights of an Accept-Language header (RFC 9110, 12.5.4); English when none fits. */
export function preferredLanguage(header: string): DemoLanguage {
  for (const language of acceptedLanguages(header)) if (language === 'en' || language === 'uk' || language === 'pt') return language;
  return 'en';
}
