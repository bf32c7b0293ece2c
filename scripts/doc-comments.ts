/**
 * The doc comments of the contract, for documents that are generated from it: what a field or an operation is for is written
 * once, above it, and read here with the TypeScript compiler.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The comment of a thing, and of the fields in it. */
export interface Comments {
  readonly text: string | undefined;
  readonly fields: ReadonlyMap<string, Comments>;
}

const NONE: Comments = { text: undefined, fields: new Map() };

function commentOf(node: ts.Node): string | undefined {
  const doc = ts.getJSDocCommentsAndTags(node).findLast(ts.isJSDoc);
  return ts.getTextOfJSDocComment(doc?.comment)?.replace(/\s+/g, ' ').trim() || undefined;
}

function merged(all: readonly Comments[]): Comments {
  return { text: all.find(({ text }) => text !== undefined)?.text, fields: new Map(all.flatMap(({ fields }) => [...fields])) };
}

/** Whether a name is an argument of the function it stands in: no constant of a file. */
function isParameter(name: ts.Identifier): boolean {
  const within = ts.findAncestor(name, ts.isArrowFunction);
  return within?.parameters.some((parameter) => parameter.name.getText() === name.text) === true;
}

/**
 * Reads the constants of a folder's files.
 * @param skip names whose comment says nothing about the fields that are made of them
 * @returns the comments of a constant, by its name; those of its fields follow spreads, `z.object`, `z.nullable` and other constants.
 */
export function readComments(folder: string, skip: ReadonlySet<string>): (name: string) => Comments {
  const constants = new Map<string, ts.VariableDeclaration>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    // Conformance cases and examples have constants of the same names, and none of the contract's fields.
    if (!file.endsWith('.ts') || /conformance|examples/.test(file)) continue;
    const source = ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest, true);
    for (const statement of source.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      for (const declaration of statement.declarationList.declarations) {
        if (ts.isIdentifier(declaration.name)) constants.set(declaration.name.text, declaration);
      }
    }
  }

  const commentsOf = (node: ts.Node | undefined): Comments => {
    if (!node) return NONE;
    if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)) return commentsOf(node.expression);
    if (ts.isArrowFunction(node)) return commentsOf(node.body);
    if (ts.isIdentifier(node)) return isParameter(node) ? NONE : named(node.text);
    if (ts.isArrayLiteralExpression(node)) return merged(node.elements.map(commentsOf));
    if (ts.isCallExpression(node)) {
      // `page(row)`: the function says what is in it. `something.check(...)`: what stands before the dot. `z.nullable(x)`: its arguments.
      if (ts.isIdentifier(node.expression)) return commentsOf(constants.get(node.expression.text)?.initializer);
      const before = ts.isPropertyAccessExpression(node.expression) ? commentsOf(node.expression.expression) : NONE;
      return merged([before, ...node.arguments.map(commentsOf)]);
    }
    if (!ts.isObjectLiteralExpression(node)) return NONE;
    const fields = node.properties.flatMap((property): [string, Comments][] => {
      if (ts.isSpreadAssignment(property)) return [...commentsOf(property.expression).fields];
      if (!ts.isPropertyAssignment(property) && !ts.isShorthandPropertyAssignment(property)) return [];
      const inner = ts.isPropertyAssignment(property) ? commentsOf(property.initializer) : named(property.name.text);
      const name = ts.isIdentifier(property.name) || ts.isStringLiteralLike(property.name) ? property.name.text : property.name.getText();
      return [[name, { text: commentOf(property) ?? inner.text, fields: inner.fields }]];
    });
    return { text: undefined, fields: new Map(fields) };
  };

  const named = (name: string): Comments => {
    const declaration = constants.get(name);
    if (!declaration) return NONE;
    const inner = commentsOf(declaration.initializer);
    return { text: skip.has(name) ? undefined : (commentOf(declaration) ?? inner.text), fields: inner.fields };
  };
  return named;
}
