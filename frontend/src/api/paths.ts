/** Paths that the server answers with pages of its own; all others are screens of this client. */
const SERVERS = /^\/(api|o|_allauth|accounts|admin|health|static)(\/|$)/;

export const isServers = (path: string): boolean => SERVERS.test(path);

/** The client's paths, for the router. */
export const CLIENTS = /^(?!\/(api|o|_allauth|accounts|admin|health|static)(\/|$))/;
