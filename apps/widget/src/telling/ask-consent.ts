import { type Consent, keepAnswer } from './consent.ts';

const words = {
  en: {
    text: 'May we count how this page is used? It helps us to make booking easier. Google Analytics is used for it.',
    yes: 'Yes, you may',
    no: 'No',
    granted: 'You may be counted with Google Analytics.',
    denied: 'You are not counted with Google Analytics.',
    change: 'Change',
  },
  uk: {
    text: 'Чи можна рахувати, як користуються цією сторінкою? Так ми зробимо запис зручнішим. Для цього служить Google Analytics.',
    yes: 'Так, можна',
    no: 'Ні',
    granted: 'Google Analytics враховує ваші відвідини.',
    denied: 'Google Analytics не враховує ваші відвідини.',
    change: 'Змінити',
  },
  pt: {
    text: 'Podemos medir como esta página é usada? Ajuda-nos a tornar a marcação mais fácil. Usamos o Google Analytics.',
    yes: 'Sim, podem',
    no: 'Não',
    granted: 'As suas visitas são medidas com o Google Analytics.',
    denied: 'As suas visitas não são medidas com o Google Analytics.',
    change: 'Alterar',
  },
  ar: {
    text: 'هل تسمح لنا بقياس كيفية استخدام هذه الصفحة؟ يساعدنا ذلك على تسهيل الحجز. نستخدم لذلك Google Analytics.',
    yes: 'نعم، أوافق',
    no: 'لا',
    granted: 'يُقاس استخدامك للصفحة عبر Google Analytics.',
    denied: 'لا يُقاس استخدامك للصفحة عبر Google Analytics.',
    change: 'تغيير',
  },
} as const;

/**
 * One small question at the bottom of our own pages, which stands in nobody's way. Saying no is as easy as saying yes, and the answer stays there to be changed.
 */
export function askConsent(language: string, before: Consent, answered: (answer: Consent) => void): void {
  const { text, yes, no, change, ...said } = words[language as keyof typeof words] ?? words.en;
  const bar = document.createElement('section');
  bar.className = 'measuring';
  bar.setAttribute('aria-label', 'Google Analytics');
  const button = (label: string, press: () => void) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'button button-quiet';
    made.textContent = label;
    made.onclick = press;
    return made;
  };
  const show = (sentence: string, ...buttons: HTMLButtonElement[]) => {
    const says = document.createElement('p');
    says.textContent = sentence;
    const tools = document.createElement('div');
    tools.append(...buttons);
    bar.replaceChildren(says, tools);
  };
  const answer = (now: 'granted' | 'denied') => () => {
    keepAnswer(now);
    stand(now);
    bar.querySelector('button')?.focus();
    answered(now);
  };
  const question = () => show(text, button(no, answer('denied')), button(yes, answer('granted')));
  const stand = (now: 'granted' | 'denied') => {
    const again = () => {
      question();
      bar.querySelector('button')?.focus();
    };
    show(said[now], button(change, again));
  };
  if (before === 'unknown') question();
  else stand(before);
  document.getElementById('app')?.after(bar);
}
