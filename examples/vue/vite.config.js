import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// Vue has to know which tags are no components of its own.
export default defineConfig({ plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('uf-') } } })] });
