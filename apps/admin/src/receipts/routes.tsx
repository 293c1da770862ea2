import type { AnyRoute } from '@tanstack/react-router';

export function receiptRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
