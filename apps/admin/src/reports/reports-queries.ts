import type { ReportName } from '@holdfast/contract/report-names';
import type { DayFigures, Report } from '@holdfast/contract/reports';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask, at } from '../api.ts';

/** Everything of a location that consists of figures: read anew whenever money comes. */
export const figuresOf = (locationId: string) => ['reports', locationId] as const;

export const dayQuery = (locationId: string, day: string) =>
  queryOptions({
    queryKey: [...figuresOf(locationId), 'day', day],
    queryFn: ({ signal }) => ask<DayFigures>('GET', at(locationId, 'days', day), undefined, signal),
  });

export const reportPath = (locationId: string, report: ReportName, { from, to }: Period, file = false) =>
  `${at(locationId, 'reports', report, ...(file ? ['file'] : []))}?${new URLSearchParams({ from, to }).toString()}`;

export const reportQuery = (locationId: string, report: ReportName, period: Period) =>
  queryOptions({
    queryKey: [...figuresOf(locationId), 'report', report, period.from, period.to],
    queryFn: ({ signal }) => ask<Report>('GET', reportPath(locationId, report, period), undefined, signal),
    // another period of the same report: what is shown stays until it is there
    placeholderData: keepPreviousData,
  });

export interface Period {
  readonly from: string;
  readonly to: string;
}
