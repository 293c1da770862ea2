import { embeddedSource } from '../kit/embedded.ts';

// For the kill -9 test: opens the folder, writes one transaction after another, and says the id of each that was acknowledged.
const [folder = '', from = '0'] = process.argv.slice(2);

try {
  const source = await embeddedSource(folder);
  const connection = await source.connect();
  await connection.query('create table if not exists diary (id int primary key, pairs int not null, note text not null)');
  for (let id = Number(from); ; id++) {
    await connection.query('begin');
    await connection.query('insert into diary values ($1, 1, $2)', [id, 'x'.repeat(id % 500)]);
    await connection.query('update diary set pairs = pairs + 1 where id = $1', [id]);
    await connection.query('commit');
    process.stdout.write(`${id}\n`);
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
