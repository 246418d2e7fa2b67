// What browsers are asked to remember: the theme, and the answer to the cookie notice.
import { describe, expect, it } from 'vitest';

describe('The theme', async () => {
  const stored = new Map<string, string>();
  const root = { dataset: {} as Record<string, string> };
  Object.assign(globalThis, {
    localStorage: { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => stored.set(key, value), removeItem: (key: string) => stored.delete(key) },
    document: { documentElement: root, cookie: '' }, location: { protocol: 'https:' },
  });
  const { parseTheme, theme } = await import('./theme.svelte');
  it('follows the system until something is chosen', () => { expect(theme.chosen).toBe('system'); expect(stored.size).toBe(0); });
  it('is kept under mmx_theme and nowhere else', () => {
    theme.chosen = 'dark';
    expect([...stored]).toEqual([['mmx_theme', 'dark']]);
    expect(root.dataset.theme).toBe('dark');
  });
  it('leaves no trace when it is the system\'s again', () => {
    theme.chosen = 'system';
    expect(stored.size).toBe(0);
    expect('theme' in root.dataset).toBe(false);
  });
  it('takes no other word', () => expect([null, '', 'blue', 'light'].map(parseTheme)).toEqual(['system', 'system', 'system', 'light']));
});

describe('P30 The answer to the cookie notice', async () => {
  const { consentCookie, parseConsent } = await import('./consent.svelte');
  it('lives for a year', () => expect(consentCookie('refused', true)).toBe('cookie_consent=refused; Path=/; Max-Age=31536000; SameSite=Lax; Secure'));
  it('is a refusal as easily as a consent', () => expect(consentCookie('accepted', true).length - 'accepted'.length).toBe(consentCookie('refused', true).length - 'refused'.length));
  it('is found among other cookies', () => expect(parseConsent('a=b; cookie_consent=accepted; c=d')).toBe('accepted'));
  it('is asked for again when it is missing or broken', () => expect([parseConsent(''), parseConsent('cookie_consent=maybe'), parseConsent('xcookie_consent=refused')]).toEqual([undefined, undefined, undefined]));
});
