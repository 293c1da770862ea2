import type { MembershipUse } from '@holdfast/contract/membership-use';
import type { OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import { useWords } from '../words.tsx';
import { Icon } from './icon.tsx';

/** The online-payment mark of a service or team member. `not_available` looks as if online payment did not exist. */
export function Mark({ status }: { status: OnlinePaymentStatus }) {
  const { say } = useWords();
  if (status === 'not_available') return null;
  return (
    <span class={`mark mark-${status}`}>
      <Icon name="card" />
      {say(status === 'required' ? 'mark.required' : 'mark.available')}
    </span>
  );
}

/** What a service says of memberships; one that is only paid for says nothing. */
export function MembershipMark({ use }: { use: MembershipUse }) {
  const { say } = useWords();
  if (use === 'payment') return null;
  return <span class="mark mark-membership">{say(`mark.${use}`)}</span>;
}
