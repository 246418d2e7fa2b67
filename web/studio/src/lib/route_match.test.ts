import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { routes } from '../routes';
import { findRoute, matchPath, safeReturn } from './route_match';

describe('Addresses', () => {
  it('match step by step and give what stands in the braces', () => {
    expect(matchPath('/songs/{id}', '/songs/abc')).toEqual({ id: 'abc' });
    expect(matchPath('/songs/{id}', '/songs/a%20b')).toEqual({ id: 'a b' });
    expect(matchPath('/', '/')).toEqual({});
  });
  it('do not match with a step more, a step less, or an empty one', () => {
    for (const path of ['/songs', '/songs/', '/songs/a/b', '/Songs/a']) expect(matchPath('/songs/{id}', path), path).toBeUndefined();
  });
  it('with a broken escape match nothing and break nothing', () => expect(matchPath('/songs/{id}', '/songs/%E0%A4%A')).toBeUndefined());
  it('prefer the literal route to the one with braces, wherever it stands', () => {
    const table = [{ path: '/admin/{corner}' }, { path: '/admin/users' }];
    expect(findRoute(table, '/admin/users')?.route.path).toBe('/admin/users');
    expect(findRoute(table, '/admin/jobs')?.params).toEqual({ corner: 'jobs' });
  });
  it('may end with a slash', () => expect(findRoute([{ path: '/library' }], '/library/')?.route.path).toBe('/library'));
});

describe('The way back after logging in', () => {
  it('leads to a page of ours', () => {
    expect(safeReturn('/songs/abc?x=1')).toBe('/songs/abc?x=1');
    expect(safeReturn(null)).toBe('/');
  });
  it('leads nowhere else', () => {
    for (const next of ['https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)', '/\telsewhere', '/ x']) expect(safeReturn(next), next).toBe('/');
  });
  it('does not lead back to the log-in page', () => expect(safeReturn('/login?next=/login')).toBe('/'));
});

describe('The table of pages', () => {
  const addresses = readFileSync(new URL('../../public/addresses.txt', import.meta.url), 'utf8').split('\n').filter(Boolean);
  it('and the list that the server has are the same', () => expect(routes.map((route) => route.path).sort()).toEqual([...addresses].sort()));
  it('names each address once', () => expect(new Set(addresses).size).toBe(addresses.length));
  it('gives every page a title', () => { for (const route of routes) expect(route.title, route.path).not.toBe(''); });
});
