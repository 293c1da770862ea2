import { Anchor, Box, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { languageNames, languages, useChooseLanguage, useWords } from '../words.tsx';

/** A page in front of the door: one thing to do, nothing around it. `focusTitle`: what it says is new to whoever was already here. */
export function Entrance({
  title,
  about,
  wide = false,
  focusTitle = false,
  children,
}: {
  title: string;
  about?: ReactNode;
  wide?: boolean;
  focusTitle?: boolean;
  children: ReactNode;
}) {
  const { language } = useWords();
  const choose = useChooseLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Holdfast`;
    if (focusTitle) heading.current?.focus();
  }, [title, focusTitle]);
  return (
    <Box mih="100dvh" p={{ base: 'md', sm: 'xl' }} style={{ display: 'flex', flexDirection: 'column', alignItems: 'center' }}>
      <Stack w="100%" maw={wide ? 640 : 420} gap="lg" my="auto">
        <Text component="header" fw={700} size="lg" c="var(--mantine-primary-color-light-color)">
          Holdfast
        </Text>
        <Paper component="main" withBorder p={{ base: 'md', sm: 'xl' }} radius="lg">
          <Stack gap="lg">
            <Box>
              <Title order={1} size="h3" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
                {title}
              </Title>
              {about && (
                <Text size="sm" c="dimmed" mt={4}>
                  {about}
                </Text>
              )}
            </Box>
            {children}
          </Stack>
        </Paper>
        <Group component="footer" justify="center" gap="lg">
          {languages.map((one) => (
            <Anchor
              key={one}
              component="button"
              type="button"
              size="sm"
              lang={one}
              c={one === language ? undefined : 'dimmed'}
              fw={one === language ? 600 : 400}
              aria-current={one === language}
              onClick={() => choose(one)}
            >
              {languageNames[one]}
            </Anchor>
          ))}
        </Group>
      </Stack>
    </Box>
  );
}
