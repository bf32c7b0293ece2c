import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { documentText, OPENAPI_FILE } from '../../../scripts/openapi.js';
import { runConformance } from '../../../src/contract/conformance/index.js';
import { describeProblem, problemCodes, readProblem, type ProblemCode } from '../../../src/contract/http/index.js';
import type { ApiContent, ApiOperation, ApiParameter, ApiResponse } from '../../../src/contract/http/openapi.js';
import { defineAdapter, operationNames, SettingsError, type OperationName, type SettingsErrorKind } from '../../../src/contract/index.js';
import { rowOf } from '../../../src/contract/operations.js';
import { memoryHarness } from '../support/memory-harness.js';
import { assertFits, at, compile, document, operationAt, resolve } from './support/document.js';

const everyOperation = Object.values(document.paths).flatMap((methods) => Object.values(methods));

/** The responses of an operation, the shared one for failures anywhere among them. */
function responsesOf(operation: ApiOperation): [status: string, ApiResponse][] {
  return Object.entries(operation.responses).map(([status, response]) => [status, resolve<ApiResponse>(response)]);
}

function codesOf(content: ApiContent | undefined): ProblemCode[] {
  return (content?.schema.allOf?.[1]?.properties?.['code']?.enum ?? []) as ProblemCode[];
}

function problemsOf(operation: ApiOperation): ProblemCode[] {
  return responsesOf(operation).flatMap(([, { content }]) => codesOf(content?.['application/problem+json']));
}

