import { ActionIcon, Menu, SegmentedControl, Text, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../api.ts';
import { useSession } from '../session.tsx';
import { languageNames, languages, useChooseLanguage, useWords } from '../words.tsx';

/** Who one is, and what is a matter of this browser: language, light or dark; signing out. */
export function UserMenu() {
  const { user } = useSession();
  const { say, language } = useWords();
  const choose = useChooseLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useMutation({
    mutationFn: () => ask('POST', 'session/end'),
    // nothing of this user stays in memory
    onSettled: () => location.assign('/admin/sign-in'),
  });
  return (
    <Menu position="bottom-end" width={280} closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" size="lg" color="gray" aria-label={say('frame.user_menu', { name: user.name })}>
          <IconUserCircle size={26} stroke={1.5} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {user.name}
          </Text>
          {user.email}
        </Menu.Label>
        <Menu.Item component={Link} to="/account" closeMenuOnClick>
          {say('frame.account')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{say('frame.language')}</Menu.Label>
        {languages.map((one) => (
          <Menu.Item key={one} lang={one} onClick={() => choose(one)} fw={one === language ? 650 : 400} aria-current={one === language}>
            {languageNames[one]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{say('frame.appearance')}</Menu.Label>
        <SegmentedControl
          fullWidth
          size="xs"
          m={6}
          aria-label={say('frame.appearance')}
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
          data={[
            { value: 'light', label: say('frame.light') },
            { value: 'dark', label: say('frame.dark') },
            { value: 'auto', label: say('frame.as_device') },
          ]}
        />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} aria-hidden />} onClick={() => signOut.mutate()}>
          {say('frame.sign_out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
