import type { AnyRoute } from '@tanstack/react-router';

export function catalogRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
