import { keyRollsOf, keyUsageOf, PASSKEY_POINT, type World, type WorldKey, type WorldOrganisation, type WorldPerson } from '@userflux/settings/adapters/memory';
import { apiKeyPrefix, base64, base64Url, emailKey, folded, fromBase64Url, hashRecoveryCodes, invitationMail, INVITATION_SECONDS, randomToken, SESSION_SECONDS, sha256, utf8 } from '@userflux/settings/rules';
import { symmetricEncrypt } from 'better-auth/crypto';
import type { Insertable } from 'kysely';
import { hashApiKey, Seal, searchKeyOf, Store, type Tables } from '../plugin/index.js';
import type { PictureOwner } from '../plugin/pictures.js';
import { iso, type Transaction } from '../plugin/store.js';
import type { Auth } from './auth.js';
import type { OpenDatabase } from './database.js';

/** Where a world goes, and what locks its secrets away. */
export interface SeedPlace {
  database: OpenDatabase;
  auth: Auth;
  encryptionKey: string;
  reveal: 'step-up' | 'creation-only';
  publicUrl: string;
  /** Whether the open invitations come with their mails: never where mail really goes out. */
  mails: boolean;
  now: number;
}

type Seeded = 'user' | 'account' | 'session' | 'twoFactor' | 'passkey' | 'settingsRecoveryCode' | 'organization' | 'member' | 'invitation' | 'apikey' | 'settingsKeyUse' | 'settingsMail' | 'settingsPicture' | 'settingsEvent';
type Rows = { [Table in Seeded]: Insertable<Tables[Table]>[] };

/** Rows that one statement takes: databases count the values of a statement, and stop at some tens of thousands. */
const AT_ONCE = 200;

/**
 * Writes a world into an empty database, all of it or nothing.
 * @returns false when somebody is there already
 */
export async function seedWorld(place: SeedPlace, world: World): Promise<boolean> {
  const { database } = place;
  const store = new Store(database.db, database.type);
  if (await hasPeople(database.db)) return false;
  // What is slow (hashing passwords) is done before the transaction.
  const rows = await rowsOf(place, store, world);
  return store.transaction(async (db) => {
    if (await hasPeople(db)) return false;
    await insert(db, 'user', rows.user);
    await insert(db, 'account', rows.account);
    await insert(db, 'twoFactor', rows.twoFactor);
    await insert(db, 'settingsRecoveryCode', rows.settingsRecoveryCode);
    await insert(db, 'passkey', rows.passkey);
    await insert(db, 'organization', rows.organization);
    await insert(db, 'session', rows.session);
    await insert(db, 'member', rows.member);
    await insert(db, 'invitation', rows.invitation);
    await insert(db, 'apikey', rows.apikey);
    await insert(db, 'settingsKeyUse', rows.settingsKeyUse);
    await insert(db, 'settingsMail', rows.settingsMail);
    await insert(db, 'settingsEvent', rows.settingsEvent);
    await insert(db, 'settingsPicture', rows.settingsPicture);
    return true;
  });
}

async function hasPeople(db: OpenDatabase['db']): Promise<boolean> {
  return (await db.selectFrom('user').select('id').limit(1).executeTakeFirst()) !== undefined;
}

async function insert<Table extends keyof Tables>(db: Transaction, table: Table, rows: readonly Insertable<Tables[Table]>[]): Promise<void> {
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    await db.insertInto(table).values(rows.slice(start, start + AT_ONCE)).execute();
  }
}

async function rowsOf(place: SeedPlace, store: Store, world: World): Promise<Rows> {
  const people = world.people.map((person, index) => ({ ...person, id: `person-${String(index + 1)}` }));
  const named = new Map(people.map((person) => [emailKey(person.email), person]));
  const who = (email: string): Named => {
    const person = named.get(emailKey(email));
    if (!person) throw new TypeError(`The world has a member whom it does not have as a person: ${email}`);
    return person;
  };
  const rows: Rows = { user: [], account: [], session: [], twoFactor: [], passkey: [], settingsRecoveryCode: [], organization: [], member: [], invitation: [], apikey: [], settingsKeyUse: [], settingsMail: [], settingsPicture: [], settingsEvent: [] };
  for (const person of people) {
    await addPerson(rows, place, store, person);
    addSessions(rows, place, store, person);
    addPasskeys(rows, place, store, person);
  }
  for (const organisation of world.organisations) {
    rows.organization.push({
      id: organisation.id,
      name: organisation.name,
      slug: organisation.id,
      logo: null,
      metadata: null,
      country: organisation.country,
      pictureId: addPicture(rows, place.now, { organizationId: organisation.id }, organisation.logo),
      mfaRequiredMoment: organisation.mfaRequiredIn === undefined ? null : place.now + organisation.mfaRequiredIn * 1000,
      createdAt: store.date(place.now),
    });
    addMembers(rows, place, store, organisation, who);
    await addInvitations(rows, place, store, organisation, who);
    await addKeys(rows, place, store, organisation, who);
    addEvents(rows, place, organisation, who);
  }
  return rows;
}

