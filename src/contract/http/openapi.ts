export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export interface Reference {
  $ref: string;
}

/** What the document uses of JSON Schema 2020-12. */
export interface JsonSchema {
  $ref?: string;
  $id?: string;
  $schema?: string;
  description?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: readonly unknown[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema;
  propertyNames?: JsonSchema;
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
}

export interface ApiHeader {
  description: string;
  schema: JsonSchema;
  example?: unknown;
}

export interface ApiExample {
  summary: string;
  description?: string;
  value: unknown;
}

export interface ApiParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  description?: string;
  required?: boolean;
  style?: 'form';
  explode?: boolean;
  schema: JsonSchema;
  example?: unknown;
}

export interface ApiContent {
  schema: JsonSchema;
  example?: unknown;
  examples?: Record<string, ApiExample | Reference>;
}

export interface ApiResponse {
  description: string;
  headers?: Record<string, ApiHeader | Reference>;
  content?: Record<string, ApiContent>;
}

export interface ApiOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters?: (ApiParameter | Reference)[];
  requestBody?: { required: boolean; content: Record<string, ApiContent> } | undefined;
  responses: Record<string, ApiResponse | Reference>;
}

/** The OpenAPI 3.1 document of the settings API: what its generator writes and {@link renderApiPage} reads. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; summary: string; description: string; license: { name: string; identifier: string } };
  servers: { url: string; description: string; variables: Record<string, { default: string; description: string }> }[];
  security: Record<string, string[]>[];
  tags: { name: string; description: string }[];
  paths: Record<string, Partial<Record<Method, ApiOperation>>>;
  components: {
    securitySchemes: Record<string, { type: string; description: string; in?: string; name?: string; scheme?: string }>;
    parameters: Record<string, ApiParameter>;
    headers: Record<string, ApiHeader>;
    schemas: Record<string, JsonSchema>;
    responses: Record<string, ApiResponse>;
    examples: Record<string, ApiExample>;
  };
}

export interface ApiPageOptions {
  /** Where the page finds its sheet, as seen from the page. */
  stylesheet?: string;
  /** Where it finds the document that it shows. */
  source?: string;
}

/**
 * The document as a page that people read: no scripts, no inline styles, nothing from anywhere else, so that it works under
 * `default-src 'none'; style-src 'self'`. Its own module, so that only servers load it.
 *
 * Anchors: an operation is `#<its name>`, a schema `#schema-<name>`, a problem `#problem-<code>`.
 */
export function renderApiPage(document: OpenApiDocument, { stylesheet = 'openapi.css', source = 'openapi.json' }: ApiPageOptions = {}): { html: string; css: string } {
  return { html: new Page(document).render(stylesheet, source).text, css };
}

/** Markup that is safe: what went into it was escaped, or was markup itself. */
class Markup {
  constructor(readonly text: string) {}
}

type Content = Markup | string | number | undefined | readonly Content[];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function markupOf(content: Content): string {
  if (content === undefined) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'object') return content.map(markupOf).join('');
  return String(content).replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}

/** Everything that is put in is text, unless it is markup. */
function markup(strings: TemplateStringsArray, ...values: Content[]): Markup {
  return new Markup(strings.map((text, index) => text + markupOf(values[index])).join(''));
}

const isReference = (value: object): value is Reference => '$ref' in value;
const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const listOf = <Value>(record: Record<string, Value> | undefined): [string, Value][] => Object.entries(record ?? {});

