/**
 * `npm run openapi`: writes docs/openapi.json, the OpenAPI 3.1 document of the settings HTTP API. It is generated from the operations
 * table, its HTTP column, the problems, the examples and the doc comments above each of them. What is written here by hand is what
 * none of them says: {@link also} and {@link meanings}.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as z from 'zod/mini';
import { account } from '../src/contract/account.js';
import { apiKey, apiKeys, sourceAddress } from '../src/contract/api-keys.js';
import { auth, authContext, stepUpMethod, stepUpProof, user } from '../src/contract/auth.js';
import { company, companyDetails } from '../src/contract/company.js';
import { fieldProblems, SettingsError, type SettingsErrorKind, type SettingsErrorOptions } from '../src/contract/errors.js';
import { examples } from '../src/contract/examples.js';
import { describeProblem, ORGANISATION_HEADER, PROBLEM_TYPES, pathFields, problemCodes, problemSchema, readProblem, routeOf, writeProblem, type ProblemCode, type TransportCode } from '../src/contract/http/index.js';
import type {
  ApiExample,
  ApiOperation,
  ApiParameter,
  ApiResponse,
  JsonSchema,
  Method,
  OpenApiDocument,
  Reference,
} from '../src/contract/http/openapi.js';
import { mfa, mfaEnrolment } from '../src/contract/mfa.js';
import { operationNames, rowOf, type OperationName } from '../src/contract/operations.js';
import { organisation } from '../src/contract/organisation.js';
import { passkey, passkeys } from '../src/contract/passkeys.js';
import { PICTURE_BYTES, pictureTypes, time, type OperationRow } from '../src/contract/schema.js';
import { session, sessions } from '../src/contract/sessions.js';
import { activity, audit, event } from '../src/contract/activity.js';
import { invitation, team, teamRow } from '../src/contract/team.js';
import { assertion, creationOptions, registration, requestOptions } from '../src/contract/webauthn.js';
import { mayCall, needsSession } from '../src/rules/policy.js';
import { PICTURE_SIDE } from '../src/rules/pictures.js';
import { readComments, type Comments } from './doc-comments.js';

/** Where the document is committed. */
export const OPENAPI_FILE = new URL('../docs/openapi.json', import.meta.url);

/** Where the reference server has the API. */
const BASE_PATH = '/api/auth/settings';

// ---- What nothing else says ----

/** Refusals that follow from what an operation does, not from its row. */
const also: Partial<Record<OperationName, Partial<Record<ProblemCode, string>>>> = {
  'auth.stepUp': {
    'step-up-required': 'with MFA on, a password alone proves too little',
    'wrong-credential': 'a code or a password is wrong, or a passkey did not answer what this session was last asked',
    'enrolment-required': 'a code was given, and the person has no second factor',
  },
  'auth.passkeyOptions': { 'not-found': 'the person has no passkey', 'rate-limited': 'too many wrong answers' },
  'account.delete': { conflict: 'they are the only owner of an organisation' },
  'email.resend': { 'not-found': 'no change of address is pending' },
  'mfa.begin': { conflict: 'MFA is on already' },
  'passkeys.begin': { conflict: 'the person has as many as this backend takes' },
  'passkeys.finish': { 'not-found': 'what was begun is over', conflict: 'it is somebody’s already, or the person has as many as this backend takes' },
  'passkeys.remove': { conflict: 'it is the only way in which this person can prove presence' },
  'company.update': { 'enrolment-required': 'they require MFA and have none' },
  'organisation.switch': { 'not-found': 'the person is not in this organisation' },
  'organisation.leave': { conflict: 'it is the last owner' },
  'organisation.transfer': { conflict: 'that member is an owner already', 'not-found': 'there is no such member' },
  'team.resend': { conflict: 'they have joined' },
  'team.link': { conflict: 'the invitation is not open any more' },
  'team.changeRole': { conflict: 'it is the last owner, or an invitation that is not open any more' },
  'team.remove': { conflict: 'it is the last owner, or oneself: one leaves in another way' },
  'team.revoke': { conflict: 'they have joined; to say "revoked" would leave them in the team unnoticed' },
  'invitation.accept': { conflict: 'it is not open any more, or the person is in the organisation already', forbidden: 'it is for another address' },
  'invitation.decline': { conflict: 'it was accepted' },
};

