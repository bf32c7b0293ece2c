/** The contract over HTTP: routes, problems, headers. For the http adapter, the server, the OpenAPI document, and servers of yours. */
export { problemSchema, type Problem } from './problem-schema.js';
export { describeProblem, PROBLEM_TYPES, problemCodes, writeProblem, type ProblemCode, type WireProblem } from './problems.js';
export { readProblem, type TransportCode } from './read-problem.js';
export { locationOf, matchRoute, ORGANISATION_HEADER, pathFields, readQuery, routeOf, routes, writeQuery, type Match, type Route } from './routes.js';
