export { containsAddress, parseAddress, type AddressRange } from './addresses.js';
export { defineAdapter, isAdapter, type AdapterDefinition, type CallOptions, type Handlers, type SettingsAdapter } from './adapter.js';
export { countryCodes } from './countries.js';
export {
  errorKinds,
  fieldProblems,
  SettingsError,
  type FieldProblem,
  type SettingsErrorKind,
  type SettingsErrorOptions,
  type StepUpChallenge,
  type StepUpMethod,
} from './errors.js';
export {
  isOperation,
  operationNames,
  operations,
  rowOf,
  type ApiKey,
  type AuthContext,
  type Company,
  type Event,
  type EventAction,
  type Input,
  type Invitation,
  type MfaEnrolment,
  type OperationName,
  type Operations,
  type Output,
  type ReadOperation,
  type Session,
  type SourceAddress,
  type StepUpProof,
  type TeamQuery,
  type TeamRow,
  type User,
  type WriteOperation,
} from './operations.js';
export { problemsOf } from './schema.js';
export { cleanCode, cleanEmail, cleanText, countCharacters } from './text.js';