/** What a code means, and what a caller does about it. */
const meanings: Record<Exclude<SettingsErrorKind, 'offline' | 'aborted'> | TransportCode, string> = {
  unauthenticated: 'There is no session, or it has ended. Sign in and try again.',
  'step-up-required': 'The session is too old for this, or was never proved by a second factor. `methods` says what would do: call `auth.stepUp` with one of them, then send the same request again, under the same Idempotency-Key. `WWW-Authenticate` says the same (RFC 9470).',
  'enrolment-required': 'This needs a second factor, and the person has none. Set one up (`mfa.begin`), then try again.',
  forbidden: 'The role of this person does not allow it. Rights are checked at each call: ask for the context again.',
  'not-found': 'It is not there, not any more, or belongs to another organisation; which of them is not told.',
  invalid: '`fields` says what is wrong, by the path of each field in the input (`addresses.0.address`).',
  'wrong-credential': 'The code or password is wrong. `attemptsLeft` counts the tries before a wait.',
  conflict: 'The state is another than this request takes for granted. Read it again.',
  stale: 'Somebody wrote since the version in If-Match was read. `current` is the value as it is now; nothing was overwritten.',
  'rate-limited': 'Too many wrong tries, or too many requests. Wait for `retryAfter` seconds; right codes wait as well.',
  unsupported: 'This server does not have this operation. The context does not name it either.',
  unavailable: 'The server cannot answer at the moment. Reads may be repeated; writes under the same Idempotency-Key.',
  unexpected: 'A failure inside the server. `requestId` is what its log knows it by.',
  'malformed-body': 'The body could not be read as JSON.',
  'unsafe-text': 'A text in the body holds a NUL character or half of a surrogate pair, which databases refuse or garble.',
  'too-deep': 'The body is nested more deeply than any input of this API.',
  'idempotency-key-missing': 'Writes carry an Idempotency-Key, so that repeating one after a lost answer has no second effect.',
  'foreign-origin': 'The Origin header names a site that this server does not take writes from. It guards sessions in cookies against other sites.',
  'unknown-path': 'No operation stands at this path. Check the base URL.',
  'method-not-allowed': 'The path exists, and `Allow` lists its methods.',
  'idempotency-in-flight': 'Wait for the first request to finish, then repeat: the answer will be the same.',
  'body-too-large': 'No body may be larger than 64 KB; a picture may have 1 MB.',
  'media-type': 'Send `Content-Type: application/json`, or that of the picture where the body is one. HTML forms cannot, which is the point.',
  'idempotency-key-reused': 'The key belongs to another request. Make a new one for each thing that a person does.',
  'version-missing': 'Send the `version` that was read as If-Match, so that nobody overwrites what they have not seen.',
};

/** What an example of a problem carries beyond its code. */
const details: Partial<Record<SettingsErrorKind, SettingsErrorOptions>> = {
  'step-up-required': { challenge: { methods: ['totp'], maxAge: 600 } },
  invalid: { fields: { name: 'required' } },
  'wrong-credential': { attemptsLeft: 4 },
  stale: { current: examples['company.get'].output },
  'rate-limited': { retryAfter: 900 },
};

const about = `How a settings screen talks to its backend: JSON over HTTPS, below one base URL.

- **Sessions** are a cookie (\`HttpOnly\`, \`Secure\`, \`SameSite\`) or a bearer token. What somebody may do is the list \`operations\` in \`GET /context\`, and is checked again at each call.
- **Writes** carry an \`Idempotency-Key\`. The same key with the same input has one effect and the same answer; with another input it is refused. Only writes that had their effect are remembered, for 24 hours: what was refused may be sent again under its key.
- **Versions**: what can be edited has a \`version\`, which is also its \`ETag\`. Updates send it back as \`If-Match\`; an old one is answered with 412 and the current value.
- **Errors** are problem details (RFC 9457) with a stable \`type\` and \`code\`. Texts in them are for developers.
- **Step-up** is RFC 9470: 401 with \`insufficient_user_authentication\`. Prove that the person is there, then send the same request again.
- **Lists** come in pages. \`nextCursor\` is a position in the order, not an offset: no row comes twice and none is left out, whatever is written meanwhile.
- **Text** is cleaned before it is checked: spaces around it and characters that nobody can see are dropped. Times are ISO 8601 in UTC, durations whole seconds, ids opaque.
- Every answer is \`Cache-Control: no-store\`. A body may have fields that this document does not name: ignore them.`;

