// Every page in both themes and three widths: nothing on the console, nobody else asked, nothing cut, and fit for everybody (axe-core).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { api, closeBrowser, newPerson } from './harness/browser.js';
import { castOf, OPERATOR } from './harness/cast.js';
import { open, pages } from './harness/pages.js';
import { Service } from './harness/service.js';
import { SHORT } from './harness/songs.js';
import { until } from './harness/wait.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDTHS = [360, 768, 1440];
const THEMES = ['light', 'dark'];
// Links that lead nowhere are tried on purpose.
const refused = ['console', /(404 \(Not Found\)|422 \(Unprocessable)/];

const faultsOf = async (page) => {
  // Through the debugger: the page's own policy lets no such script in, nor the styles that axe would read ahead.
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], preload: false }));
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}\n      ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)}\n      ${node.failureSummary.split('\n').slice(1, 3).join(' ').trim()}`).join('\n      ')}`);
};

// What sticks out of the window, and text that is cut without an ellipsis to say so.
const layoutFaults = (page) => page.evaluate(() => {
  const root = document.documentElement;
  const faults = [];
  if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
  const tells = (node) => `${node.tagName.toLowerCase()}.${node.className} "${node.textContent.trim().slice(0, 40)}"`;
  for (const node of document.querySelectorAll('main *, header *, footer *, nav *, section *')) {
    const box = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    if (box.width === 0 || !node.checkVisibility({ visibilityProperty: true }) || node.closest('.visually-hidden, .scrolls, .skip, svg')) continue;
    const scroller = node.closest('[class*="tabs"]');
    if (!scroller && (box.right > root.clientWidth + 1 || box.left < -1)) faults.push(`sticks out: ${tells(node)}`);
    const cut = node.scrollWidth > node.clientWidth + 1 && style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis' && node.childElementCount === 0 && node.textContent.trim();
    if (cut) faults.push(`cut: ${tells(node)}`);
  }
  return faults;
});

