// What people do before there is a song: set up, sign up, log in.
import { newPerson } from './browser.js';

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
  await page.getByRole('heading', { name: 'Create', level: 1 }).or(page.getByRole('button', { name: /make/i })).first().waitFor();
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
