import type { AnyRoute } from '@tanstack/react-router';

export function accountsRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
