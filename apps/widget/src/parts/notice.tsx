import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

type Tone = 'calm' | 'warn' | 'bad' | 'good';
const icons: Record<Tone, IconName> = { calm: 'clock', warn: 'alert', bad: 'alert', good: 'check' };

/** A word about what happened. Read out at once when it is a warning, at the next pause otherwise. */
export function Notice({ tone, title, children }: { tone: Tone; title?: string; children?: ComponentChildren }) {
  const urgent = tone === 'warn' || tone === 'bad';
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (urgent) box.current?.scrollIntoView({ block: 'nearest' });
  }, [urgent, title]);
  return (
    <div ref={box} class={`notice notice-${tone}`} role={urgent ? 'alert' : 'status'}>
      <Icon name={icons[tone]} />
      <div class="notice-body">
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
      </div>
    </div>
  );
}
