import type { LinkWish } from '@holdfast/contract/booking-links';
import { type ClientLanguage, clientLanguageNames } from '@holdfast/contract/client-language';
import type { LocationPage } from '@holdfast/contract/location-page';
import { Box, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { ask, at } from '../api.ts';
import { Part } from '../frame/part.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

const widths = { phone: 390, desktop: 1100 } as const;
const heights = { phone: 760, desktop: 820 } as const;

/** The real booking page in a frame of its own, with settings that nobody has saved yet. Nothing can be booked in it. */
export function LivePreview({ settings, page, languages }: { settings: LinkWish['settings']; page: string; languages: readonly string[] }) {
  const { say } = useWords();
  const { id } = useLocationHere();
  const frame = useRef<HTMLIFrameElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [device, setDevice] = useState<keyof typeof widths>('phone');
  const [language, setLanguage] = useState(languages[0] ?? 'en');
  const [room, setRoom] = useState<number>(widths.phone);
  const [ready, setReady] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const draft = JSON.stringify({ settings, language });

  useEffect(() => {
    const heard = ({ origin, source, data }: MessageEvent<{ holdfast?: string } | null>) => {
      if (origin === window.location.origin && source === frame.current?.contentWindow && data?.holdfast === 'preview-ready') setReady(true);
    };
    window.addEventListener('message', heard);
    return () => window.removeEventListener('message', heard);
  }, []);
  useEffect(() => {
    if (!ready) return;
    const leave = new AbortController();
    // not at each letter that is typed
    const later = setTimeout(async () => {
      try {
        const made = await ask<LocationPage>('POST', at(id, 'booking-links', 'preview'), JSON.parse(draft), leave.signal);
        setError(null);
        frame.current?.contentWindow?.postMessage({ holdfast: 'preview', page: made, language }, window.location.origin);
      } catch (trouble) {
        if (!leave.signal.aborted) setError(trouble);
      }
    }, 250);
    return () => {
      clearTimeout(later);
      leave.abort();
    };
  }, [draft, ready, id, language]);
  useEffect(() => {
    const watched = box.current;
    if (!watched) return;
    const watch = new ResizeObserver(([entry]) => entry && setRoom(entry.contentRect.width));
    watch.observe(watched);
    return () => watch.disconnect();
  }, []);

  const scale = Math.min(1, room / widths[device]);
  return (
    <Box pos="sticky" top={72}>
      <Part title={say('links.preview')} order={2}>
        <Text size="sm" c="dimmed">
          {say('links.preview.about')}
        </Text>
        <Group gap="sm" align="flex-end">
          <SegmentedControl
            aria-label={say('links.preview')}
            value={device}
            onChange={(next) => setDevice(next as keyof typeof widths)}
            data={(['phone', 'desktop'] as const).map((one) => ({ value: one, label: say(`links.preview.${one}`) }))}
          />
          {languages.length > 1 && (
            <Select
              aria-label={say('links.texts.language')}
              data={languages.map((one) => ({ value: one, label: clientLanguageNames[one as ClientLanguage] }))}
              value={language}
              onChange={(next) => next && setLanguage(next)}
              allowDeselect={false}
              w={150}
            />
          )}
        </Group>
        {error !== null && <TroubleNotice error={error} />}
        <Stack ref={box} gap={0} align={scale < 1 ? 'flex-start' : 'center'} style={{ height: heights[device] * scale, overflow: 'hidden' }}>
          <iframe
            ref={frame}
            title={say('links.preview')}
            src={`${new URL(page).pathname}?preview=1`}
            width={widths[device]}
            height={heights[device]}
            style={{
              border: '1px solid var(--mantine-color-default-border)',
              borderRadius: 16,
              flexShrink: 0,
              transform: `scale(${scale})`,
              transformOrigin: '0 0',
            }}
          />
        </Stack>
      </Part>
    </Box>
  );
}
