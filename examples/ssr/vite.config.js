import { defineConfig } from 'vite';

export default defineConfig({ build: { rolldownOptions: { input: new URL('main.js', import.meta.url).pathname, output: { entryFileNames: 'assets/main.js' } } } });
