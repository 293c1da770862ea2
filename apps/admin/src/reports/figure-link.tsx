import type { FigureLink } from '@holdfast/contract/reports';
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLocationHere, useMay } from '../session.tsx';

/** A figure that opens the list it is made of; plain where there is none, or the role does not show it. */
export function Figure({ link, children }: { link: FigureLink | null; children: ReactNode }) {
  const here = useLocationHere();
  const may = useMay();
  const needed = { transactions: 'transactions.see', visit: 'calendar.see', client: 'clients.see' } as const;
  if (!link || !may(needed[link.page])) return children;
  return (
    <Anchor component={Link} inherit c="inherit" underline="hover" className="reports-figure" {...addressOf(here.slug, link)}>
      {children}
    </Anchor>
  );
}

function addressOf(slug: string, link: FigureLink): { to: string; search?: never } {
  switch (link.page) {
    case 'transactions': {
      const { page: _, ...search } = link;
      return { to: `/${slug}/finance/transactions`, search: search as never };
    }
    case 'visit':
      return { to: `/${slug}/calendar`, search: { day: link.day, appointment: link.id } as never };
    case 'client':
      return { to: `/${slug}/clients/${link.id}` };
  }
}