/** A request as one would type it; `$BASE` is the base URL. */
function curlOf(method: string, path: string, operation: ApiOperation, parameterOf: (parameter: ApiParameter | Reference) => ApiParameter): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const parameters = (operation.parameters ?? []).map(parameterOf);
  const filled = parameters.reduce((url, { name, in: place, example }) => (place === 'path' ? url.replace(`{${name}}`, encodeURIComponent(String(example))) : url), path);
  const query = parameters.flatMap(({ name, in: place, example }) =>
    place === 'query' && example !== undefined ? (Array.isArray(example) ? (example as unknown[]) : [example]).map((value) => `${name}=${encodeURIComponent(String(value))}`) : [],
  );
  const [type, content] = listOf(operation.requestBody?.content)[0] ?? [];
  return [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}"$BASE${filled}${query.length > 0 ? `?${query.join('&')}` : ''}"`,
    ...parameters.filter((parameter) => parameter.in === 'header').map(({ name, example }) => `-H ${quoted(`${name}: ${String(example)}`)}`),
    ...(type === undefined ? [] : [`-H ${quoted(`Content-Type: ${type}`)}`, content?.schema.format === 'binary' ? '--data-binary @picture' : `-d ${quoted(JSON.stringify(content?.example))}`]),
  ].join(' \\\n  ');
}

class Page {
  readonly #document: OpenApiDocument;
  /** Names that lead somewhere when they stand in backticks. */
  readonly #anchors = new Map<string, string>();
  readonly #operations: { method: Method; path: string; operation: ApiOperation }[];

  constructor(document: OpenApiDocument) {
    this.#document = document;
    this.#operations = listOf(document.paths).flatMap(([path, methods]) =>
      (Object.entries(methods) as [Method, ApiOperation][]).map(([method, operation]) => ({ method, path, operation })),
    );
    for (const code of Object.keys(document.components.examples)) this.#anchors.set(code, `#problem-${code}`);
    for (const { operation } of this.#operations) this.#anchors.set(operation.operationId, `#${operation.operationId}`);
  }

  render(stylesheet: string, source: string): Markup {
    const { info, tags, components } = this.#document;
    return markup`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${info.title} ${info.version}</title>
<link rel="stylesheet" href="${stylesheet}">
</head>
<body>
<a class="skip" href="#content">To the content</a>
<header>
<h1>${info.title} <small>${info.version}</small></h1>
<p>${info.summary} <a href="${source}">OpenAPI ${this.#document.openapi} document</a></p>
</header>
<nav aria-label="Operations">
<details open>
<summary>Contents</summary>
<ul>
${tags.map(({ name }) => this.#contents(name))}
<li><a href="#schemas">Schemas</a></li>
<li><a href="#problems">Problems</a></li>
</ul>
</details>
</nav>
<main id="content" tabindex="-1">
<section>${this.#blocks(info.description)}</section>
${tags.map(({ name, description }) => this.#area(name, description))}
<section aria-labelledby="schemas">
<h2 id="schemas">Schemas</h2>
${listOf(components.schemas).map(
  ([name, schema]) => markup`<article aria-labelledby="schema-${name}">
<h3 id="schema-${name}"><a href="#schema-${name}">${name}</a></h3>
${this.#blocks(schema.description)}
${this.#shape(schema)}
</article>
`,
)}</section>
<section aria-labelledby="problems">
<h2 id="problems">Problems</h2>
<p>Every error is a <a href="#schema-Problem">problem</a> (RFC 9457). Its <code>type</code> leads here.</p>
${listOf(components.examples).map(([code, example]) => this.#problem(code, example))}</section>
</main>
</body>
</html>
`;
  }

  #of(area: string): { method: Method; path: string; operation: ApiOperation }[] {
    return this.#operations.filter(({ operation }) => operation.tags.includes(area));
  }

  #contents(area: string): Markup {
    return markup`<li><a href="#${area}">${area}</a>
<ul>${this.#of(area).map(({ operation: { operationId } }) => markup`<li><a href="#${operationId}">${operationId}</a></li>`)}</ul>
</li>
`;
  }

  #area(name: string, description: string): Markup {
    return markup`<section aria-labelledby="${name}">
<h2 id="${name}">${name}</h2>
${this.#blocks(description)}
${this.#of(name).map(({ method, path, operation }) => this.#operation(method, path, operation))}</section>
`;
  }

  #operation(method: Method, path: string, operation: ApiOperation): Markup {
    const { operationId, summary, description, security, requestBody } = operation;
    const parameters = (operation.parameters ?? []).map(this.#parameter);
    const [body] = Object.values(requestBody?.content ?? {});
    const answers = listOf(operation.responses).map(([status, response]) => ({ status, response: isReference(response) ? this.#document.components.responses[lastPart(response.$ref)] : response }));
    const good = answers.filter(({ status }) => status.startsWith('2'));
    const bad = answers.filter(({ status }) => !status.startsWith('2'));
    return markup`<article aria-labelledby="${operationId}">
<h3 id="${operationId}"><a href="#${operationId}">${operationId}</a></h3>
<p class="route"><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code>${security.length === 0 ? markup` <span class="note">needs no session</span>` : ''}</p>
<p>${this.#inline(summary)}.${description === undefined ? '' : [' ', this.#inline(description)]}</p>
<h4>Request</h4>
${parameters.length > 0 ? this.#fields(parameters.map(({ name, in: place, required = false, description: text, schema }) => ({ name, note: place, required, schema: { ...schema, ...(text !== undefined && { description: text }) } }))) : ''}
${body ? markup`<p>Body: ${this.#type(body.schema)}</p>` : ''}
${this.#example('Example', curlOf(method, path, operation, this.#parameter), `Request of ${operationId}`)}
<h4>Answer</h4>
${good.map(({ status, response }) => this.#answer(operationId, status, response))}
<h4>Problems</h4>
<dl class="answers">${bad.map(({ status, response }) => markup`<dt>${status === 'default' ? 'any' : status}</dt><dd>${this.#blocks(response?.description)}</dd>`)}</dl>
</article>
`;
  }

  #answer(operationId: string, status: string, response: ApiResponse | undefined): Markup {
    const [[type, content] = ['', undefined]] = listOf(response?.content);
    const headers = Object.keys(response?.headers ?? {});
    return markup`<p><strong>${status}</strong> ${content ? [type === 'application/json' ? '' : markup`<code>${type}</code> `, this.#type(content.schema)] : this.#inline(response?.description ?? '')}${
      headers.length > 0 ? [', with ', headers.map((name, index) => [index > 0 ? ' and ' : '', markup`<code>${name}</code>`])] : ''
    }</p>
${content?.example === undefined ? '' : this.#example('Example', typeof content.example === 'string' ? content.example : JSON.stringify(content.example, null, 2), `Answer of ${operationId}`)}`;
  }

  #problem(code: string, { summary, description, value }: ApiExample): Markup {
    const status = typeof value === 'object' && value !== null && 'status' in value ? String(value.status) : '';
    return markup`<article aria-labelledby="problem-${code}">
<h3 id="problem-${code}"><a href="#problem-${code}">${code}</a></h3>
<p><strong>${status}</strong> ${summary}. ${this.#inline(description ?? '')}</p>
${this.#example('Example', JSON.stringify(value, null, 2), `Problem ${code}`)}
</article>
`;
  }

  // A region that scrolls can be reached by keyboard, and says what it is.
  #example(title: string, text: string, label: string): Markup {
    return markup`<details class="example"><summary>${title}</summary><pre tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre></details>`;
  }

  readonly #parameter = (parameter: ApiParameter | Reference): ApiParameter => {
    if (!isReference(parameter)) return parameter;
    const found = this.#document.components.parameters[lastPart(parameter.$ref)];
    if (!found) throw new TypeError(`The document has no parameter ${parameter.$ref}.`);
    return found;
  };

  /** What is in a schema: its fields, or the forms that it takes. */
  #shape(schema: JsonSchema): Content {
    if (schema.anyOf) return schema.anyOf.map((form, index) => [index > 0 ? markup`<p>or</p>` : '', this.#shape(form)]);
    if (schema.items) return this.#shape(schema.items);
    if (!schema.properties) return '';
    return this.#fields(listOf(schema.properties).map(([name, property]) => ({ name, note: '', required: schema.required?.includes(name) === true, schema: property })));
  }

  #fields(fields: readonly { name: string; note: string; required: boolean; schema: JsonSchema }[]): Markup {
    return markup`<dl class="fields">${fields.map(
      ({ name, note, required, schema }) =>
        markup`<dt><code>${name}</code> <span class="type">${this.#type(schema)}</span>${note ? markup` <span class="note">${note}</span>` : ''}${required ? '' : markup` <span class="note">optional</span>`}</dt>
<dd>${[this.#blocks(schema.description), this.#limits(schema), this.#shape(schema)]}</dd>`,
    )}</dl>`;
  }

  #type(schema: JsonSchema): Content {
    if (schema.$ref !== undefined) {
      const name = lastPart(schema.$ref);
      return markup`<a href="#schema-${name}">${name}</a>`;
    }
    if (schema.items) return ['list of ', this.#type(schema.items)];
    if (schema.enum) return schema.enum.map((value, index) => [index > 0 ? ' or ' : '', markup`<code>${typeof value === 'string' ? value : JSON.stringify(value)}</code>`]);
    if (schema.anyOf) return schema.anyOf.map((form, index) => [index > 0 ? ' or ' : '', this.#type(form)]);
    return [schema.type ?? 'anything'].flat().join(' or ') + (schema.format === undefined ? '' : ` (${schema.format})`);
  }

  #limits({ minLength, maxLength, minimum, maximum, minItems, maxItems, pattern, format, additionalProperties }: JsonSchema): Content {
    const range = (what: string, from: number | undefined, to: number | undefined): string[] => {
      if (from !== undefined && to !== undefined) return [`${String(from)} to ${String(to)}${what}`];
      if (from !== undefined) return [`at least ${String(from)}${what}`];
      return to === undefined ? [] : [`at most ${String(to)}${what}`];
    };
    const texts: Content[] = [...range(' characters', minLength, maxLength), ...range('', minimum, maximum), ...range(' entries', minItems, maxItems)];
    if (pattern !== undefined && format === undefined) texts.push(markup`like <code>${pattern}</code>`);
    if (additionalProperties) texts.push(['each value ', this.#type(additionalProperties)]);
    return texts.length === 0 ? '' : markup`<p class="note">${texts.map((text, index) => [index > 0 ? '; ' : '', text])}</p>`;
  }

  /** Paragraphs and lists. */
  #blocks(text: string | undefined): Content {
    return (text ?? '').split(/\n\n+/).flatMap((block) => {
      const lines = block.split('\n').filter(Boolean);
      if (lines.length === 0) return [];
      if (!lines.every((line) => line.startsWith('- '))) return [markup`<p>${this.#inline(lines.join(' '))}</p>`];
      return [markup`<ul>${lines.map((line) => markup`<li>${this.#inline(line.slice(2))}</li>`)}</ul>`];
    });
  }

  /** `code`, which leads to what it names, and **words that matter**. */
  #inline(text: string): Content {
    return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part): Content => {
      if (part.startsWith('**')) return markup`<strong>${part.slice(2, -2)}</strong>`;
      if (!part.startsWith('`')) return part;
      const code = part.slice(1, -1);
      const anchor = this.#anchors.get(code);
      return anchor === undefined ? markup`<code>${code}</code>` : markup`<a href="${anchor}"><code>${code}</code></a>`;
    });
  }
}

const css = `:root {
  color-scheme: light dark;
  --text: light-dark(#1d2330, #e6e9ef);
  --quiet: light-dark(#555f70, #a3adbd);
  --surface: light-dark(#fff, #14171d);
  --raised: light-dark(#f4f6f9, #1d222b);
  --line: light-dark(#dce1e8, #333b48);
  --accent: light-dark(#1f5fbf, #8ab8ff);
  --get: light-dark(#1a6b3c, #7fd6a3);
  --write: light-dark(#8a4b00, #f0b66a);
  --delete: light-dark(#a32424, #ff9d97);
  font: 1rem/1.55 system-ui, sans-serif;
  color: var(--text);
  background: var(--surface);
  scroll-padding-top: 1rem;
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 80rem; padding: 1rem; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; inset-inline-start: -100vw; }
.skip:focus { position: static; }
h1 { margin: 0; font-size: 1.8rem; line-height: 1.2; }
h1 small { color: var(--quiet); font-size: 1rem; font-weight: 400; }
h2 { margin: 3rem 0 .5rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); font-size: 1.4rem; }
h3 { margin: 0; font-size: 1.1rem; }
h3 a { color: inherit; text-decoration: none; }
h3 a:hover { text-decoration: underline; }
h4 { margin: 1rem 0 .25rem; color: var(--quiet); font-size: .85rem; letter-spacing: .02em; }
p { margin: .5rem 0; }
code, pre { font-family: ui-monospace, monospace; font-size: .875em; }
:not(pre) > code { padding: .1em .3em; border-radius: .3em; background: var(--raised); }
article { margin: 1.25rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: .6rem; scroll-margin-top: 1rem; }
article:has(:target) { border-color: var(--accent); }
ul { margin: .5rem 0; padding-inline-start: 1.25rem; }
dl { margin: .25rem 0; }
dd > ul { margin: 0; padding: 0; list-style: none; }
dd p:first-child { margin-top: 0; }
.fields dt { margin-top: .5rem; }
.fields dd { margin: 0; padding-inline-start: 1rem; border-inline-start: 2px solid var(--line); }
.fields dd:empty { display: none; }
.fields dd p { margin: .15rem 0; }
.type { font-size: .9rem; }
.note { color: var(--quiet); font-size: .85rem; }
.method { font: 600 .85rem ui-monospace, monospace; color: var(--write); }
.method.get { color: var(--get); }
.method.delete { color: var(--delete); }
.answers { display: grid; grid-template-columns: 3rem minmax(0, 1fr); gap: .35rem .5rem; }
.answers dt { font-weight: 600; }
.answers dd { margin: 0; font-size: .9rem; }
summary { cursor: pointer; color: var(--accent); }
.example { margin: .5rem 0; }
pre { margin: .5rem 0; padding: .75rem; overflow-x: auto; border-radius: .4rem; background: var(--raised); overflow-wrap: normal; }
nav { margin-top: 1rem; font-size: .9rem; }
nav ul { padding: 0; list-style: none; }
nav ul ul { padding-inline-start: .75rem; }
nav a { display: inline-block; padding: .1rem 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
nav > details > ul > li { margin-bottom: .5rem; break-inside: avoid; }
@media (max-width: 59.99rem) {
  nav > details > ul { columns: 9rem; }
}
@media (min-width: 60rem) {
  body { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 0 2.5rem; padding: 1.5rem 2rem; }
  header { grid-column: 1 / -1; }
  nav { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow-y: auto; }
  main > section:first-child { margin-top: 1rem; }
}
@media print {
  nav, .skip { display: none; }
}
`;
