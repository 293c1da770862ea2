import type { DataFile, DataMapping, FilePreview, FileRows } from '@holdfast/contract/imports';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { readMinutes } from './read-columns.ts';

let app: TestApp;
let owner: StaffUser;
let made = 0;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { Cut: { price: 4000, minutes: 60, status: 'available' }, Colour: { price: 9000, minutes: 90, status: 'required' } },
      staff: { Anna: { status: 'available' }, Olga: { status: 'available' } },
    },
    listen: false,
  });
  owner = await signInAs(app, 'owner');
});
afterAll(() => app.close());

async function bring(kind: DataFile['kind'], content: string | Buffer): Promise<{ id: string; preview: FilePreview }> {
  const bytes = Buffer.from(content as string);
  const id = `imp_${String(++made).padStart(32, '0')}`;
  const parts = Math.ceil(bytes.length / 300_000);
  expect((await owner.here('POST', 'imports', { id, kind, fileName: `${kind}.csv`, bytes: bytes.length, parts })).status).toBe(200);
  for (let no = 0; no < parts; no++)
    await owner.here('PUT', `imports/${id}/parts/${no}`, { base64: bytes.subarray(no * 300_000, (no + 1) * 300_000).toString('base64') });
  return { id, preview: (await owner.here<FilePreview>('GET', `imports/${id}/preview`)).body };
}

/** Brings it and walks through it, with the columns as they were guessed. */
async function walk(kind: DataFile['kind'], content: string | Buffer, mapping: Partial<DataMapping> = {}) {
  const { id, preview } = await bring(kind, content);
  const asked = await owner.here('POST', `imports/${id}/check`, { ...preview.mapping, ...mapping });
  expect(asked.status, JSON.stringify(asked.body)).toBe(200);
  await app.background.settleDown();
  const file = (await owner.here<DataFile>('GET', `imports/${id}`)).body;
  return { id, file, rows: (await owner.here<FileRows>('GET', `imports/${id}/rows`)).body.rows };
}

async function accept(id: string, rows: 'all' | 'valid'): Promise<DataFile> {
  expect((await owner.here('POST', `imports/${id}/acceptance`, { rows })).status).toBe(200);
  await app.background.settleDown();
  return (await owner.here<DataFile>('GET', `imports/${id}`)).body;
}

const count = async (table: string) =>
  (await sql<{ n: bigint }>`select count(*) n from ${sql.table(table)}`.execute(app.database.read)).rows[0]?.n ?? 0n;

test('nothing is written before it is accepted; what will happen is said row by row; the same file twice changes nothing', async () => {
  const file = [
    '\uFEFFІм’я;Прізвище;Телефон;E-mail;Примітка',
    'Олена;Коваль;912 345 678;olena@mail.example;"=HYPERLINK(""http://x"")"',
    'Ana;;+351 912 345 679;;',
    'Ana once more;;912345679;;',
    'Nobody;;12;;',
    ';;;;',
    'Wrong;;;not-an-address;',
    ';;;only@mail.example;',
    'Rui 🌿 عمر;;351912345680;;',
  ].join('\r\n');
  const before = await count('clients');
  const { id, file: walked, rows } = await walk('clients', file);
  expect(walked).toMatchObject({ status: 'checked', counts: { new: 3, merge: 0, same: 1, conflict: 0, refused: 3 } });
  expect(rows.map(({ row, outcome, why }) => [row, outcome, why])).toEqual([
    [2, 'new', null],
    [3, 'new', null],
    [4, 'same', 'twice_in_file'],
    [5, 'refused', 'bad_phone'],
    [7, 'refused', 'bad_email'],
    [8, 'refused', 'no_name'],
    [9, 'new', null],
  ]);
  expect(await count('clients')).toBe(before);
  expect((await owner.here('POST', `imports/${id}/acceptance`, { rows: 'all' })).body).toMatchObject({ code: 'not_ready', detail: { rows: 3 } });
  expect(await accept(id, 'valid')).toMatchObject({ status: 'done', written: { written: 3, same: 0, refused: 0 } });
  const { rows: clients } = await sql`select name, phone, email, note from clients order by phone`.execute(app.database.read);
  expect(clients).toEqual([
    { name: 'Олена Коваль', phone: '+351912345678', email: 'olena@mail.example', note: '=HYPERLINK("http://x")' },
    { name: 'Ana', phone: '+351912345679', email: null, note: '' },
    { name: 'Rui 🌿 عمر', phone: '+351912345680', email: null, note: '' },
  ]);
  const csv = await app.http.inject({ url: `/api/v1/admin/locations/loc_test/imports/${id}/refused.csv`, headers: { cookie: owner.cookie } });
  expect(csv.body.split('\r\n')).toHaveLength(5);
  const again = await walk('clients', file);
  expect(again.file.counts).toEqual({ new: 0, merge: 0, same: 4, conflict: 0, refused: 3 });
  expect(await accept(again.id, 'valid')).toMatchObject({ status: 'done', written: { written: 0, same: 0, refused: 0 } });
  expect(await count('clients')).toBe(3n);
});

