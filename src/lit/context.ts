import { createContext } from '@lit/context';
import type { SettingsClient } from '../client/index.js';

/**
 * The key under which `<uf-provider>` publishes its client (Context Community Protocol). A registered symbol with
 * the contract's major: two bundles on one page meet, and a host's own elements can ask for it too.
 */
export const settingsContext = createContext<SettingsClient | undefined>(Symbol.for('@userflux/settings:client:1'));
