import { Icon } from '../parts/icon.tsx';

interface Props<Id extends string> {
  name: string;
  legend: string;
  chosen: Id;
  options: readonly { readonly id: Id; readonly label: string; readonly text?: string }[];
  onChoose: (id: Id) => void;
}

/** One of a few, each with a word about what it means. */
export function ChooseOne<Id extends string>({ name, legend, chosen, options, onChoose }: Props<Id>) {
  return (
    <fieldset class="group">
      <legend>{legend}</legend>
      {options.map(({ id, label, text }) => (
        <label key={id} class="choice" data-chosen={id === chosen}>
          <input type="radio" name={name} class="choice-input" checked={id === chosen} onChange={() => onChoose(id)} />
          <span class="tick tick-round" aria-hidden="true">
            <Icon name="check" />
          </span>
          <span class="choice-body">
            <span class="choice-name">{label}</span>
            {text && <span class="choice-text">{text}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
