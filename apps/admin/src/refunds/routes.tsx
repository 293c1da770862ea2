import type { AnyRoute } from '@tanstack/react-router';

export function refundRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
