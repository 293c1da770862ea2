import type { Appointment } from '@holdfast/contract/calendar';
import { Box, Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { CheckoutTab } from '../checkout/checkout-tab.tsx';
import { confirmed } from '../frame/confirm.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { AppointmentTab } from './appointment-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { MeanwhileNotice } from './meanwhile-notice.tsx';
import { SaveBar } from './save-bar.tsx';
import { useEditing } from './use-editing.ts';
import { WindowFrame } from './window-frame.tsx';

const tabs = ['appointment', 'checkout', 'history'] as const;
type Tab = (typeof tabs)[number];

export function OpenWindow({ appointment, trouble, onClose }: { appointment: Appointment; trouble: unknown; onClose: () => void }) {
  const { say } = useWords();
  const [tab, setTab] = useTab();
  const editing = useEditing(appointment);
  const isUnsaved = editing.unsaved.length > 0;
  useAskBeforeUnload(isUnsaved);
  const close = async () => {
    const question = { title: say('appointment.leave'), more: say('appointment.leave.more'), yes: say('appointment.leave.yes'), danger: true };
    if (!isUnsaved || (await confirmed({ ...question, no: say('appointment.leave.no') }))) onClose();
  };
  return (
    <WindowFrame kind={say('appointment.window')} title={appointment.clientName} onClose={() => void close()}>
      {trouble !== null && (
        <Box px="md" pb="sm">
          <TroubleNotice error={trouble} words={{ not_found: 'appointment.trouble.not_found' }} />
        </Box>
      )}
      <Box px="md">
        <MeanwhileNotice editing={editing} />
      </Box>
      <Tabs value={tab} onChange={(value) => setTab(value as Tab)} keepMounted={false}>
        <Tabs.List px="md" aria-label={say('appointment.tabs')}>
          <Tabs.Tab value="appointment">{say('appointment.tab')}</Tabs.Tab>
          <Tabs.Tab value="checkout">{say('appointment.tab.checkout')}</Tabs.Tab>
          <Tabs.Tab value="history">{say('appointment.tab.history')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="appointment" p="md">
          <AppointmentTab editing={editing} onCheckout={() => setTab('checkout')} />
        </Tabs.Panel>
        <Tabs.Panel value="checkout" p="md">
          <CheckoutTab
            appointment={appointment}
            isUnsaved={isUnsaved}
            saveFirst={async () => {
              if (!isUnsaved) return true;
              const saved = editing.notYet ? undefined : await editing.save();
              if (!saved) setTab('appointment');
              return saved !== undefined;
            }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="history" p="md">
          <HistoryTab appointment={appointment} />
        </Tabs.Panel>
      </Tabs>
      <SaveBar editing={editing} />
    </WindowFrame>
  );
}

/** Which tab is open stands in the address: that is what one sends to a colleague. */
function useTab(): [Tab, (tab: Tab) => void] {
  const search: { tab?: unknown } = useSearch({ strict: false });
  const navigate = useNavigate();
  const tab = tabs.find((one) => one === search.tab) ?? 'appointment';
  const setTab = (next: Tab) =>
    void navigate({ to: '.', replace: true, search: (known: object) => ({ ...known, tab: next === 'appointment' ? undefined : next }) } as never);
  return [tab, setTab];
}

function useAskBeforeUnload(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isUnsaved]);
}
