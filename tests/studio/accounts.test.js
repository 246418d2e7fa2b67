// Accounts as people meet them: signing up and in, forgotten things, sessions, two strangers, and the administrator.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { api, closeBrowser, newPerson } from './harness/browser.js';
import { fillRegistration, logIn, member, newAddress, PASSWORD, setUp, signUp } from './harness/people.js';
import { Service } from './harness/service.js';
import { inState, orderSong, ready } from './harness/songs.js';

const wrongLogin = ['console', /401 \(Unauthorized\)/];
const refusedField = ['console', /422 \(Unprocessable/];
const notFound = ['console', /404 \(Not Found\)/];

describe('accounts', () => {
  let service, administrator;
  before(async () => {
    service = await new Service({ settings: { sign_ins_per_10_minutes: 1000, welcome_songs: 0 } }).start();
    administrator = await setUp(service);
  });
  after(async () => {
    await closeBrowser();
    await service.close();
  });
  const toast = (page, text) => page.getByRole('status').getByText(text).first().waitFor();

  it('P20 the set-up link works once, and says what to do when it is used again', async () => {
    assert.equal((await api(administrator, 'GET', 'me')).role, 'administrator');
    assert.ok(!administrator.page.url().includes('token'), 'the token left the address bar');
    const late = await newPerson(service);
    late.trouble.expected.push(['console', /409 \(Conflict\)/]);
    await late.page.goto(await service.setUpLink());
    await late.page.getByLabel('Email address').fill(newAddress());
    await late.page.getByLabel('Display name').fill('Too late');
    await late.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await late.page.getByRole('button', { name: 'Open the studio' }).click();
    await late.page.getByRole('heading', { name: 'Everything is set up' }).waitFor();
    await late.page.getByRole('link', { name: 'Log in' }).last().click();
    await late.page.getByRole('heading', { name: 'Log in' }).waitFor();
    late.trouble.check();
  });

  it('P20 signing up says beside each field what is wrong, and keeps what was typed', async () => {
    const { page, trouble } = await newPerson(service);
    trouble.expected.push(refusedField);
    await page.goto('/register');
    await fillRegistration(page, { email: 'no address', password: 'short' });
    await page.getByLabel(/I accept the terms/).uncheck();
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByText(/Please read the terms/).waitFor();
    await page.getByLabel(/I accept the terms/).check();
    await page.getByRole('button', { name: 'Sign up' }).click();
    const address = page.getByLabel('Email address');
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'email');
    assert.equal(await address.getAttribute('aria-invalid'), 'true');
    assert.equal(await address.inputValue(), 'no address');
    await address.fill(newAddress());
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByText(/password is too short/i).waitFor();
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByLabel(/at least 13 years old/).uncheck();
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByText(/Confirm that you are old enough/).waitFor();
    trouble.check();
  });

  it('P20 the hints of a new password tick themselves off', async () => {
    const { page, trouble } = await newPerson(service);
    await page.goto('/register');
    await page.getByLabel('Display name').fill('Somebody');
    const field = page.getByLabel('Password', { exact: true });
    const ticked = () => page.locator('.rules li.kept').count();
    assert.equal(await ticked(), 0);
    await field.fill('somebody-1234');
    assert.equal(await ticked(), 2, 'made of the name');
    await field.fill(PASSWORD);
    assert.equal(await ticked(), 3);
    assert.equal(await field.getAttribute('type'), 'password');
    await page.getByRole('button', { name: /Show/ }).click();
    assert.equal(await field.getAttribute('type'), 'text');
    trouble.check();
  });

  it('P23 a known address and a new one look alike, and the link can be sent again', async () => {
    const person = await signUp(service);
    const { page, trouble } = await newPerson(service);
    await page.goto('/register');
    await fillRegistration(page, { email: person.email });
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    const email = newAddress();
    await page.getByRole('button', { name: 'Use another address' }).click();
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign up' }).click();
    const first = await service.link(email, '/verify');
    await page.getByRole('button', { name: 'Send it again' }).click();
    await page.getByText('Another link was sent').waitFor();
    await page.goto(first);
    await page.getByRole('heading', { name: 'Your address is confirmed' }).waitFor();
    trouble.check();
    person.trouble.check();
  });

  it('P27 a forgotten password is replaced by the mail, which ends every session', async () => {
    const person = await member(service);
    const other = await newPerson(service);
    other.trouble.expected.push(wrongLogin, refusedField);
    const { page } = other;
    await page.goto('/forgot');
    await page.getByLabel('Email address').fill(person.email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await page.goto(await service.link(person.email, '/reset'));
    await page.reload();  // the link is not lost
    await page.getByLabel('New password', { exact: true }).fill('another four words');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByRole('heading', { name: 'The password is changed' }).waitFor();
    await page.getByRole('link', { name: 'Log in' }).last().click();
    other.email = person.email;
    await logIn(other, 'another four words');
    person.trouble.expected.push(wrongLogin);
    await person.page.goto('/account/credits');
    await person.page.getByRole('heading', { name: 'Log in' }).waitFor();
    assert.match(person.page.url(), /next=%2Faccount%2Fcredits/);
    await person.page.getByLabel('Email address').fill(person.email);
    await person.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await person.page.getByRole('button', { name: 'Log in', exact: true }).click();
    await person.page.getByText('The address or the password is wrong.').waitFor();
    await person.page.getByLabel('Password', { exact: true }).fill('another four words');
    await person.page.getByRole('button', { name: 'Log in', exact: true }).click();
    await person.page.getByRole('heading', { name: 'Credits' }).waitFor();
    other.trouble.check();
    person.trouble.check();
  });

  it('P22 sessions are listed and ended, and a new password ends the others', async () => {
    const person = await member(service);
    const elsewhere = await newPerson(service);
    elsewhere.email = person.email;
    await logIn(elsewhere);
    await person.page.goto('/account/security');
    await person.page.getByText('this one').waitFor();
    await person.page.getByRole('button', { name: /^End the session of/ }).click();
    await toast(person.page, 'The session is ended.');
    elsewhere.trouble.expected.push(wrongLogin);
    await elsewhere.page.goto('/account');
    await elsewhere.page.getByRole('heading', { name: 'Log in' }).waitFor();
    await logIn(elsewhere);
    person.trouble.expected.push(refusedField);
    await person.page.getByLabel('Present password', { exact: true }).fill('not the present one');
    await person.page.getByLabel('New password', { exact: true }).fill('five words of mine instead');
    await person.page.getByRole('button', { name: 'Change the password' }).click();
    await person.page.locator('[aria-invalid="true"][name="current_password"]').waitFor();
    await person.page.getByLabel('Present password', { exact: true }).fill(PASSWORD);
    await person.page.getByRole('button', { name: 'Change the password' }).click();
    await toast(person.page, 'The password is changed');
    await elsewhere.page.goto('/account');
    await elsewhere.page.getByRole('heading', { name: 'Log in' }).waitFor();
    await person.page.getByRole('button', { name: 'Log out' }).click();
    await person.page.getByRole('heading', { name: 'Log in' }).waitFor();
    await logIn(person, 'five words of mine instead');
    person.trouble.check();
    elsewhere.trouble.check();
  });

  it('P32 name and address are changed; the new address by its mail', async () => {
    const person = await member(service);
    const { page, trouble } = person;
    await page.goto('/account');
    await page.getByLabel('Display name').fill('Somebody else');
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await toast(page, 'The name is changed.');
    const email = newAddress();
    await page.goto('/account/security');
    await page.getByLabel('New email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('A link is on its way to').waitFor();
    await page.goto(await service.link(email, '/confirm-email'));
    await page.getByRole('heading', { name: 'Your address is changed' }).waitFor();
    assert.deepEqual(await api(person, 'GET', 'me').then(({ email: e, display_name: n }) => [e, n]), [email, 'Somebody else']);
    trouble.check();
  });

  it('P49 two accounts cannot see each other', async () => {
    const [one, two] = [await member(service), await member(service)];
    const id = await orderSong(one, { title: 'Only mine' });
    await ready(one, id);
    await two.page.goto('/library');
    await two.page.getByRole('heading', { name: 'Library' }).waitFor();
    assert.equal((await api(two, 'GET', 'songs')).total, 0);
    assert.equal(await two.page.getByText('Only mine').count(), 0);
    two.trouble.expected.push(notFound);
    await two.page.goto(`/songs/${id}`);
    await two.page.getByRole('heading', { name: /Nothing plays here|Not found|no such song/i }).first().waitFor();
    assert.equal(await two.page.getByText('Only mine').count(), 0);
    // Nor the administration, of which they do not even learn that it is there.
    await two.page.goto('/admin/users');
    await two.page.getByRole('heading', { name: 'Nothing plays here' }).waitFor();
    assert.equal(await two.page.getByRole('link', { name: 'Administration' }).count(), 0);
    // One browser, one account after the other: nothing of the first is left.
    await one.page.goto('/library');
    await one.page.getByText('Only mine').first().waitFor();
    await one.page.getByRole('button', { name: 'Log out' }).click();
    await one.page.getByRole('heading', { name: 'Log in' }).waitFor();
    await logIn({ ...one, email: two.email });
    await one.page.goto('/library');
    await one.page.getByRole('heading', { name: 'Library' }).waitFor();
    assert.equal(await one.page.getByText('Only mine').count(), 0);
    one.trouble.check();
    two.trouble.check();
  });

  it('P24 an administrator grants credits, changes the plan and suspends, and the owner sees it', async () => {
    const person = await member(service, { name: 'Lucky One' });
    const { page, trouble } = administrator;
    await page.goto('/admin/users');
    await page.getByRole('searchbox').fill(person.email);
    await page.getByRole('link', { name: /Lucky One/ }).click();
    const before = Number((await page.locator('#credits').textContent()).replace(/\D/g, ''));
    trouble.expected.push(refusedField);
    await page.getByLabel('Credits', { exact: true }).fill('25');
    await page.getByRole('button', { name: 'Grant', exact: true }).click();
    await page.locator('[aria-invalid="true"][name="reason"]').waitFor();
    await page.getByLabel('Reason').fill('a contest won');
    await page.getByRole('button', { name: 'Grant', exact: true }).click();
    await toast(page, '25 credits granted');
    assert.equal(Number((await page.locator('#credits').textContent()).replace(/\D/g, '')), before + 25);
    await page.getByLabel('Plan', { exact: true }).selectOption('creator');
    await page.getByRole('button', { name: 'Change the plan' }).click();
    await toast(page, 'The plan is changed.');
    await person.page.goto('/account/credits');
    await person.page.getByRole('cell', { name: 'a contest won' }).waitFor();
    await person.page.goto('/account');
    await person.page.getByText('You are on the plan').getByText('Creator').waitFor();

    person.trouble.expected.push(wrongLogin, ['console', /403 \(Forbidden\)/]);
    await page.getByRole('button', { name: 'Suspend this account' }).click();
    await page.getByRole('dialog').getByLabel('Why').fill('a complaint');
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
    await page.getByRole('button', { name: 'Take it back' }).waitFor();
    await person.page.goto('/library');
    await person.page.getByRole('heading', { name: 'Log in' }).waitFor();
    await person.page.getByLabel('Email address').fill(person.email);
    await person.page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await person.page.getByRole('button', { name: 'Log in', exact: true }).click();
    await person.page.getByText('This account is suspended.').waitFor();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('button', { name: 'Suspend this account' }).waitFor();
    await logIn(person);

    await page.goto('/admin/audit');
    for (const deed of ['granted credits', 'changed the plan', 'suspended', 'took back the suspension'])
      await page.getByRole('cell', { name: deed, exact: true }).first().waitFor();
    await page.goto('/admin');
    await page.getByRole('heading', { name: 'Dead jobs' }).waitFor();
    await page.goto('/admin/jobs?state=done');
    await page.getByText('More', { exact: true }).first().click();
    trouble.check();
    person.trouble.check();
  });

  it('P24 a job that died is seen, run again by the administrator, and its owner gets the song', async () => {
    const { page, trouble } = administrator;
    const person = await member(service, { name: 'Out of luck' });
    const { id: account } = await api(person, 'GET', 'me');
    await api(administrator, 'POST', `admin/users/${account}/plan`, { plan: 'studio' });
    await api(administrator, 'POST', `admin/users/${account}/credits`, { amount: 25, reason: 'for this test' });
    await orderSong(person, { duration_seconds: 300, title: 'Keeps the worker busy' });
    const song = await orderSong(person, { title: 'Three times unlucky' });
    // As three killed workers leave it: attempts used up, lease over.
    service.sql("UPDATE jobs SET state = 'running', lease_token = 'gone', lease_until_at = 1, attempts = max_attempts WHERE subject = ? AND state = 'queued'", song);
    await person.page.goto('/library');
    await inState(person.page, song, 'failed');
    await page.goto('/admin/jobs?state=dead');
    await page.getByRole('button', { name: 'Run again' }).first().click();
    await toast(page, 'The job runs again.');
    await inState(person.page, song, 'ready');
    trouble.check();
    person.trouble.check();
  });

  it('P49 what people type is shown as text', async () => {
    const person = await member(service, { name: '<img src=x onerror=alert(1)>' });
    await administrator.page.goto('/admin/users');
    await administrator.page.getByText('<img src=x onerror=alert(1)>').first().waitFor();
    await orderSong(person, { title: '<b>bold</b> & "quoted"' });
    await person.page.goto('/library');
    await person.page.getByText('<b>bold</b> & "quoted"').first().waitFor();
    administrator.trouble.check();
    person.trouble.check();
  });
});
