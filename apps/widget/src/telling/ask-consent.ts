import { type Consent, keepAnswer } from './consent.ts';

const words = {
  en: {
    text: 'May we count how this page is used? It helps us to make booking easier. Google Analytics is used for it.',
    yes: 'Yes, you may',
    no: 'No',
  },
  uk: {
    text: 'Чи можна рахувати, як користуються цією сторінкою? Так ми зробимо запис зручнішим. Для цього служить Google Analytics.',
    yes: 'Так, можна',
    no: 'Ні',
  },
  pt: {
    text: 'Podemos medir como esta página é usada? Ajuda-nos a tornar a marcação mais fácil. Usamos o Google Analytics.',
    yes: 'Sim, podem',
    no: 'Não',
  },
  ar: { text: 'هل تسمح لنا بقياس كيفية استخدام هذه الصفحة؟ يساعدنا ذلك على تسهيل الحجز. نستخدم لذلك Google Analytics.', yes: 'نعم، أوافق', no: 'لا' },
} as const;

/** One small question at the bottom of our own pages, which stands in nobody's way. Saying no is as easy as saying yes. */
export function askConsent(language: string, answered: (answer: Consent) => void): void {
  const { text, yes, no } = words[language as keyof typeof words] ?? words.en;
  const bar = document.createElement('section');
  bar.className = 'measuring';
  bar.setAttribute('aria-label', 'Google Analytics');
  const question = document.createElement('p');
  question.textContent = text;
  const button = (label: string, answer: Consent) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'button button-quiet';
    made.textContent = label;
    made.onclick = () => {
      keepAnswer(answer);
      bar.remove();
      answered(answer);
    };
    return made;
  };
  const tools = document.createElement('div');
  tools.append(button(no, 'denied'), button(yes, 'granted'));
  bar.append(question, tools);
  document.getElementById('app')?.after(bar);
}
