import type { SimulatedFact, Simulation } from '@holdfast/contract/simulation';
import { VisuallyHidden } from '@mantine/core';
import { IconBuildingBank, IconCalendar, IconCoins, IconMail, IconMessage, IconUser, IconUserQuestion } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../words.tsx';
import { momentsOf } from './moments-of.ts';
import { sayFact } from './say-fact.ts';

const lanes = ['story', 'messages', 'calendar', 'money'] as const;
type Lane = (typeof lanes)[number];

const laneOf: Readonly<Record<SimulatedFact['lane'], Lane>> = {
  client: 'story',
  provider: 'story',
  messages: 'messages',
  calendar: 'calendar',
  money: 'money',
  attention: 'money',
};

/** An ordered list of moments: what happens, and beside it what follows in messages, calendar and money. */
export function Timeline({ simulation }: { simulation: Simulation }) {
  const { say } = useWords();
  return (
    <ol className="hf-timeline">
      <li data-heads aria-hidden="true">
        <span />
        {lanes.map((lane) => (
          <strong key={lane}>{say(`simulator.lane.${lane}`)}</strong>
        ))}
      </li>
      {momentsOf(simulation.timeline).map(({ atSeconds, facts }) => (
        <li key={atSeconds}>
          <Moment atSeconds={atSeconds} />
          {lanes.map((lane) => (
            <div key={lane} className="hf-lane">
              {facts
                .filter((fact) => laneOf[fact.lane] === lane)
                .map((fact, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a told story never changes
                  <Fact key={index} fact={fact} lane={lane} />
                ))}
            </div>
          ))}
        </li>
      ))}
    </ol>
  );
}

function Moment({ atSeconds }: { atSeconds: number }) {
  const { say } = useWords();
  const hours = atSeconds / 3600;
  const minute = `${Math.floor(atSeconds / 60)}:${String(atSeconds % 60).padStart(2, '0')}`;
  if (hours >= 2) return <span className="hf-moment">{say('simulator.at.hours', { hours: Math.round(hours) })}</span>;
  return (
    <span className="hf-moment">
      <VisuallyHidden>{say('simulator.at', { minute })}</VisuallyHidden>
      <span aria-hidden="true">{minute}</span>
    </span>
  );
}

function Fact({ fact, lane }: { fact: SimulatedFact; lane: Lane }) {
  const words = useWords();
  const sentence = sayFact(words, fact);
  return (
    <div className="hf-fact">
      {iconOf(fact)}
      <div>
        {lane !== 'story' && <VisuallyHidden>{words.say(`simulator.lane.${lane}`)}: </VisuallyHidden>}
        {fact.lane === 'messages' ? (
          <details>
            <summary>{sentence}</summary>
            <pre>{fact.subject ? `${fact.subject}\n\n${fact.body}` : fact.body}</pre>
          </details>
        ) : (
          sentence
        )}
      </div>
    </div>
  );
}

function iconOf(fact: SimulatedFact): ReactNode {
  const look = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;
  switch (fact.lane) {
    case 'client':
      return <IconUser {...look} />;
    case 'provider':
      return <IconBuildingBank {...look} />;
    case 'calendar':
      return <IconCalendar {...look} />;
    case 'money':
      return <IconCoins {...look} />;
    case 'attention':
      return <IconUserQuestion {...look} color="var(--mantine-color-orange-filled)" />;
    case 'messages':
      return fact.channel === 'email' ? <IconMail {...look} /> : <IconMessage {...look} />;
  }
}