// ---- Comments and schemas ----

// "For people to read" is no news about a name.
const comments = readComments(fileURLToPath(new URL('../src/contract', import.meta.url)), new Set(['text', 'addressText']));

const pascal = (name: string): string => name.replace(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The first sentence, and what follows it. */
function sentences(text: string): [first: string, rest: string] {
  const [, first = text, rest = ''] = /^(.*?)\.(?:\s+(?=["`A-Z])(.*))?$/s.exec(text) ?? [];
  return [first, rest];
}

const areas: Record<string, Partial<Record<OperationName, unknown>>> = { auth, account, mfa, passkeys, sessions, company, organisation, team, apiKeys, activity, audit };

function areaOf(operation: OperationName): string {
  const area = Object.keys(areas).find((name) => operation in (areas[name] ?? {}));
  if (area === undefined) throw new Error(`${operation} is in no area: add its table to "areas".`);
  return area;
}

/** The comments of an operation's input or output. */
function fieldComments(operation: OperationName, side: 'input' | 'output'): Comments {
  const row = comments(areaOf(operation)).fields.get(operation);
  return row?.fields.get(side) ?? { text: undefined, fields: new Map() };
}

interface Noun {
  schema: z.ZodMiniType;
  comments: Comments;
}

/** What both sides know by name. Requests and answers that are none of these are named after their operation. */
const nouns: Record<string, Noun> = {
  AuthContext: { schema: authContext, comments: comments('authContext') },
  User: { schema: user, comments: comments('user') },
  StepUpProof: { schema: stepUpProof, comments: comments('stepUpProof') },
  MfaEnrolment: { schema: mfaEnrolment, comments: comments('mfaEnrolment') },
  Passkey: { schema: passkey, comments: comments('passkey') },
  PublicKeyCredentialCreationOptionsJSON: { schema: creationOptions, comments: comments('creationOptions') },
  PublicKeyCredentialRequestOptionsJSON: { schema: requestOptions, comments: comments('requestOptions') },
  RegistrationResponseJSON: { schema: registration, comments: comments('registration') },
  AuthenticationResponseJSON: { schema: assertion, comments: comments('assertion') },
  Session: { schema: session, comments: comments('session') },
  SessionPage: { schema: sessions['sessions.list'].output, comments: { ...comments('page'), text: 'One page of sessions.' } },
  Company: { schema: companyDetails, comments: comments('companyDetails') },
  TeamRow: { schema: teamRow, comments: comments('teamRow') },
  TeamPage: { schema: team['team.list'].output, comments: { ...comments('page'), text: 'One page of the team.' } },
  Invitation: { schema: invitation, comments: comments('invitation') },
  InvitationToken: { schema: team['invitation.get'].input, comments: comments('invitationToken') },
  ApiKey: { schema: apiKey, comments: comments('apiKey') },
  ApiKeyPage: { schema: apiKeys['apiKeys.list'].output, comments: { ...comments('page'), text: 'One page of API keys.' } },
  SourceAddress: { schema: sourceAddress, comments: comments('sourceAddress') },
  Event: { schema: event, comments: comments('event') },
  EventPage: { schema: activity['activity.list'].output, comments: { ...comments('page'), text: 'One page of events.' } },
  Problem: { schema: problemSchema, comments: comments('problemSchema') },
};

interface Def {
  type: string;
  checks?: { _zod: { def: { fn?: unknown; pattern?: RegExp } } }[];
}
const defOf = (schema: z.core.$ZodType): Def => schema._zod.def as Def;

const isNothing = (schema: z.ZodMiniType): boolean => defOf(schema).type === 'void';

/** JSON Schema has no flags: a pattern that does not mind the case says so itself. */
function caseless(pattern: RegExp): string {
  const source = pattern.source.replace(/([a-z])-([a-z])/g, (range) => range + range.toUpperCase());
  if (/[a-z]/.test(source.replace(/\\[a-z]|[a-z]-[a-z]/g, ''))) throw new Error(`${String(pattern)}: only ranges of letters can be written without the flag i.`);
  return source;
}

/** What zod's own conversion cannot know. */
function mend({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (zodSchema === time) jsonSchema.format = 'date-time';
  for (const check of defOf(zodSchema).checks ?? []) {
    const { fn, pattern } = check._zod.def;
    if (fn === Number.isSafeInteger) jsonSchema.type = 'integer';
    if (pattern?.flags.includes('i')) jsonSchema.pattern = caseless(pattern);
  }
  // Answers grow: a reader of this version ignores the fields of the next.
  delete jsonSchema.additionalProperties;
}

/** `string or null` in the short form of JSON Schema 2020-12. */
function tidy(schema: JsonSchema): JsonSchema {
  const [value, none] = schema.anyOf ?? [];
  if (schema.anyOf?.length === 2 && none?.type === 'null' && typeof value?.type === 'string') {
    const { anyOf: _, ...rest } = schema;
    return { ...rest, ...value, type: [value.type, 'null'], ...(value.enum && { enum: [...value.enum, null] }) };
  }
  return schema;
}

/** The schema with the contract's comments as descriptions, and without what only zod needs. */
function written(schema: JsonSchema, { text, fields }: Comments, top = true): JsonSchema {
  const { $id: _id, $schema: _schema, properties, required, items, anyOf, ...rest } = schema;
  if (rest.$ref !== undefined) return rest;
  return tidy({
    ...(text !== undefined && top && { description: text }),
    ...rest,
    ...(anyOf && { anyOf: anyOf.map((one) => written(one, { text: undefined, fields })) }),
    ...(items && { items: written(items, { text: undefined, fields }) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, written(property, fields.get(name) ?? { text: undefined, fields: new Map() })]),
      ),
    }),
    ...(required && { required }),
  });
}

/** The names of an input's fields, whichever form it takes. */
function inputFields(operation: OperationName): string[] {
  const schema = z.toJSONSchema(z.object({ input: z.optional(rowOf(operation).input) }), { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const input = schema.properties?.['input'];
  return [input, ...(input?.anyOf ?? [])].flatMap((form) => Object.keys(form?.properties ?? {}));
}

const hasBody = (operation: OperationName): boolean => {
  const { method, path } = routeOf(operation);
  return method !== 'GET' && routeOf(operation).picture !== true && inputFields(operation).some((name) => !pathFields(path).includes(name));
};

/** All schemas by name: requests as a caller gives them, answers as they come out. */
function componentSchemas(): Record<string, JsonSchema> {
  const inputs = z.registry<{ id: string }>();
  const outputs = z.registry<{ id: string }>();
  const named = new Map<string, Comments>();
  const add = (registry: typeof inputs, id: string, noun: Noun): void => {
    if (registry.has(noun.schema)) return;
    named.set(id, noun.comments);
    registry.add(noun.schema, { id });
  };
  for (const [id, noun] of Object.entries(nouns)) {
    add(inputs, id, noun);
    add(outputs, id, noun);
  }
  for (const operation of operationNames) {
    const { input, output } = rowOf(operation);
    if (hasBody(operation)) add(inputs, `${pascal(operation)}Request`, { schema: input, comments: fieldComments(operation, 'input') });
    if (!isNothing(output)) add(outputs, `${pascal(operation)}Response`, { schema: output, comments: fieldComments(operation, 'output') });
  }
  const uri = (id: string): string => `#/components/schemas/${id}`;
  const given = z.toJSONSchema(inputs, { io: 'input', uri, override: mend }).schemas as Record<string, JsonSchema>;
  const answered = z.toJSONSchema(outputs, { io: 'output', uri, override: mend }).schemas as Record<string, JsonSchema>;
  for (const id of Object.keys(nouns)) {
    if (JSON.stringify(given[id]) !== JSON.stringify(answered[id])) throw new Error(`${id} is not the same as an input and as an output: give it two names.`);
  }
  return Object.fromEntries(
    Array.from(named, ([id, comment]): [string, JsonSchema] => {
      const schema = written({ ...answered[id], ...given[id] }, comment);
      return [id, id === 'Problem' ? problem(schema) : withoutPath(id, schema)];
    }),
  );
}

/** Fields that stand in the path are not in the body. */
function withoutPath(id: string, schema: JsonSchema): JsonSchema {
  const operation = operationNames.find((name) => `${pascal(name)}Request` === id);
  const path = operation ? pathFields(routeOf(operation).path) : [];
  if (path.length === 0 || !schema.properties) return schema;
  const required = schema.required?.filter((name) => !path.includes(name)) ?? [];
  const { required: _, ...rest } = schema;
  return {
    ...rest,
    properties: Object.fromEntries(Object.entries(schema.properties).filter(([name]) => !path.includes(name))),
    ...(required.length > 0 && { required }),
  };
}

/** A problem as a server writes it: its schema in the contract is as lenient as a reader has to be. */
function problem(schema: JsonSchema): JsonSchema {
  const { properties = {} } = schema;
  const within = (name: string, more: JsonSchema): JsonSchema => ({ ...properties[name], ...more });
  return {
    ...schema,
    description: 'What went wrong, as RFC 9457 problem details. Texts are for developers; people read their own language, chosen by `code`.',
    properties: {
      ...properties,
      type: within('type', { description: `Leads to what the code means: the API's base URL, \`${PROBLEM_TYPES}\`, the code.`, format: 'uri-reference' }),
      title: within('title', { description: 'The code in words; the same each time.' }),
      status: within('status', { description: 'The HTTP status.', type: 'integer' }),
      detail: within('detail', { description: 'This case in words. Never repeats what the caller sent.' }),
      code: within('code', { description: 'What programs act on.', enum: [...problemCodes] }),
      fields: within('fields', { additionalProperties: { type: 'string', enum: [...fieldProblems] } }),
      methods: within('methods', { items: { type: 'string', enum: stepUpMethod.options } }),
    },
    required: ['type', 'title', 'status', 'code'],
  };
}

// ---- Operations ----

const secured = [{ session: [] }, { bearer: [] }];

/** Why an operation may be refused, by code: mostly what its row and its route say. */
function refusals(operation: OperationName): Map<ProblemCode, string> {
  const { input, effect, versioned, stepUp } = rowOf(operation);
  const fields = inputFields(operation);
  const codes = new Map<ProblemCode, string>();
  const add = (condition: boolean, ...more: ProblemCode[]): void => {
    if (condition) for (const code of more) codes.set(code, '');
  };
  add(hasBody(operation), 'malformed-body', 'unsafe-text', 'too-deep', 'body-too-large', 'media-type');
  add(routeOf(operation).picture === true, 'body-too-large', 'media-type');
  add(effect === 'write', 'idempotency-key-missing', 'idempotency-key-reused', 'idempotency-in-flight');
  add(needsSession(operation), 'unauthenticated');
  add(stepUp !== undefined, 'step-up-required');
  add(stepUp === 'mfa', 'enrolment-required');
  // Who is in no organisation may call all that belongs to the person alone.
  add(!mayCall(operation, undefined), 'forbidden');
  if (!mayCall(operation, undefined)) codes.set('conflict', `the session is in another organisation than ${ORGANISATION_HEADER} names`).set('enrolment-required', 'the organisation requires a second factor of its members');
  add(routeOf(operation).method !== 'GET', 'foreign-origin');
  add(fields.some((name) => ['id', 'ids', 'enrolmentId', 'token'].includes(name)), 'not-found');
  add(!isNothing(input), 'invalid');
  add(fields.some((name) => ['code', 'password', 'currentPassword'].includes(name)), 'wrong-credential', 'rate-limited');
  add(versioned === true, 'version-missing', 'stale');
  for (const [code, why] of Object.entries(also[operation] ?? {})) codes.set(code as ProblemCode, why);
  return codes;
}

const ref = (path: string): Reference => ({ $ref: `#/components/${path}` });

/** Server failures and limits that any operation can meet. */
const anywhere: ProblemCode[] = ['rate-limited', 'unexpected', 'unsupported', 'unavailable'];

function codeSchema(codes: readonly ProblemCode[]): JsonSchema {
  return { allOf: [ref('schemas/Problem'), { type: 'object', properties: { code: { enum: [...codes] } } }] };
}

/** What a status can mean, and why. */
function problemResponse(status: number, codes: readonly (readonly [ProblemCode, string])[], stale?: unknown): ApiResponse {
  const waits = codes.some(([code]) => code === 'rate-limited' || code === 'wrong-credential');
  const headers = { ...(status === 401 && { 'WWW-Authenticate': ref('headers/WWW-Authenticate') }), ...(waits && { 'Retry-After': ref('headers/Retry-After') }) };
  const exampleOf = (code: ProblemCode): ApiExample | Reference => (code === 'stale' ? { summary: describeProblem(code).title, value: stale } : ref(`examples/${code}`));
  return {
    description: codes.map(([code, why]) => `- \`${code}\`: ${describeProblem(code).title}${why ? `: ${why}` : ''}`).join('\n'),
    ...(Object.keys(headers).length > 0 && { headers }),
    content: {
      'application/problem+json': {
        schema: codeSchema(codes.map(([code]) => code)),
        examples: Object.fromEntries(codes.map(([code]) => [code, exampleOf(code)])),
      },
    },
  };
}

function problemResponses(operation: OperationName): Record<string, ApiResponse | Reference> {
  const codes = Array.from(refusals(operation));
  const statuses = [...new Set(codes.map(([code]) => describeProblem(code).status))].sort((left, right) => left - right);
  const here = (status: number): ApiResponse =>
    problemResponse(status, codes.filter(([code]) => describeProblem(code).status === status), staleExample(operation));
  return { ...Object.fromEntries(statuses.map((status) => [String(status), here(status)])), default: ref('responses/Failure') };
}

/** The value as it is now is what the same write answers. */
function staleExample(operation: OperationName): unknown {
  return problemExample('stale', { current: examples[operation].output });
}

function problemExample(code: ProblemCode, options: SettingsErrorOptions = {}): unknown {
  const kind = readProblem(describeProblem(code).status, { code }).kind;
  const { body } = writeProblem(new SettingsError(kind, `${describeProblem(code).title}.`, { ...(code === kind && details[kind]), ...options }), code, `${BASE_PATH}/`);
  return code === 'unexpected' ? { ...body, requestId: 'b7Qd2LxV9nTe' } : body;
}

function parameters(operation: OperationName): (ApiParameter | Reference)[] {
  const { input, effect, versioned } = rowOf(operation);
  const { method, path } = routeOf(operation);
  const schema = isNothing(input) ? {} : written(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any', override: mend }) as JsonSchema, fieldComments(operation, 'input'));
  const example = examples[operation].input as Record<string, unknown> | undefined;
  const names = Object.keys(schema.properties ?? {}).filter((name) => method === 'GET' || pathFields(path).includes(name));
  return [
    ...names.map((name): ApiParameter => {
      const { description, ...rest } = schema.properties?.[name] ?? {};
      const inPath = pathFields(path).includes(name);
      return {
        name,
        in: inPath ? 'path' : 'query',
        ...(description !== undefined && { description }),
        ...((inPath || schema.required?.includes(name)) && { required: true }),
        ...(rest.type === 'array' && { style: 'form', explode: true }),
        schema: rest,
        ...(example?.[name] !== undefined && { example: example[name] }),
      };
    }),
    ...(effect === 'write' ? [ref('parameters/Idempotency-Key')] : []),
    ...(versioned ? [ref('parameters/If-Match')] : []),
  ];
}

function body(operation: OperationName, schemaNames: ReadonlyMap<z.core.$ZodType, string>): ApiOperation['requestBody'] {
  if (routeOf(operation).picture) {
    const schema = { description: `The picture itself: still, square, at most ${String(PICTURE_SIDE)} pixels wide. Its bytes say what it is, not this type; metadata in it is dropped.`, type: 'string', format: 'binary', maxLength: PICTURE_BYTES };
    return { required: true, content: Object.fromEntries(pictureTypes.map((type) => [type, { schema }])) };
  }
  if (!hasBody(operation)) return undefined;
  const { path } = routeOf(operation);
  const input = examples[operation].input as Record<string, unknown>;
  const example = Object.fromEntries(Object.entries(input).filter(([name]) => !pathFields(path).includes(name)));
  return { required: true, content: { 'application/json': { schema: ref(`schemas/${schemaNames.get(rowOf(operation).input) ?? `${pascal(operation)}Request`}`), example } } };
}

function success(operation: OperationName, schemaNames: ReadonlyMap<z.core.$ZodType, string>): Record<string, ApiResponse> {
  const { output } = rowOf(operation);
  const { status, location } = routeOf(operation);
  if (isNothing(output)) return { '204': { description: 'Done. There is nothing to say.' } };
  const example: unknown = examples[operation].output;
  const hasVersion = typeof example === 'object' && example !== null && 'version' in example;
  const headers = {
    ...(hasVersion && { ETag: ref('headers/ETag') }),
    ...(location !== undefined && { Location: ref('headers/Location') }),
  };
  const name = schemaNames.get(output) ?? `${pascal(operation)}Response`;
  const response: ApiResponse = {
    description: status === 201 ? 'Made.' : 'Done.',
    ...(Object.keys(headers).length > 0 && { headers }),
    content: { 'application/json': { schema: ref(`schemas/${name}`), example } },
  };
  return { [String(status ?? 200)]: response };
}

/** "where `role` is `owner`", "where `name` is given", for operations that ask for a proof only then. */
function onlyWhen({ stepUpWhen = {} }: OperationRow): string {
  const parts = Object.entries(stepUpWhen).map(([name, value]) => (value === true ? `\`${name}\` is given` : `\`${name}\` is \`${value}\``));
  return parts.length > 0 ? ` where ${parts.join(' and ')}` : '';
}

function operationOf(operation: OperationName, schemaNames: ReadonlyMap<z.core.$ZodType, string>): ApiOperation {
  const row = rowOf(operation);
  const text = comments(areaOf(operation)).fields.get(operation)?.text;
  if (text === undefined) throw new Error(`${operation} has no comment: write one above its row in src/contract/.`);
  const [first, rest] = sentences(text);
  const description = [
    rest,
    row.stepUp === 'mfa' ? `Needs a fresh proof by the second factor${onlyWhen(row)}.` : '',
    row.stepUp === 'recent' ? 'Needs a fresh proof: by the second factor where there is one, else by password or a recent sign-in.' : '',
    row.stepUp === 'strongest' ? 'Needs a fresh proof: with MFA on by the second factor or a passkey, else by any method or a recent sign-in.' : '',
    row.secret ? 'The answer holds a secret: it is never cached, logged or kept with the Idempotency-Key.' : '',
  ].filter(Boolean);
  const requestBody = body(operation, schemaNames);
  const given = parameters(operation);
  return {
    operationId: operation,
    tags: [areaOf(operation)],
    // Summaries are plain text.
    summary: first.replaceAll('`', ''),
    ...(description.length > 0 && { description: description.join(' ') }),
    // Signing out of nothing succeeds, so a session is welcome there and not needed.
    security: row.public ? [] : needsSession(operation) ? secured : [...secured, {}],
    ...(given.length > 0 && { parameters: given }),
    ...(requestBody && { requestBody }),
    responses: { ...success(operation, schemaNames), ...problemResponses(operation) },
  };
}

/** Hints are no operation: nothing is asked, and a server may leave them out. */
function events(): ApiOperation {
  return {
    operationId: 'events',
    tags: ['auth'],
    summary: 'Says what changed elsewhere',
    description:
      'A stream of server-sent events. The data of each is `{ "reads": [...] }`: the reads whose answers changed, for this person or in this organisation; never the data itself. Optional: a server without it answers 404, and pages then hear of changes when they load anew. A comment line every half minute keeps proxies from closing the stream.',
    security: secured,
    responses: {
      '200': { description: 'The stream; it ends with the session.', content: { 'text/event-stream': { schema: { type: 'string' }, example: 'data: {"reads":["team.list"]}\n\n' } } },
      '401': problemResponse(401, [['unauthenticated', '']]),
      '404': problemResponse(404, [['unknown-path', 'this server has no events']]),
      default: ref('responses/Failure'),
    },
  };
}

/** The whole document; the same each time. */
export function createDocument(): OpenApiDocument {
  const { version, license } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string; license: string };
  const schemaNames = new Map<z.core.$ZodType, string>(Object.entries(nouns).map(([name, { schema }]) => [schema, name]));
  const paths: OpenApiDocument['paths'] = {};
  for (const operation of operationNames) {
    const { method, path } = routeOf(operation);
    (paths[path] ??= {})[method.toLowerCase() as Method] = operationOf(operation, schemaNames);
  }
  paths['/events'] = { get: events() };
  return {
    openapi: '3.1.1',
    info: { title: 'Settings API', version, summary: 'The backend of account settings: person, company, team and API keys.', description: about, license: { name: license, identifier: license } },
    servers: [
      {
        url: '{origin}{basePath}',
        description: 'Your own server.',
        variables: {
          origin: { default: 'http://localhost:5173', description: 'Scheme, host and port.' },
          basePath: { default: BASE_PATH, description: 'Where the server has the API; the default is that of the reference server.' },
        },
      },
    ],
    security: secured,
    tags: Object.keys(areas).map((name) => ({ name, description: comments(name).text ?? '' })),
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'session', description: 'The session cookie of the server; its name is the server\'s own. Writes that come with it need an `Origin` that the server knows.' },
        bearer: { type: 'http', scheme: 'bearer', description: 'A session or access token, for callers that have no cookies.' },
      },
      parameters: {
        'Idempotency-Key': {
          name: 'Idempotency-Key',
          in: 'header',
          required: true,
          description: 'Any unguessable text; a new one for each thing that a person does, the same one for each repeat of it.',
          schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
          example: '9f3c1e0a7b52468d8e61c4d2a90b7f35',
        },
        'If-Match': {
          name: 'If-Match',
          in: 'header',
          required: true,
          description: 'The `version` that was read, quoted: what came as `ETag`. `*` means "whatever it is now": for programs that have nobody to ask.',
          schema: { type: 'string', pattern: '^(\\*|"[!#-~]+")$' },
          example: '"7"',
        },
      },
      headers: {
        ETag: { description: 'The `version` of the answer, quoted. Send it back as If-Match.', schema: { type: 'string' }, example: '"7"' },
        Location: { description: 'The URL of what was made.', schema: { type: 'string', format: 'uri-reference' }, example: `${BASE_PATH}/me/mfa/${examples['mfa.begin'].output.enrolmentId}` },
        'Retry-After': { description: 'Seconds to wait; the same as `retryAfter`.', schema: { type: 'integer', minimum: 0 }, example: 900 },
        'WWW-Authenticate': {
          description: 'With `step-up-required`: `error="insufficient_user_authentication"`, the methods that would do as `acr_values`, and `max_age` in seconds (RFC 9470).',
          schema: { type: 'string' },
          example: writeProblem(new SettingsError('step-up-required', '', details['step-up-required'])).headers['WWW-Authenticate'],
        },
      },
      schemas: componentSchemas(),
      responses: {
        Failure: {
          description: anywhere.map((code) => `- \`${code}\` (${String(describeProblem(code).status)}): ${describeProblem(code).title}`).join('\n'),
          headers: { 'Retry-After': ref('headers/Retry-After') },
          content: { 'application/problem+json': { schema: codeSchema(anywhere), examples: Object.fromEntries(anywhere.map((code) => [code, ref(`examples/${code}`)])) } },
        },
      },
      examples: Object.fromEntries(
        problemCodes.map((code) => [
          code,
          { summary: describeProblem(code).title, description: (meanings as Partial<Record<ProblemCode, string>>)[code] ?? '', value: problemExample(code) },
        ]),
      ),
    },
  };
}

/** The document as it is committed. */
export function documentText(): string {
  return `${JSON.stringify(createDocument(), null, 2)}\n`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const text = documentText();
  writeFileSync(OPENAPI_FILE, text);
  console.log(`docs/openapi.json: ${String(operationNames.length)} operations, ${String(Math.round(text.length / 1000))} kB`);
}
