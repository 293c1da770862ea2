import { Fault } from './field.tsx';

interface Props {
  name: string;
  given: boolean;
  fault: string | undefined;
  onGiven: (given: boolean) => void;
  text: string;
}

/** A box to tick, with what is wrong while it is not. */
export function Consent({ name, given, fault, onGiven, text }: Props) {
  const faultId = `${name}-fault`;
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          name={name}
          checked={given}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? faultId : undefined}
          onChange={(event) => onGiven(event.currentTarget.checked)}
        />
        <span>{text}</span>
      </label>
      {fault && <Fault id={faultId} text={fault} />}
    </>
  );
}
