import type { SalonCatalog } from '@holdfast/contract/catalog';
import { NumberInput, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { MoneyInput } from '../frame/money-input.tsx';
import { useWords } from '../words.tsx';
import type { ServiceDraft, Troubles } from './card-drafts.ts';
import { KindFields } from './kind-fields.tsx';
import { TaxField } from './tax-field.tsx';

/** Name, category, description, price, length, time before and after. */
export function ServiceBasics({
  value,
  change,
  lists,
  troubles,
  reason,
  booked,
  onWrong,
}: {
  value: ServiceDraft;
  /** Then its kind stays what it is. */
  booked: boolean;
  change: (part: Partial<ServiceDraft>) => void;
  lists: SalonCatalog;
  troubles: Troubles;
  reason: string | undefined;
  onWrong: (field: string, wrong: boolean) => void;
}) {
  const { say, minutes } = useWords();
  const disabled = reason !== undefined;
  const kept = say('catalog.buffer.more');
  const error = (field: keyof Troubles) => (troubles[field] ? say(troubles[field]) : undefined);
  const length = (
    field: 'durationMinutes' | 'bufferBeforeMinutes' | 'bufferAfterMinutes',
    label: string,
    [min, max]: readonly [number, number],
    onTyped: (minutes: number) => void,
    more?: string,
  ) => (
    <NumberInput
      label={label}
      description={more ?? (value[field] >= 60 ? minutes(value[field]) : undefined)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      suffix={` ${say('catalog.minutes')}`}
      min={min}
      max={max}
      step={5}
      allowDecimal={false}
      value={value[field]}
      disabled={disabled}
      onChange={(typed) => onTyped(typeof typed === 'number' ? typed : 0)}
    />
  );
  return (
    <Stack gap="md" maw={640}>
      <TextInput
        label={say('catalog.name')}
        required
        value={value.name}
        disabled={disabled}
        error={error('name')}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <Select
        label={say('catalog.category')}
        required
        allowDeselect={false}
        searchable={lists.categories.length > 8}
        data={lists.categories.filter(({ id, archived }) => !archived || id === value.categoryId).map(({ id, name }) => ({ value: id, label: name }))}
        value={value.categoryId}
        disabled={disabled}
        onChange={(categoryId) => categoryId && change({ categoryId })}
      />
      <Textarea
        label={say('catalog.description')}
        description={say('catalog.description.more')}
        autosize
        minRows={2}
        maxRows={8}
        value={value.description}
        disabled={disabled}
        error={error('description')}
        onChange={({ currentTarget }) => change({ description: currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <MoneyInput
          label={say(value.kind === 'event' ? 'catalog.price_place' : 'catalog.price_from')}
          description={say(value.kind === 'event' ? 'catalog.price_place.more' : 'catalog.price_from.more')}
          required
          currency={lists.currency}
          value={value.priceMinMinor}
          disabled={disabled}
          error={error('priceMinMinor')}
          onChange={(priceMinMinor, wrong) => {
            change({ priceMinMinor });
            onWrong('price from', wrong);
          }}
        />
        {value.kind !== 'event' && (
          <MoneyInput
            label={say('catalog.price_to')}
            description={say('catalog.price_to.more')}
            currency={lists.currency}
            value={value.priceMaxMinor}
            disabled={disabled}
            error={error('priceMaxMinor')}
            onChange={(priceMaxMinor, wrong) => {
              change({ priceMaxMinor });
              onWrong('price to', wrong);
            }}
          />
        )}
      </SimpleGrid>
      <KindFields value={value} change={change} reason={reason} booked={booked} />
      {lists.taxes.rates.length > 0 && <TaxField taxes={lists.taxes} value={value.tax} reason={reason} onChange={(tax) => change({ tax })} />}
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        {length('durationMinutes', say('catalog.duration'), [5, 1440], (durationMinutes) => change({ durationMinutes }))}
        {length('bufferBeforeMinutes', say('catalog.buffer_before'), [0, 240], (bufferBeforeMinutes) => change({ bufferBeforeMinutes }), kept)}
        {length('bufferAfterMinutes', say('catalog.buffer_after'), [0, 240], (bufferAfterMinutes) => change({ bufferAfterMinutes }), kept)}
      </SimpleGrid>
    </Stack>
  );
}
