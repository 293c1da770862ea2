import { type ClientLanguage, clientLanguageNames, directionOf } from '@holdfast/contract/client-language';
import type { ByLanguage } from '@holdfast/contract/link-settings';
import { Stack, Textarea } from '@mantine/core';

/** Words of the salon's own, in each language that its clients speak. */
export function ByLanguageField({
  label,
  about,
  languages,
  value,
  longest,
  onChange,
}: {
  label: string;
  about?: string;
  languages: readonly string[];
  value: ByLanguage;
  longest: number;
  onChange: (value: Record<string, string>) => void;
}) {
  return (
    <Stack gap="sm">
      {languages.map((language, index) => (
        <Textarea
          key={language}
          lang={language}
          dir={directionOf(language as ClientLanguage)}
          label={`${label}, ${clientLanguageNames[language as ClientLanguage]}`}
          description={index === 0 ? about : undefined}
          value={value[language] ?? ''}
          onChange={(event) => onChange({ ...(value as Record<string, string>), [language]: event.currentTarget.value })}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={longest}
        />
      ))}
    </Stack>
  );
}
