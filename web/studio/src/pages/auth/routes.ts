import type { Route } from '../../routes';

export const routes: Route[] = [
  { path: '/login', title: 'Log in', needs: 'visitor', load: () => import('./LogIn.svelte') },
  { path: '/register', title: 'Sign up', needs: 'visitor', load: () => import('./Register.svelte') },
  { path: '/forgot', title: 'Forgotten password', needs: 'everyone', load: () => import('./Forgot.svelte') },
  { path: '/setup', title: 'Set up', needs: 'visitor', load: () => import('./SetUp.svelte') },
  // Whoever follows a mail's link may well be signed in.
  { path: '/verify', title: 'Confirm your address', needs: 'everyone', load: () => import('./Verify.svelte') },
  { path: '/reset', title: 'New password', needs: 'everyone', load: () => import('./Reset.svelte') },
  { path: '/confirm-email', title: 'New address', needs: 'everyone', load: () => import('./ConfirmEmail.svelte') },
];
