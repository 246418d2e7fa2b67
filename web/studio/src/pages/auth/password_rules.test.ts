import { describe, expect, it } from 'vitest';
import { tokenIn } from './link_token';
import { passwordRules } from './password_rules';

const broken = (password: string, person = {}) => passwordRules(password, person).filter((rule) => !rule.kept).map((rule) => rule.text.split(/[ ,]/)[0]);

describe('P21 hints for a password', () => {
  it('keep to the rules of the service', () => {
    expect(broken('four words of mine')).toEqual([]);
    expect(broken('short')).toEqual(['at']);
    expect(broken('x'.repeat(1025) + 'y')).toContain('at');
    expect(broken('')).toHaveLength(3);
  });
  it('count bytes, as the service does', () => expect(broken('ünïcödé')).toEqual([]));
  it('refuse what is made of the address or the name', () => {
    const person = { email: 'somebody.else@example.com', name: 'Some Body' };
    expect(broken('Somebody.Else', person)).toEqual(['not']);
    expect(broken('some-body-2031!!', person)).toEqual(['not']);
    expect(broken('somebody.else@example.com', person)).toEqual(['not']);
    expect(broken('somebody sings at dusk', person)).toEqual([]);
  });
  it('a name of two letters forbids nothing', () => expect(broken('jo jo jo jo jump', { name: 'Jo' })).toEqual([]));
  it('refuse rows and repetitions', () => {
    for (const password of ['abcabcabcabc', 'aaaaaaaaaaaa', '1234567890', 'zyxwvutsrqp'].map((p) => p.replace('1234567890', '0123456789'))) expect(broken(password), password).toEqual(['no']);
  });
});

describe('P22 a link', () => {
  it('gives its token', () => expect(tokenIn('#token=ab-c_1')).toBe('ab-c_1'));
  it('without one gives nothing', () => { for (const text of ['', '#', '#token=', '#other=1']) expect(tokenIn(text)).toBeUndefined(); });
});
