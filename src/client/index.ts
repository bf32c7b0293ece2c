export { Action, createIdempotencyKey, mayHaveHappened } from './actions.js';
export { AuthContextResource } from './auth-context.js';
export { Resource, type ResourceState } from './resource.js';
export { SettingsClient, type RunOptions } from './settings-client.js';
export { StepUpRequest, type StepUpPrompt } from './step-up.js';
