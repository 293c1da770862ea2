import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

export function BackToOverview() {
  const { say } = useWords();
  const { slug } = useLocationHere();
  return (
    <Button
      variant="default"
      className="no-print"
      leftSection={<IconArrowLeft size={18} aria-hidden />}
      renderRoot={(props) => <Link to="/$location/finance/reconciliation" params={{ location: slug }} {...props} />}
    >
      {say('reconciliation.title')}
    </Button>
  );
}
