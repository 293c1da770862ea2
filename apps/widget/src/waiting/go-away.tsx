import type { WaitingEntry } from '@holdfast/contract/waiting';
import { useRef, useState } from 'preact/hooks';
import { refusalCode, type Trouble } from '../api.ts';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { goAway } from './waiting-api.ts';

interface Props {
  how: 'pass' | 'leave';
  entry: WaitingEntry;
  onGone: (entry: WaitingEntry) => void;
  onStale: () => void;
}

/** Passing on and leaving cannot be undone: they are asked once more. */
export function GoAway({ how, entry, onGone, onStale }: Props) {
  const { say } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  const go = async () => {
    setBusy(true);
    setTrouble(null);
    const answer = await goAway(entry.token, how);
    setBusy(false);
    if (answer.ok) {
      dialog.current?.close();
      return onGone(answer.value);
    }
    // it is the next one's already
    if (refusalCode(answer.trouble) !== 'offer_run_out') return setTrouble(answer.trouble);
    dialog.current?.close();
    onStale();
  };

  return (
    <>
      <button type="button" class="link link-bad" onClick={() => dialog.current?.showModal()}>
        {say(`waiting.${how}`)}
      </button>
      <dialog ref={dialog} class="dialog" aria-labelledby={`${how}-title`}>
        <h2 id={`${how}-title`}>{say(`waiting.${how}_title`)}</h2>
        <p>{say(`waiting.${how}_text`)}</p>
        {trouble && <TroubleNotice trouble={trouble} />}
        <div class="dialog-tools">
          <button type="button" class="button button-quiet" onClick={() => dialog.current?.close()}>
            {say(how === 'pass' ? 'waiting.keep' : 'waiting.stay')}
          </button>
          <button type="button" class="button button-bad" aria-disabled={busy} aria-busy={busy} onClick={() => !busy && void go()}>
            {say(`waiting.${how}_confirm`)}
          </button>
        </div>
      </dialog>
    </>
  );
}
