import { hostedPages } from '../../sandbox-kit/hosted-page.ts';

export const pixPages = hostedPages('PIX', {
  light: { accent: '#1b5e8c', onAccent: '#fff', tint: '#e6f0f8' },
  dark: { accent: '#86c1ea', onAccent: '#0b2030', tint: '#1d2f3e' },
});
