import { isServers } from "../../api/paths";
import { cache } from "../../api/query";
import { safeNext } from "./next";

/**
 * The session is new: load everything anew, and go on to where one wanted to be. An app's consent
 * page is the server's, so it is loaded and not routed to.
 */
export async function entered(next: string | undefined, route: (url: string, replace?: boolean) => void): Promise<void> {
  const target = safeNext(next);
  if (isServers(target)) return location.assign(target);
  cache.clear();
  await cache.refresh("/me");
  route(target, true);
}
