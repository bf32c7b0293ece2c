import assert from 'node:assert/strict';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { createDocument } from '../../../../scripts/openapi.js';
import { routeOf } from '../../../../src/contract/http/index.js';
import type { ApiOperation, JsonSchema, Method, Reference } from '../../../../src/contract/http/openapi.js';
import type { OperationName } from '../../../../src/contract/index.js';

export const document = createDocument();

// Formats say in a word what patterns say as well, so the patterns are checked. Not strict: the document is more than schemas.
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(document, 'openapi');

/** The document's schemas refer to each other from its root. */
export function compile(schema: JsonSchema): ValidateFunction {
  return ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"openapi#/components/')) as JsonSchema);
}

export function assertFits(schema: JsonSchema, value: unknown, where: string): void {
  const validate = compile(schema);
  assert.ok(validate(value), `${where}: ${ajv.errorsText(validate.errors)}`);
}

export function at(path: string): unknown {
  return path
    .replace('#/', '')
    .split('/')
    .reduce((value: unknown, name) => (value as Record<string, unknown> | undefined)?.[name], document);
}

export function resolve<Value extends object>(value: Value | Reference): Value {
  return '$ref' in value && typeof value.$ref === 'string' ? (at(value.$ref) as Value) : (value as Value);
}

export function operationAt(name: OperationName): ApiOperation {
  const { method, path } = routeOf(name);
  return document.paths[path]?.[method.toLowerCase() as Method] ?? assert.fail(`${name} is not at its route`);
}
