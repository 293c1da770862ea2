import type { AnyRoute } from '@tanstack/react-router';

export function locationRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
