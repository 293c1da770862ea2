import type { AnyRoute } from '@tanstack/react-router';

export function userRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
