/** For the one console line where two versions meet on a page. `npm version` writes it; a test keeps it equal to package.json. */
export const version = '0.1.0';
