import type { AnyRoute } from '@tanstack/react-router';

export function messageRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
