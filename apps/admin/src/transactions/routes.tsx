import type { AnyRoute } from '@tanstack/react-router';

export function transactionRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
