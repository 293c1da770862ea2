import type { InputHTMLAttributes } from 'preact';
import { useWords } from '../words.tsx';
import { Icon } from './icon.tsx';

interface Props {
  name: string;
  label: string;
  optional?: boolean;
  hint?: string;
  fault?: string | undefined;
  value: string;
  onValue: (value: string) => void;
  input?: InputHTMLAttributes<HTMLInputElement>;
  lines?: number;
}

/** A labelled text field with its hint and its fault beside it, all tied together for a screen reader. */
export function Field({ name, label, optional, hint, fault, value, onValue, input, lines }: Props) {
  const { say } = useWords();
  const id = `field-${name}`;
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined;
  const shared = { id, name, class: 'input', value, 'aria-describedby': described, 'aria-invalid': fault ? true : undefined };
  return (
    <div class="field">
      <label for={id}>
        {label}
        {optional && <span class="muted"> {say('details.optional')}</span>}
      </label>
      {lines ? (
        <textarea {...shared} rows={lines} maxLength={1000} onInput={(event) => onValue(event.currentTarget.value)} />
      ) : (
        <input {...shared} {...input} onInput={(event) => onValue(event.currentTarget.value)} />
      )}
      {hint && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
      {fault && <Fault id={`${id}-fault`} text={fault} />}
    </div>
  );
}

export function Fault({ id, text }: { id: string; text: string }) {
  return (
    <p id={id} class="fault">
      <Icon name="alert" />
      {text}
    </p>
  );
}