/** The world's pictures are `data:` URLs. */
function addPicture(rows: Rows, at: number, owner: PictureOwner, url: string | undefined): string | null {
  const [, type, data] = /^data:([\w/]+);base64,(.+)$/.exec(url ?? '') ?? [];
  if (type === undefined || data === undefined) return null;
  const id = randomToken();
  rows.settingsPicture.push({ id, userId: null, organizationId: null, ...owner, type, data, at });
  return id;
}

interface Named extends WorldPerson {
  id: string;
}

async function addPerson(rows: Rows, { auth, now }: SeedPlace, store: Store, person: Named): Promise<void> {
  const { id, name, password, totpSecret, recoveryCodes = [] } = person;
  const email = person.email.toLowerCase(); // Better Auth looks people up by this form
  const at = store.date(now);
  rows.user.push({
    id,
    name,
    email,
    emailVerified: store.boolean(true),
    image: null,
    pictureId: addPicture(rows, now, { userId: id }, person.avatar),
    timeZone: person.timeZone ?? null,
    language: person.language ?? null,
    createdAt: at,
    updatedAt: at,
    twoFactorEnabled: store.boolean(totpSecret !== undefined),
    searchKey: searchKeyOf(name, email),
  });
  const context = await auth.$context;
  if (password !== null) {
    rows.account.push({ id: `${id}.credential`, accountId: id, providerId: 'credential', userId: id, password: await context.password.hash(password), createdAt: at, updatedAt: at });
  }
  if (totpSecret !== undefined) {
    const seal = (data: string): Promise<string> => symmetricEncrypt({ key: context.secretConfig, data });
    // As Better Auth's two-factor plugin reads them: a secret that came from elsewhere is marked as base32.
    rows.twoFactor.push({ id: `${id}.totp`, userId: id, secret: await seal(`base32:${totpSecret}`), backupCodes: await seal('[]'), verified: store.boolean(true), lastStep: 0 });
    const { salt, hashes } = await hashRecoveryCodes(recoveryCodes);
    rows.settingsRecoveryCode.push(...hashes.map((hash, index) => ({ id: `${id}.recovery-code-${String(index + 1)}`, userId: id, salt, hash })));
  }
}

/** As Better Auth's passkey plugin reads them; the key as COSE (RFC 9053 section 7.1.1). */
function addPasskeys(rows: Rows, { now }: SeedPlace, store: Store, person: Named): void {
  const head = [0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32];
  const publicKey = base64(new Uint8Array([...head, ...fromBase64Url(PASSKEY_POINT.x), 0x22, 0x58, 32, ...fromBase64Url(PASSKEY_POINT.y)]));
  for (const [index, { name, synced, addedAgo, usedAgo }] of (person.passkeys ?? []).entries()) {
    const id = `${person.id}.passkey-${String(index + 1)}`;
    rows.passkey.push({
      id,
      name,
      publicKey,
      userId: person.id,
      credentialID: base64Url(utf8(id)),
      counter: 0,
      deviceType: synced ? 'multiDevice' : 'singleDevice',
      backedUp: store.boolean(synced),
      transports: synced ? 'internal,hybrid' : 'usb',
      createdAt: store.date(now - addedAgo * 1000),
      aaguid: null,
      lastUsedMoment: usedAgo === null ? null : now - usedAgo * 1000,
    });
  }
}

/** Where else a person is signed in: with tokens that nobody knows. */
function addSessions(rows: Rows, { now }: SeedPlace, store: Store, person: Named): void {
  for (const [index, session] of (person.sessions ?? []).entries()) {
    const createdAt = now - session.signedInAgo * 1000;
    rows.session.push({
      id: `${person.id}.session-${String(index + 1)}`,
      userId: person.id,
      token: randomToken(),
      createdAt: store.date(createdAt),
      updatedAt: store.date(createdAt),
      expiresAt: store.date(createdAt + SESSION_SECONDS * 1000),
      ipAddress: session.address,
      userAgent: session.userAgent,
      activeOrganizationId: null,
      stepUpMethod: null,
      stepUpUntil: null,
      recentUntil: 0,
      lastSeenMoment: now - session.activeAgo * 1000,
    });
  }
}

function addMembers(rows: Rows, { now }: SeedPlace, store: Store, organisation: WorldOrganisation, who: (email: string) => Named): void {
  for (const [index, { email, role, joinedAgo, activeAgo }] of organisation.members.entries()) {
    const userId = who(email).id;
    const joinedAt = now - joinedAgo * 1000;
    rows.member.push({ id: `${organisation.id}.member-${String(index + 1)}`, organizationId: organisation.id, userId, role, createdAt: store.date(joinedAt), enteredAt: joinedAt, joinedAt, invitedAt: null, invitedBy: null, searchKey: searchKeyOf(who(email).name, who(email).email) });
    if (activeAgo === null) continue;
    // When somebody was last here is read off their sessions; this one is over, and its token nobody knows.
    const at = now - activeAgo * 1000;
    rows.session.push({
      id: `${organisation.id}.session-${String(index + 1)}`,
      userId,
      token: randomToken(),
      createdAt: store.date(at - SESSION_SECONDS * 1000),
      updatedAt: store.date(at),
      expiresAt: store.date(Math.min(at, now - 1000)),
      ipAddress: null,
      userAgent: null,
      activeOrganizationId: organisation.id,
      stepUpMethod: null,
      stepUpUntil: null,
      recentUntil: 0,
      lastSeenMoment: at,
    });
  }
}

