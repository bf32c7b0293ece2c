import type { Texts } from '../../lit/locale-controller.js';
import type { roles } from '../../locales/en/roles.js';

const KNOWN = ['member', 'admin', 'owner'] as const;
const BODIES = { member: 'memberBody', admin: 'adminBody', owner: 'ownerBody' } as const;

/** What a role is called; one of a backend's own, by its own name. */
export function roleName(t: Texts<typeof roles>, role: string): string {
  const known = KNOWN.find((name) => name === role);
  return known ? t(known) : role;
}

/** Roles to choose from, each with what it means. */
export function roleOptions(t: Texts<typeof roles>, names: readonly string[]): (readonly [value: string, label: string, hint?: string])[] {
  return names.map((name) => {
    const known = KNOWN.find((one) => one === name);
    return known ? ([known, t(known), t(BODIES[known])] as const) : ([name, name] as const);
  });
}

/** The role that gives least, where nobody has chosen yet. */
export function leastRole(names: readonly string[]): string {
  return names.includes('member') ? 'member' : (names[0] ?? 'member');
}
