import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { runConformance, type ConformanceCase } from '../../../src/contract/conformance/index.js';
import { matchRoute } from '../../../src/contract/http/index.js';
import type { ApiResponse } from '../../../src/contract/http/openapi.js';
import { operationNames, type OperationName } from '../../../src/contract/index.js';
import { BASE, sqliteHarness } from '../../server/support/server-harness.js';
import { compile, operationAt, resolve } from './support/document.js';

/** What the reference server answered while the conformance suite asked. */
interface Answer {
  operation: OperationName;
  status: number;
  headers: Headers;
  body: unknown;
}

/** Records every answer of the settings API that this process gets. */
function record(answers: Answer[]): () => void {
  const { fetch } = globalThis;
  globalThis.fetch = async (request, init) => {
    const response = await fetch(request, init);
    // The http adapter sends Requests.
    const { pathname } = new URL(request instanceof Request ? request.url : request);
    const match = request instanceof Request && pathname.startsWith(BASE) ? matchRoute(request.method, pathname.slice(BASE.length)) : undefined;
    if (match && 'operation' in match) {
      const text = await response.clone().text();
      answers.push({ operation: match.operation, status: response.status, headers: response.headers, body: text === '' ? undefined : (JSON.parse(text) as unknown) });
    }
    return response;
  };
  return () => {
    globalThis.fetch = fetch;
  };
}

/** Those that share a world, and for each operation the first that needs one of its own: a world is what takes time. */
function sample(): (one: ConformanceCase) => boolean {
  const seen = new Set<string>();
  return ({ harmless, needs }) => {
    const fresh = needs.filter((operation) => !seen.has(operation));
    for (const operation of needs) if (!harmless) seen.add(operation);
    return harmless === true || fresh.length > 0;
  };
}

/** What of an answer the document does not say. */
function problemsOf({ operation, status, headers, body }: Answer): string[] {
  const { responses } = operationAt(operation);
  const shown = responses[status] ?? responses['default'];
  const { content = {}, headers: wanted = {} }: ApiResponse = shown ? resolve<ApiResponse>(shown) : { description: '' };
  const type = headers.get('Content-Type')?.split(';')[0] ?? '';
  const place = `${operation} ${status}`;
  const missing = Object.keys(wanted).filter((name) => name !== 'Retry-After' && headers.get(name) === null);
  const found = [
    ...missing.map((name) => `${place}: no ${name}`),
    ...(headers.get('Cache-Control') === 'no-store' ? [] : [`${place}: may be stored`]),
  ];
  if (body === undefined) return Object.keys(content).length === 0 ? found : [...found, `${place}: no body`];
  const schema = content[type]?.schema;
  if (!schema) return [...found, `${place}: ${type} is not documented`];
  const validate = compile(schema);
  return validate(body) ? found : [...found, `${place}: ${JSON.stringify(validate.errors?.map(({ instancePath, message }) => [instancePath, message]))} in ${JSON.stringify(body).slice(0, 300)}`];
}

describe('reference server', async () => {
  const answers: Answer[] = [];
  const harness = await sqliteHarness();
  const stop = record(answers);
  after(() => {
    harness.stop();
  });
  const results = await runConformance(harness, process.env['ANSWERS'] === 'all' ? {} : { only: sample() });
  stop();

  it('answers as the OpenAPI document says: status, code, body and headers', () => {
    assert.deepEqual([...new Set(answers.flatMap(problemsOf))], []);
  });

  it('was asked enough: every operation succeeded and was refused', () => {
    assert.deepEqual(results.filter(({ outcome }) => outcome !== 'passed').map(({ case: { name }, reason }) => `${name}: ${reason ?? ''}`), []);
    const missing = operationNames.filter((name) => !answers.some(({ operation, status }) => operation === name && status < 300) || !answers.some(({ operation, status }) => operation === name && status >= 400));
    // Signing out is never refused.
    assert.deepEqual(missing, ['auth.signOut']);
  });

  it('would be found out', () => {
    const [good] = answers.filter(({ operation, status }) => operation === 'company.get' && status === 200);
    assert.ok(good);
    assert.deepEqual(problemsOf(good), []);
    assert.equal(problemsOf({ ...good, body: {} }).length, 1);
    assert.equal(problemsOf({ ...good, status: 418 }).length, 1);
    assert.equal(problemsOf({ ...good, headers: new Headers({ 'Content-Type': 'application/json' }) }).length, 2);
  });
});