async function addInvitations(rows: Rows, { now, publicUrl, mails }: SeedPlace, store: Store, organisation: WorldOrganisation, who: (email: string) => Named): Promise<void> {
  for (const [index, invitation] of organisation.invitations.entries()) {
    const token = randomToken();
    const inviter = who(invitation.invitedBy);
    const email = invitation.email.toLowerCase();
    const invitedAt = now - invitation.invitedAgo * 1000;
    const expiresAt = invitedAt + INVITATION_SECONDS * 1000;
    rows.invitation.push({
      id: `${organisation.id}.invitation-${String(index + 1)}`,
      organizationId: organisation.id,
      email,
      role: invitation.role,
      status: invitation.declined ? 'rejected' : 'pending',
      delivery: invitation.bounced ? 'bounced' : 'sent',
      expiresAt: store.date(expiresAt),
      createdAt: store.date(invitedAt),
      inviterId: inviter.id,
      tokenHash: await sha256(token),
      emailKey: emailKey(email),
      searchKey: folded(email),
      enteredAt: now - (invitation.firstInvitedAgo ?? invitation.invitedAgo) * 1000,
      invitedAt,
      invitedBy: inviter.name,
    });
    if (!mails || invitation.declined || expiresAt <= now) continue;
    const mail = invitationMail(email, { organisation: organisation.name, inviter: inviter.name, expiresAt: iso(expiresAt), link: `${publicUrl}/#invitation=${encodeURIComponent(token)}` });
    rows.settingsMail.push({ id: randomToken(), at: invitedAt, ...mail, tries: 0, dueAt: invitedAt });
  }
}

async function addKeys(rows: Rows, place: SeedPlace, store: Store, organisation: WorldOrganisation, who: (email: string) => Named): Promise<void> {
  const seal = new Seal(place.encryptionKey);
  const idOf = (index: number): string => `${organisation.id}.key-${String(index + 1)}`;
  const rolls = keyRollsOf(organisation.keys);
  for (const [index, key] of organisation.keys.entries()) {
    const id = idOf(index);
    const replacing = rolls.find(({ successor }) => successor === index);
    const replaced = rolls.find(({ old }) => old === index);
    const endsIn = (replacing ?? replaced)?.endsIn;
    rows.settingsKeyUse.push(...keyUsageOf(key, place.now).map(({ day, count }) => ({ id: `${id} ${day}`, keyId: id, day, count })));
    rows.apikey.push({
      ...moments(place, store, key),
      id,
      configId: 'default',
      name: key.name,
      start: null,
      prefix: apiKeyPrefix(key.kind, key.environment),
      key: await hashApiKey(key.secret),
      referenceId: organisation.id,
      enabled: store.boolean(key.enabled ?? true),
      rateLimitEnabled: store.boolean(false),
      requestCount: 0,
      expiresAt: key.expiresIn === undefined ? null : store.date(place.now + key.expiresIn * 1000),
      replacesId: replacing ? idOf(replacing.old) : null,
      replacedById: replaced ? idOf(replaced.successor) : null,
      overlapEndsMoment: endsIn === undefined ? null : place.now + endsIn * 1000,
      searchKey: folded(key.name),
      kind: key.kind,
      environment: key.environment,
      permission: key.permission,
      last4: key.secret.slice(-4),
      sealed: place.reveal === 'step-up' ? await seal.close(id, key.secret) : null,
      addresses: JSON.stringify(key.addresses),
      createdBy: who(key.createdBy).name,
      lastUsedFrom: key.usedFrom,
    });
  }
}

function addEvents(rows: Rows, { now }: SeedPlace, organisation: WorldOrganisation, who: (email: string) => Named): void {
  for (const [index, event] of (organisation.events ?? []).entries()) {
    const at = now - event.ago * 1000;
    rows.settingsEvent.push({
      id: `${String(at).padStart(15, '0')}.${organisation.id}.event-${String(index + 1)}`,
      at,
      userId: who(event.by).id,
      organizationId: organisation.id,
      action: event.action,
      targets: '[]',
      names: JSON.stringify(event.targets ?? []),
      address: event.address,
      userAgent: event.userAgent,
      result: event.result ?? 'ok',
    });
  }
}

function moments({ now }: SeedPlace, store: Store, key: WorldKey) {
  const createdAt = now - key.createdAgo * 1000;
  return {
    createdAt: store.date(createdAt),
    updatedAt: store.date(createdAt),
    createdMoment: createdAt,
    lastUsedMoment: key.usedAgo === null ? null : now - key.usedAgo * 1000,
  };
}
