import type { WidgetSettings } from '@holdfast/contract/widget-settings';

const names = { accent: 'accent', strong: 'accent-strong', onAccent: 'on-accent', soft: 'accent-soft' } as const;

/** The salon's own colours, each for a light and for a dark page; styles/base.css says where they go. */
export function wearColors(stage: HTMLElement, colors: WidgetSettings['look']['colors']): void {
  for (const scheme of ['light', 'dark'] as const) {
    for (const [shade, name] of Object.entries(names)) {
      stage.style.setProperty(`--${scheme}-${name}`, colors?.[scheme][shade as keyof typeof names] ?? null);
    }
  }
}
