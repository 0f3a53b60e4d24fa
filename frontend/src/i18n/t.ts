/** How screens speak; docs/decisions/0111 says why so. */
export { rich, richPlural } from "./rich";
export { inContext, list, number, plural, t } from "./say";
