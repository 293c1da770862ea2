import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { sessionQuery } from '../session.tsx';

/** What happens once somebody is signed in: nothing of whoever was here before stays in memory, and they go where they wanted to. */
export function useEnter(): (to?: string) => Promise<void> {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  return async (to) => {
    queries.clear();
    await queries.fetchQuery(sessionQuery);
    if (!to) return navigate({ to: '/', replace: true });
    const base = router.basepath === '/' ? '' : router.basepath;
    router.history.replace(to.startsWith(`${base}/`) || to === base ? to : `${base}${to}`);
  };
}
