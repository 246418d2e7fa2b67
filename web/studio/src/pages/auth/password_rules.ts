// What the service asks of a password (src/accounts/passwords.h), said while it is typed. The service has the last word: it also knows
// which passwords are tried first.

export interface Rule { text: string; kept: boolean }
export interface Person { email?: string; name?: string }

const LEAST_BYTES = 10;
const MOST_BYTES = 1024;

const plain = (text: string) => text.trim().toLowerCase();
// "anna-2031!" is made of "Anna": digits and signs are ornaments.
const letters = (text: string) => plain(text).replace(/[^\p{L}]/gu, '');

function isMadeOf(password: string, word: string): boolean {
  if (plain(word).length < 3) return false;
  return plain(password) === plain(word) || (letters(word) !== '' && letters(password) === letters(word));
}

// "abababab" is "ab" over and over; "aaaaaaaaaa" too.
function repeats(text: string): boolean {
  for (let piece = 1; piece <= text.length / 2; ++piece) if (text.slice(piece) === text.slice(0, -piece)) return true;
  return false;
}

// "abcdefghij", "9876543210".
function isRun(text: string): boolean {
  if (text.length < 4) return false;
  const step = (i: number) => text.charCodeAt(i + 1) - text.charCodeAt(i);
  if (Math.abs(step(0)) !== 1) return false;
  for (let i = 1; i + 1 < text.length; ++i) if (step(i) !== step(0)) return false;
  return true;
}

export function passwordRules(password: string, person: Person = {}): Rule[] {
  const bytes = new TextEncoder().encode(password).length;
  const words = [person.email, person.email?.split('@')[0], person.name].filter((word): word is string => !!word);
  const typed = password !== '';
  return [
    { text: `at least ${LEAST_BYTES} characters; a sentence is fine`, kept: bytes >= LEAST_BYTES && bytes <= MOST_BYTES },
    { text: 'not your address or your name', kept: typed && !words.some((word) => isMadeOf(password, word)) },
    { text: 'no row and no repetition, such as 12345… or abcabc…', kept: typed && !repeats(plain(password)) && !isRun(plain(password)) },
  ];
}
