import { sql, type Kysely, type SelectQueryBuilder, type Transaction as KyselyTransaction } from 'kysely';

/** SQLite keeps booleans as 0 and 1 and dates as ISO texts, PostgreSQL has both: {@link Store} writes them, {@link truth} and {@link millis} read them. */
export type StoredBoolean = boolean | number | null;
export type StoredDate = Date | string | null;
/** bigint columns: `pg` answers them as texts. */
export type StoredMoment = number | string | null;

/** The rows that the plugin reads and writes, under Better Auth's default names. */
export interface Tables {
  user: {
    id: string;
    name: string;
    email: string;
    emailVerified: StoredBoolean;
    image: string | null;
    createdAt: StoredDate;
    updatedAt: StoredDate;
    twoFactorEnabled: StoredBoolean;
    searchKey: string | null;
    pictureId: string | null;
    timeZone: string | null;
    language: string | null;
  };
  account: { id: string; accountId: string; providerId: string; userId: string; password: string | null; createdAt: StoredDate; updatedAt: StoredDate };
  session: {
    id: string;
    userId: string;
    token: string;
    expiresAt: StoredDate;
    createdAt: StoredDate;
    updatedAt: StoredDate;
    ipAddress: string | null;
    userAgent: string | null;
    activeOrganizationId: string | null;
    stepUpMethod: string | null;
    stepUpUntil: StoredMoment;
    recentUntil: StoredMoment;
    lastSeenMoment: StoredMoment;
  };
  twoFactor: { id: string; userId: string; secret: string; backupCodes: string; verified: StoredBoolean; lastStep: number };
  organization: { id: string; name: string; slug: string; logo: string | null; createdAt: StoredDate; metadata: string | null; country: string | null; pictureId: string | null; mfaRequiredMoment: StoredMoment };
  member: {
    id: string;
    organizationId: string;
    userId: string;
    role: string;
    createdAt: StoredDate;
    enteredAt: StoredMoment;
    joinedAt: StoredMoment;
    invitedAt: StoredMoment;
    invitedBy: string | null;
    searchKey: string | null;
  };
  invitation: {
    id: string;
    organizationId: string;
    email: string;
    role: string | null;
    status: string;
    expiresAt: StoredDate;
    createdAt: StoredDate;
    inviterId: string;
    tokenHash: string | null;
    emailKey: string | null;
    searchKey: string | null;
    delivery: string | null;
    enteredAt: StoredMoment;
    invitedAt: StoredMoment;
    invitedBy: string | null;
  };
  apikey: {
    id: string;
    configId: string;
    name: string | null;
    start: string | null;
    prefix: string | null;
    key: string;
    referenceId: string;
    enabled: StoredBoolean;
    rateLimitEnabled: StoredBoolean;
    requestCount: number | null;
    expiresAt: StoredDate;
    createdAt: StoredDate;
    updatedAt: StoredDate;
    kind: string | null;
    environment: string | null;
    permission: string | null;
    last4: string | null;
    sealed: string | null;
    addresses: string | null;
    revokedMoment: StoredMoment;
    replacesId: string | null;
    replacedById: string | null;
    overlapEndsMoment: StoredMoment;
    createdBy: string | null;
    createdMoment: StoredMoment;
    lastUsedMoment: StoredMoment;
    lastUsedFrom: string | null;
    searchKey: string | null;
  };
  passkey: {
    id: string;
    name: string | null;
    /** COSE, base64. */
    publicKey: string;
    userId: string;
    credentialID: string;
    counter: number;
    deviceType: string;
    backedUp: StoredBoolean;
    transports: string | null;
    createdAt: StoredDate;
    aaguid: string | null;
    lastUsedMoment: StoredMoment;
  };
  settingsChallenge: { id: string; challenge: string; expiresAt: StoredMoment };
  settingsAttempt: { id: string; failures: number; waits: number; lockedUntil: StoredMoment; at: StoredMoment };
  settingsKeyUse: { id: string; keyId: string; day: string; count: number };
  settingsEnrolment: { id: string; userId: string; secret: string; expiresAt: StoredMoment };
  settingsRecoveryCode: { id: string; userId: string; salt: string; hash: string };
  settingsEmailChange: { id: string; userId: string; email: string; tokenHash: string; expiresAt: StoredMoment };
  settingsPicture: { id: string; userId: string | null; organizationId: string | null; type: string; data: string; at: StoredMoment };
  settingsWrite: { id: string; fingerprint: string; answer: string | null; reference: string | null; at: StoredMoment };
  settingsEvent: {
    id: string;
    at: StoredMoment;
    userId: string | null;
    organizationId: string | null;
    action: string;
    targets: string;
    names: string | null;
    address: string | null;
    userAgent: string | null;
    result: string;
  };
  settingsFormerMember: { id: string; organizationId: string };
  settingsHint: { id: string; at: StoredMoment; reads: string; userId: string | null; organizationId: string | null };
  settingsMail: { id: string; at: StoredMoment; to: string; subject: string; text: string; link: string | null; invitationHash: string | null; tries: number; dueAt: StoredMoment };
}

export type Transaction = KyselyTransaction<Tables>;
/** What a query may run on: the database itself, or a transaction. */
export type Queries = Kysely<Tables>;
export type DatabaseType = 'sqlite' | 'postgres';

export function truth(value: StoredBoolean): boolean {
  return value === true || value === 1;
}

export function millis(value: StoredMoment | StoredDate): number | null {
  if (value === null) return null;
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'number') return value;
  return /^-?\d+$/.test(value) ? Number(value) : Date.parse(value);
}

/** The same for columns that are never empty. */
export function moment(value: StoredMoment | StoredDate): number {
  return millis(value) ?? 0;
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}

export function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}

/** Whether the database refused a second row with the same value in a unique column. */
export function isTwice(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && (error.code === '23505' || error.code === 'SQLITE_CONSTRAINT_UNIQUE');
}

/** The database, and what differs between its kinds. */
export class Store {
  readonly db: Queries;
  readonly type: DatabaseType;

  constructor(db: Queries, type: DatabaseType) {
    this.db = db;
    this.type = type;
  }

  boolean(value: boolean): StoredBoolean {
    return this.type === 'sqlite' ? Number(value) : value;
  }

  date(at: number): StoredDate {
    return this.type === 'sqlite' ? iso(at) : new Date(at);
  }

  /** A comparison of texts by their code points, whatever the database's language is: cursors must mean the same everywhere. */
  plain(column: string): ReturnType<typeof sql<string>> {
    return this.type === 'sqlite' ? sql<string>`${sql.ref(column)}` : sql<string>`${sql.ref(column)} collate "C"`;
  }

  /** Keeps others from changing the rows until this transaction ends. SQLite writes one after another anyway. */
  locking<Table extends keyof Tables, Row>(query: SelectQueryBuilder<Tables, Table, Row>): SelectQueryBuilder<Tables, Table, Row> {
    return this.type === 'postgres' ? query.forUpdate() : query;
  }

  /** Everything in it stands, or nothing. What it waits for must not be slow: SQLite has one writer. */
  transaction<Answer>(work: (db: Transaction) => Promise<Answer>): Promise<Answer> {
    return this.db.transaction().execute(async (db) => {
      // Another request under the same idempotency key holds its row; nobody waits for it for ever.
      if (this.type === 'postgres') await sql`set local lock_timeout = '3s'`.execute(db);
      return work(db);
    });
  }
}
