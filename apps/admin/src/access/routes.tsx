import type { AnyRoute } from '@tanstack/react-router';

/** Signing in and what leads there: without the frame. */
export function accessRoutes(_root: AnyRoute): AnyRoute[] {
  return [];
}

/** One's own account: inside the frame, of no location. */
export function accountRoutes(_parent: AnyRoute): AnyRoute[] {
  return [];
}
