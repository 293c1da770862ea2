import { Divider, Stack, TextInput } from '@mantine/core';
import { slugFault, slugFrom } from '../../location/slug.ts';
import { useWords } from '../../words.tsx';
import { NewPasswordField } from '../new-password-field.tsx';
import type { StepProps } from './answers.ts';

export function OwnerStep({ answers: { owner, chain, ownSlugs }, change, error }: StepProps & { error?: unknown }) {
  const { say } = useWords();
  const slugWrong = chain.slug === '' ? undefined : slugFault(chain.slug);
  return (
    <Stack gap="md">
      <TextInput
        label={say('access.setup.chain_name')}
        value={chain.name}
        onChange={({ currentTarget: { value: name } }) => change({ chain: { name, slug: ownSlugs.chain ? chain.slug : slugFrom(name) } })}
        autoFocus
        required
        withAsterisk={false}
        maxLength={120}
        autoComplete="organization"
      />
      <TextInput
        label={say('access.setup.chain_slug')}
        description={say('access.setup.address_of', { address: `${location.host}/book/${chain.slug || '…'}` })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={chain.slug}
        onChange={({ currentTarget: { value: slug } }) => change({ chain: { ...chain, slug }, ownSlugs: { ...ownSlugs, chain: true } })}
        error={slugWrong && say(slugWrong)}
        required
        withAsterisk={false}
        maxLength={60}
        spellCheck={false}
        autoCapitalize="none"
      />
      <Divider />
      <TextInput
        label={say('access.name')}
        value={owner.name}
        onChange={({ currentTarget: { value: name } }) => change({ owner: { ...owner, name } })}
        required
        withAsterisk={false}
        maxLength={100}
        autoComplete="name"
      />
      <TextInput
        label={say('access.email')}
        type="email"
        value={owner.email}
        onChange={({ currentTarget: { value: email } }) => change({ owner: { ...owner, email } })}
        required
        withAsterisk={false}
        maxLength={254}
        autoComplete="username"
      />
      <NewPasswordField
        label={say('access.password')}
        value={owner.password}
        onChange={(password) => change({ owner: { ...owner, password } })}
        you={owner}
        error={error}
      />
    </Stack>
  );
}
