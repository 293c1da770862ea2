import { useComputedColorScheme, useMantineTheme } from '@mantine/core';
import { Bar, BarChart, CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useWords } from '../words.tsx';

/** Day by day where there are several days, else by row. Calm: one colour, few lines. */
export function ReportChart({
  bars,
  course,
  currency,
}: {
  bars: readonly { name: string; value: number }[];
  course: readonly { day: string; valueMinor: number }[];
  currency: string;
}) {
  const { money, shortDay } = useWords();
  const { colors } = useMantineTheme();
  const dark = useComputedColorScheme() === 'dark';
  const ink = colors['holdfast']?.[dark ? 4 : 7] ?? 'teal';
  const line = dark ? '#3d4644' : '#e2dfd7';
  const text = dark ? '#a8b2ae' : '#5a615e';
  const box = { background: dark ? '#1b201f' : '#fff', border: `1px solid ${line}`, borderRadius: 8, color: dark ? '#d5dbd8' : '#1b201f' };
  const amount = (value: unknown) => money(Number(value), currency);
  const axis = { stroke: text, tick: { fill: text, fontSize: 12 }, tickLine: false, axisLine: false } as const;
  // the table below says the same: nobody has to stop here by keyboard
  const common = { accessibilityLayer: false, margin: { top: 8, right: 16, bottom: 0, left: 8 } };
  return (
    <div className="reports-chart">
      <ResponsiveContainer width="100%" height="100%">
        {course.length > 2 ? (
          <LineChart data={[...course]} {...common}>
            <CartesianGrid vertical={false} stroke={line} />
            <XAxis dataKey="day" tickFormatter={(day: string) => shortDay(day)} minTickGap={32} {...axis} />
            <YAxis tickFormatter={amount} width={96} {...axis} />
            <Tooltip
              contentStyle={box}
              labelFormatter={(day) => (typeof day === 'string' ? shortDay(day) : '')}
              formatter={(value) => [amount(value), '']}
              separator=""
            />
            <Line type="linear" dataKey="valueMinor" stroke={ink} strokeWidth={2} dot={{ r: 2 }} isAnimationActive={false} />
          </LineChart>
        ) : (
          <BarChart data={[...bars]} layout="vertical" {...common}>
            <CartesianGrid horizontal={false} stroke={line} />
            <XAxis type="number" tickFormatter={amount} {...axis} />
            <YAxis type="category" dataKey="name" width={140} {...axis} />
            <Tooltip contentStyle={box} cursor={{ fill: line, opacity: 0.4 }} formatter={(value) => [amount(value), '']} separator="" />
            <Bar dataKey="value" fill={ink} radius={[0, 4, 4, 0]} maxBarSize={22} isAnimationActive={false} />
          </BarChart>
        )}
      </ResponsiveContainer>
    </div>
  );
}
