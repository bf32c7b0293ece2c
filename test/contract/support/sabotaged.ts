import { defineAdapter, SettingsError, type Handlers, type OperationName, type SettingsAdapter, type TeamRow } from '../../../src/contract/index.js';

/** An adapter with one realistic bug, and the case that must find it. */
export interface Sabotage {
  bug: string;
  /** `area: name` */
  foundBy: string;
  /** Called once a world; what it answers wraps each session of it. */
  begin: () => (adapter: SettingsAdapter) => SettingsAdapter;
}

/** The adapter with some handlers replaced. */
function replacing(adapter: SettingsAdapter, handlers: Handlers): SettingsAdapter {
  const same: Handlers = Object.fromEntries(
    adapter.operations.map((operation) => [operation, (input: never, options: object) => adapter.call(operation, input, options)]),
  );
  return defineAdapter({ name: 'sabotaged', operations: { ...same, ...handlers } });
}

/** Every error of one operation of one kind becomes something else. */
function rewriting(operation: OperationName, kind: string, instead: (error: SettingsError) => never): Sabotage['begin'] {
  return () => (adapter) =>
    replacing(adapter, {
      [operation]: async (input: never, options: object) => {
        try {
          return await adapter.call(operation, input, options);
        } catch (error) {
          if (SettingsError.is(error) && error.kind === kind) instead(error);
          throw error;
        }
      },
    });
}

/** A bug that needs nothing but the session's own adapter. */
const simply = (handlers: (adapter: SettingsAdapter) => Handlers): Sabotage['begin'] => () => (adapter) => replacing(adapter, handlers(adapter));

async function everybody(adapter: SettingsAdapter, query: object): Promise<TeamRow[]> {
  const rows: TeamRow[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await adapter.call('team.list', { ...query, limit: 100, ...(cursor === undefined ? {} : { cursor }) });
    rows.push(...page.items);
    if (page.nextCursor === null) return rows;
    cursor = page.nextCursor;
  }
}

