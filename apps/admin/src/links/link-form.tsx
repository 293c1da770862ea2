import type { BookingLink, BookingLinks, LinkWish } from '@holdfast/contract/booking-links';
import { Fieldset, Grid, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { codeOf } from '../api.ts';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { SaveBar } from '../frame/save-bar.tsx';
import { toast } from '../frame/toast.tsx';
import { useDraft } from '../frame/use-draft.ts';
import { slugFault } from '../location/slug.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { AnalyticsFields } from './analytics-fields.tsx';
import { ContactFields } from './contact-fields.tsx';
import { EmbedFields } from './embed-fields.tsx';
import type { FieldsProps } from './fields-props.ts';
import { linkFault } from './link-fault.ts';
import { useSaveLink } from './links-query.ts';
import { LivePreview } from './live-preview.tsx';
import { LookFields } from './look-fields.tsx';
import { OriginsField } from './origins-field.tsx';
import { RulesFields } from './rules-fields.tsx';
import { ShareFields } from './share-fields.tsx';
import { StepsFields } from './steps-fields.tsx';
import { TextsFields } from './texts-fields.tsx';
import { useChosen } from './use-chosen.ts';

export function LinkForm({ link, all }: { link: BookingLink; all: BookingLinks }) {
  const { say } = useWords();
  const here = useLocationHere();
  const go = useNavigate();
  const draft = useDraft<LinkWish>(wishOf(link));
  const save = useSaveLink(link.id);
  const choice = useChosen(all.page);
  useLeaveGuard(draft.dirty);
  const { value, change } = draft;
  const fault = linkFault(value);
  const slugWrong = slugFault(value.slug);
  const taken = codeOf(save.error) === 'already_there';
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    save.mutate(value, {
      onSuccess: ({ links }) => {
        const saved = links.find(({ id }) => id === link.id);
        if (saved) draft.saved(wishOf(saved));
        toast(say('frame.saved'));
        // its address is the page's own
        if (saved && saved.slug !== link.slug)
          void go({ to: `/${here.slug}/settings/booking-links/${saved.slug}`, replace: true, ignoreBlocker: true });
      },
    });
  };
  const props: FieldsProps = {
    value,
    settings: value.settings,
    place: all.location,
    change,
    set: (settings) => change({ settings: { ...value.settings, ...settings } }),
  };
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <form onSubmit={submit} noValidate>
          <Stack gap="lg">
            <ShareFields page={all.page} link={link.slug} choice={choice} />
            <Fieldset legend={say('links.name')}>
              <Stack gap="md">
                <TextInput
                  label={say('links.name')}
                  description={say('links.add.name.hint')}
                  value={value.name}
                  onChange={(event) => change({ name: event.currentTarget.value })}
                  maxLength={80}
                  required
                />
                <TextInput
                  label={say('links.slug')}
                  description={say('links.slug.about', { address: `${all.page}?link=${value.slug}` })}
                  error={taken ? say('links.slug.taken') : slugWrong && say(slugWrong)}
                  value={value.slug}
                  onChange={(event) => change({ slug: event.currentTarget.value })}
                  maxLength={60}
                  required
                />
              </Stack>
            </Fieldset>
            <StepsFields {...props} />
            <ContactFields {...props} />
            <RulesFields {...props} />
            <LookFields {...props} />
            <TextsFields {...props} />
            <AnalyticsFields {...props} link={link} />
            <EmbedFields page={all.page} link={link.slug} chosen={choice.chosen} measured={link.measurementId !== null}>
              <OriginsField {...props} />
            </EmbedFields>
            <SaveBar
              dirty={draft.dirty}
              saving={save.isPending}
              error={taken ? undefined : save.error}
              {...(fault ? { reason: say(fault) } : {})}
              theirs={draft.theirs && say('links.theirs')}
              onReset={draft.reset}
              onKeepMine={draft.keepMine}
            />
          </Stack>
        </form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <LivePreview settings={value.settings} page={all.page} languages={all.location.languages} />
      </Grid.Col>
    </Grid>
  );
}

/** What can be changed of it; the secret is not among it: it is never shown again. */
function wishOf({ version, name, slug, settings, measurementId, allowedOrigins }: BookingLink): LinkWish {
  return { version, name, slug, settings, measurementId, allowedOrigins };
}
