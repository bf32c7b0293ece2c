/** The library's version, for the one console line where two meet on a page. A test keeps it equal to package.json. */
export const version = '0.1.0';
