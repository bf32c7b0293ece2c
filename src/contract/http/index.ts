/** The contract over HTTP: routes, problems, headers. For the http adapter, the server, the OpenAPI document, and servers of yours. */
export { describeProblem, PROBLEM_TYPES, problemCodes, problemSchema, readProblem, writeProblem, type Problem, type ProblemCode, type TransportCode, type WireProblem } from './problems.js';
export { locationOf, matchRoute, pathFields, readQuery, routeOf, routes, writeQuery, type Match, type Route } from './routes.js';
