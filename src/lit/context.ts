import { createContext } from '@lit/context';
import type { SettingsClient } from '../client/index.js';
import type { MessageOverrides } from '../locales/messages.js';

/**
 * The key under which `<uf-provider>` publishes its client (Context Community Protocol). A registered symbol with
 * the contract's major: two bundles on one page meet, and a host's own elements can ask for it too.
 */
export const settingsContext = createContext<SettingsClient | undefined>(Symbol.for('@userflux/settings:client:1'));

/** The texts that a page wrote its own way, from the nearest provider. */
export const messagesContext = createContext<MessageOverrides | undefined>(Symbol.for('@userflux/settings:messages:1'));
