import type { AnyRoute } from '@tanstack/react-router';

export function attentionRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
