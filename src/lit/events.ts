import type { AuthContext, OperationName, SettingsErrorKind, WriteOperation } from '../contract/index.js';

/** Everything the elements tell a page. Details hold names and ids, never what a person typed and never a secret. */
export interface UfEventMap {
  /** Before a write is sent; `preventDefault()` keeps it from being sent. */
  'uf-before-change': CustomEvent<{ operation: WriteOperation }>;
  /** A write took effect. */
  'uf-change': CustomEvent<{ operation: WriteOperation }>;
  /** A read or write failed; the widget shows it already. */
  'uf-error': CustomEvent<{ operation: OperationName; kind: SettingsErrorKind }>;
  /** The person signed out here; the widgets have forgotten them. */
  'uf-sign-out': CustomEvent<null>;
  /** The person opened another tab of `<uf-settings>`. */
  'uf-tab-change': CustomEvent<{ tab: string }>;
  /** The element shows data for the first time. */
  'uf-ready': CustomEvent<null>;
  /** What `<uf-provider>` knows of the person changed. `auth` is null when nobody is signed in. */
  'uf-auth-change': CustomEvent<{ auth: AuthContext | null }>;
  /** The person chose "Account Settings" in `<uf-organisation-menu>`; `preventDefault()` keeps its link from being followed. */
  'uf-open-settings': CustomEvent<null>;
}

declare global {
  interface HTMLElementEventMap extends UfEventMap {}
}
