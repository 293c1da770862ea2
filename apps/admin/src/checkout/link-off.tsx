import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';

/** The method is switched off: where it can be switched on, and by whom. */
export function LinkOff() {
  const { say } = useWords();
  const may = useMay();
  const { slug } = useLocationHere();
  return (
    <Stack gap={4} align="flex-start">
      <Text size="sm">{say('checkout.link.off')}</Text>
      {may('online_payment.see') ? (
        <Anchor component={Link} to={`/${slug}/finance/cashless-payment`} size="sm">
          {say('checkout.link.off.where')}
        </Anchor>
      ) : (
        <Text size="sm" c="dimmed">
          {say('checkout.link.off.ask')}
        </Text>
      )}
    </Stack>
  );
}