test('a client who is there gets what was missing, and keeps what they have', async () => {
  const { id, rows } = await walk('clients', 'name,phone,email,note\nAnother Name,912345679,ana@mail.example,prefers mornings\n');
  expect(rows).toMatchObject([{ outcome: 'merge', detail: 'Ana' }]);
  await accept(id, 'all');
  const { rows: kept } = await sql`select name, email, note from clients where phone = '+351912345679'`.execute(app.database.read);
  expect(kept).toEqual([{ name: 'Ana', email: 'ana@mail.example', note: 'prefers mornings' }]);
  const { rows: noted } = await sql<{
    action: string;
  }>`select action from audit_log where user_id = ${owner.userId} and action in ('import.accepted', 'client.changed')`.execute(app.database.read);
  expect(noted.map(({ action }) => action)).toEqual(expect.arrayContaining(['import.accepted', 'client.changed']));
});

test('services come in Windows-1251 with prices in the location’s currency; nobody’s price is guessed', async () => {
  // "Послуга;Категорія;Ціна;Тривалість" and two rows, as an old table program writes them
  const cyrillic = (text: string) =>
    Buffer.from(
      Array.from(text, (one) => {
        const code = one.codePointAt(0) ?? 0;
        return code >= 0x410 && code <= 0x44f ? code - 0x350 : one === 'і' ? 0xb3 : one === 'І' ? 0xb2 : code;
      }),
    );
  const { id, rows, file } = await walk(
    'services',
    cyrillic(
      'Послуга;Категор\u0456я;Ц\u0456на;Тривал\u0456сть\r\nМан\u0456кюр;Руки;1 250,50;1:30\r\nПедикюр;Ноги;багато;60\r\nМасаж;Руки;900;45 хв\r\n',
    ),
  );
  expect(rows.map(({ outcome, why, cells }) => [outcome, why, cells[0]])).toEqual([
    ['new', null, 'Манікюр'],
    ['refused', 'no_price', 'Педикюр'],
    ['new', null, 'Масаж'],
  ]);
  expect(file.counts.new).toBe(2);
  await accept(id, 'valid');
  const { rows: services } = await sql`
    select s.name, c.name category, s.price_min_minor "price", s.duration_minutes minutes from services s
      join service_categories c on c.chain_id = s.chain_id and c.category_id = s.category_id where c.name <> 'All' order by s.name`.execute(
    app.database.read,
  );
  expect(services).toEqual([
    { name: 'Манікюр', category: 'Руки', price: 125_050n, minutes: 90 },
    { name: 'Масаж', category: 'Руки', price: 90_000n, minutes: 45 },
  ]);
});

test('appointments take their time by the ordinary deed; what clashes is said with the row, and the client is not written to', async () => {
  const rows = [
    'Date,Time,Staff,Service,Client,Phone',
    '03.03.2026,10:00,anna,Cut,Maria,912000001',
    '03.03.2026,10:30,Anna,Cut,João,912000002',
    '03.03.2026,22:00,Olga,"Cut, Colour",Late Guest,912000003',
    '01.03.2026,10:00,Anna,Cut,Past,912000004',
    '03.03.2026,12:00,Zoe,Cut,Who,912000005',
    '03.03.2026,12:00,Anna,Massage,Who,912000006',
    '03.03.2026,,Anna,Cut,When,912000007',
    '29.03.2026,01:30,Anna,Cut,Left Out,912000008',
  ].join('\n');
  const walked = await walk('appointments', rows, { dates: 'dmy' });
  expect(walked.rows.map(({ outcome, why, detail }) => [outcome, why, detail])).toEqual([
    ['new', null, ''],
    ['conflict', 'taken_by_row', '2'],
    ['new', null, ''],
    ['refused', 'in_the_past', '01.03.2026 10:00'],
    ['refused', 'no_staff', 'Zoe'],
    ['refused', 'no_service', 'Massage'],
    ['refused', 'no_date', '03.03.2026'],
    // clocks go from one to two that night
    ['refused', 'no_date', '29.03.2026 01:30'],
  ]);
  // somebody is faster than the acceptance
  const wish = {
    client: { name: 'Faster', phone: '', email: '' },
    staffId: 'Olga',
    startsAt: '2026-03-03T22:30:00.000Z',
    services: [{ serviceId: 'Cut', costMinor: null }],
    durationMinutes: null,
    comment: '',
    outsideHours: true,
  };
  expect((await owner.here('POST', 'appointments', wish)).status).toBeLessThan(300);
  expect(await accept(walked.id, 'valid')).toMatchObject({ status: 'done', written: { written: 1, refused: 1 } });
  const after = (await owner.here<FileRows>('GET', `imports/${walked.id}/rows?outcome=new`)).body.rows;
  expect(after.map(({ written, writtenWhy }) => [written, writtenWhy])).toEqual([
    ['written', null],
    ['refused', 'taken_meanwhile'],
  ]);
  const { rows: booked } = await sql`select starts_at at, staff_id who from appointments where booked_by = 'staff' order by starts_at`.execute(
    app.database.read,
  );
  expect(booked).toMatchObject([{ at: new Date('2026-03-03T10:00:00Z'), who: 'Anna' }, { who: 'Olga' }]);
  const { rows: messages } = await sql<{
    quiet: boolean | null;
  }>`select payload->'quietly' quiet from outbox where topic = 'appointment.made' order by told_at, outbox_id`.execute(app.database.read);
  expect(messages.map(({ quiet }) => quiet)).toContain(true);
  const again = await walk('appointments', rows, { dates: 'dmy' });
  expect(again.rows.map(({ outcome, why }) => [outcome, why]).slice(0, 3)).toEqual([
    ['same', 'there_already'],
    ['conflict', 'time_taken'],
    ['conflict', 'time_taken'],
  ]);
});

