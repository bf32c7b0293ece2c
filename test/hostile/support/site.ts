import { build } from 'esbuild';
import { startSite, type Site } from '../../package/support/site.js';
import { HOSTS, TAME, type Host } from './hosts.js';

/** Every page may only run and load what is its own, as a strict host has it. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; frame-src 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types lit-html host";

/** Custom properties stand even where `all` is unset: letters are the same on all pages, and what lies behind a dialog does not shine through. */
const STYLES = ':root { --uf-backdrop: #888; --uf-font: "DejaVu Sans", sans-serif } body { margin: 0; background: #fff; font: 16px/1.5 "DejaVu Sans", sans-serif } iframe { display: block; border: 0; width: 1000px; height: 900px }';
const WIDGETS = '<uf-organisation-menu></uf-organisation-menu><uf-settings>Settings need scripts.</uf-settings>';

function pageOf({ name, script, frame = '$', dir }: Host): string {
  return `<!doctype html><html lang="en"${dir ? ` dir="${dir}"` : ''} data-host="${script ?? ''}"><head><meta charset="utf-8"><title>Host</title><link rel="stylesheet" href="/tame.css"><link rel="stylesheet" href="/${name}.css">
    <body>${frame.replace('$', `<div id="stage">${WIDGETS}</div>`)}<script type="module" src="/host.js"></script>`;
}

/** The pages at `/<name>`, and at `/frame?<flags of the sandbox>` the tame one in a frame. */
export async function startHosts(): Promise<Site> {
  const { outputFiles } = await build({ entryPoints: ['test/hostile/support/host.ts'], bundle: true, splitting: true, format: 'esm', target: 'es2022', outdir: '/', write: false, minify: true, logLevel: 'error' });
  const scripts = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  const headers = { 'Content-Security-Policy': POLICY, 'Access-Control-Allow-Origin': '*' };
  return startSite((path) => {
    const script = scripts.get(path);
    if (script) return { body: script, headers };
    if (path === '/tame.css') return { body: STYLES, headers };
    const framed = /^\/frame\/(.*)$/.exec(path)?.[1];
    if (framed !== undefined) {
      const body = `<!doctype html><html lang="en"><title>Host</title><link rel="stylesheet" href="/tame.css"><body><iframe title="Settings" src="/tame" ${framed === 'none' ? '' : `sandbox="${framed.replaceAll('+', ' ')}"`}></iframe>`;
      return { body, type: 'html', headers };
    }
    const host = [TAME, ...HOSTS].find(({ name }) => path === `/${name}` || path === `/${name}.css`);
    if (!host) return undefined;
    return path.endsWith('.css') ? { body: host.css ?? '', headers } : { body: pageOf(host), type: 'html', headers };
  });
}
