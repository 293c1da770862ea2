import type { AnyRoute } from '@tanstack/react-router';

export function reconciliationRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
