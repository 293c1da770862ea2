import type { AnyRoute } from '@tanstack/react-router';

export function cashlessRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
