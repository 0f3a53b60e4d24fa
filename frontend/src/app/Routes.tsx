import { Router } from "preact-iso";
import { cloneElement, toChildArray, type ComponentChildren, type VNode } from "preact";
import { useLanguage } from "../i18n/language";

/** Screens by their address. The router draws a screen anew only when something about its route changes: here, also the language. */
export function Routes({ children }: { children: ComponentChildren }) {
  const language = useLanguage();
  return <Router>{toChildArray(children).map((route) => cloneElement(route as VNode<{ language?: string }>, { language }))}</Router>;
}
