import { useLocation } from "preact-iso";
import { isServers } from "../api/paths";
import { useEffect } from "preact/hooks";

/** Go elsewhere instead, leaving no step in the history. */
export function Redirect({ to }: { to: string }) {
  const { route } = useLocation();
  useEffect(() => (isServers(to) ? location.replace(to) : route(to, true)), [to]);
  return null;
}
