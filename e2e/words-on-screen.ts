import en from '@holdfast/contract/texts/widget/en.json' with { type: 'json' };
import pt from '@holdfast/contract/texts/widget/pt.json' with { type: 'json' };
import uk from '@holdfast/contract/texts/widget/uk.json' with { type: 'json' };

export type Language = 'en' | 'uk' | 'pt';
type TextKey = keyof typeof en;
type Catalogue = Readonly<Record<TextKey, string | Readonly<Record<string, string>>>>;

const catalogues: Readonly<Record<Language, Catalogue>> = { en, uk, pt };

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
