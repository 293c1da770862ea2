import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { areSaid, bringWords, useWords } from '../words.tsx';
import type { JoinProps } from './join-line.tsx';

let Piece: ComponentType<JoinProps> | undefined;

/** Joining a line comes as a piece of its own: nearly nobody needs it. */
export function JoinLater(props: JoinProps) {
  const words = useWords();
  const [, draw] = useState(0);
  const ready = Piece && areSaid(words, 'waiting');
  useEffect(() => {
    if (ready) return;
    let left = false;
    void Promise.all([import('./join-line.tsx'), bringWords(words, 'waiting')]).then(
      ([piece]) => {
        Piece = piece.default;
        if (!left) draw(1);
      },
      () => left || props.onBack(), // the line broke just now: the way here is still there
    );
    return () => {
      left = true;
    };
  }, [words]);
  return ready && Piece ? <Piece {...props} /> : <div class="bone bone-block" role="status" aria-label={words.say('page.loading')} />;
}