describe('every page', () => {
  let cast;
  before(async () => { cast = await castOf([{ ...SHORT, voice: undefined, duration_seconds: 24, title: 'A short one', lyrics: '[Verse]\nRain on the roof tonight\n' }]); });
  after(async () => {
    await closeBrowser();
    await cast.service.close();
  });
  const as = async (who, options) => {
    const person = await newPerson(cast.service, options);
    await person.context.addCookies((await cast.people[who].context.cookies()).filter(({ name }) => name === 'session_token'));
    return person;
  };

  // The same browser goes from page to page, as people do.
  const regulars = new Map();
  const regular = async (who, theme) => {
    const key = `${who} ${theme}`;
    if (!regulars.has(key)) regulars.set(key, await as(who, { theme }));
    return regulars.get(key);
  };

  for (const one of pages) {
    it(`P30 ${one.name} is clean, fits and can be used by everybody`, async () => {
      const faults = [];
      for (const theme of THEMES) {
        const person = await regular(one.who, theme);
        person.trouble.expected = one.refused ? [refused] : [];
        await person.page.setViewportSize({ width: 1280, height: 900 });
        await open(person, one, cast.facts);
        faults.push(...(await faultsOf(person.page)).map((fault) => `${theme}: ${fault}`));
        for (const width of theme === 'light' ? WIDTHS : []) {
          await person.page.setViewportSize({ width, height: 800 });
          // What follows the window's size needs a moment; what is wrong for good stays wrong.
          let found;
          await until('the layout fits', async () => (found = await layoutFaults(person.page)).length === 0, 2, 100).catch(() => {});
          faults.push(...found.map((fault) => `${width} px: ${fault}`));
        }
        for (const href of ['/legal/terms', '/legal/privacy']) if (await person.page.locator(`footer a[href="${href}"]`).count() === 0) faults.push(`no link to ${href}`);
        try { person.trouble.check(); } catch (error) { faults.push(error.message); }
      }
      assert.equal(faults.join('\n  '), '');
    });
  }

  it('P30 no page keeps more in the browser than the privacy policy names', async () => {
    const person = await as('owner', {});
    for (const one of pages.filter(({ who }) => who === 'owner')) await open(person, one, cast.facts);
    const { page } = person;
    await page.getByTitle('Dark', { exact: true }).first().click();
    const names = (await person.context.cookies()).map(({ name }) => name).sort();
    assert.deepEqual(names, ['cookie_consent', 'session_token']);
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ['mmx_theme']);
    const tab = await page.evaluate(() => Object.keys(sessionStorage));
    assert.ok(tab.every((name) => name.startsWith('mmx:')), tab.join());
    assert.equal(await page.evaluate(() => indexedDB.databases().then((list) => list.length)), 0);
    const cookies = await person.context.cookies();
    const session = cookies.find(({ name }) => name === 'session_token');
    assert.deepEqual([session.httpOnly, session.sameSite], [true, 'Lax']);
    person.trouble.check();
  });

  it('P30 the theme is chosen on every page, kept in this browser and shown before the first paint', async () => {
    const person = await newPerson(cast.service, { theme: 'light' });
    const { page } = person;
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.goto('/login');
    await page.getByRole('heading', { name: 'Log in' }).waitFor();
    const light = await ground();
    await page.getByTitle('Dark', { exact: true }).first().click();
    const dark = await until('the page is dark', async () => { const now = await ground(); return now !== light && now; });
    const turns = (to, words) => until(words, async () => await ground() === to, 5);
    await page.goto('/legal/terms', { waitUntil: 'commit' });
    await page.waitForFunction(() => document.body);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.getByTitle('Light', { exact: true }).first().click();
    await turns(light, 'the choice stands over the system');
    await page.getByTitle('As the system', { exact: true }).first().click();
    await turns(dark, 'dark as the system');
    assert.equal(await page.evaluate(() => localStorage.getItem('mmx_theme')), null);
    person.trouble.check();
  });

  it('P30 refusing cookies takes one click as accepting does, holds for a year, and can be changed', async () => {
    for (const [answer, label] of [['refused', /^No/], ['accepted', /^Yes/]]) {
      const person = await newPerson(cast.service, { cookies: 'unanswered' });
      const { page } = person;
      await page.goto('/login');
      const notice = page.getByRole('region', { name: 'Cookies' });
      await notice.waitFor();
      const looks = await notice.getByRole('button').evaluateAll((buttons) => buttons.map((button) => {
        const style = getComputedStyle(button);
        return [style.backgroundColor, style.color, style.fontWeight, style.fontSize, button.offsetHeight].join();
      }));
      assert.equal(looks.length, 2);
      assert.equal(looks[0], looks[1], 'both look alike');
      assert.equal((await person.context.cookies()).length, 0, 'nothing is set before the answer');
      await notice.getByRole('button', { name: label }).click();
      await notice.waitFor({ state: 'hidden' });
      const cookie = (await person.context.cookies()).find(({ name }) => name === 'cookie_consent');
      assert.equal(cookie.value, answer);
      assert.ok(Math.abs(cookie.expires - Date.now() / 1000 - 365 * 86400) < 86400, 'a year');
      await page.reload();
      await page.getByRole('heading', { name: 'Log in' }).waitFor();
      assert.equal(await notice.count(), 0, 'asked once');
      await page.getByRole('button', { name: 'Cookies' }).click();
      await notice.waitFor();
      person.trouble.check();
      await person.context.close();
    }
  });

  it('P47 P48 the legal pages name the operator, the contacts, the authority and the edition that new accounts accept', async () => {
    const { page, trouble } = await newPerson(cast.service);
    const { terms_version } = await api(cast.people.owner, 'GET', 'plans');
    for (const [path, wanted] of [
      ['/legal/terms', ['operator_name', 'operator_address', 'support_contact', 'dmca_contact']],
      ['/legal/privacy', ['operator_name', 'operator_address', 'privacy_contact', 'support_contact', 'dmca_contact', 'data_region']],
    ]) {
      await page.goto(path);
      await page.getByText(OPERATOR.operator_name).first().waitFor();
      const text = await page.getByRole('main').innerText();
      for (const name of wanted) assert.ok(text.includes(OPERATOR[name]), `${path}: ${name}`);
      assert.ok(text.includes(`Version ${terms_version}, in force since`), 'the text is the one that is accepted');
      assert.ok(!text.includes('has not entered'));
    }
    assert.equal(await page.locator(`a[href="${OPERATOR.authority}"]`).count(), 1);
    const text = await page.getByRole('main').innerText();
    for (const subject of ['Art. 6(1)(b)', 'Art. 6(1)(f)', 'Art. 6(1)(c)', 'Art. 7(3)', 'Art. 9', 'Art. 15', 'Art. 16', 'Art. 17', 'Art. 18', 'Art. 20', 'Art. 21', 'Art. 22', 'Art. 33', 'Art. 34',
      'Art. 46', 'Art. 49(1)(b)', 'Art. 77', 'CCPA', 'children', '90 days', '30 days', '72 hours', 'fourteen days', 'bcrypt', 'session_token', 'cookie_consent', 'mmx_theme', 'edpb.europa.eu', 'PCI DSS', 'backups', 'Legal holds'])
      assert.ok(text.toLowerCase().includes(subject.toLowerCase()), `the policy speaks of ${subject}`);
    trouble.check();
  });

  it('P48 what an operator has not said is told as missing and never invented', async () => {
    const service = await new Service().start();
    try {
      const { page, trouble } = await newPerson(service);
      await page.goto('/legal/privacy');
      await page.getByText('the operator has not entered a name').first().waitFor();
      assert.equal(await page.locator('a[href^="mailto:"]').count(), 0);
      trouble.check();
    } finally {
      await service.close();
    }
  });

  it('P05 going back and forth keeps the pages apart and the focus at what is new', async () => {
    const { page, trouble, context } = await as('owner', {});
    await page.goto('/account');
    await page.locator('#balance').waitFor();
    await page.getByRole('link', { name: 'Privacy', exact: true }).first().click();
    await page.getByRole('heading', { name: 'What you can ask for' }).waitFor();
    await page.goBack();
    await page.locator('#balance').waitFor();
    await page.goForward();
    await page.getByRole('heading', { name: 'What you can ask for' }).waitFor();
    assert.match(await page.title(), /Privacy · Account/);
    await page.goto('/account/nowhere');
    await page.getByRole('heading', { name: 'Nothing plays here' }).waitFor();
    trouble.check();
    await context.close();
  });
});
