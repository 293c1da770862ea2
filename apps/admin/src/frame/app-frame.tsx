import { AppShell, Badge, Burger, Group, NavLink, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { SignedOutDialog } from '../access/signed-out-dialog.tsx';
import { attentionCountQuery } from '../attention/attention-query.ts';
import { useLocationHere, useSession } from '../session.tsx';
import { useFollowLanguage, useWords } from '../words.tsx';
import { Questions } from './confirm.tsx';
import { DemoMark } from './demo-mark.tsx';
import { LocationSwitcher } from './location-switcher.tsx';
import { type Section, sections } from './navigation.ts';
import { Toasts } from './toast.tsx';
import { UserMenu } from './user-menu.tsx';

/** What stands around every page: where one is, where one can go, who one is. */
export function AppFrame() {
  const { say } = useWords();
  const [open, { toggle, close }] = useDisclosure(false);
  const session = useSession();
  // whoever looks around in a demo is none of its users
  useFollowLanguage(session.chain.demo ? undefined : session.user.language);
  return (
    <AppShell header={{ height: 56 }} navbar={{ width: 236, breakpoint: 'md', collapsed: { mobile: !open } }} padding={0}>
      <a className="hf-skip" href="#content">
        {say('frame.skip')}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger opened={open} onClick={toggle} hiddenFrom="md" size="sm" aria-label={say('frame.menu')} aria-expanded={open} />
            <LocationSwitcher />
            {session.chain.demo && <DemoMark />}
          </Group>
          <UserMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={say('frame.navigation')}>
        <ScrollArea type="auto">{session.locations.length > 0 && <Navigation onGo={close} />}</ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content">
        <Outlet />
      </AppShell.Main>
      <Toasts />
      <Questions />
      <SignedOutDialog />
    </AppShell>
  );
}

/** How many things need attention here; nothing when none does. */
function Waiting() {
  const { say } = useWords();
  const { data } = useQuery(attentionCountQuery(useLocationHere().id));
  if (!data?.open) return null;
  return (
    <Badge size="sm" color="red" variant="filled" circle={data.open < 10} aria-label={say('attention.waiting', { count: data.open })}>
      {data.open > 99 ? '99+' : data.open}
    </Badge>
  );
}

function Navigation({ onGo }: { onGo: () => void }) {
  const here = useLocationHere();
  const { say } = useWords();
  const { pathname } = useLocation();
  const isHere = (path: string) => pathname.replace(/^\/admin/, '').startsWith(`/${here.slug}/${path}`);
  const allowed = (section: Section) => section.places.filter(({ rights }) => rights.some((right) => here.rights.includes(right)));
  return sections.map((section) => {
    const places = allowed(section);
    const [first] = places;
    if (!first) return null;
    const SectionIcon = section.icon;
    const icon = <SectionIcon size={20} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />;
    const to = (path: string) => `/${here.slug}/${path}`;
    if (section.label === section.places[0]?.label) {
      return (
        <NavLink
          key={section.label}
          component={Link}
          to={to(first.path)}
          onClick={onGo}
          label={say(first.label)}
          leftSection={icon}
          active={isHere(first.path)}
          aria-current={isHere(first.path) ? 'page' : undefined}
        />
      );
    }
    return (
      <section key={section.label} aria-label={say(section.label)}>
        <Group gap={10} px={12} pt="md" pb={4} c="dimmed" wrap="nowrap">
          {icon}
          <Text size="xs" fw={600}>
            {say(section.label)}
          </Text>
        </Group>
        {places.map((place) => (
          <NavLink
            key={place.path}
            component={Link}
            to={to(place.path)}
            onClick={onGo}
            label={say(place.label)}
            {...(place.counts ? { rightSection: <Waiting /> } : {})}
            pl={42}
            py={6}
            active={isHere(place.path)}
            aria-current={isHere(place.path) ? 'page' : undefined}
          />
        ))}
      </section>
    );
  });
}
