/** The memory adapter: a whole small backend in the page, for demos, stories and tests. */
export { createMemoryAdapter, createMemoryBackend, type MemoryBackend, type MemoryBackendOptions } from './backend.js';
export type { Faults } from './faults.js';
export type { Mail } from './mails.js';
export type { MemorySession } from './session.js';
export * from './worlds.js';
