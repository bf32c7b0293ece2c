import { examples } from '../../../src/contract/examples.js';
import { cleanRecoveryCode, defineAdapter, SettingsError, type ApiKey, type AuthContext, type Company, type Event, type Handlers, type OperationName, type SettingsAdapter, type TeamRow } from '../../../src/contract/index.js';
import { rowOf } from '../../../src/contract/operations.js';

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

/** Every error of one operation of one kind becomes something else, or a success without an answer. */
function rewriting(operation: OperationName, kind: string, instead: (error: SettingsError) => void): Sabotage['begin'] {
  return () => (adapter) =>
    replacing(adapter, {
      [operation]: async (input: never, options: object) => {
        try {
          return await adapter.call(operation, input, options);
        } catch (error) {
          if (SettingsError.is(error) && error.kind === kind) {
            instead(error);
            return undefined;
          }
          throw error;
        }
      },
    });
}

/** Every error of one operation of one kind becomes this answer. */
function rewritingTo(operation: OperationName, kind: string, answer: unknown): Sabotage['begin'] {
  return () => (adapter) =>
    replacing(adapter, {
      [operation]: async (input: never, options: object) => {
        try {
          return await adapter.call(operation, input, options);
        } catch (error) {
          if (SettingsError.is(error) && error.kind === kind) return answer;
          throw error;
        }
      },
    });
}

/** A bug that needs nothing but the session's own adapter. */
const simply = (handlers: (adapter: SettingsAdapter) => Handlers): Sabotage['begin'] => () => (adapter) => replacing(adapter, handlers(adapter));

/** What is wrong by its form is answered as if it had been right. */
const unchecked: Sabotage['begin'] = () => (adapter) => ({
  ...adapter,
  call: (operation, input, options) => adapter.call(operation, rowOf(operation).input.safeParse(input).success ? input : examples[operation].input, options),
});

/** Both lists of events, changed in one way. */
const changedEvents = (change: (events: Event[]) => Event[]): Sabotage['begin'] =>
  simply((adapter) => ({
    'activity.list': async (query, options) => {
      const page = await adapter.call('activity.list', query, options);
      return { ...page, items: change(page.items) };
    },
    'audit.list': async (query, options) => {
      const page = await adapter.call('audit.list', query, options);
      return { ...page, items: change(page.items) };
    },
  }));

/** One session answers for all. */
const ofTheFirst = (operation: 'activity.list' | 'audit.list'): Sabotage['begin'] => () => {
  let first: SettingsAdapter | undefined;
  return (adapter) => {
    const one = (first ??= adapter);
    return replacing(adapter, { [operation]: (query: object, options: object) => one.call(operation, query, options) });
  };
};

async function everybody(adapter: SettingsAdapter, query: object): Promise<TeamRow[]> {
  const rows: TeamRow[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await adapter.call('team.list', { ...query, limit: 100, ...(cursor === undefined ? {} : { cursor }) });
    rows.push(...page.items);
    if (page.nextCursor === null) return rows;
    cursor = page.nextCursor;
  }
}

/** What was shown once in a session is shown again without a question. */
const onceRevealed: Sabotage['begin'] = () => (adapter) => {
  let shown: ReturnType<NonNullable<Handlers['apiKeys.reveal']>> | undefined;
  return replacing(adapter, {
    'apiKeys.reveal': async (input, options) => {
      if (shown) return shown;
      const answer = await adapter.call('apiKeys.reveal', input, options);
      shown = Promise.resolve(answer);
      return answer;
    },
  });
};

const FRESH = Promise.resolve({ freshUntil: '2030-01-01T00:00:00Z' });

/** A bug of proving presence that knows the recovery codes made last. */
const knowingCodes = (stepUp: (adapter: SettingsAdapter, made: () => readonly string[]) => NonNullable<Handlers['auth.stepUp']>): Sabotage['begin'] => () => {
  let made: readonly string[] = [];
  return (adapter) =>
    replacing(adapter, {
      'recoveryCodes.regenerate': async (input, options) => {
        const answer = await adapter.call('recoveryCodes.regenerate', input, options);
        made = (answer.recoveryCodes ?? []).map(cleanRecoveryCode);
        return answer;
      },
      'auth.stepUp': stepUp(adapter, () => made),
    });
};

/** What was a right recovery code once is one for ever. */
const rememberedRecoveryCodes = knowingCodes((adapter, made) => (proof, options) =>
  adapter.call('auth.stepUp', proof, options).catch((error: unknown) => {
    if (proof.method === 'recovery-code' && made().includes(proof.code)) return FRESH;
    throw error;
  }),
);

/** Cursors that count rows, as an OFFSET does. */
const cutByOffset = simply((adapter) => ({
  'team.list': async ({ cursor = '0', limit = 8, ...query }) => {
    const rows = await everybody(adapter, query);
    const end = Number(cursor) + limit;
    return { items: rows.slice(Number(cursor), end), nextCursor: end < rows.length ? String(end) : null, total: rows.length };
  },
}));

