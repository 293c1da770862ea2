import { directionOf } from '@holdfast/contract/client-language';
import type { WidgetFiles } from './page-shell.ts';

const words = {
  en: { title: 'This page is not here', text: 'The link may be incomplete. Please open it again from your message, or call the salon.' },
  uk: { title: 'Такої сторінки немає', text: 'Можливо, посилання неповне. Відкрийте його ще раз із повідомлення або зателефонуйте до салону.' },
  pt: { title: 'Esta página não existe', text: 'O endereço pode estar incompleto. Abra-o outra vez a partir da mensagem, ou ligue para o salão.' },
  ar: { title: 'هذه الصفحة غير موجودة', text: 'قد يكون الرابط غير مكتمل. يُرجى فتحه مرة أخرى من رسالتك، أو الاتصال بالصالون.' },
} as const;

/** For a person whose address leads nowhere: a page in their language instead of an answer for programs. */
export function pageNotThere(language: string, files: WidgetFiles | undefined): string {
  const { title, text } = words[language as keyof typeof words] ?? words.en;
  return `<!doctype html>
<html lang="${language in words ? language : 'en'}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="data:,">
${(files?.styles ?? []).map((one) => `<link rel="stylesheet" href="/widget/${one}">`).join('\n')}
</head>
<body>
<main class="own">
<section class="scene">
<h1>${title}</h1>
<p class="lead">${text}</p>
</section>
</main>
</body>
</html>
`;
}
