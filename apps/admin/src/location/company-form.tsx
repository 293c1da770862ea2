import type { CompanyWish, LocationSettings } from '@holdfast/contract/location-settings';
import { Alert, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { SaveBar } from '../frame/save-bar.tsx';
import { toast } from '../frame/toast.tsx';
import { useDraft } from '../frame/use-draft.ts';
import { useWords } from '../words.tsx';
import { useSavePart } from './settings-query.ts';

/** The tab Company details: without them online payment cannot be switched on, and clients see them beside the pay button. */
export function CompanyForm({ settings }: { settings: LocationSettings }) {
  const { say } = useWords();
  const draft = useDraft<CompanyWish>(settings.company);
  const save = useSavePart<CompanyWish>('company');
  useLeaveGuard(draft.dirty);
  const { value, change, base } = draft;
  const needed = ['legalName', 'registrationNumber', 'legalAddress'] as const;
  const missing = needed.filter((field) => value[field].trim() === '');
  // nobody is told that a form is empty before they have touched it
  const errorOf = (field: (typeof needed)[number]) => draft.dirty && base[field] !== '' && value[field].trim() === '' && say('frame.required');
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    save.mutate(value, {
      onSuccess: ({ company }) => {
        draft.saved(company);
        toast(say('frame.saved'));
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {!settings.companyFilled && (
          <Alert variant="light" color="yellow" icon={<IconInfoCircle aria-hidden />}>
            {say('location.company.missing')}
          </Alert>
        )}
        <TextInput
          label={say('location.company.legal_name')}
          description={say('location.company.legal_name.about')}
          value={value.legalName}
          onChange={(event) => change({ legalName: event.currentTarget.value })}
          required
          maxLength={200}
          error={errorOf('legalName')}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={say('location.company.registration_number')}
            value={value.registrationNumber}
            onChange={(event) => change({ registrationNumber: event.currentTarget.value })}
            required
            maxLength={60}
            error={errorOf('registrationNumber')}
          />
          <TextInput
            label={say('location.company.tax_number')}
            value={value.taxNumber}
            onChange={(event) => change({ taxNumber: event.currentTarget.value })}
            maxLength={60}
          />
        </SimpleGrid>
        <Textarea
          label={say('location.company.legal_address')}
          value={value.legalAddress}
          onChange={(event) => change({ legalAddress: event.currentTarget.value })}
          required
          autosize
          minRows={2}
          maxLength={300}
          error={errorOf('legalAddress')}
        />
        <Textarea
          label={say('location.company.bank_details')}
          description={say('location.company.bank_details.about')}
          value={value.bankDetails}
          onChange={(event) => change({ bankDetails: event.currentTarget.value })}
          autosize
          minRows={2}
          maxLength={1000}
        />
        <SaveBar
          dirty={draft.dirty}
          saving={save.isPending}
          error={save.error}
          reason={draft.dirty && missing.length > 0 ? say('location.form.incomplete') : undefined}
          theirs={draft.theirs && `${draft.theirs.legalName}, ${draft.theirs.registrationNumber}, ${draft.theirs.legalAddress}`}
          onReset={draft.reset}
          onKeepMine={draft.keepMine}
        />
      </Stack>
    </form>
  );
}