export const sabotages: readonly Sabotage[] = [
  {
    bug: 'repeats are written down once more',
    foundBy: 'company: company.update stands among the events of who made it, once, however often it is repeated under its key',
    begin: changedEvents((events) => events.flatMap((event) => (event.action === 'company.update' ? [event, { ...event, id: `${event.id}-again` }] : [event]))),
  },
  {
    bug: 'ended sessions are not written down',
    foundBy: 'sessions: sessions.endOthers stands among the events of who made it, once, however often it is repeated under its key',
    begin: changedEvents((events) => events.filter(({ action }) => action !== 'sessions.endOthers')),
  },
  {
    bug: 'only what succeeded is written down',
    foundBy: 'activity: a try with a wrong password or code stands among the events, with its result',
    begin: changedEvents((events) => events.filter(({ result }) => result === 'ok')),
  },
  {
    bug: 'everybody reads the events of the first who asked',
    foundBy: 'activity: everybody has their own events, and nobody those of somebody else',
    begin: ofTheFirst('activity.list'),
  },
  {
    bug: 'events come by offset: what is written meanwhile moves them',
    foundBy: 'activity: two hundred and fifty events come by pages, the newest first, none twice and none left out, while others are written',
    begin: simply((adapter) => ({
      'activity.list': async ({ cursor = '0', limit = 8 }) => {
        const all: Event[] = [];
        for (let next: string | null | undefined; next !== null; ) {
          const page: { items: Event[]; nextCursor: string | null } = await adapter.call('activity.list', { limit: 100, ...(next !== undefined && { cursor: next }) });
          all.push(...page.items);
          next = page.nextCursor;
        }
        const end = Number(cursor) + limit;
        return { items: all.slice(Number(cursor), end), nextCursor: end < all.length ? String(end) : null };
      },
    })),
  },
  {
    bug: 'an audit log is read by the owners of other organisations',
    foundBy: 'audit: owners and admins read the events of their organisation, whoever made them, and none of another; members read none',
    begin: ofTheFirst('audit.list'),
  },
  {
    bug: 'a reveal of all keys names one',
    foundBy: 'audit: a reveal is written down with the name of each key that was shown, be it one or all',
    begin: changedEvents((events) => events.map((event) => ({ ...event, targets: event.targets.slice(0, 1) }))),
  },
  {
    bug: 'events name ids, which nobody knows',
    foundBy: 'audit: what happened to an invitation says whose, by address',
    begin: changedEvents((events) => events.map((event) => ({ ...event, targets: event.targets.map(() => 'org-analytical.invitation-7') }))),
  },
  {
    bug: 'an area is a beginning of a name',
    foundBy: 'audit: the list can be asked for a person by name or address, for actions or areas, and for a span of time',
    begin: simply((adapter) => ({
      'audit.list': async ({ action, ...query }, options) => {
        const page = await adapter.call('audit.list', query, options);
        return { ...page, items: page.items.filter((event) => action === undefined || action.some((name) => event.action.startsWith(name))) };
      },
    })),
  },
  {
    bug: 'the end of a span belongs to it',
    foundBy: 'audit: the list can be asked for a person by name or address, for actions or areas, and for a span of time',
    begin: simply((adapter) => ({ 'audit.list': ({ to, ...query }, options) => adapter.call('audit.list', { ...query, ...(to !== undefined && { to: new Date(Date.parse(to) + 1).toISOString() }) }, options) })),
  },
  {
    bug: 'what was typed for a password is written down',
    foundBy: 'audit: no event ever says a password, a code, the secret of a key or the token of a link',
    begin: () => {
      let typed = '';
      return (adapter) =>
        replacing(adapter, {
          'password.change': (input, options) => {
            typed = input.currentPassword;
            return adapter.call('password.change', input, options);
          },
          'audit.list': async (query, options) => {
            const page = await adapter.call('audit.list', query, options);
            return { ...page, items: page.items.map((event) => (event.action === 'password.change' ? { ...event, targets: [typed] } : event)) };
          },
        });
    },
  },
  {
    bug: 'the list of keys shows the secret once it was revealed',
    foundBy: 'apiKeys: nothing but revealing ever says the secret of a key',
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
    foundBy: 'company: company.update on an old version is stale, brings the current value and overwrites nothing; on the current one it goes through',
    begin: simply((adapter) => ({ 'company.update': (input, { ifMatch: _, ...options }) => adapter.call('company.update', input, options) })),
  },
  {
    bug: 'stale comes without the current value',
    foundBy: 'apiKeys: apiKeys.update on an old version is stale, brings the current value and overwrites nothing; on the current one it goes through',
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
    foundBy: 'company: company.update repeated under its key, at once and later, has one effect and one answer; with another input it is a conflict',
    begin: simply((adapter) => ({ 'company.update': (input, { idempotencyKey: _, ...options }) => adapter.call('company.update', input, options) })),
  },
  {
    bug: 'idempotency keys are forgotten for mail',
    foundBy: 'team: team.invite repeated under its key, at once and later, has one effect and one answer; with another input it is a conflict',
    begin: simply((adapter) => ({ 'team.invite': (input, { idempotencyKey: _, ...options }) => adapter.call('team.invite', input, options) })),
  },
  {
    bug: 'an idempotency key answers whatever was asked under it first',
    foundBy: 'company: company.update repeated under its key, at once and later, has one effect and one answer; with another input it is a conflict',
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
    bug: 'pages are cut by offset: what goes takes another row with it',
    foundBy: 'team: rows taken away between two pages leave no gap',
    begin: cutByOffset,
  },
  {
    bug: 'pages are cut by offset: what comes pushes a row to the next page',
    foundBy: 'team: rows written between two pages make no double',
    begin: cutByOffset,
  },
  {
    bug: 'the last row of a page is the first of the next',
    foundBy: 'team: team.list has every row once and in one order, by pages of one, of a hundred and of no length given',
    begin: simply((adapter) => ({
      'team.list': async ({ cursor = '0', limit = 8, ...query }) => {
        const rows = await everybody(adapter, query);
        const end = Number(cursor) + limit;
        return { items: rows.slice(Number(cursor), end), nextCursor: end < rows.length ? String(Math.max(1, limit - 1) + Number(cursor)) : null };
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
    foundBy: 'apiKeys: apiKeys.update of what belongs to another organisation, or is not there, is not found',
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
    foundBy: 'apiKeys: apiKeys.update without a fresh proof is refused, says what would do, and goes through after it',
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
          email: 'conformance-invited@example.com',
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
    foundBy: 'auth: the context names to the member what the member may call, and all else is forbidden',
    begin: simply((adapter) => ({
      'auth.context': async (input, options) => ({ ...(await adapter.call('auth.context', input, options)), operations: [...adapter.operations] }),
    })),
  },
  {
    bug: 'cancelling is answered and not done',
    foundBy: 'email: email.cancel has its effect, which is read at once, in another session too',
    begin: simply((adapter) => ({ 'email.cancel': async () => ({ ...(await adapter.call('auth.context', undefined)).user, pendingEmail: null }) })),
  },
  {
    bug: 'what was written is read in the session that wrote it, and in others later',
    foundBy: 'profile: profile.update has its effect, which is read at once, in another session too',
    begin: () => {
      let old: AuthContext | undefined;
      return (adapter) => {
        let wrote = false;
        return replacing(adapter, {
          'profile.update': async (input, options) => {
            wrote = true;
            return adapter.call('profile.update', input, options);
          },
          'auth.context': async (input, options) => {
            const context = await adapter.call('auth.context', input, options);
            old ??= context;
            return wrote ? context : old;
          },
        });
      };
    },
  },
  {
    bug: 'the version does not change with the value',
    foundBy: 'company: company.update has its effect, which is read at once, in another session too',
    begin: simply((adapter) => ({ 'company.update': async (input, options) => ({ ...(await adapter.call('company.update', input, options)), version: options.ifMatch ?? '1' }) })),
  },
  {
    bug: 'an idempotency key is known once its call has ended, not while it runs',
    foundBy: 'team: team.resend repeated under its key, at once and later, has one effect and one answer; with another input it is a conflict',
    begin: () => {
      const done = new Set<string>();
      return (adapter) =>
        replacing(adapter, {
          'team.resend': async (input, options) => {
            const key = options.idempotencyKey ?? '';
            const answer = await adapter.call('team.resend', input, done.has(key) ? options : {});
            if (!done.has(key)) await adapter.call('team.resend', input, options).catch(() => undefined);
            done.add(key);
            return answer;
          },
        });
    },
  },
  {
    bug: 'every operation has its own idempotency keys',
    foundBy: 'email: email.cancel repeated under its key, at once and later, has one effect and one answer; with another input it is a conflict',
    begin: simply((adapter) => ({
      'auth.endStepUp': (input, options) => adapter.call('auth.endStepUp', input, { ...options, idempotencyKey: `${options.idempotencyKey ?? ''} of its own` }),
    })),
  },
  {
    bug: 'the repeat of a code that proved presence is a wrong code',
    foundBy: 'auth: auth.stepUp repeated under its key, at once and later, has one effect and one answer; with another input it is a conflict',
    begin: simply((adapter) => ({ 'auth.stepUp': (input, { idempotencyKey: _, ...options }) => adapter.call('auth.stepUp', input, options) })),
  },
  {
    bug: 'each look at the enrolment makes another one, under the same key too',
    foundBy: 'mfa: mfa.begin repeated under its key, at once and later, has one effect and one answer; with another input it is a conflict',
    begin: simply((adapter) => ({ 'mfa.begin': (input, { idempotencyKey: _, ...options }) => adapter.call('mfa.begin', input, options) })),
  },
  {
    bug: 'idempotency keys are one set for all people',
    foundBy: 'account: the idempotency key of somebody else means nothing',
    begin: () => {
      const answers = new Map<string, ReturnType<NonNullable<Handlers['email.change']>>>();
      return (adapter) =>
        replacing(adapter, {
          'email.change': (input, options) => {
            const key = options.idempotencyKey ?? '';
            const answer = answers.get(key) ?? adapter.call('email.change', input, options);
            answers.set(key, answer);
            return answer;
          },
        });
    },
  },
  {
    bug: 'every version but the first is stale',
    foundBy: 'profile: profile.update on an old version is stale, brings the current value and overwrites nothing; on the current one it goes through',
    begin: () => {
      let saved = 0;
      return (adapter) =>
        replacing(adapter, {
          'profile.update': async (input, options) => {
            if (saved > 0) return adapter.call('profile.update', input, { ...options, ifMatch: 'an old one' });
            const answer = await adapter.call('profile.update', input, options);
            saved++;
            return answer;
          },
        });
    },
  },
  {
    bug: 'the version is compared first, and the value written after',
    foundBy: 'company: company.update: of saves at once on one version, one wins',
    begin: () => {
      let reading: Promise<Company> | undefined;
      return (adapter) =>
        replacing(adapter, {
          'company.update': async (input, { ifMatch, ...options }) => {
            reading ??= adapter.call('company.get', undefined);
            if ((await reading).version !== ifMatch) throw new SettingsError('stale');
            return adapter.call('company.update', input, options);
          },
        });
    },
  },
  {
    bug: 'admins are shown less than they may',
    foundBy: 'auth: the context names to the admin what the admin may call, and all else is forbidden',
    begin: simply((adapter) => ({
      'auth.context': async (input, options) => {
        const context = await adapter.call('auth.context', input, options);
        return { ...context, operations: context.organisation?.role === 'admin' ? context.operations.filter((name) => name !== 'apiKeys.reveal') : context.operations };
      },
    })),
  },
  {
    bug: 'what a member may not call is only hidden from them',
    foundBy: 'auth: the context names to the member what the member may call, and all else is forbidden',
    begin: rewriting('team.revoke', 'forbidden', () => {
      throw new SettingsError('not-found');
    }),
  },
  {
    bug: 'a role check that forgot the admins',
    foundBy: 'auth: nothing that the admin may call is forbidden, nor unknown',
    begin: simply((adapter) => ({
      'company.update': async (input, options) => {
        if ((await adapter.call('auth.context', undefined)).organisation?.role !== 'owner') throw new SettingsError('forbidden');
        return adapter.call('company.update', input, options);
      },
    })),
  },
  {
    bug: 'revoking takes any id for one that is gone',
    foundBy: 'team: team.revoke of what belongs to another organisation, or is not there, is not found',
    begin: rewriting('team.revoke', 'not-found', () => undefined),
  },
  {
    bug: 'people without MFA are sent round in a circle: prove it, set it up, prove it',
    foundBy: 'apiKeys: apiKeys.reveal asks people without MFA to set it up',
    begin: rewriting('apiKeys.reveal', 'enrolment-required', () => {
      throw new SettingsError('step-up-required', 'Prove it.', { challenge: { methods: ['password'], maxAge: 600 } });
    }),
  },
  {
    bug: 'whoever has signed in once may change the address for ever',
    foundBy: 'email: email.change long after the sign-in is refused, says what would do, and goes through after it',
    begin: simply((adapter) => ({
      'email.change': (input, options) => adapter.call('email.change', input, options).catch(async () => ({ ...(await adapter.call('auth.context', undefined)).user, pendingEmail: input.email })),
    })),
  },
  {
    bug: 'the refusal names methods that do not do',
    foundBy: 'mfa: mfa.disable without a fresh proof is refused, says what would do, and goes through after it',
    begin: rewriting('mfa.disable', 'step-up-required', () => {
      throw new SettingsError('step-up-required', 'Prove it.', { challenge: { methods: ['password', 'totp'], maxAge: 600 } });
    }),
  },
  {
    bug: 'locking leaves open what the sign-in opened',
    foundBy: 'auth: ending the step-up also closes what a recent sign-in had opened',
    begin: simply((adapter) => ({
      'email.change': (input, options) => adapter.call('email.change', input, options).catch(async () => ({ ...(await adapter.call('auth.context', undefined)).user, pendingEmail: input.email })),
    })),
  },
  {
    bug: 'a cursor that cannot be read begins anew',
    foundBy: 'apiKeys: apiKeys.list with a cursor that it did not give is invalid at the cursor',
    begin: simply((adapter) => ({
      'apiKeys.list': ({ cursor, ...query }, options) => adapter.call('apiKeys.list', { ...query, cursor }, options).catch(() => adapter.call('apiKeys.list', query, options)),
    })),
  },
  {
    bug: 'a cursor of one order is read in another',
    foundBy: 'team: a cursor of another order is invalid at the cursor',
    begin: simply((adapter) => ({
      'team.list': ({ cursor, ...query }, options) => adapter.call('team.list', { ...query, cursor }, options).catch(() => adapter.call('team.list', query, options)),
    })),
  },
  {
    bug: 'only what is on the page is sorted',
    foundBy: 'team: every order puts all rows in one order, page by page, and a minus turns it round',
    begin: simply((adapter) => ({
      'team.list': async ({ sort, ...query }, options) => {
        const page = await adapter.call('team.list', query, options);
        const sign = sort?.startsWith('-') ? -1 : 1;
        const keyOf = (row: TeamRow): string => ({ name: row.name ?? row.email, role: row.role, status: row.status, date: row.joinedAt ?? row.invitedAt ?? '' })[sort?.replace('-', '') ?? ''] ?? '';
        return { ...page, items: [...page.items].sort((left, right) => sign * (keyOf(left) < keyOf(right) ? -1 : 1)) };
      },
    })),
  },
  {
    bug: 'a minus is overlooked',
    foundBy: 'team: every order puts all rows in one order, page by page, and a minus turns it round',
    begin: simply((adapter) => ({ 'team.list': (query, options) => adapter.call('team.list', { ...query, sort: query.sort === '-date' ? 'date' : query.sort }, options) })),
  },
  {
    bug: 'a filter looks at the page and not at the list',
    foundBy: 'team: filters by status and role keep what they name, all of it, page by page too',
    begin: simply((adapter) => ({
      'team.list': async ({ role, ...query }, options) => {
        const page = await adapter.call('team.list', query, options);
        return { ...page, nextCursor: role ? null : page.nextCursor, items: page.items.filter((row) => role?.includes(row.role) ?? true) };
      },
    })),
  },
  {
    bug: 'of several statuses the first counts',
    foundBy: 'team: filters by status and role keep what they name, all of it, page by page too',
    begin: simply((adapter) => ({ 'team.list': (query, options) => adapter.call('team.list', { ...query, status: query.status?.slice(0, 1) }, options) })),
  },
  {
    bug: 'the total is that of the page',
    foundBy: 'apiKeys: apiKeys.list has every row once and in one order, by pages of one, of a hundred and of no length given',
    begin: simply((adapter) => ({
      'apiKeys.list': async (query, options) => {
        const page = await adapter.call('apiKeys.list', query, options);
        return { ...page, total: page.items.length };
      },
    })),
  },
  {
    bug: 'keys are filtered by the first thing that is named',
    foundBy: 'apiKeys: filters and search keep what they name, all of it, page by page too',
    begin: simply((adapter) => ({
      'apiKeys.list': ({ environment, ...query }, options) => adapter.call('apiKeys.list', query.kind ? query : { ...query, environment }, options),
    })),
  },
  {
    bug: 'inputs are checked by nobody',
    foundBy: 'team: team.list takes from 1 to 100 rows a page, and no other number',
    begin: unchecked,
  },
  {
    bug: 'a form is checked in the page and nowhere else',
    foundBy: 'company: company.update with a field that is missing, of another type, empty or too long is invalid at that field',
    begin: unchecked,
  },
  {
    bug: 'every field that is wrong is said to be the first one',
    foundBy: 'password: password.change with a field that is missing, of another type, empty or too long is invalid at that field',
    begin: () => (adapter) => ({
      ...adapter,
      call: async (operation, input, options) => {
        if (operation === 'password.change' && !rowOf(operation).input.safeParse(input).success) throw new SettingsError('invalid', 'Wrong.', { fields: { currentPassword: 'invalid' } });
        return adapter.call(operation, input, options);
      },
    }),
  },
  {
    bug: 'whatever stands in the body is written to the row',
    foundBy: 'account: fields that an operation does not have change nothing',
    begin: () => {
      let email: string | undefined;
      return (adapter) => {
        const assigning = replacing(adapter, {
          'auth.context': async (input, options) => {
            const context = await adapter.call('auth.context', input, options);
            return { ...context, user: { ...context.user, email: email ?? context.user.email } };
          },
        });
        return {
          ...assigning,
          call: (operation, input, options) => {
            if (operation === 'profile.update' && typeof input === 'object' && 'email' in input) ({ email } = input);
            return assigning.call(operation, input, options);
          },
        };
      };
    },
  },
  {
    bug: 'a session that ended goes on reading what it has read',
    foundBy: 'auth: a session that was ended elsewhere is unauthenticated in every operation',
    begin: simply((adapter) => {
      let kept: Company | undefined;
      return {
        'company.get': async (input, options) => {
          try {
            return (kept = await adapter.call('company.get', input, options));
          } catch (error) {
            if (kept) return kept;
            throw error;
          }
        },
      };
    }),
  },
  {
    bug: 'signing out is left to the page',
    foundBy: 'auth: a session that signed out is unauthenticated in every operation',
    begin: simply((adapter) => {
      let out = false;
      return {
        'auth.signOut': () => {
          out = true;
          return Promise.resolve();
        },
        'auth.context': (input, options) => (out ? Promise.reject(new SettingsError('unauthenticated')) : adapter.call('auth.context', input, options)),
      };
    }),
  },
  {
    bug: 'a stale write says what the key is, in clear',
    foundBy: 'apiKeys: nothing but revealing ever says the secret of a key',
    begin: () => {
      let secret = '';
      return (adapter) =>
        replacing(adapter, {
          'apiKeys.reveal': async (input, options) => {
            const answer = await adapter.call('apiKeys.reveal', input, options);
            secret = answer.secrets[0]?.secret ?? '';
            return answer;
          },
          'apiKeys.update': (input, options) =>
            adapter.call('apiKeys.update', input, options).catch(() => {
              throw new SettingsError('stale', 'Changed meanwhile.', { current: { id: input.id, secret } });
            }),
        });
    },
  },
  {
    bug: 'the secret of the second factor lies among the settings of the person',
    foundBy: 'mfa: nothing but the beginning of an enrolment ever says its secret',
    begin: simply((adapter) => {
      let secret: string | null = null;
      return {
        'mfa.begin': async (input, options) => {
          const enrolment = await adapter.call('mfa.begin', input, options);
          secret = enrolment.secret;
          return enrolment;
        },
        'auth.context': async (input, options) => {
          const context = await adapter.call('auth.context', input, options);
          return { ...context, user: { ...context.user, language: secret } };
        },
      };
    }),
  },
  {
    bug: 'the token of an invitation is its id',
    foundBy: 'team: nothing but the mail ever says the token of an invitation',
    begin: simply((adapter) => {
      let last = '';
      return {
        'invitation.get': ({ token }, options) => {
          last = token;
          return adapter.call('invitation.get', { token }, options);
        },
        'team.list': async (query, options) => {
          const page = await adapter.call('team.list', query, options);
          return { ...page, items: page.items.map((row) => (row.type === 'invitation' ? { ...row, id: last } : row)) };
        },
      };
    }),
  },
  {
    bug: 'the refusal repeats the password, for whoever reads the logs',
    foundBy: 'account: no answer and no refusal ever says a password, or the token of a change of address',
    begin: () => (adapter) =>
      replacing(adapter, {
        'password.change': (input, options) =>
          adapter.call('password.change', input, options).catch((error: unknown) => {
            const kind = SettingsError.is(error) ? error.kind : 'unexpected';
            throw new SettingsError(kind, `"${input.currentPassword}" is not the password.`);
          }),
      }),
  },
  {
    bug: 'wrong codes are counted one after another, and those at once as one',
    foundBy: 'auth: wrong codes that come all at once are counted as well',
    begin: rewriting('auth.stepUp', 'rate-limited', () => {
      throw new SettingsError('wrong-credential', 'Wrong.', { attemptsLeft: 4 });
    }),
  },
  {
    bug: 'the form inside the session may guess passwords without end',
    foundBy: 'auth: wrong passwords are followed by a wait, which right ones keep too, and which is one for all forms',
    begin: rewriting('password.change', 'rate-limited', () => {
      throw new SettingsError('wrong-credential', 'Wrong.', { attemptsLeft: 4 });
    }),
  },
  {
    bug: 'the version of the context is a number in the code',
    foundBy: 'auth: the version of the context stays while nothing changes, and changes with it',
    begin: simply((adapter) => ({ 'auth.context': async (input, options) => ({ ...(await adapter.call('auth.context', input, options)), version: '1' }) })),
  },
  {
    bug: 'the version of the context is the time of day',
    foundBy: 'auth: the version of the context stays while nothing changes, and changes with it',
    begin: () => {
      let tick = 0;
      return (adapter) => replacing(adapter, { 'auth.context': async (input, options) => ({ ...(await adapter.call('auth.context', input, options)), version: String(tick++) }) });
    },
  },
  {
    bug: 'an enrolment takes guesses without end',
    foundBy: 'mfa: wrong codes of an enrolment are followed by a wait, which right codes keep too',
    begin: rewriting('mfa.confirm', 'rate-limited', () => {
      throw new SettingsError('wrong-credential', 'Wrong.', { attemptsLeft: 4 });
    }),
  },
  {
    bug: 'a code confirms an enrolment as often as it comes at once',
    foundBy: 'mfa: of confirmations at once by one code, one is accepted',
    begin: () => {
      let underWay: ReturnType<NonNullable<Handlers['mfa.confirm']>> | undefined;
      return (adapter) => replacing(adapter, { 'mfa.confirm': (input, options) => (underWay ??= adapter.call('mfa.confirm', input, options)) });
    },
  },
  {
    bug: 'a password of any length is hashed',
    foundBy: 'account: a new password that is too short, too long, common or the old one is invalid at its field',
    begin: simply((adapter) => ({
      'password.change': (input, options) => (input.newPassword.length > 256 ? Promise.resolve() : adapter.call('password.change', input, options)),
    })),
  },
  {
    bug: 'an owner makes owners by mail',
    foundBy: 'team: nobody is invited to a role that the policy does not name',
    begin: simply((adapter) => ({
      'team.invite': (input, options) => adapter.call('team.invite', { invitations: input.invitations.map((one) => ({ ...one, role: one.role === 'owner' ? 'admin' : one.role })) }, options),
    })),
  },
  {
    bug: 'what was aborted is sent all the same, and forgotten',
    foundBy: 'team: an invitation that is aborted under way and sent again under its key goes out once',
    begin: simply((adapter) => ({
      'team.invite': async (input, { signal, ...options }) => {
        if (!signal) return adapter.call('team.invite', input, options);
        const { results } = await adapter.call('team.invite', input, {});
        for (const { row } of results) if (row) await adapter.call('team.revoke', { id: row.id });
        throw new SettingsError('aborted');
      },
    })),
  },
  {
    bug: 'who accepts twice at once joins twice',
    foundBy: 'invitation: of two sessions that accept at once, one joins, and there is one member',
    begin: () => {
      let underWay: ReturnType<NonNullable<Handlers['invitation.accept']>> | undefined;
      return (adapter) => replacing(adapter, { 'invitation.accept': (input, options) => (underWay ??= adapter.call('invitation.accept', input, options)) });
    },
  },
  {
    bug: 'who joins keeps the role they had elsewhere',
    foundBy: 'invitation: who joins has the role of the invitation there, and no more rights',
    begin: simply((adapter) => {
      let operations: string[] | undefined;
      return {
        'invitation.accept': async (input, options) => {
          ({ operations } = await adapter.call('auth.context', undefined));
          return adapter.call('invitation.accept', input, options);
        },
        'auth.context': async (input, options) => {
          const context = await adapter.call('auth.context', input, options);
          return { ...context, operations: operations ?? context.operations };
        },
      };
    }),
  },
  {
    bug: 'an invitation that was accepted is revoked in silence, and the member stays',
    foundBy: 'invitation: what was accepted can no more be sent again, revoked or declined, and its member stays',
    begin: rewriting('team.revoke', 'conflict', () => undefined),
  },
  {
    bug: 'the link of a mail that was cancelled works on',
    foundBy: 'account: the link of a cancelled change is dead, and one that was followed works no second time',
    begin: simply((adapter) => ({ 'email.cancel': async () => ({ ...(await adapter.call('auth.context', undefined)).user, pendingEmail: null }) })),
  },
  {
    bug: 'a call that was given up before it began is made all the same',
    foundBy: 'company: company.get that is aborted before it starts rejects as aborted',
    begin: () => (adapter) => ({ ...adapter, call: (operation, input, options) => adapter.call(operation, input, { ...options, signal: undefined }) }),
  },
  {
    bug: 'a proof lasts as long as the session',
    foundBy: 'auth: a step-up ends by itself after its age',
    begin: onceRevealed,
  },
  {
    bug: 'locking locks the screen',
    foundBy: 'auth: a step-up ends when it is told to',
    begin: onceRevealed,
  },
  {
    bug: 'a repeat shows keys without looking at the proof again',
    foundBy: 'apiKeys: a repeat of revealing under its key shows the same, and only while the step-up is fresh',
    begin: onceRevealed,
  },
  {
    bug: 'of the keys that are named, those of others are passed over',
    foundBy: 'apiKeys: with one key of another organisation among ours, none is revealed',
    begin: simply((adapter) => ({
      'apiKeys.reveal': async ({ ids }, options) => {
        const ours = (await adapter.call('apiKeys.list', { limit: 100 })).items.map(({ id }) => id);
        return adapter.call('apiKeys.reveal', { ids: ids?.filter((id) => ours.includes(id)) }, options);
      },
    })),
  },
  {
    bug: 'whoever knows the password needs no second factor',
    foundBy: 'auth: with MFA on, a password alone proves too little',
    begin: simply((adapter) => ({
      'auth.stepUp': (proof, options) => (proof.method === 'password' ? Promise.resolve({ freshUntil: '2030-01-01T00:00:00Z' }) : adapter.call('auth.stepUp', proof, options)),
    })),
  },
  {
    bug: 'people without MFA can prove nothing',
    foundBy: 'auth: who has no MFA proves presence by password',
    begin: simply((adapter) => ({
      'auth.stepUp': (proof, options) => (proof.method === 'password' ? Promise.reject(new SettingsError('enrolment-required')) : adapter.call('auth.stepUp', proof, options)),
    })),
  },
  {
    bug: 'a wrong code does not say how many are left',
    foundBy: 'auth: a wrong code is a wrong credential with tries left, and proves nothing',
    begin: rewriting('auth.stepUp', 'wrong-credential', () => {
      throw new SettingsError('wrong-credential');
    }),
  },
  {
    bug: 'the code that confirmed an enrolment is not crossed out',
    foundBy: 'mfa: the code that turned MFA on does not work again',
    begin: simply((adapter) => {
      let confirmed = '';
      return {
        'mfa.confirm': (input, options) => {
          confirmed = input.code;
          return adapter.call('mfa.confirm', input, options);
        },
        'auth.stepUp': (proof, options) =>
          proof.method === 'totp' && proof.code === confirmed ? Promise.resolve({ freshUntil: '2030-01-01T00:00:00Z' }) : adapter.call('auth.stepUp', proof, options),
      };
    }),
  },
  {
    bug: 'one wrong code, and the enrolment has to begin anew',
    foundBy: 'mfa: a wrong code leaves MFA off and the enrolment open',
    begin: simply((adapter) => {
      let wrong = false;
      return {
        'mfa.confirm': async (input, options) => {
          if (wrong) throw new SettingsError('not-found');
          wrong = true;
          return adapter.call('mfa.confirm', input, options);
        },
      };
    }),
  },
  {
    bug: 'an enrolment of yesterday can be confirmed',
    foundBy: 'mfa: an enrolment ends by itself',
    begin: rewriting('mfa.confirm', 'not-found', () => {
      throw new SettingsError('wrong-credential', 'Wrong.', { attemptsLeft: 4 });
    }),
  },
  {
    bug: 'a second factor is put in the place of the first without a question',
    foundBy: 'mfa: setting up what is on already is a conflict',
    begin: simply((adapter) => ({
      'mfa.begin': (input, options) => adapter.call('mfa.begin', input, options).catch(() => examples['mfa.begin'].output),
    })),
  },
  {
    bug: 'a recovery code is checked, but not crossed out',
    foundBy: 'recoveryCodes: a recovery code proves presence as a second factor, once, and the count says how many are left',
    begin: rememberedRecoveryCodes,
  },
  {
    bug: 'two servers take the same recovery code at the same moment',
    foundBy: 'recoveryCodes: of parallel calls with one recovery code, one is accepted',
    begin: rememberedRecoveryCodes,
  },
  {
    bug: 'recovery codes are offered when there is none any more',
    foundBy: 'recoveryCodes: the last recovery code is no way any more, and its proof goes on counting',
    begin: simply((adapter) => ({
      'auth.context': async (input, options) => {
        const context = await adapter.call('auth.context', input, options);
        return { ...context, stepUp: { ...context.stepUp, methods: ['totp', 'recovery-code'] } };
      },
    })),
  },
  {
    bug: 'the proof by the last recovery code ends with it',
    foundBy: 'recoveryCodes: the last recovery code is no way any more, and its proof goes on counting',
    begin: simply((adapter) => ({
      'auth.context': async (input, options) => {
        const context = await adapter.call('auth.context', input, options);
        return context.user.mfa.recoveryCodesLeft === 0 ? { ...context, stepUp: { ...context.stepUp, freshUntil: null } } : context;
      },
    })),
  },
  {
    bug: 'recovery codes have to be typed as they are printed',
    foundBy: 'recoveryCodes: a recovery code is taken however it is typed: small letters, spaces, other dashes, full width',
    begin: () => (adapter) => ({
      ...adapter,
      call: (operation, input, options) => {
        const proof = input as { method?: string; code?: string } | undefined;
        const strange = operation === 'auth.stepUp' && proof?.method === 'recovery-code' && !/^\w{4}-\w{4}-\w{4}$/.test(proof.code ?? '');
        return strange ? Promise.reject(new SettingsError('wrong-credential')) : adapter.call(operation, input, options);
      },
    }),
  },
  {
    bug: 'old recovery codes work on beside the new ones',
    foundBy: 'recoveryCodes: new recovery codes end the old ones, and so does turning MFA off',
    begin: simply((adapter) => ({
      'auth.stepUp': (proof, options) =>
        adapter.call('auth.stepUp', proof, options).catch((error: unknown) => (proof.method === 'recovery-code' ? { freshUntil: '2030-01-01T00:00:00Z' } : Promise.reject(error as Error))),
    })),
  },
  {
    bug: 'MFA comes without recovery codes',
    foundBy: 'recoveryCodes: the code that turns MFA on brings recovery codes that work',
    begin: simply((adapter) => ({
      'mfa.confirm': async (input, options) => {
        await adapter.call('mfa.confirm', input, options);
        return { recoveryCodes: null };
      },
    })),
  },
  {
    bug: 'recovery codes have tries of their own',
    foundBy: 'recoveryCodes: wrong recovery codes and wrong one-time codes are one count, and its wait holds for right ones of both kinds',
    begin: knowingCodes((adapter, made) => (proof, options) => {
      if (proof.method !== 'recovery-code') return adapter.call('auth.stepUp', proof, options);
      return made().includes(proof.code) ? FRESH : Promise.reject(new SettingsError('wrong-credential', 'Wrong.', { attemptsLeft: 4 }));
    }),
  },
  {
    bug: 'a recovery code is used in silence',
    foundBy: 'recoveryCodes: the owner of the account hears by mail that a recovery code was used, and not the code',
    begin: knowingCodes((adapter, made) => (proof, options) => (proof.method === 'recovery-code' && made().includes(proof.code) ? FRESH : adapter.call('auth.stepUp', proof, options))),
  },
  {
    bug: 'the refusal of a recovery code says which ones there are',
    foundBy: 'recoveryCodes: nothing but what makes recovery codes ever says one',
    begin: knowingCodes((adapter, made) => (proof, options) =>
      adapter.call('auth.stepUp', proof, options).catch((error: unknown) => {
        throw proof.method === 'recovery-code' ? new SettingsError('wrong-credential', `Not one of ${made().join(', ')}.`) : error;
      }),
    ),
  },
  {
    bug: 'signing out signs out everywhere',
    foundBy: 'auth: signing out ends this session and no other',
    begin: () => {
      let out = false;
      return (adapter) =>
        replacing(adapter, {
          'auth.signOut': (input, options) => {
            out = true;
            return adapter.call('auth.signOut', input, options);
          },
          'auth.context': (input, options) => (out ? Promise.reject(new SettingsError('unauthenticated')) : adapter.call('auth.context', input, options)),
        });
    },
  },
  {
    bug: 'the old password works on beside the new one',
    foundBy: 'account: after a change the new password works and the old one does not',
    begin: simply((adapter) => ({
      'auth.stepUp': (proof, options) => adapter.call('auth.stepUp', proof, options).catch(() => ({ freshUntil: '2030-01-01T00:00:00Z' })),
    })),
  },
  {
    bug: 'sending again sends nothing',
    foundBy: 'account: resending sends a mail, and without a pending change is not found',
    begin: simply((adapter) => ({
      'email.resend': async (input, options) => {
        const { user } = await adapter.call('auth.context', undefined);
        return user.pendingEmail === null ? adapter.call('email.resend', input, options) : user;
      },
    })),
  },
  {
    bug: 'what is left out of a save is emptied',
    foundBy: 'company: what is not given stays',
    begin: simply((adapter) => ({ 'company.update': (input, options) => adapter.call('company.update', { country: null, ...input }, options) })),
  },
  {
    bug: 'a refusal is the answer to its key',
    foundBy: 'company: a refused call may be sent again under its key, once what it lacked is there',
    begin: () => {
      const used = new Set<string>();
      return (adapter) =>
        replacing(adapter, {
          'company.update': (input, options) => {
            const key = options.idempotencyKey ?? '';
            if (used.has(key)) throw new SettingsError('conflict');
            used.add(key);
            return adapter.call('company.update', input, options);
          },
        });
    },
  },
  {
    bug: 'everybody is themselves in the list',
    foundBy: 'team: the list has everybody, and marks who asks',
    begin: simply((adapter) => ({
      'team.list': async (query, options) => {
        const page = await adapter.call('team.list', query, options);
        return { ...page, items: page.items.map((row) => ({ ...row, self: row.type === 'member' })) };
      },
    })),
  },
  {
    bug: 'the list of one organisation is that of all',
    foundBy: 'team: nobody of another organisation is in the list',
    begin: () => {
      let first: SettingsAdapter | undefined;
      return (adapter) => {
        const owner = (first ??= adapter);
        return replacing(adapter, { 'team.list': (query, options) => owner.call('team.list', query, options) });
      };
    },
  },
  {
    bug: 'a declined invitation can be accepted after all',
    foundBy: 'invitation: a declined one says so, stays declined, and admits nobody',
    begin: simply((adapter) => ({ 'invitation.accept': (input, options) => adapter.call('invitation.accept', input, options).catch(() => adapter.call('auth.context', undefined)) })),
  },
  {
    bug: 'an expired invitation can be accepted after all',
    foundBy: 'invitation: an expired one says so, admits nobody, and can be sent again',
    begin: simply((adapter) => ({ 'invitation.accept': (input, options) => adapter.call('invitation.accept', input, options).catch(() => adapter.call('auth.context', undefined)) })),
  },
  {
    bug: 'the invitation is answered as accepted, and nobody joins',
    foundBy: 'invitation: its invitee joins by it, once',
    begin: simply((adapter) => ({
      'invitation.accept': async () => {
        const context = await adapter.call('auth.context', undefined);
        return { ...context, organisations: [...context.organisations, { id: 'org-analytical', name: 'Analytical Engines Ltd', role: 'member' }] };
      },
    })),
  },
  {
    bug: 'a member is told of success, and of nothing that was refused',
    foundBy: 'company: a member may not change the company',
    begin: simply((adapter) => ({ 'company.update': (input, options) => adapter.call('company.update', input, options).catch(() => adapter.call('company.get', undefined)) })),
  },
  {
    bug: 'an admin makes owners',
    foundBy: 'team: nobody gives more than they have, changes somebody above them, or raises themselves; another role than owner takes no proof',
    begin: rewriting('team.changeRole', 'forbidden', () => undefined),
  },
  {
    bug: 'every change of a role takes a proof',
    foundBy: 'team: nobody gives more than they have, changes somebody above them, or raises themselves; another role than owner takes no proof',
    begin: simply((adapter) => ({
      'team.changeRole': async (input, options) => {
        if ((await adapter.call('auth.context', undefined)).stepUp.freshUntil === null) throw new SettingsError('step-up-required', '', { challenge: { methods: ['totp'], maxAge: 600 } });
        return adapter.call('team.changeRole', input, options);
      },
    })),
  },
  {
    bug: 'a role that there is not becomes that of a member',
    foundBy: 'team: a role that there is not is invalid at the role',
    begin: simply((adapter) => ({
      'team.changeRole': (input, options) => adapter.call('team.changeRole', { ...input, role: ['owner', 'admin'].includes(input.role) ? input.role : 'member' }, options),
    })),
  },
  {
    bug: 'the row of the last owner offers what will be refused',
    foundBy: 'team: the last owner stays, and the row says why nothing can be done to it; with another owner it can',
    begin: simply((adapter) => ({
      'team.list': async (input, options) => {
        const page = await adapter.call('team.list', input, options);
        return { ...page, items: page.items.map((row) => ({ ...row, can: { ...row.can, changeRole: true } })) };
      },
    })),
  },
  {
    bug: 'the last owner leaves without a word',
    foundBy: 'team: the last owner stays, and the row says why nothing can be done to it; with another owner it can',
    begin: rewriting('team.remove', 'conflict', () => undefined),
  },
  {
    bug: 'of owners who demote each other at once, all are told that they did',
    foundBy: 'team: of owners who demote and remove each other at once, one is left',
    begin: () => (adapter) =>
      replacing(adapter, {
        'team.list': async (query, options) => {
          const page = await adapter.call('team.list', query, options);
          return query.role?.[0] === 'owner' ? { ...page, items: [] } : page;
        },
      }),
  },
  {
    bug: 'who is removed goes on in the sessions they have',
    foundBy: 'team: who is removed is out at once, in a session that goes on; removing them again succeeds',
    begin: () => {
      let company: Company | undefined;
      return (adapter) =>
        replacing(adapter, {
          'company.get': async (input, options) => (company ??= await adapter.call('company.get', input, options)),
        });
    },
  },
  {
    bug: 'removing who is gone fails',
    foundBy: 'team: who is removed is out at once, in a session that goes on; removing them again succeeds',
    begin: () => {
      const gone = new Set<string>();
      return (adapter) =>
        replacing(adapter, {
          'team.remove': (input, options) => {
            if (gone.has(input.id)) throw new SettingsError('not-found');
            gone.add(input.id);
            return adapter.call('team.remove', input, options);
          },
        });
    },
  },
  {
    bug: 'removing goes by no version',
    foundBy: 'team: removing on an old version is stale, brings the row as it is now, and removes nobody',
    begin: simply((adapter) => ({ 'team.remove': (input, { ifMatch: _, ...options }) => adapter.call('team.remove', input, options) })),
  },
  {
    bug: 'an invitation has another role in the list, and the old one in its link',
    foundBy: 'team: an invitation whose role is changed is sent again: its earlier link is dead, and who joins has the new role',
    begin: () => {
      return (adapter) =>
        replacing(adapter, {
          'team.changeRole': async (input, options) => {
            const row = (await everybody(adapter, {})).find(({ id }) => id === input.id);
            return row?.type === 'invitation' ? { ...row, role: input.role } : adapter.call('team.changeRole', input, options);
          },
        });
    },
  },
  {
    bug: 'the link of a declined invitation can be had',
    foundBy: 'team: nobody becomes an owner by a changed invitation, and one that is not open any more is left as it is',
    begin: rewriting('team.link', 'conflict', () => undefined),
  },
  {
    bug: 'the link that was mailed works beside the one that was copied',
    foundBy: 'team: the link of an invitation opens it for its invitee alone, in the place of the one that was mailed',
    begin: () => {
      let invitation: Awaited<ReturnType<NonNullable<Handlers['invitation.get']>>> | undefined;
      return (adapter) =>
        replacing(adapter, {
          'team.link': async (input, options) => {
            const answer = await adapter.call('team.link', input, options);
            const token = /=([^=]+)$/.exec(answer.url)?.[1] ?? '';
            invitation = await adapter.call('invitation.get', { token: decodeURIComponent(token) });
            return answer;
          },
          'invitation.get': (input, options) => adapter.call('invitation.get', input, options).catch((error: unknown) => invitation ?? Promise.reject(error as Error)),
        });
    },
  },
  {
    bug: 'the end of a successor brings back the key that it replaced',
    foundBy: 'apiKeys: what an overlap has ended stays ended: when its successor is revoked, and when that one is replaced itself',
    begin: () => {
      const replaced = new Map<string, ApiKey>();
      const back: ApiKey[] = [];
      return (adapter) =>
        replacing(adapter, {
          'apiKeys.roll': async (input, options) => {
            const answer = await adapter.call('apiKeys.roll', input, options);
            if (answer.previous) replaced.set(answer.key.id, answer.previous);
            return answer;
          },
          'apiKeys.revoke': (input, options) => {
            back.push(...input.ids.flatMap((id) => replaced.get(id) ?? []));
            return adapter.call('apiKeys.revoke', input, options);
          },
          'apiKeys.list': async (query, options) => {
            const page = await adapter.call('apiKeys.list', query, options);
            return { ...page, items: [...page.items, ...back] };
          },
        });
    },
  },
  {
    bug: 'the successor of a key that is off is off as well',
    foundBy: 'apiKeys: the successor of a key is enabled, and lives as long as that one was made to live',
    begin: simply((adapter) => ({
      'apiKeys.roll': async (input, options) => {
        const answer = await adapter.call('apiKeys.roll', input, options);
        return { ...answer, key: { ...answer.key, enabled: false } };
      },
    })),
  },
  {
    bug: 'names are searched as if they were ASCII',
    foundBy: 'apiKeys: keys are found by part of their name, in any script and however it is written',
    begin: simply((adapter) => ({
      'apiKeys.list': async (query, options) => {
        const page = await adapter.call('apiKeys.list', query, options);
        return { ...page, items: page.items.filter(({ name }) => name.includes(query.search ?? '')) };
      },
    })),
  },
  {
    bug: 'requests are told for as long as the key is there',
    foundBy: 'apiKeys: requests are told by UTC day: the last 30, each once, the oldest first; none of them for a new key',
    begin: simply((adapter) => ({
      'apiKeys.list': async (query, options) => {
        const page = await adapter.call('apiKeys.list', query, options);
        return { ...page, items: page.items.map((key) => ({ ...key, usage: [{ day: '2020-02-29', count: 3 }, ...(key.usage ?? [])] })) };
      },
    })),
  },
  {
    bug: 'a key that is being replaced is replaced once more',
    foundBy: 'apiKeys: a key is rolled once at a time, by an overlap that the policy names',
    begin: simply((adapter) => ({
      'apiKeys.roll': (input, options) =>
        adapter.call('apiKeys.roll', input, options).catch(async (error: unknown) => {
          if (!SettingsError.is(error) || error.kind !== 'conflict') throw error;
          const made = await adapter.call('apiKeys.create', { name: 'Again', kind: 'data', environment: 'test', permission: 'read-only', expiresAt: null, addresses: [] }, options);
          return { ...made, previous: null };
        }),
    })),
  },
  {
    bug: 'of keys to revoke those end that are found',
    foundBy: 'apiKeys: keys are revoked all or none, for good; those that were gone are said to be',
    begin: simply((adapter) => ({
      'apiKeys.revoke': async ({ ids }, options) => {
        const results = await Promise.allSettled(ids.map((id) => adapter.call('apiKeys.revoke', { ids: [id] }, { ...options, idempotencyKey: `${options.idempotencyKey ?? ''} ${id}`.slice(0, 64) })));
        const refused = results.find((result) => result.status === 'rejected');
        if (refused) throw refused.reason;
        return { results: results.flatMap((result) => (result.status === 'fulfilled' ? result.value.results : [])) };
      },
    })),
  },
  {
    bug: 'a roll that is cancelled is finished',
    foundBy: 'apiKeys: a roll that is finished ends the old key at once; one that is cancelled ends the new one, and the old goes on as before',
    begin: simply((adapter) => ({
      'apiKeys.cancelRoll': async (input, options) => {
        const key = (await adapter.call('apiKeys.list', { limit: 100 })).items.find(({ id }) => id === input.id);
        await adapter.call('apiKeys.finishRoll', input, options);
        return key ?? adapter.call('apiKeys.cancelRoll', input, options);
      },
    })),
  },
  {
    bug: 'a key that was switched off is listed as active',
    foundBy: 'apiKeys: name, expiry and state change each by itself, and keys are found by their state',
    begin: simply((adapter) => ({ 'apiKeys.list': ({ state, ...query }, options) => adapter.call('apiKeys.list', { ...query, ...(state !== 'active' && state !== undefined && { state }) }, options) })),
  },
  {
    bug: 'whatever calls itself a picture is kept',
    foundBy: 'avatar: what is no picture, is cut off, not square or too wide is invalid at its bytes, and the picture stays as it was',
    begin: rewriting('avatar.set', 'invalid', () => undefined),
  },
  {
    bug: 'a picture is served as what it was said to be',
    foundBy: 'avatar: a type is not believed: neither one that the bytes do not have, nor one that can hold a script',
    begin: simply((adapter) => ({ 'avatar.set': ({ bytes }, options) => adapter.call('avatar.set', { type: 'image/png', bytes }, options) })),
  },
  {
    bug: 'every picture of a person has the same URL',
    foundBy: 'avatar: a picture is the own one of who set it, and a new picture has another URL',
    begin: simply((adapter) => ({ 'avatar.set': async (picture, options) => ({ ...(await adapter.call('avatar.set', picture, options)), avatarUrl: 'pictures/me' }) })),
  },
  {
    bug: 'a new picture makes what is being typed stale',
    foundBy: 'avatar: a new picture leaves the version of the details alone: what is being typed beside it can be saved',
    begin: simply((adapter) => ({
      'avatar.set': async (picture, options) => {
        await adapter.call('profile.update', { name: 'Somebody' });
        return adapter.call('avatar.set', picture, options);
      },
    })),
  },
  {
    bug: 'only who set the logo sees it',
    foundBy: 'logo: everybody in the organisation sees its logo, and nobody elsewhere',
    begin: simply((adapter) => ({ 'company.get': async (input, options) => ({ ...(await adapter.call('company.get', input, options)), logoUrl: null }) })),
  },
  {
    bug: 'a time zone that is not given is forgotten',
    foundBy: 'account: time zone and language are read back, stay where they are not given, and go with null',
    begin: simply((adapter) => ({ 'profile.update': (input, options) => adapter.call('profile.update', { timeZone: null, ...input }, options) })),
  },
  {
    bug: 'whatever has the form of a time zone is kept',
    foundBy: 'account: a time zone and a language that there are not are invalid at their fields',
    begin: simply((adapter) => ({
      'profile.update': async (input, options) => {
        try {
          return await adapter.call('profile.update', input, options);
        } catch {
          return adapter.call('profile.update', {}, options);
        }
      },
    })),
  },
  {
    bug: 'an organisation can lose its last owner by the account',
    foundBy: 'account: the only owner of an organisation cannot delete their account, and the context says so before',
    begin: rewriting('account.delete', 'conflict', () => undefined),
  },
  {
    bug: 'an account is deleted whatever was typed',
    foundBy: 'account: an account is deleted only under its own address, typed',
    begin: simply((adapter) => ({
      'account.delete': async (_input, options) => adapter.call('account.delete', { confirmation: (await adapter.call('auth.context', undefined)).user.email }, options),
    })),
  },
  {
    bug: 'deleting an account signs out, and no more',
    foundBy: 'account: a deleted account is gone from every session and from the team; the keys of the organisation stay',
    begin: simply((adapter) => ({ 'account.delete': (_input, options) => adapter.call('auth.signOut', undefined, options) })),
  },
  ...[
    'a challenge is over after a wrong answer, and when another one is made',
    'a challenge belongs to its session',
    'a challenge to add is none to prove, and the other way round',
    'a challenge ends by itself',
    'the origin of another page proves nothing and adds nothing',
    'the domain of another site proves nothing and adds nothing',
    'a person whom the authenticator did not verify proves nothing and adds nothing',
    'a counter that runs backwards is that of a copy, and proves nothing',
    'the passkey of somebody else proves nothing, and is nobody’s twice',
    'the answer of a passkey works once',
  ].map(
    (name): Sabotage => ({
      bug: `the answer of a passkey is not verified: ${name}`,
      foundBy: `passkeys: ${name}`,
      begin: rewritingTo('auth.stepUp', 'wrong-credential', { freshUntil: '2099-01-01T00:00:00.000Z' }),
    }),
  ),
  {
    bug: 'passkeys are added without a proof by those who have a second factor',
    foundBy: 'passkeys: passkeys.begin without a fresh proof is refused, says what would do, and goes through after it',
    begin: rewritingTo('passkeys.begin', 'step-up-required', examples['passkeys.begin'].output),
  },
  {
    bug: 'the passkey of somebody else can be removed as far as one can tell',
    foundBy: 'passkeys: passkeys.remove of what belongs to another organisation, or is not there, is not found',
    begin: rewriting('passkeys.remove', 'not-found', () => undefined),
  },
  {
    bug: 'removing a passkey twice fails',
    foundBy: 'passkeys: a removed passkey is gone from the list and the methods and proves nothing; removing it again succeeds',
    begin: () => {
      const gone = new Set<string>();
      return (adapter) =>
        replacing(adapter, {
          'passkeys.remove': async (input, options) => {
            if (gone.has(input.id)) throw new SettingsError('not-found');
            await adapter.call('passkeys.remove', input, options);
            gone.add(input.id);
          },
        });
    },
  },
  {
    bug: 'the use of a passkey is not told',
    foundBy: 'passkeys: a passkey proves presence, with MFA on and without, is named among the methods first, and its use is told',
    begin: simply((adapter) => ({
      'passkeys.list': async (input, options) => ({ passkeys: (await adapter.call('passkeys.list', input, options)).passkeys.map((one) => ({ ...one, lastUsedAt: null })) }),
    })),
  },
  {
    bug: 'the passkeys that there are are not named when one is added',
    foundBy: 'passkeys: adding asks for a verified person and a passkey that is found without a name, and names those that there are',
    begin: simply((adapter) => ({ 'passkeys.begin': async (input, options) => ({ ...(await adapter.call('passkeys.begin', input, options)), excludeCredentials: [] }) })),
  },
  {
    bug: 'the role of the organisation before goes along',
    foundBy: 'organisation: a switch takes this session, and no other, to the other organisation: all that is read is of that one',
    begin: simply((adapter) => ({
      'organisation.switch': async (input, options) => {
        const context = await adapter.call('organisation.switch', input, options);
        return { ...context, organisation: context.organisation && { ...context.organisation, role: 'owner' } };
      },
    })),
  },
  {
    bug: 'a call goes to wherever the session is by now',
    foundBy: 'organisation: a call that means another organisation than the session is in by now is a conflict, and does nothing there',
    begin: simply((adapter) => ({ 'company.get': (input, { organisation: _, ...options }) => adapter.call('company.get', input, options) })),
  },
  {
    bug: 'who leaves is told so, and stays',
    foundBy: 'organisation: who leaves is in another organisation of theirs, or in none, and not in the team any more',
    begin: simply((adapter) => ({ 'organisation.leave': () => adapter.call('auth.context', undefined) })),
  },
  {
    bug: 'the last owner is told that they left',
    foundBy: 'organisation: the last owner cannot leave',
    begin: rewritingTo('organisation.leave', 'conflict', examples['organisation.leave'].output),
  },
  {
    bug: 'who hands over goes on as an owner',
    foundBy: 'organisation: handing over makes that member an owner and the owner an admin, and both hear of it',
    begin: simply((adapter) => ({
      'organisation.transfer': async (input, options) => {
        const context = await adapter.call('organisation.transfer', input, options);
        return { ...context, organisation: context.organisation && { ...context.organisation, role: 'owner' } };
      },
    })),
  },
  {
    bug: 'of several handovers at once, all are told that they went through',
    foundBy: 'organisation: of several handovers at once one goes through, and there is an owner after it',
    begin: rewritingTo('organisation.transfer', 'forbidden', examples['organisation.transfer'].output),
  },
  {
    bug: 'handing over to an owner succeeds',
    foundBy: 'organisation: nobody hands over to an owner, to themselves or to somebody who is only invited',
    begin: rewritingTo('organisation.transfer', 'conflict', examples['organisation.transfer'].output),
  },
  {
    bug: 'an organisation is deleted whatever was typed',
    foundBy: 'organisation: nothing but its exact name deletes an organisation',
    begin: simply((adapter) => ({
      'organisation.delete': async (_input, options) => adapter.call('organisation.delete', { confirmation: (await adapter.call('company.get', undefined)).name }, options),
    })),
  },
  {
    bug: 'a deletion is only said',
    foundBy: 'organisation: when it is deleted nobody is in it any more, its invitations open nothing, and other organisations stay as they are',
    begin: simply((adapter) => ({ 'organisation.delete': () => adapter.call('auth.context', undefined) })),
  },
  {
    bug: 'who has no second factor reads the company all the same',
    foundBy: 'organisation: once MFA is required, members without it get no further than their own account, leaving and its set-up; with it they do',
    begin: rewritingTo('company.get', 'enrolment-required', examples['company.get'].output),
  },
  {
    bug: 'a day that is still to come is taken for now',
    foundBy: 'organisation: until the day from which MFA is required nothing changes for those without',
    begin: simply((adapter) => ({
      'company.update': (input, options) => adapter.call('company.update', { ...input, ...(typeof input.mfaRequiredFrom === 'string' && { mfaRequiredFrom: '2020-01-01T00:00:00Z' }) }, options),
    })),
  },
  {
    bug: 'MFA can be required of others without having it',
    foundBy: 'organisation: who requires MFA of others has it themselves; whoever has none hears of it by mail, and nobody else',
    begin: rewritingTo('company.update', 'enrolment-required', examples['company.update'].output),
  },
  {
    bug: 'an open session is enough to lift what MFA is required by',
    foundBy: 'organisation: from when on MFA is required is set, moved and lifted after a fresh proof alone; what is changed without it takes none',
    begin: simply((adapter) => ({
      'company.update': (input, options) =>
        adapter.call('company.update', input, options).catch((error: unknown) => {
          if (input.mfaRequiredFrom === null && SettingsError.is(error) && error.kind === 'step-up-required') return examples['company.update'].output;
          throw error;
        }),
    })),
  },
  {
    bug: 'whatever is changed of a company takes a proof',
    foundBy: 'organisation: from when on MFA is required is set, moved and lifted after a fresh proof alone; what is changed without it takes none',
    begin: simply((adapter) => ({
      'company.update': async (input, options) => {
        const { methods, maxAge, freshUntil } = (await adapter.call('auth.context', undefined)).stepUp;
        if (freshUntil === null) throw new SettingsError('step-up-required', '', { challenge: { methods, maxAge } });
        return adapter.call('company.update', input, options);
      },
    })),
  },
  {
    bug: 'a list by MFA has everybody',
    foundBy: 'team: the list can be had of those without MFA, and of those with it, by those who see it',
    begin: simply((adapter) => ({ 'team.list': ({ mfa: _, ...query }, options) => adapter.call('team.list', query, options) })),
  },
];
