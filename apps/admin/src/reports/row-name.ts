import type { ReportName } from '@holdfast/contract/report-names';
import type { Report } from '@holdfast/contract/reports';
import type { TextKey, Words } from '../words.tsx';
import { itemName, placeName } from './item-name.ts';

type Row = Report['groups'][number]['rows'][number];

/** What a row is about. */
export function rowName(say: Words['say'], report: ReportName, { key, name }: Pick<Row, 'key' | 'name'>): string {
  if (report === 'items') return itemName(say, { itemId: key, name });
  if (report === 'providers') {
    const [kind = 'cash'] = key.split('/');
    const called = placeName(say, { name });
    return kind === 'clearing' ? called : `${called} · ${say(`reports.method.${kind}` as TextKey)}`;
  }
  if (key === 'memberships' && (report === 'services' || report === 'team')) return itemName(say, { itemId: key, name });
  return name || say(report === 'outstanding' && key.endsWith('/') ? 'reports.without_visit' : 'reports.nobody');
}
