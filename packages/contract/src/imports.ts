import { z } from 'zod';
import { type ImportField, type ImportKind, importFields, importWhys } from './import-fields.ts';
import { instantShape } from './time.ts';

const kindShape = z.enum(Object.keys(importFields) as [ImportKind, ...ImportKind[]]);
const fieldShape = z.enum([...new Set(Object.values(importFields).flat())] as [ImportField, ...ImportField[]]);
const whyShape = z.enum(importWhys);

export const dataMappingShape = z
  .strictObject({
    columns: z.array(fieldShape.nullable()).max(200).describe('For each column what it is; null: nothing'),
    headingRow: z.int().min(0).max(20).describe('1 is the first row; 0: there is none'),
    decimal: z.enum(['.', ',']),
    dates: z.enum(['ymd', 'dmy', 'mdy']),
  })
  .meta({ id: 'DataMapping' });
export type DataMapping = z.infer<typeof dataMappingShape>;

export const newFileShape = z
  .strictObject({
    id: z
      .string()
      .regex(/^imp_[0-9a-f]{32}$/)
      .describe('Made by the screen: the same one twice is one file'),
    kind: kindShape,
    fileName: z.string().trim().min(1).max(200),
    bytes: z.int().min(1).max(20_000_000),
    parts: z.int().min(1).max(40),
  })
  .meta({ id: 'NewDataFile' });
export type NewFile = z.infer<typeof newFileShape>;
export const filePartBytes = 512 * 1024;
export const filePartShape = z.strictObject({ base64: z.base64().max(720_000) }).meta({ id: 'DataFilePart' });

const outcomes = ['new', 'merge', 'same', 'conflict', 'refused'] as const;
const countsShape = z.object({
  new: z.int(),
  merge: z.int().describe('Adds what was missing to a client who is there'),
  same: z.int().describe('There already: nothing changes'),
  conflict: z.int().describe('Something else takes the time'),
  refused: z.int(),
});
export const dataFileShape = z
  .object({
    id: z.string(),
    kind: kindShape,
    fileName: z.string(),
    bytes: z.int(),
    status: z
      .enum(['uploading', 'mapping', 'checking', 'checked', 'writing', 'done', 'unreadable', 'discarded'])
      .describe('checked: nothing has been written, and what would be is known'),
    readBytes: z.int(),
    readRows: z.int(),
    counts: countsShape.describe('What is to become of the rows'),
    written: z.object({ written: z.int(), same: z.int(), refused: z.int() }).describe('What has become of them'),
    trouble: z.object({ line: z.int().nullable(), says: z.string() }).nullable(),
    madeBy: z.string(),
    madeAt: instantShape,
    doneAt: instantShape.nullable(),
  })
  .meta({ id: 'DataFile' });
export type DataFile = z.infer<typeof dataFileShape>;
export const dataFilesShape = z.object({ files: z.array(dataFileShape).describe('The newest 20') }).meta({ id: 'DataFiles' });
export type DataFiles = z.infer<typeof dataFilesShape>;

export const filePreviewShape = z
  .object({
    file: dataFileShape,
    encoding: z.string(),
    separator: z.string(),
    heading: z.array(z.string()),
    mapping: dataMappingShape,
    remembered: z.boolean().describe('The mapping is the one that was used for such a file before'),
    missing: z.array(fieldShape).describe('Without these it cannot be read'),
    rows: z.array(z.object({ row: z.int(), cells: z.array(z.string()) })).describe('The first ones'),
  })
  .meta({ id: 'DataFilePreview' });
export type FilePreview = z.infer<typeof filePreviewShape>;

export const acceptanceShape = z
  .strictObject({
    rows: z.enum(['all', 'valid']).describe('all: only if every row can be written; valid: those that can, and the others are listed'),
  })
  .meta({ id: 'DataFileAcceptance' });

export const fileRowsAskedShape = z.object({
  outcome: z.enum(outcomes).optional(),
  after: z.coerce.number().int().min(0).default(0),
});
export const fileRowsShape = z
  .object({
    rows: z.array(
      z.object({
        row: z.int(),
        outcome: z.enum(outcomes),
        why: whyShape.nullable(),
        cells: z.array(z.string()),
        detail: z.string().describe('What is in the way: a row of the file, a name'),
        written: z.enum(['written', 'same', 'refused']).nullable(),
        writtenWhy: whyShape.nullable(),
      }),
    ),
    next: z.int().nullable(),
  })
  .meta({ id: 'DataFileRows' });
export type FileRows = z.infer<typeof fileRowsShape>;
