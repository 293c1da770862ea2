import { SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { CountrySelect, CurrencySelect, LanguagesField, TimeZoneSelect } from '../../location/place-fields.tsx';
import { usualOf } from '../../location/places.ts';
import { slugFault, slugFrom } from '../../location/slug.ts';
import { useWords } from '../../words.tsx';
import type { Answers, StepProps } from './answers.ts';

export function PlaceStep({ answers: { location: place, chain, ownSlugs }, change }: StepProps) {
  const { say } = useWords();
  const put = (part: Partial<Answers['location']>) => change({ location: { ...place, ...part } });
  const slugWrong = place.slug === '' ? undefined : slugFault(place.slug);
  return (
    <Stack gap="md">
      <CountrySelect
        value={place.country}
        onChange={(country) => {
          const found = usualOf(country);
          put({
            country,
            ...(found && {
              currency: found.currency,
              timeZone: found.timeZone,
              defaultLanguage: found.language,
              languages: [...new Set([found.language, 'en' as const])],
            }),
          });
        }}
      />
      <TextInput
        label={say('access.setup.place_name')}
        value={place.name}
        onChange={({ currentTarget: { value: name } }) => put({ name, slug: ownSlugs.location ? place.slug : slugFrom(name) })}
        required
        withAsterisk={false}
        maxLength={120}
      />
      <TextInput
        label={say('access.setup.chain_slug')}
        description={say('access.setup.address_of', { address: `${location.host}/book/${chain.slug}/${place.slug || '…'}` })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={place.slug}
        onChange={({ currentTarget: { value: slug } }) => change({ location: { ...place, slug }, ownSlugs: { ...ownSlugs, location: true } })}
        error={slugWrong && say(slugWrong)}
        required
        withAsterisk={false}
        maxLength={60}
        spellCheck={false}
        autoCapitalize="none"
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <CurrencySelect value={place.currency} onChange={(currency) => put({ currency })} />
        <TimeZoneSelect value={place.timeZone} onChange={(timeZone) => put({ timeZone })} />
      </SimpleGrid>
      <LanguagesField
        languages={place.languages}
        first={place.defaultLanguage}
        onChange={(languages, defaultLanguage) => put({ languages, defaultLanguage })}
      />
      <Textarea
        label={say('location.address')}
        value={place.address}
        onChange={({ currentTarget: { value: address } }) => put({ address })}
        autosize
        minRows={1}
        maxLength={300}
        autoComplete="street-address"
      />
      <TextInput
        label={say('location.phone')}
        type="tel"
        value={place.phone}
        onChange={({ currentTarget: { value: phone } }) => put({ phone })}
        maxLength={40}
        autoComplete="tel"
      />
    </Stack>
  );
}
