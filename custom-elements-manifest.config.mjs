/**
 * What is published of a class: its public side. `cem` lists the base class too, which is no element, and takes the
 * `new CustomEvent(type)` of its emit helper for an event.
 * @returns {object}
 */
function publicSideOnly() {
  return {
    name: 'public-side-only',
    /** @param {{ customElementsManifest: { modules: any[] } }} context */
    packageLinkPhase({ customElementsManifest: manifest }) {
      // What ships is dist/: paths that a host's tools can resolve.
      /** @param {string | undefined} path */
      const shipped = (path) => path?.replace(/^src\/(.+)\.ts$/, 'dist/$1.js');
      const elements = manifest.modules.flatMap((module) =>
        (module.declarations ?? [])
          .filter((/** @type {any} */ declaration) => declaration.tagName)
          .map((/** @type {any} */ declaration) => ({ ...declaration, path: shipped(module.path) })),
      );
      manifest.modules = elements
        .sort((a, b) => a.tagName.localeCompare(b.tagName, 'en'))
        .flatMap(({ path, superclass: _, ...element }) => {
          // A private field with `state: true` is listed as an attribute: it has none.
          const hidden = (element.members ?? []).filter(isHidden).map((/** @type {any} */ member) => member.name);
          element.attributes = element.attributes?.filter((/** @type {any} */ one) => !hidden.includes(one.fieldName)).map(unlinked);
          element.members = element.members?.filter((/** @type {any} */ one) => !isHidden(one) && !isForSections(one) && one.description).map(unlinked);
          // Theme and density are declared through a spread, which cem does not follow.
          for (const member of element.members ?? []) {
            if (!['theme', 'density'].includes(member.name)) continue;
            member.attribute = member.name;
            (element.attributes ??= []).push({ name: member.name, type: member.type, description: member.description, fieldName: member.name });
          }
          element.events = element.events?.filter((/** @type {any} */ event) => event.name?.startsWith('uf-')).map(unlinked);
          const declaration = { name: element.name, module: path };
          return [
            { kind: 'javascript-module', path, declarations: [element], exports: [{ kind: 'js', name: element.name, declaration }] },
            {
              kind: 'javascript-module',
              path: `dist/define/${element.tagName}.js`,
              declarations: [],
              exports: [{ kind: 'custom-element-definition', name: element.tagName, declaration }],
            },
          ];
        });
    },
  };
}

/** Not for hosts: private, protected, or of the class. @param {any} member */
function isHidden(member) {
  return ['private', 'protected'].includes(member.privacy) || member.name.startsWith('#') || member.static === true;
}

/** Of what the base classes offer to their sections, and hosts have nothing to do with, not even typed. @param {any} member */
function isForSections(member) {
  return forSections.has(member.name);
}

const forSections = new Set(['act', 'announce', 'confirm', 'conflict', 'emit', 'failedRead', 'failure', 'focusOn', 'join', 'keepFocus', 'loadError', 'loaded', 'report', 'sayStatus', 'setUpMfa', 'toast', 'wear']);

/** Without the base class, where it came from names nothing. @param {any} entry */
function unlinked({ inheritedFrom: _, ...entry }) {
  return entry;
}

export default {
  globs: ['src/elements/**/*.ts', 'src/lit/uf-element.ts'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [publicSideOnly()],
};
