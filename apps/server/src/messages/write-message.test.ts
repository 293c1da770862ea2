import { fillTemplate } from '@holdfast/contract/fill-template';
import { expect, test } from 'vitest';
import { asHtml } from './as-html.ts';
import { asSubject } from './write-message.ts';

test('what a client typed is never read as a template again', () => {
  expect(fillTemplate('Hello {client}, {amount}', { client: '{amount}', amount: '45 €' })).toBe('Hello {amount}, 45 €');
});

test('a line with nothing to say goes, an empty line stays', () => {
  expect(fillTemplate('{salon}\n{address}\n\n{link}', { salon: 'Linden', address: '', link: 'x' })).toBe('Linden\n\nx');
});

test('a subject is one line, whatever was typed', () => {
  expect(asSubject('Paid\r\nBcc: everybody@example.com')).toBe('Paid Bcc: everybody@example.com');
});

test('no markup comes out of a text, and addresses can be clicked', () => {
  const html = asHtml('<b>x</b> & "y"\n\nhttps://a.example/b?c=1&d="><script>');
  expect(html).toContain('&lt;b&gt;x&lt;/b&gt; &amp; &quot;y&quot;');
  expect(html).toContain('<a href="https://a.example/b?c=1&amp;d=">https://a.example/b?c=1&amp;d=</a>');
  expect(html).not.toContain('<script');
});
