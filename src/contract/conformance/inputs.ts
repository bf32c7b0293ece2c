import { SettingsError } from '../errors.js';
import { examples } from '../examples.js';
import { operationNames, rowOf, type OperationName } from '../operations.js';
import { areaOf, callLoosely, expect, expectRefusal, newKey } from './expect.js';
import type { ConformanceCase } from './harness.js';

type Path = readonly (string | number)[];

/** The place of every single value inside an input. */
function* leavesOf(value: unknown, path: Path = []): Generator<Path> {
  // The bytes of a picture are one value.
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) {
    if (path.length > 0) yield path;
    return;
  }
  for (const [key, inner] of Object.entries(value)) yield* leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** A copy with another value at a place; `undefined` leaves the place out. */
function changedAt(value: unknown, [first, ...rest]: Path, instead: unknown): unknown {
  if (first === undefined) return instead;
  if (Array.isArray(value)) return value.map((inner: unknown, index) => (index === first ? changedAt(inner, rest, instead) : inner));
  if (typeof value !== 'object' || value === null) return value;
  const entries: [string, unknown][] = Object.entries(value);
  return Object.fromEntries(entries.map(([key, inner]): [string, unknown] => [key, key === first ? changedAt(inner, rest, instead) : inner]).filter(([, inner]) => inner !== undefined));
}

/** Missing, of another type, empty, far too long. */
const wrongValues = [undefined, { wrong: true }, 4.5, '', 'x'.repeat(10_000)];

/** Whatever an input can have wrong that its schema knows of, with the place where it is wrong. */
function wrongInputsOf(operation: OperationName): { input: unknown; path: Path }[] {
  const { input } = examples[operation];
  const schema = rowOf(operation).input;
  const wrong = [...leavesOf(input)].flatMap((path) => wrongValues.map((instead) => ({ input: changedAt(input, path, instead), path })));
  return [...wrong, ...['text', null, []].map((instead) => ({ input: instead, path: [] }))].filter((one) => !schema.safeParse(one.input).success);
}

/** Of operations that take something: what is wrong by its form is refused at its place. What only a backend can know is wrong stands in the areas. */
export const inputCases: ConformanceCase[] = operationNames
  .filter((operation) => leavesOf(examples[operation].input).next().done !== true)
  .map((operation) => ({
    area: areaOf(operation),
    name: `${operation} with a field that is missing, of another type, empty or too long is invalid at that field`,
    needs: [operation],
    harmless: true,
    run: async (world) => {
      const owner = await world.as('owner');
      const wrong = wrongInputsOf(operation);
      expect(wrong.length > 0, 'nothing can be wrong');
      for (const { input, path } of wrong) {
        const error = await expectRefusal(callLoosely(owner, operation, input, { idempotencyKey: newKey() }), 'invalid');
        const places = Object.keys(error.fields ?? {});
        const place = path.join('.');
        // Of a choice between shapes ("a code, or a password") it may be the whole that is wrong.
        expect(places.some((one) => one === place || one === '' || place.startsWith(`${one}.`)), `wrong at "${place}", said to be at "${places.join(', ')}"`);
        expect(SettingsError.is(error) && !error.message.includes('xxxx'), 'the refusal repeats what was sent');
      }
    },
  }));
