import { mfaOnWorld, type World, type WorldOrganisation } from '@userflux/settings/adapters/memory';

/** Somebody who owns a company of the bench, and is signed in to it by nothing but a row. */
export interface Owner {
  email: string;
  organisationId: string;
}

export interface BenchWorld {
  world: World;
  /** One for each connection, each with a company of its own. */
  customers: Owner[];
  /** One for each size of team. */
  teams: (Owner & { size: number })[];
}

/** Rows in a customer's team: more than a page of 50. */
const CUSTOMER_TEAM = 60;
/** Everybody has an authenticator: keys are shown to nobody without. */
const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const HOUR = 3600;
const GIVEN = ['Ada', 'Alan', 'Amalie', 'Barbara', 'Claude', 'Dorothy', 'Edith', 'Emmy', 'Évariste', 'Grace', 'Hedy', 'Ivan', 'Jørgen', 'Katherine', 'Łucja', 'Mary', 'Niels', 'Srinivasa', 'Tomás'];
const FAMILY = ['Abel', 'Banneker', 'Cantor', 'Dirichlet', 'Euler', 'Fermat', 'Gödel', 'Hopper', 'Işık', 'Jacobi', 'Kovalevskaya', 'Lamarr', 'Müller', 'Noether', 'Øersted', 'Poincaré', 'Quine', 'Shannon', 'Turing'];

/** One database that holds all the teams at once, small and huge, as a product's would. */
export function benchWorld(connections: number, sizes: readonly number[]): BenchWorld {
  const world = mfaOnWorld();
  const [pattern] = world.organisations;
  if (!pattern) throw new TypeError('The demo world has no organisation.');
  const add = (name: string, size: number): Owner => {
    const organisation: WorldOrganisation = { ...pattern, id: `org-${name}`, name: `Company ${name}`, members: [], invitations: [], keys: [] };
    for (let index = 0; index < size; index++) addRow(world, organisation, index, size);
    const email = addressOf(organisation, 0);
    organisation.keys = pattern.keys.map((key, index) => ({ ...key, createdBy: email, secret: `${key.secret}.${name}.${index}` }));
    world.organisations.push(organisation);
    return { email, organisationId: organisation.id };
  };
  return {
    world,
    customers: Array.from({ length: connections }, (_, index) => add(`customer${index + 1}`, CUSTOMER_TEAM)),
    teams: sizes.map((size) => ({ ...add(`team${size}`, size), size })),
  };
}

function addressOf({ id }: WorldOrganisation, index: number): string {
  return `member${String(index).padStart(6, '0')}@${id}.example`;
}

/** One in forty is invited and has not come yet; the first one owns the company. Names in no order, so that sorting by them is work. */
function addRow(world: World, organisation: WorldOrganisation, index: number, size: number): void {
  const email = addressOf(organisation, index);
  const ago = Math.round(((size - index) * 6000 * HOUR) / size);
  if (index % 40 === 39) {
    organisation.invitations.push({ email, role: 'member', invitedBy: addressOf(organisation, 0), invitedAgo: ago, declined: index % 80 === 79 });
    return;
  }
  const name = `${GIVEN[(index * 7) % GIVEN.length] ?? ''} ${FAMILY[(index * 11 + Math.floor(index / GIVEN.length)) % FAMILY.length] ?? ''}`;
  world.people.push({ name, email, password: null, ...(index === 0 && { totpSecret: TOTP_SECRET }) });
  organisation.members.push({ email, role: index === 0 ? 'owner' : index % 50 === 7 ? 'admin' : 'member', joinedAgo: ago, activeAgo: index % 10 === 9 ? null : (index % 90) * HOUR });
}