test('quotes inside a name, as people type them, are part of it, and a quote that never ends is said with its line', async () => {
  const { file, rows } = await walk('clients', 'Name;Phone\r\nMaria "Mia" Costa;912345690\r\nNails 5";912345691\r\n"Eva ""E."" Silva";912345692\r\n');
  expect(file.counts).toMatchObject({ new: 3, refused: 0 });
  expect(rows.map(({ cells }) => cells[0])).toEqual(['Maria "Mia" Costa', 'Nails 5"', 'Eva "E." Silva']);
  const { preview } = await bring('clients', 'Name;Phone\nAna;912345693\n"Rui;912345694\n');
  expect(preview).toMatchObject({ code: 'unreadable_file' });
});

test('columns are remembered by their names, wherever these stand: no client is taken for a heading', async () => {
  const first = await walk('clients', 'sep=;\nName;Phone\nAna;912345695\n');
  expect(first.rows.map(({ cells }) => cells[0])).toEqual(['Ana']);
  const second = await walk('clients', 'Name;Phone\nRui;912345696\nEva;912345697\n');
  expect(second.rows.map(({ cells }) => cells[0])).toEqual(['Rui', 'Eva']);
});

test('what is no table says where, a mapping is remembered, and nobody writes out of a file what they may not by hand', async () => {
  const { id } = await bring('clients', 'name;phone\n"Ana;912345678\nRui;912345679\n');
  const broken = await owner.here('POST', `imports/${id}/check`, { columns: ['name', 'phone'], headingRow: 1, decimal: '.', dates: 'dmy' });
  expect(broken.status).toBeGreaterThanOrEqual(400);
  const odd = 'Wer;Wo\nMax;912345681\n';
  const first = await bring('clients', odd);
  expect(first.preview.missing).toEqual(['name']);
  await owner.here('POST', `imports/${first.id}/check`, { ...first.preview.mapping, columns: ['name', 'phone'], headingRow: 1 });
  await app.background.settleDown();
  await sql`insert into roles (chain_id, role_id, name, rights, created_at) values ('chn_test', 'rol_imports', 'Imports', '{imports.make}', now())`.execute(
    app.database.read,
  );
  const importer = await signInAs(app, 'rol_imports');
  expect((await importer.here('POST', `imports/${first.id}/acceptance`, { rows: 'all' })).body).toMatchObject({
    code: 'right_missing',
    detail: { right: 'clients.edit' },
  });
});

test('ten thousand rows are walked through with their progress to be seen', async () => {
  const rows = Array.from({ length: 10_000 }, (_, n) => `Client ${n};+35192${String(1_000_000 + n)};c${n}@mail.example`);
  const began = process.cpuUsage();
  const { file } = await walk('clients', `name;phone;email\n${rows.join('\n')}\n`);
  expect(file.status).toBe('checked');
  expect(Object.values(file.counts).reduce((sum, n) => sum + n, 0)).toBe(10_000);
  expect(file.readRows).toBe(10_001);
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1e6, 'seconds of work').toBeLessThan(60);
});

test.each([
  ['90', 90],
  ['1:30', 90],
  ['1 h 30 min', 90],
  ['1 год 30 хв', 90],
  ['1,5 h', 90],
  ['45 хв', 45],
  ['long', undefined],
  ['', undefined],
])('a length written as "%s" is %s minutes', (text, minutes) => expect(readMinutes(text)).toBe(minutes));
