import type { SignedIn, UserLinkAnswer } from '@holdfast/contract/signing-in';
import { Anchor, Button, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, codeOf } from '../api.ts';
import { PageLoading } from '../frame/page-loading.tsx';
import { type Language, languageNames, languages, useWords } from '../words.tsx';
import { AccessTrouble } from './access-trouble.tsx';
import { CodeForm } from './code-form.tsx';
import { Entrance } from './entrance.tsx';
import { NewPasswordField } from './new-password-field.tsx';
import { useEnter } from './use-enter.ts';

/** Where an invitation or a reset leads: a new password, and one is in. */
export function UserLinkPage() {
  const { say } = useWords();
  const [token] = useState(() => location.hash.slice(1));
  const link = useQuery({
    queryKey: ['user-link', token],
    queryFn: () => ask<UserLinkAnswer>('POST', 'user-links', { token }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (link.data) return <ChoosePassword link={link.data} token={token} />;
  const gone = codeOf(link.error) === 'link_run_out' || codeOf(link.error) === 'invalid_request';
  if (gone)
    return (
      <Entrance title={say('access.link.gone')} about={say('access.link.gone.more')}>
        <Button component={Link} to="/forgot-password">
          {say('access.sign_in.forgot')}
        </Button>
        <Anchor component={Link} to="/sign-in" size="sm">
          {say('access.forgot.back')}
        </Anchor>
      </Entrance>
    );
  return (
    <Entrance title="Holdfast">
      {link.isPending && <PageLoading />}
      {link.isError && <AccessTrouble error={link.error} words={{}} />}
    </Entrance>
  );
}

function ChoosePassword({ link, token }: { link: UserLinkAnswer; token: string }) {
  const { say } = useWords();
  const enter = useEnter();
  const { kind, chain, user } = link;
  const [name, setName] = useState(user.name);
  const [language, setLanguage] = useState<Language>(user.language);
  const [password, setPassword] = useState('');
  const [needsCode, setNeedsCode] = useState(false);
  const save = useMutation({
    mutationFn: () => ask<SignedIn>('POST', 'user-links/acceptance', { token, password, ...(kind === 'invite' ? { name, language } : {}) }),
    onSuccess: ({ secondFactor }) => (secondFactor ? setNeedsCode(true) : void enter()),
  });
  if (needsCode)
    return (
      <Entrance title={say('access.code.title')} focusTitle>
        <CodeForm onPassed={() => void enter()} />
      </Entrance>
    );
  return (
    <Entrance
      title={kind === 'invite' ? say('access.link.invite', { chain }) : say('access.link.reset')}
      about={say(kind === 'invite' ? 'access.link.invite.about' : 'access.link.reset.about', { email: user.email, chain })}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="md">
          {kind === 'invite' && (
            <>
              <TextInput
                label={say('access.name')}
                autoComplete="name"
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                required
                withAsterisk={false}
                maxLength={100}
              />
              <Select
                label={say('access.language')}
                data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
                value={language}
                onChange={(next) => next && setLanguage(next as Language)}
                allowDeselect={false}
              />
            </>
          )}
          <input type="email" name="email" autoComplete="username" value={user.email} readOnly hidden />
          <NewPasswordField
            label={say('access.password.new')}
            value={password}
            onChange={setPassword}
            you={{ email: user.email, name }}
            error={save.error}
          />
          {save.isError && codeOf(save.error) !== 'weak_password' && (
            <AccessTrouble error={save.error} words={{ link_run_out: 'access.link.gone' }} />
          )}
          <Button type="submit" loading={save.isPending} fullWidth>
            {say('access.link.save')}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
