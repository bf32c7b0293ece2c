/** What a column of a file is for. */
export type ColumnUse = 'email' | 'name' | 'role' | '';

/** Headings as people write them, in the languages of those who are likely to have such a file. */
const HEADINGS: readonly (readonly [ColumnUse, RegExp])[] = [
  ['email', /e-?mail|^mail|correo|courriel|adresse électronique|posta/i],
  ['role', /^roll?e|rôle|^rol\b|^ruolo|permission|berechtigung/i],
  ['name', /name|^nom\b|prénom|nombre|apellido|nome|navn|namn/i],
];
/** Rows by which the columns are guessed. */
const LOOKED_AT = 50;

export interface GuessedColumns {
  uses: ColumnUse[];
  /** Whether the first row says what the columns are. */
  heading: boolean;
}

/** Guesses what the columns of a file are: addresses by their looks, the rest by its headings or, for roles, by what stands in them. */
export function guessColumns(rows: readonly (readonly string[])[], roles: readonly string[]): GuessedColumns {
  const [first = []] = rows;
  const some = rows.slice(0, LOOKED_AT);
  const width = Math.max(...some.map((row) => row.length));
  const share = (column: number, fits: (cell: string) => boolean): number => some.filter((row) => fits(row[column] ?? '')).length / some.length;
  const columns = Array.from({ length: width }, (_, column) => column);
  const isAddress = (cell: string): boolean => /^\S+@\S+\.\S+$|<\S+@\S+>/.test(cell);
  const addresses = columns.map((column) => share(column, isAddress));
  const most = Math.max(...addresses);
  const told = (column: number): ColumnUse => HEADINGS.find(([, pattern]) => pattern.test(first[column] ?? ''))?.[0] ?? '';
  const email = most > 0 ? addresses.indexOf(most) : columns.find((column) => told(column) === 'email') ?? -1;
  // A row in which an address would be one is nobody's heading.
  const heading = email >= 0 && !isAddress(first[email] ?? '') && rows.length > 1;
  const known = new Set(roles.map((role) => role.toLowerCase()));
  const uses = columns.map((column): ColumnUse => {
    if (column === email) return 'email';
    const use = heading ? told(column) : '';
    if (use === 'email') return '';
    return use || (share(column, (cell) => known.has(cell.toLowerCase())) > 0.5 ? 'role' : '');
  });
  // Of two columns of roles the first one counts.
  const role = uses.indexOf('role');
  return { uses: uses.map((use, column) => (use === 'role' && column !== role ? '' : use)), heading };
}
