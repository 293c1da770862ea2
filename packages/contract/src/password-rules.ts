/** Why a password cannot be chosen. No zod here: the screens say it while one types, the server refuses by the same rule. */
export type PasswordWeakness = 'too_short' | 'too_long' | 'like_you' | 'common';

export const PASSWORD_SHORTEST = 10;
export const PASSWORD_LONGEST = 200;

/** Undefined: it may be chosen. Length, nearness to oneself and guessability count; which kinds of characters it is made of does not (NIST SP 800-63B). */
export function whyWeakPassword(password: string, you: { readonly email: string; readonly name: string }): PasswordWeakness | undefined {
  const length = Array.from(password).length;
  if (length < PASSWORD_SHORTEST) return 'too_short';
  if (length > PASSWORD_LONGEST) return 'too_long';
  const bare = bareOf(password);
  if (likeYou(password, bare, you)) return 'like_you';
  return isCommon(password.toLowerCase(), bare) ? 'common' : undefined;
}

function likeYou(password: string, bare: string, { email, name }: { readonly email: string; readonly name: string }): boolean {
  const address = email.toLowerCase();
  if (password.toLowerCase() === address) return true;
  const [account = '', domain = ''] = address.split('@');
  return [account, name, `${account}${domain}`, domain, ...name.split(/\s+/)].map(bareOf).some((one) => one !== '' && one === bare);
}

/** What is left without the ornaments by which people make a word "strong": case, digits and signs around it, a few digits for letters. */
function bareOf(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/^[\p{N}\p{P}\p{S}\s]+|[\p{N}\p{P}\p{S}\s]+$/gu, '')
    .replace(/[@4]/g, 'a')
    .replaceAll('0', 'o')
    .replaceAll('3', 'e')
    .replaceAll('1', 'i')
    .replace(/[$5]/g, 's')
    .replace(/[\p{P}\p{S}\s]/gu, '');
}

function isCommon(password: string, bare: string): boolean {
  return bare === '' || common.has(password) || common.has(bare) || isRepeated(password) || isRepeated(bare) || isRun(password);
}

/** One short piece over and over: `aaaaaaaaaa`, `abcabcabcabc`, `passwordpassword`. */
function isRepeated(text: string): boolean {
  return [1, 2, 3, 4].some(
    (size) =>
      text.length > size &&
      text ===
        text
          .slice(0, size)
          .repeat(Math.ceil(text.length / size))
          .slice(0, text.length),
  )
    ? true
    : text.length % 2 === 0 &&
        text !== '' &&
        text.slice(0, text.length / 2) === text.slice(text.length / 2) &&
        common.has(text.slice(0, text.length / 2));
}

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'йцукенгшщзхїфівапролджєячсмитьбю',
  'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
];

/** A walk along the alphabet, the digits or the keyboard, in either direction. */
function isRun(text: string): boolean {
  const back = Array.from(text).reverse().join('');
  return rows.some((row) => row.includes(text) || row.includes(back));
}

/** Words that stand at the top of every list of leaked passwords, and those nearest at hand in a salon; each also with digits and signs around it. */
const common: ReadonlySet<string> = new Set(
  `password passwort passw passwd senha palavrapasse contrasena parol пароль mypassword thepassword yourpassword newpassword oldpassword passwordpassword changeme changeit
   changemenow letmein letmeinnow letmeinplease welcome welcomehome welcomeback administrator admin adminadmin adminpassword root rootroot toor superuser superadmin poweruser
   default guest guestguest user username testtest testing testuser tester test temporary temp secret secretpassword topsecret trustno iloveyou iloveu ilovemyself ilovejesus
   iloveyouforever iloveyoubaby loveyou lovely loveme lover mylove sweetheart sweety babygirl babyboy princess prince queen angel angels blessed jesus jesuschrist godisgood godisgreat
   football footballer basketball baseball softball volleyball hockey soccer liverpool liverpoolfc manchester manchesterunited chelsea chelseafc arsenal arsenalfc barcelona realmadrid
   juventus benfica sporting sportinglisboa slbenfica fcporto portugal lisboa lisbon ukraine україна kyiv київ dynamo shakhtar brasil brazil america
   superman batman spiderman ironman starwars pokemon pikachu naruto minecraft fortnite roblox playstation xbox nintendo counterstrike computer internet samsung iphone android google
   facebook instagram youtube microsoft windows apple macintosh linux dragon dragonball monkey tiger lion mustang ferrari porsche mercedes corvette harley shadow master killer hunter ranger
   freedom whatever nothing sunshine rainbow butterfly flower flowers chocolate cookie cookies cheese banana orange pepper ginger coffee summer winter spring autumn january february
   march april monday friday sunday michael jennifer jessica daniel joshua andrew matthew charlie jordan thomas robert nicole ashley amanda michelle samantha alexander alexandra
   anastasia kristina natasha viktoria oksana mariana beatriz francisco qwerty qwertyqwerty qwertyuiop qwertz azerty asdfgh asdfghjkl asdfasdf zxcvbn zxcvbnm qazwsx qazwsxedc qazwsxedcrfv
   qwerasdf qwerasdfzxcv qweasdzxc qweqweqwe asdasdasd zxczxczxc йцукен йцукенгшщз
   1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qaz2wsx3edc4rfv q1w2e3r4t5 q1w2e3r4t5y6 a1b2c3d4e5 abcd1234abcd 1234567890 12345678910 0123456789 9876543210 0987654321 1122334455 1029384756
   1111111111 0000000000 1212121212 1231231231 1234512345 147258369 1472583690 3141592653 qwe123qwe123 abc123abc123 1234qwerasdf asdf1234qwer
   salon beauty beautysalon hairdresser hairdressing barber barbershop nails massage spa studio clinic holdfast booking appointment calendar reception receptionist owner manager cashier
   company business office salonsalon holdfastholdfast whiteroses correcthorsebatterystaple`
    .split(/\s+/)
    .filter(Boolean),
);
