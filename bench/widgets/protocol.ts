import type { OperationName, SettingsErrorKind } from '@userflux/settings/contract';

/** What the page asks its backend, which is in a worker as a server would be elsewhere: its work is none of the widgets'. */
export interface Question {
  id: number;
  operation: OperationName;
  input: unknown;
  idempotencyKey: string | undefined;
  ifMatch: string | undefined;
}

export type Answer = { id: number; output: unknown } | { id: number; kind: SettingsErrorKind };
