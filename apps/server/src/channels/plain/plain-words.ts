import { type ClientLanguage, clientLanguages } from '@holdfast/contract/client-language';
import { type Catalogue, createWords, type Place, type Words } from '@holdfast/contract/client-words';
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
import ar from '@holdfast/contract/texts/widget/ar.json' with { type: 'json' };
import en from '@holdfast/contract/texts/widget/en.json' with { type: 'json' };
import pt from '@holdfast/contract/texts/widget/pt.json' with { type: 'json' };
import uk from '@holdfast/contract/texts/widget/uk.json' with { type: 'json' };

const catalogues: Readonly<Record<ClientLanguage, Catalogue>> = {
  en: { ...en, ...enSteps, ...enPage, ...enWaiting },
  uk: { ...uk, ...ukSteps, ...ukPage, ...ukWaiting },
  pt: { ...pt, ...ptSteps, ...ptPage, ...ptWaiting },
  ar: { ...ar, ...arSteps, ...arPage, ...arWaiting },
};

/** The widget's own words: with and without a script everybody reads the same. */
export function plainWords(language: string, place: Place): Words {
  const known = clientLanguages.find((one) => one === language) ?? 'en';
  return createWords(catalogues[known], known, place);
}
