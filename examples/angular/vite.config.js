import { createCompilerHost, formatDiagnostics, performCompilation, readConfiguration } from '@angular/compiler-cli';
import linker from '@angular/compiler-cli/linker/babel';
import { transformAsync } from '@babel/core';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** What Angular's own command line does: components are compiled ahead of time with their templates checked, and so is what Angular publishes half compiled. In a project of that command line none of this is needed. */
function angular() {
  const { rootNames, options } = readConfiguration(fileURLToPath(new URL('tsconfig.json', import.meta.url)));
  /** @type {Map<string, string>} */
  const compiled = new Map();

  function compile() {
    const host = createCompilerHost({ options });
    host.writeFile = (_path, text, _bom, _failed, [source] = []) => { if (source) compiled.set(source.fileName, text); };
    const { diagnostics } = performCompilation({ rootNames, options, host });
    if (diagnostics.length > 0) throw new Error(formatDiagnostics(diagnostics));
  }

  return {
    name: 'angular',
    enforce: /** @type {const} */ ('pre'),
    buildStart: compile,
    watchChange: compile,
    /** @param {string} code @param {string} id */
    async transform(code, id) {
      const own = compiled.get(id);
      if (own !== undefined) return { code: own, map: null };
      if (!code.includes('ɵɵngDeclare') || !id.includes('/@angular/')) return undefined;
      const linked = await transformAsync(code, { filename: id, plugins: [[linker, { linkerJitMode: false }]], babelrc: false, configFile: false, compact: false });
      return linked?.code ? { code: linked.code, map: linked.map } : undefined;
    },
  };
}

export default defineConfig(({ command }) => ({
  plugins: [angular()],
  define: command === 'build' ? { ngDevMode: 'false', ngJitMode: 'false' } : {},
  // Vite would bundle Angular for development before it is linked.
  optimizeDeps: { exclude: ['@angular/common', '@angular/core', '@angular/platform-browser', '@angular/router'] },
}));
