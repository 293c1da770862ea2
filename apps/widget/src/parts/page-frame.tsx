import { clientLanguageNames, clientLanguages } from '@holdfast/contract/client-language';
import type { ComponentChildren, ComponentType } from 'preact';
import { useSurroundings } from '../surroundings.ts';
import { type Language, useWords } from '../words.tsx';
import { Icon } from './icon.tsx';

interface Props {
  chain: { slug: string; name: string; demo: boolean };
  location: { slug: string; name: string; address: string; phone: string };
  /** Address of a picture. */
  logo: string | null;
  otherLocations?: { slug: string; name: string; address: string }[];
  offeredLanguages?: readonly string[];
  onLanguage: (language: Language) => void;
  /** What marks the demo; null: this is the real thing. */
  banner: ComponentType | null;
  children: ComponentChildren;
}

export function PageFrame({ chain, location, logo, otherLocations = [], offeredLanguages, onLanguage, banner: Banner, children }: Props) {
  const { say, language } = useWords();
  const offered = clientLanguages.filter((one) => one === language || !offeredLanguages || offeredLanguages.includes(one));
  const { embedded } = useSurroundings();
  const languages = (
    <label class="language">
      <span class="unseen">{say('page.language')}</span>
      <select value={language} onChange={(event) => onLanguage(event.currentTarget.value as Language)}>
        {offered.map((one) => (
          <option key={one} value={one} lang={one}>
            {clientLanguageNames[one]}
          </option>
        ))}
      </select>
    </label>
  );
  if (embedded) {
    return (
      <section class="inside" aria-label={location.name}>
        {chain.demo && (
          <p class="inside-demo">
            {say('demo.title')} {say('demo.text')}
          </p>
        )}
        {offered.length > 1 && <div class="inside-top">{languages}</div>}
        {children}
      </section>
    );
  }
  return (
    <>
      {Banner && <Banner />}
      <header class="top">
        <div class="top-inner">
          <a class="brand" href={`/book/${chain.slug}/${location.slug}`}>
            {logo && <img class="brand-logo" src={logo} alt="" />}
            <span class="brand-name">{location.name}</span>
            <span class="brand-place">{location.address}</span>
          </a>
          {languages}
        </div>
      </header>
      <main id="main">{children}</main>
      <footer class="foot">
        <p class="foot-place">
          <Icon name="place" />
          <span>{location.address}</span>
        </p>
        {location.phone && (
          <a href={`tel:${location.phone.replace(/[^+\d]/g, '')}`}>
            <bdi dir="ltr">{location.phone}</bdi>
          </a>
        )}
        {otherLocations.length > 0 && (
          <nav aria-label={say('page.other_locations')}>
            <span class="muted">{say('page.other_locations')}</span>
            {otherLocations.map((other) => (
              <a key={other.slug} href={`/book/${chain.slug}/${other.slug}`}>
                {other.name}
              </a>
            ))}
          </nav>
        )}
      </footer>
    </>
  );
}
