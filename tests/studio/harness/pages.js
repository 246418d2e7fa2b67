// Every page of the studio, as the checks and the screenshots visit them. `who`: the visitor, the owner of songs, or the administrator.
// `ready`: what is there once the page has everything.

export const pages = [
  { name: 'log-in', path: '/login', who: 'visitor', ready: (page) => page.getByRole('heading', { name: 'Log in' }) },
  { name: 'sign-up', path: '/register', who: 'visitor', ready: (page) => page.getByText(/You start with the plan/) },
  { name: 'verify', path: '/verify', who: 'visitor', ready: (page) => page.getByRole('heading', { name: 'Send the confirmation again' }) },
  { name: 'verify-bad-link', path: '/verify#token=no-such-token-anywhere', who: 'visitor', refused: true, ready: (page) => page.getByRole('heading', { name: 'This link does not work' }) },
  { name: 'forgot', path: '/forgot', who: 'visitor', ready: (page) => page.getByRole('heading', { name: 'Forgotten password' }) },
  { name: 'reset', path: '/reset#token=typed-by-hand', who: 'visitor', ready: (page) => page.getByRole('heading', { name: 'Choose a new password' }) },
  { name: 'set-up', path: '/setup#token=typed-by-hand', who: 'visitor', ready: (page) => page.getByRole('heading', { name: 'Welcome to your studio' }) },
  { name: 'confirm-email', path: '/confirm-email', who: 'visitor', ready: (page) => page.getByRole('heading', { name: 'This link does not work' }) },
  { name: 'terms', path: '/legal/terms', who: 'visitor', ready: (page) => page.getByRole('heading', { name: 'Terms of use', level: 1 }) },
  { name: 'privacy', path: '/legal/privacy', who: 'visitor', ready: (page) => page.getByRole('heading', { name: 'Privacy policy', level: 1 }) },
  { name: 'not-found', path: '/nowhere', who: 'visitor', refused: true, ready: (page) => page.getByRole('heading', { name: 'Nothing plays here' }) },
  { name: 'create', path: '/', who: 'owner', ready: (page) => page.getByRole('button', { name: /^Make/ }).first() },
  { name: 'library', path: '/library', who: 'owner', ready: (page, facts) => page.getByText(facts.title).first() },
  { name: 'song', path: '/songs/{song}', who: 'owner', ready: (page, facts) => page.getByRole('heading', { name: facts.title }) },
  { name: 'account', path: '/account', who: 'owner', ready: (page) => page.locator('#balance') },
  { name: 'security', path: '/account/security', who: 'owner', ready: (page) => page.getByText('this one') },
  { name: 'credits', path: '/account/credits', who: 'owner', ready: (page) => page.getByRole('cell', { name: /monthly credits/ }).first() },
  { name: 'privacy-corner', path: '/account/privacy', who: 'owner', ready: (page) => page.getByRole('heading', { name: 'What you can ask for' }) },
  { name: 'admin', path: '/admin', who: 'administrator', ready: (page) => page.getByRole('heading', { name: 'Dead jobs' }) },
  { name: 'admin-users', path: '/admin/users', who: 'administrator', ready: (page, facts) => page.getByText(facts.email) },
  { name: 'admin-user', path: '/admin/users/{account}', who: 'administrator', ready: (page) => page.locator('#credits') },
  { name: 'admin-jobs', path: '/admin/jobs', who: 'administrator', ready: (page) => page.getByText('More', { exact: true }).first() },
  { name: 'admin-audit', path: '/admin/audit', who: 'administrator', ready: (page) => page.getByRole('cell', { name: 'granted credits' }).first() },
];

export const addressOf = (page, facts) => page.path.replace('{song}', facts.song).replace('{account}', facts.account);

export async function open(person, one, facts) {
  // A fresh document each time, also where only the fragment differs.
  await person.page.goto('about:blank');
  await person.page.goto(addressOf(one, facts));
  await one.ready(person.page, facts).waitFor();
}
