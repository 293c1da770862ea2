import { Menu, Text, UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useLocationHere, useSession } from '../session.tsx';
import { useWords } from '../words.tsx';

/** Which location one is working for. The page stays the same one where the other location has it. */
export function LocationSwitcher() {
  const session = useSession();
  const { say } = useWords();
  if (session.locations.length === 0) return <Text fw={650}>{session.chain.name}</Text>;
  return <Switcher label={say('frame.location')} />;
}

function Switcher({ label }: { label: string }) {
  const session = useSession();
  const here = useLocationHere();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const goTo = (slug: string) => {
    const path = pathname.replace(/^\/admin/, '');
    const below = path.startsWith(`/${here.slug}/`) ? path.slice(here.slug.length + 2) : 'calendar';
    // one item of a list belongs to this location: the other one has the list
    const page = below.split('/').slice(0, 2).join('/');
    void navigate({ to: `/${slug}/${page}` });
  };
  if (session.locations.length === 1) return <Text fw={650}>{here.name}</Text>;
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <UnstyledButton className="hf-switch" aria-label={`${label}: ${here.name}`}>
          <Text fw={650} truncate>
            {here.name}
          </Text>
          <IconChevronDown size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {session.locations.map(({ id, slug, name }) => (
          <Menu.Item key={id} onClick={() => goTo(slug)} rightSection={id === here.id ? <IconCheck size={16} aria-hidden /> : undefined}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
