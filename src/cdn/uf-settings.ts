/** The file for pages without a build: every tag registered, every public name exported, all dependencies in it. */
export * from '../define/all.js';
export * from '../index.js';
export { createHttpAdapter } from '../adapters/http/index.js';
