// What people do before there is a song: set up, sign up, log in.
import { api, newPerson } from './browser.js';

let number = 0;
export const newAddress = () => `someone${++number}.${process.pid}@example.com`;
export const PASSWORD = 'four words of mine';

export async function setUp(service, options = {}) {
  const person = await newPerson(service, options);
  const { page } = person;
  person.email = newAddress();
  await page.goto(await service.setUpLink());
  await page.getByLabel('Email address').fill(person.email);
  await page.getByLabel('Display name').fill('The administrator');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Open the studio' }).click();
  await page.getByRole('button', { name: 'Make the song' }).waitFor();
  return person;
}

export async function fillRegistration(page, { email, name = 'Somebody', password = PASSWORD }) {
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Display name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel(/at least 13 years old/).check();
  await page.getByLabel(/I accept the terms/).check();
}

export async function logIn(person, password = PASSWORD, to = '/') {
  const { page } = person;
  await page.goto(to === '/' ? '/login' : to);
  await page.getByLabel('Email address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Library' }).waitFor();
}

// From the page for signing up, over the mail's link, to being logged in.
export async function signUp(service, options = {}) {
  const person = await newPerson(service, options);
  const { page } = person;
  person.email = options.email ?? newAddress();
  await page.goto('/register');
  await fillRegistration(page, { email: person.email, name: options.name });
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
  await page.goto(await service.link(person.email, '/verify'));
  await page.getByRole('link', { name: 'Log in' }).last().click();
  await logIn(person);
  return person;
}

// The same by the API, for tests that are about something else; the page stands open at the studio.
export async function member(service, { name = 'Somebody', ...options } = {}) {
  const person = await newPerson(service, options);
  person.email = newAddress();
  const { terms_version } = await api(person, 'GET', 'plans');
  await api(person, 'POST', 'auth/register', { email: person.email, display_name: name, password: PASSWORD, age_confirmed: true, terms_version });
  await api(person, 'POST', 'auth/verify', { token: new URL(await service.link(person.email, '/verify')).hash.slice('#token='.length) });
  await api(person, 'POST', 'auth/login', { email: person.email, password: PASSWORD });
  return person;
}
