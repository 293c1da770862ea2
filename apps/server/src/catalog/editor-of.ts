import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import type { Editor } from './context.ts';

export const here = z.object({ location: z.string().max(60) });
export const deletedShape = z.object({ deleted: z.literal(true) });

export function editorOf(request: FastifyRequest): Editor {
  return { who: whoOf(request), place: placeOf(request) };
}