describe('OpenAPI document', () => {
  it('is the one that is committed (else: npm run openapi)', () => {
    assert.equal(readFileSync(OPENAPI_FILE, 'utf8'), documentText());
  });

  it('is the same each time', () => {
    assert.equal(documentText(), documentText());
  });

  it('is OpenAPI 3.1 by an independent validator, which notices what is not', async () => {
    const check = async (text: string): Promise<boolean> => (await new Validator().validate(JSON.parse(text) as Record<string, unknown>)).valid;
    assert.equal(await check(documentText()), true);
    assert.equal(await check(documentText().replace('"in": "header"', '"in": "heading"')), false);
  });

  it('has every operation of the table at its route, by name, with a summary', () => {
    for (const name of operationNames) {
      const operation = operationAt(name);
      assert.equal(operation.operationId, name);
      assert.ok(operation.summary.length > 10 && !operation.summary.includes('`'), `${name}: ${operation.summary}`);
      assert.ok(!operation.summary.endsWith('.'));
    }
    assert.deepEqual(everyOperation.map(({ operationId }) => operationId).sort(), [...operationNames, 'events'].sort());
  });

  it('leads nowhere by a reference that is not there', () => {
    const references = Array.from(documentText().matchAll(/"\$ref": "([^"]+)"/g), ([, path = '']) => path);
    assert.ok(references.length > 100);
    assert.deepEqual(references.filter((path) => at(path) === undefined), []);
  });

  for (const name of operationNames) {
    it(`${name}: its examples fit its schemas`, () => {
      const operation = operationAt(name);
      for (const parameter of operation.parameters ?? []) {
        const { name: field, schema, example, required = false } = resolve<ApiParameter>(parameter);
        if (required || example !== undefined) assertFits(schema, example, field);
      }
      const body = operation.requestBody?.content['application/json'];
      if (body) assertFits(body.schema, body.example, 'body');
      for (const [status, { content = {} }] of responsesOf(operation)) {
        for (const [type, { schema, example, examples }] of Object.entries(content)) {
          const given = type === 'application/json' ? [example] : Object.values(examples ?? {}).map((one) => resolve(one).value);
          assert.ok(given.length > 0, `${status} ${type} has no example`);
          for (const value of given) {
            assertFits(schema, value, `${status} ${type}`);
            if (status !== 'default' && type === 'application/problem+json') assert.equal((value as { status: number }).status, Number(status));
          }
        }
      }
    });

    it(`${name}: an input without what it needs is refused by the document as by the contract`, () => {
      const { requestBody, parameters = [] } = operationAt(name);
      const body = requestBody?.content['application/json'];
      const given = body?.example as Record<string, unknown> | undefined;
      const inPath = Object.fromEntries(parameters.map((one) => resolve<ApiParameter>(one)).filter((one) => one.in === 'path').map((one) => [one.name, one.example]));
      for (const field of Object.keys(given ?? {})) {
        const without = Object.fromEntries(Object.entries(given ?? {}).filter(([key]) => key !== field));
        const accepted = rowOf(name).input.safeParse({ ...inPath, ...without }).success;
        assert.equal(body && compile(body.schema)(without), accepted, `without ${field}`);
        const wrong = { ...given, [field]: { wrong: 'type' } };
        assert.equal(rowOf(name).input.safeParse({ ...inPath, ...wrong }).success, false);
        assert.equal(body && compile(body.schema)(wrong), false, `${field} of a wrong type`);
      }
    });
  }

  it('says times, whole numbers and addresses as the contract checks them', () => {
    const [time, whole] = [document.components.schemas['ApiKey']?.properties?.['createdAt'], document.components.schemas['TeamPage']?.properties?.['total']];
    assert.equal(time?.format, 'date-time');
    assert.equal(whole?.type, 'integer');
    const validate = compile({ $ref: '#/components/schemas/SourceAddress' });
    assert.ok(validate({ address: '2001:DB8::/32', description: '' }), 'the case of an address does not matter');
    assert.ok(!validate({ address: 'example.com', description: '' }));
  });

  it('gives answers room to grow', () => {
    assert.ok(!documentText().includes('"additionalProperties": false'));
  });

  it('has an example, a status and a meaning for every problem, which reads as its kind', () => {
    assert.deepEqual(Object.keys(document.components.examples), [...problemCodes]);
    for (const code of problemCodes) {
      const example = document.components.examples[code];
      assert.ok((example?.description?.length ?? 0) > 20, code);
      const { status } = describeProblem(code);
      assertFits({ $ref: '#/components/schemas/Problem' }, example?.value, code);
      assert.equal(readProblem(status, example?.value).kind, readProblem(status, { code }).kind);
    }
  });

  it('asks each write for its key, each versioned one for its version, and none for what it does not take', () => {
    for (const name of operationNames) {
      const { effect, versioned } = rowOf(name);
      const headers = (operationAt(name).parameters ?? []).map((one) => resolve<ApiParameter>(one)).filter((one) => one.in === 'header');
      assert.deepEqual(headers.map((one) => one.name), [...(effect === 'write' ? ['Idempotency-Key'] : []), ...(versioned ? ['If-Match'] : [])], name);
    }
  });

  it('names every refusal that the conformance suite provokes', async () => {
    const seen = new Map<OperationName, Set<SettingsErrorKind>>();
    const harness = memoryHarness((adapter) =>
      defineAdapter({
        name: 'recorded',
        operations: Object.fromEntries(
          operationNames.map((name) => [
            name,
            async (input: never, options: object) => {
              try {
                return await adapter.call(name, input, options);
              } catch (error) {
                if (SettingsError.is(error)) seen.set(name, (seen.get(name) ?? new Set()).add(error.kind));
                throw error;
              }
            },
          ]),
        ),
      }),
    );
    await runConformance(harness);
    let count = 0;
    for (const [name, kinds] of seen) {
      const documented = new Set(problemsOf(operationAt(name)).map((code) => readProblem(describeProblem(code).status, { code }).kind));
      for (const kind of kinds) {
        // What only a client knows never comes over the wire.
        if (kind === 'aborted') continue;
        assert.ok(documented.has(kind), `${name} was refused as ${kind}, which the document does not name`);
        count++;
      }
    }
    assert.ok(count > 40, `only ${count} refusals were seen`);
  });
});
