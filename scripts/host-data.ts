/**
 * Part of `npm run build`: what editors and frameworks know of the tags, from custom-elements.json. dist/editor/ is for VS Code and JetBrains,
 * dist/frameworks/ for TypeScript: elements.d.ts is made here, what each framework makes of it is written in src/frameworks/.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { propertiesOf, readManifest, valuesOf, type ElementDeclaration, type Entry } from './manifest.js';

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };
const elements = readManifest();

const textOf = ({ summary, description }: ElementDeclaration): string => [summary, description].filter(Boolean).join('\n\n');
const comment = (text = ''): string => `/** ${text.replaceAll('*/', '*\\/').replace(/\s+/g, ' ')} */`;
const isBoolean = ({ type }: Entry): boolean => type?.text === 'boolean';

/** https://code.visualstudio.com/api/extension-guides/custom-data-extension */
const visualStudioCode = {
  version: 1.1,
  tags: elements.map((element) => ({
    name: element.tagName,
    description: { kind: 'markdown', value: textOf(element) },
    attributes: (element.attributes ?? []).map((attribute) => ({
      name: attribute.name,
      description: attribute.description,
      ...(isBoolean(attribute) && { valueSet: 'v' }),
      ...(valuesOf(attribute).length > 0 && { values: valuesOf(attribute).map((value) => ({ name: value })) }),
    })),
  })),
};

const described = ({ name: own, description }: Entry): object => ({ name: own, description });

/** https://github.com/JetBrains/web-types */
const webTypes = {
  $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
  name,
  version,
  'description-markup': 'markdown',
  contributions: {
    html: {
      elements: elements.map((element) => ({
        name: element.tagName,
        description: textOf(element),
        source: { module: name, symbol: element.name },
        attributes: (element.attributes ?? []).map((attribute) => ({ ...described(attribute), value: isBoolean(attribute) ? { kind: 'no-value', required: false } : { type: attribute.type?.text ?? 'string' } })),
        slots: (element.slots ?? []).map(described),
        js: {
          properties: propertiesOf(element).map((property) => ({ ...described(property), value: { type: property.type?.text } })),
          events: (element.events ?? []).map(described),
        },
        css: { parts: (element.cssParts ?? []).map(described), properties: (element.cssProperties ?? []).map(described) },
      })),
    },
  },
};

/** The types of one element. Properties are those of its class, so that nothing is said twice. */
function typesOf(element: ElementDeclaration): string {
  const properties = propertiesOf(element).map((property) => `    ${comment(property.description)}\n    ${property.name}?: ${element.name}['${property.name}'] | undefined;`);
  const own = new Set(propertiesOf(element).map((property) => property.name));
  // An attribute of the property's own name has its type there.
  const attributes = (element.attributes ?? [])
    .filter((attribute) => !own.has(attribute.name))
    .map((attribute) => `    ${comment(attribute.description)}\n    '${attribute.name}'?: ${attribute.type?.text === 'number' ? 'number | string' : isBoolean(attribute) ? 'boolean' : 'string'} | undefined;`);
  const events = (element.events ?? []).map((event) => `    ${comment(event.description)}\n    '${event.name}': UfEventMap['${event.name}'];`);
  const slots = (element.slots ?? []).map((slot) => `'${slot.name}'`);
  return `  ${comment(element.summary)}
  '${element.tagName}': {
    element: ${element.name};
    properties: {
${properties.join('\n').replace(/^/gm, '  ')}
    };
    attributes: {
${attributes.join('\n').replace(/^/gm, '  ')}
    };
    events: {
${events.join('\n').replace(/^/gm, '  ')}
    };
    slots: ${slots.join(' | ') || 'never'};
  };`;
}

const types = `/** Made from custom-elements.json by scripts/host-data.ts. */
${elements.map((element) => `import type { ${element.name} } from '../${element.path.replace(/^dist\//, '')}';`).join('\n')}
import type { UfEventMap } from '../lit/events.js';

/** Each tag: its class, what can be set, what it tells, where content of the page goes. */
export interface Elements {
${elements.map(typesOf).join('\n')}
}

/** The events of an element as a framework's markup names its listeners. */
export type Listeners<Events, Prefix extends string> = { [Name in keyof Events as \`\${Prefix}\${Name & string}\`]?: ((event: Events[Name]) => void) | undefined };

/** 'uf-change' -> 'ufChange' */
export type CamelCase<Name extends string> = Name extends \`\${infer Head}-\${infer Tail}\` ? \`\${Head}\${Capitalize<CamelCase<Tail>>}\` : Name;
`;

function write(path: string, text: string): void {
  mkdirSync(path.slice(0, path.lastIndexOf('/')), { recursive: true });
  writeFileSync(path, text);
}

write('dist/editor/vscode.html-custom-data.json', `${JSON.stringify(visualStudioCode, null, 2)}\n`);
write('dist/editor/web-types.json', `${JSON.stringify(webTypes, null, 2)}\n`);
write('dist/frameworks/elements.d.ts', types);
for (const file of readdirSync('src/frameworks')) {
  write(`dist/frameworks/${file}`, readFileSync(`src/frameworks/${file}`, 'utf8'));
  // Types alone: there is nothing to run, but bundlers and Node find a module.
  write(`dist/frameworks/${file.replace(/\.d\.ts$/, '.js')}`, 'export {};\n');
}
