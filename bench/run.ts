// node bench/run.ts [name…]: measures, and prints markdown. Without names: everything.
import { benchBookings } from './bookings/bookings.ts';
import { benchCalendar } from './calendar/calendar.ts';
import { benchClients } from './clients/clients.ts';
import { benchDailyData } from './finance/daily-data.ts';
import { benchFinance } from './finance/finance.ts';
import { benchFreeTimes } from './free-times/free-times.ts';
import { benchPlaces } from './places/places.ts';
import { benchWidget } from './widget/widget.ts';

const benches: Readonly<Record<string, () => Promise<string>>> = {
  'free-times': () => benchFreeTimes(),
  bookings: () => benchBookings(),
  calendar: () => benchCalendar(),
  clients: () => benchClients(),
  'daily-data': () => benchDailyData(),
  finance: () => benchFinance(),
  places: () => benchPlaces(),
  widget: () => benchWidget(),
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`There is no bench called ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(1);
}
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  console.log(`\n## ${name}\n\n${await bench()}`);
}
