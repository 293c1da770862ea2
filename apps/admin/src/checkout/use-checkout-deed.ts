import type { Checkout } from '@holdfast/contract/checkout';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { checkoutQuery } from './checkout-query.ts';

/** Something that is done in the checkout: the answer is the checkout as it is then, and the appointment is read anew, also after a refusal. */
export function useCheckoutDeed<In>(place: { locationId: string; appointmentId: string }, deed: (wish: In) => Promise<Checkout>) {
  const queries = useQueryClient();
  const { locationId, appointmentId } = place;
  return useMutation({
    mutationFn: deed,
    onSuccess: (fresh) => queries.setQueryData(checkoutQuery(locationId, appointmentId).queryKey, fresh),
    onError: () => queries.invalidateQueries({ queryKey: ['checkout', locationId] }),
    onSettled: () => {
      for (const area of ['appointment', 'calendar', 'accounts']) void queries.invalidateQueries({ queryKey: [area, locationId] });
    },
  });
}
