import type { AnyRoute } from '@tanstack/react-router';

export function scheduleRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
