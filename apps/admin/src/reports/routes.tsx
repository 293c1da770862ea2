import type { AnyRoute } from '@tanstack/react-router';

export function reportRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
