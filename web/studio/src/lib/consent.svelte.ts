// The answer to the cookie notice, kept for a year in the cookie that the notice itself names.

export type Consent = 'refused' | 'accepted';
const NAME = 'cookie_consent';
const YEAR_SECONDS = 365 * 24 * 3600;

export function parseConsent(cookies: string): Consent | undefined {
  for (const pair of cookies.split(/;\s*/)) {
    const [name, value] = pair.split('=');
    if (name === NAME && (value === 'refused' || value === 'accepted')) return value;
  }
  return undefined;
}

export function consentCookie(answer: Consent, secure: boolean): string {
  return `${NAME}=${answer}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure ? '; Secure' : ''}`;
}

class ConsentChoice {
  answer = $state(parseConsent(document.cookie));
  // True while the notice is open again because someone wants to change the answer.
  asking = $state(false);

  give(answer: Consent) {
    document.cookie = consentCookie(answer, location.protocol === 'https:');
    this.answer = answer;
    this.asking = false;
  }
}

export const consent = new ConsentChoice();
