/** What Hanko's backend answers to <hanko-profile>, for one person with a name, an address, a password and a session: the few requests that it makes when it opens. */
const LATER = '2030-01-01T00:00:00Z';
const MADE = '2026-01-12T09:24:00Z';
const USER_ID = '5c3b1f0a-7a52-4d0e-9d2f-1f6f6f1b7a10';
const FLOW = 'hanko/profile?action=';

const input = (name: string, type: string, more: object = {}): object => ({ [name]: { name, type, required: true, ...more } });
const action = (name: string, inputs: object = {}): object => ({ [name]: { action: name, href: `/profile?action=${name}%40${FLOW.length}`, inputs, description: `Runs ${name.replaceAll('_', ' ')}.` } });

const claims = (email: string): object => ({ subject: USER_ID, issued_at: MADE, expiration: LATER, audience: ['localhost'], email: { address: email, is_primary: true, is_verified: true }, session_id: 'f2a1c7e4-0d7b-4a55-8c1c-0b1c2d3e4f50' });

function profile({ name, email }: { name: string; email: string }): object {
  return {
    name: 'profile_init',
    status: 200,
    csrf_token: 'xZ3nO8fJ1pWc7Lr5Qk2vYtHs9BdMg4Ue',
    actions: {
      ...action('email_create', input('email', 'email')),
      ...action('email_delete', input('email_id', 'string')),
      ...action('email_set_primary', input('email_id', 'string')),
      ...action('username_update', input('username', 'string', { min_length: 3, max_length: 32 })),
      ...action('password_update', input('password', 'password', { min_length: 8, max_length: 72 })),
      ...action('webauthn_credential_create'),
      ...action('continue_to_otp_secret_creation'),
      ...action('session_delete', input('session_id', 'string')),
      ...action('patch_metadata', input('patch_metadata', 'json')),
      ...action('account_delete'),
    },
    payload: {
      user: {
        user_id: USER_ID,
        name,
        emails: [{ id: '0e1d8a7e-6f1c-4b53-a6c8-5a2c0c7c9b11', address: email, is_verified: true, is_primary: true }],
        username: { id: 'b4b7a0d2-3c38-4c17-8a9f-0f9f4e2e6d01', username: name, created_at: MADE, updated_at: MADE },
        passkeys: [],
        security_keys: [],
        mfa_config: { auth_app_set_up: false, totp_enabled: true, security_keys_enabled: false },
        created_at: MADE,
        updated_at: MADE,
      },
      sessions: [{ id: 'f2a1c7e4-0d7b-4a55-8c1c-0b1c2d3e4f50', user_agent: 'Chromium on Linux', ip_address: '127.0.0.1', created_at: MADE, last_used: MADE, current: true }],
    },
  };
}

/** @returns the answer, or undefined where Hanko has nothing. */
export function answerAsHanko(path: string, person: { name: string; email: string }): object | undefined {
  if (path === '/sessions/validate') return { is_valid: true, expiration_time: LATER, user_id: USER_ID, claims: claims(person.email) };
  if (path === '/me') return { id: USER_ID, user_id: USER_ID, emails: [{ address: person.email, is_primary: true, is_verified: true }] };
  if (path === '/profile') return profile(person);
  return undefined;
}
