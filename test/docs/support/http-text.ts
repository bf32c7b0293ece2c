/** A response as `curl -i` writes it and as a document shows it. */
export interface HttpText {
  status: number;
  headers: Map<string, string>;
  body: string;
}

/** The last response in a text. */
export function readHttp(text: string): HttpText {
  const normal = text.replaceAll('\r\n', '\n');
  const start = normal.lastIndexOf('HTTP/1.1 ');
  if (start < 0) throw new Error(`No response in: ${text}`);
  const [head = '', ...rest] = normal.slice(start).split('\n\n');
  const [first = '', ...lines] = head.split('\n');
  const headers = new Map(lines.filter((line) => line.includes(':')).map((line): [string, string] => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  return { status: Number(first.split(' ')[1]), headers, body: rest.join('\n\n').trim() };
}

/** What a document leaves open is written as `…`: part of a text, a value, the rest of a list, the other fields of an object. */
const REST = '…';

function fits(shown: string, actual: string): boolean {
  const pattern = shown.split(REST).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.*');
  return new RegExp(`^${pattern}$`, 's').test(actual);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a value is not as it is shown; nothing where it is. */
export function differences(shown: unknown, actual: unknown, path = 'body'): string[] {
  const differs = [`${path}: shown ${JSON.stringify(shown)}, was ${JSON.stringify(actual)}`];
  if (shown === REST) return [];
  if (typeof shown === 'string') return typeof actual === 'string' && fits(shown, actual) ? [] : differs;
  if (Array.isArray(shown)) {
    if (!Array.isArray(actual)) return differs;
    const open = shown.at(-1) === REST;
    const wanted: unknown[] = open ? shown.slice(0, -1) : shown;
    if (open ? actual.length < wanted.length : actual.length !== wanted.length) return differs;
    return wanted.flatMap((one, index) => differences(one, actual[index], `${path}[${index}]`));
  }
  if (!isRecord(shown)) return shown === actual ? [] : differs;
  if (!isRecord(actual)) return differs;
  const { [REST]: open, ...fields } = shown;
  const unknown = open === undefined ? Object.keys(actual).filter((name) => !(name in fields)) : [];
  return [
    ...unknown.map((name) => `${path}.${name}: not shown, was ${JSON.stringify(actual[name])}`),
    ...Object.entries(fields).flatMap(([name, value]) => (name in actual ? differences(value, actual[name], `${path}.${name}`) : [`${path}.${name}: shown, was not there`])),
  ];
}

/** Where a response is not the one that a document shows. */
export function responseDifferences(shownText: string, actualText: string): string[] {
  const shown = readHttp(shownText);
  const actual = readHttp(actualText);
  if (shown.status !== actual.status) return [`status: shown ${shown.status}, was ${actual.status}: ${actual.body}`];
  const headers = [...shown.headers].flatMap(([name, value]) => {
    const was = actual.headers.get(name);
    // A charset beside the type says nothing new about JSON.
    const same = was !== undefined && (fits(value, was) || (name === 'content-type' && was.startsWith(`${value};`)));
    return same ? [] : [`${name}: shown ${value}, was ${was ?? 'not there'}`];
  });
  if (shown.body === '' || actual.body === '') return shown.body === actual.body ? headers : [...headers, `body: shown ${shown.body || 'none'}, was ${actual.body || 'none'}`];
  // A value that is left open stands without quotes, so that a number does not look like a text.
  return [...headers, ...differences(JSON.parse(shown.body.replace(/: …(?=[,\s}])/g, ': "…"')), JSON.parse(actual.body))];
}
