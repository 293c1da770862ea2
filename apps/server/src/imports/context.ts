import type { BookingContext } from '../booking/context.ts';
import type { CatalogContext } from '../catalog/context.ts';

export type ImportsContext = BookingContext & CatalogContext;
