import { free, may, oneOf, open, query, type Json } from './operations.js';

const REDIRECT = { 303: { description: 'Where to go' } };
const session = (id: string, summary: string, parameters: Json[], responses: Json): Json => ({
  ...{ operationId: id, tags: ['session'], summary, security: [], parameters, responses },
});

/** Signing in, for browsers: the cookie of a session takes the place of a bearer token in calls of our own pages. */
export const SESSIONS: Record<string, Json> = {
  '/session': open('getSession', 'Who has signed in, with roles and units; never the token', {
    'application/json': { type: 'object' },
  }),
  '/session/sign-in': {
    get: session(
      'signIn',
      'Sends a browser to the identity provider (authorization code, PKCE)',
      [
        query('to', { ...free, default: '/' }, 'where to go afterwards: a path of this site'),
        query('again', oneOf('1'), 'asks also whom the provider still knows'),
      ],
      { ...REDIRECT, ...may({ 400: 'Malformed', 404: 'NotFound', 503: 'TryAgain' }) },
    ),
  },
  '/session/callback': {
    get: session(
      'signedIn',
      'Where the identity provider sends a browser back to',
      [query('code', free, 'stands for the tokens'), query('state', free, 'of this browser’s attempt')],
      { ...REDIRECT, ...may({ 400: 'Malformed', 404: 'NotFound', 503: 'TryAgain' }) },
    ),
  },
  '/session/sign-out': {
    post: session(
      'signOut',
      'Takes the session’s cookie back; the header `x-gdtx-page` says that a page of ours asks',
      [],
      {
        204: { description: 'Signed out' },
        ...may({ 400: 'Malformed', 403: 'NotAllowed', 404: 'NotFound' }),
      },
    ),
  },
};
