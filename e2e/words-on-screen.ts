import arPage from '@holdfast/contract/texts/client-page/ar.json' with { type: 'json' };
import enPage from '@holdfast/contract/texts/client-page/en.json' with { type: 'json' };
import ptPage from '@holdfast/contract/texts/client-page/pt.json' with { type: 'json' };
import ukPage from '@holdfast/contract/texts/client-page/uk.json' with { type: 'json' };
import arSteps from '@holdfast/contract/texts/later-steps/ar.json' with { type: 'json' };
import enSteps from '@holdfast/contract/texts/later-steps/en.json' with { type: 'json' };
import ptSteps from '@holdfast/contract/texts/later-steps/pt.json' with { type: 'json' };
import ukSteps from '@holdfast/contract/texts/later-steps/uk.json' with { type: 'json' };
import arWaiting from '@holdfast/contract/texts/waiting/ar.json' with { type: 'json' };
import enWaiting from '@holdfast/contract/texts/waiting/en.json' with { type: 'json' };
import ptWaiting from '@holdfast/contract/texts/waiting/pt.json' with { type: 'json' };
import ukWaiting from '@holdfast/contract/texts/waiting/uk.json' with { type: 'json' };
import arFlow from '@holdfast/contract/texts/widget/ar.json' with { type: 'json' };
import enFlow from '@holdfast/contract/texts/widget/en.json' with { type: 'json' };
import ptFlow from '@holdfast/contract/texts/widget/pt.json' with { type: 'json' };
import ukFlow from '@holdfast/contract/texts/widget/uk.json' with { type: 'json' };

export type Language = 'en' | 'uk' | 'pt' | 'ar';
type TextKey = keyof typeof enFlow | keyof typeof enSteps | keyof typeof enPage | keyof typeof enWaiting;
type Catalogue = Readonly<Record<TextKey, string | Readonly<Record<string, string>>>>;

const catalogues: Readonly<Record<Language, Catalogue>> = {
  en: { ...enFlow, ...enSteps, ...enPage, ...enWaiting },
  uk: { ...ukFlow, ...ukSteps, ...ukPage, ...ukWaiting },
  pt: { ...ptFlow, ...ptSteps, ...ptPage, ...ptWaiting },
  ar: { ...arFlow, ...arSteps, ...arPage, ...arWaiting },
};

/** What somebody who reads that language looks for: the whole sentence, with whatever stands in its places, in any of its plural forms. */
export function wordsFor(language: Language): (key: TextKey) => RegExp {
  return (key) => {
    const text = catalogues[language][key];
    const forms = typeof text === 'string' ? [text] : Object.values(text);
    const gaps = (form: string) =>
      form.split(/(\{\w+\})/).map((piece) => (piece === '{count}' ? '\\d+' : piece.startsWith('{') ? '.+?' : literally(piece)));
    return new RegExp(forms.map((form) => gaps(form).join('')).join('|'));
  };
}

export function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
