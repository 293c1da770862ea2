import type { AnyRoute } from '@tanstack/react-router';

export function clientRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