export const sabotages: readonly Sabotage[] = [
  {
    bug: 'the list of keys shows the secret once it was revealed',
    foundBy: 'apiKeys: no read ever holds the secret of a key',
    begin: () => {
      const known = new Map<string, string>();
      return (adapter) =>
        replacing(adapter, {
          'apiKeys.reveal': async (input, options) => {
            const answer = await adapter.call('apiKeys.reveal', input, options);
            for (const { id, secret } of answer.secrets) known.set(id, secret);
            return answer;
          },
          'apiKeys.list': async (input, options) => {
            const page = await adapter.call('apiKeys.list', input, options);
            return { ...page, items: page.items.map((key) => ({ ...key, last4: known.get(key.id) ?? key.last4 })) };
          },
        });
    },
  },
  {
    bug: 'versions are ignored',
    foundBy: 'company: a save on an old version is stale, brings the current value and overwrites nothing',
    begin: simply((adapter) => ({ 'company.update': (input, { ifMatch: _, ...options }) => adapter.call('company.update', input, options) })),
  },
  {
    bug: 'stale comes without the current value',
    foundBy: 'apiKeys: a change on an old version is stale, and brings the current key',
    begin: rewriting('apiKeys.update', 'stale', () => {
      throw new SettingsError('stale');
    }),
  },
  {
    bug: 'a one-time code is checked, but not crossed out',
    foundBy: 'auth: a code works once',
    begin: () => {
      const right = new Map<string, { freshUntil: string }>();
      return (adapter) =>
        replacing(adapter, {
          'auth.stepUp': async (proof, options) => {
            const code = proof.method === 'totp' ? proof.code : '';
            const before = right.get(code);
            if (before) return before;
            const answer = await adapter.call('auth.stepUp', proof, options);
            right.set(code, answer);
            return answer;
          },
        });
    },
  },
  {
    bug: 'a one-time code is crossed out only after it was checked by all who came at once',
    foundBy: 'auth: of parallel calls with one code, one is accepted',
    begin: () => {
      const underWay = new Map<string, Promise<{ freshUntil: string }>>();
      return (adapter) =>
        replacing(adapter, {
          'auth.stepUp': (proof, options) => {
            const code = proof.method === 'totp' ? proof.code : '';
            const answer = underWay.get(code) ?? adapter.call('auth.stepUp', proof, options);
            underWay.set(code, answer);
            return answer;
          },
        });
    },
  },
  {
    bug: 'wrong codes are counted by nobody',
    foundBy: 'auth: wrong codes are followed by a wait, which right codes keep too',
    begin: rewriting('auth.stepUp', 'rate-limited', () => {
      throw new SettingsError('wrong-credential', 'Wrong.', { attemptsLeft: 4 });
    }),
  },
  {
    bug: 'idempotency keys are forgotten',
    foundBy: 'company: a repeat under the same key answers the same and has no second effect',
    begin: simply((adapter) => ({ 'company.update': (input, { idempotencyKey: _, ...options }) => adapter.call('company.update', input, options) })),
  },
  {
    bug: 'idempotency keys are forgotten for mail',
    foundBy: 'team: a repeat of an invitation under its key sends no second mail',
    begin: simply((adapter) => ({ 'team.invite': (input, { idempotencyKey: _, ...options }) => adapter.call('team.invite', input, options) })),
  },
  {
    bug: 'an idempotency key answers whatever was asked under it first',
    foundBy: 'company: the same key with another input is a conflict',
    begin: () => {
      const answers = new Map<string, ReturnType<NonNullable<Handlers['company.update']>>>();
      return (adapter) =>
        replacing(adapter, {
          'company.update': (input, options) => {
            const key = options.idempotencyKey ?? '';
            const answer = answers.get(key) ?? adapter.call('company.update', input, options);
            answers.set(key, answer);
            return answer;
          },
        });
    },
  },
  {
    bug: 'refusals are kept under their key for good',
    foundBy: 'apiKeys: revealing asks for a step-up, and the same call then goes through',
    begin: () => {
      const refusals = new Map<string, unknown>();
      return (adapter) =>
        replacing(adapter, {
          'apiKeys.reveal': async (input, options) => {
            const key = options.idempotencyKey ?? '';
            if (refusals.has(key)) throw refusals.get(key) as Error;
            try {
              return await adapter.call('apiKeys.reveal', input, options);
            } catch (error) {
              refusals.set(key, error);
              throw error;
            }
          },
        });
    },
  },
  {
    bug: 'pages are cut by offset',
    foundBy: 'team: rows written and taken away between two pages leave no gap and no double',
    begin: simply((adapter) => ({
      'team.list': async ({ cursor = '0', limit = 8, ...query }) => {
        const rows = await everybody(adapter, query);
        const end = Number(cursor) + limit;
        return { items: rows.slice(Number(cursor), end), nextCursor: end < rows.length ? String(end) : null, total: rows.length };
      },
    })),
  },
  {
    bug: 'the last row of a page is the first of the next',
    foundBy: 'team: pages have no gaps and no doubles in any order',
    begin: simply((adapter) => ({
      'team.list': async ({ cursor = '0', limit = 8, ...query }) => {
        const rows = await everybody(adapter, query);
        const end = Number(cursor) + Math.max(2, limit);
        return { items: rows.slice(Number(cursor), end), nextCursor: end < rows.length ? String(end - 1) : null };
      },
    })),
  },
  {
    bug: 'a member who asks for keys gets an empty list',
    foundBy: 'apiKeys: a member reads, reveals and changes no keys',
    begin: simply((adapter) => ({
      'apiKeys.list': (input, options) => adapter.call('apiKeys.list', input, options).catch(() => ({ items: [], nextCursor: null })),
    })),
  },
  {
    bug: 'keys of another organisation are forbidden, and so are known to exist',
    foundBy: 'apiKeys: keys of another organisation are not found',
    begin: rewriting('apiKeys.update', 'not-found', () => {
      throw new SettingsError('forbidden');
    }),
  },
  {
    bug: 'revoking what is gone fails',
    foundBy: 'team: a revoked invitation is gone, its link is dead, and revoking it again succeeds',
    begin: () => {
      const gone = new Set<string>();
      return (adapter) =>
        replacing(adapter, {
          'team.revoke': async (input, options) => {
            if (gone.has(input.id)) throw new SettingsError('not-found');
            gone.add(input.id);
            await adapter.call('team.revoke', input, options);
          },
        });
    },
  },
  {
    bug: 'the company is read from a cache',
    foundBy: 'company: saved details are read back at once, in every session',
    begin: simply((adapter) => {
      let cached: ReturnType<NonNullable<Handlers['company.get']>> | undefined;
      return { 'company.get': (input, options) => (cached ??= adapter.call('company.get', input, options)) };
    }),
  },
  {
    bug: 'the page asks for the code, the backend does not',
    foundBy: 'apiKeys: changing a key asks for a step-up first',
    begin: simply((adapter) => ({
      'apiKeys.update': async (input, options) => {
        try {
          return await adapter.call('apiKeys.update', input, options);
        } catch (error) {
          if (!SettingsError.is(error) || error.kind !== 'step-up-required') throw error;
          const [key] = (await adapter.call('apiKeys.list', {})).items;
          if (!key) throw error;
          return { ...key, addresses: input.addresses ?? [] };
        }
      },
    })),
  },
  {
    bug: 'a step-up opens all sessions of the person',
    foundBy: 'auth: a step-up belongs to its session',
    begin: () => {
      let stepped = false;
      return (adapter) =>
        replacing(adapter, {
          'auth.stepUp': async (proof, options) => {
            const answer = await adapter.call('auth.stepUp', proof, options);
            stepped = true;
            return answer;
          },
          'apiKeys.reveal': (input, options) => (stepped ? Promise.resolve({ secrets: [] }) : adapter.call('apiKeys.reveal', input, options)),
        });
    },
  },
  {
    bug: 'the refusal does not say what would do',
    foundBy: 'apiKeys: revealing asks for a step-up, and the same call then goes through',
    begin: rewriting('apiKeys.reveal', 'step-up-required', () => {
      throw new SettingsError('step-up-required');
    }),
  },
  {
    bug: 'whichever keys are named, all are revealed',
    foundBy: 'apiKeys: only the keys that are named are revealed',
    begin: simply((adapter) => ({ 'apiKeys.reveal': (_input, options) => adapter.call('apiKeys.reveal', {}, options) })),
  },
  {
    bug: 'equal addresses are compared as text',
    foundBy: 'apiKeys: an address that stands there twice is invalid at its place',
    begin: simply((adapter) => ({
      'apiKeys.update': async (input, options) => {
        const addresses = (input.addresses ?? []).slice(0, 2);
        return { ...(await adapter.call('apiKeys.update', { ...input, addresses }, options)), addresses: input.addresses ?? [] };
      },
    })),
  },
  {
    bug: 'whatever has the form of a country code is stored',
    foundBy: 'company: an empty name and an unknown country are invalid at their fields',
    begin: simply((adapter) => ({
      'company.update': async (input, options) =>
        input.country === 'XX' ? { ...(await adapter.call('company.get', undefined)), country: 'XX' } : adapter.call('company.update', input, options),
    })),
  },
  {
    bug: 'bits behind the prefix of a network are taken',
    foundBy: 'apiKeys: an address that is none is invalid at its place',
    begin: simply((adapter) => ({
      'apiKeys.update': async (input, options) => {
        const addresses = (input.addresses ?? []).map((one) => ({ ...one, address: one.address.replace('10.0.0.5/8', '10.0.0.0/8') }));
        return adapter.call('apiKeys.update', { ...input, addresses }, options);
      },
    })),
  },
  {
    bug: 'an aborted save happens all the same',
    foundBy: 'company: a save that was aborted before it began has no effect',
    begin: simply((adapter) => ({ 'company.update': (input, { signal: _, ...options }) => adapter.call('company.update', input, options) })),
  },
  {
    bug: 'the form for an address tells who has an account',
    foundBy: 'account: an address that somebody has looks like any other from outside',
    begin: simply((adapter) => ({
      'email.change': async (input, options) => {
        if (input.email === 'georg@example.org') throw new SettingsError('invalid', 'Taken.', { fields: { email: 'duplicate' } });
        return adapter.call('email.change', input, options);
      },
    })),
  },
  {
    bug: 'a new address counts before it is confirmed',
    foundBy: 'account: a new address waits for its confirmation',
    begin: simply((adapter) => ({
      'email.change': async (input, options) => ({ ...(await adapter.call('email.change', input, options)), email: input.email, pendingEmail: null }),
    })),
  },
  {
    bug: 'other sessions outlive the old password',
    foundBy: 'account: other sessions end with the old password when asked, and only then',
    begin: simply((adapter) => ({
      'password.change': (input, options) => adapter.call('password.change', { ...input, signOutOthers: false }, options),
    })),
  },
  {
    bug: 'MFA is on as soon as the QR code is shown',
    foundBy: 'mfa: an enrolment shows a secret that apps can read, and turns nothing on',
    begin: simply((adapter) => {
      let begun = false;
      return {
        'mfa.begin': (input, options) => {
          begun = true;
          return adapter.call('mfa.begin', input, options);
        },
        'auth.context': async (input, options) => {
          const context = await adapter.call('auth.context', input, options);
          return begun ? { ...context, user: { ...context.user, mfa: { enabled: true, recoveryCodesLeft: null } } } : context;
        },
      };
    }),
  },
  {
    bug: 'a space in the otpauth URI is a plus',
    foundBy: 'mfa: an enrolment shows a secret that apps can read, and turns nothing on',
    begin: simply((adapter) => ({
      'mfa.begin': async (input, options) => {
        const enrolment = await adapter.call('mfa.begin', input, options);
        return { ...enrolment, uri: enrolment.uri.replaceAll('UserFlux', 'User+Flux') };
      },
    })),
  },
  {
    bug: 'an earlier link works on',
    foundBy: 'team: an invitation that is sent again has a new link, and the earlier one is dead',
    begin: simply((adapter) => ({
      'invitation.get': (input, options) =>
        adapter.call('invitation.get', input, options).catch(() => ({
          organisationName: 'Analytical Engines Ltd',
          email: 'invited@example.com',
          role: 'member',
          invitedBy: null,
          expiresAt: '2030-01-01T00:00:00Z',
          status: 'pending' as const,
        })),
    })),
  },
  {
    bug: 'whoever holds the link may join',
    foundBy: 'invitation: nobody joins by the invitation of somebody else',
    begin: simply((adapter) => ({
      'invitation.accept': (input, options) => adapter.call('invitation.accept', input, options).catch(() => adapter.call('auth.context', undefined)),
    })),
  },
  {
    bug: 'addresses are compared with their case',
    foundBy: 'team: each address has its own result, in the order given',
    begin: simply((adapter) => ({
      'team.invite': async (input, options) => {
        const { results } = await adapter.call('team.invite', input, options);
        return { results: results.map((result) => (/[A-Z]/.test(result.email) ? { ...result, outcome: 'sent' as const } : result)) };
      },
    })),
  },
  {
    bug: 'search minds the case',
    foundBy: 'team: search finds part of a name or an address, whatever its case',
    begin: simply((adapter) => ({
      'team.list': async (input, options) => {
        const page = await adapter.call('team.list', input, options);
        return { ...page, items: page.items.filter((row) => `${row.name ?? ''} ${row.email}`.includes(input.search ?? '')) };
      },
    })),
  },
  {
    bug: 'signed out is answered as forbidden',
    foundBy: 'company: company.get without a session is unauthenticated',
    begin: rewriting('company.get', 'unauthenticated', () => {
      throw new SettingsError('forbidden');
    }),
  },
  {
    bug: 'the context names operations that the role may not call',
    foundBy: 'auth: operations that the context does not name are forbidden, those it names are not',
    begin: simply((adapter) => ({
      'auth.context': async (input, options) => ({ ...(await adapter.call('auth.context', input, options)), operations: [...adapter.operations] }),
    })),
  },
];
