import type { ComponentChildren, JSX } from "preact";
import { Icon, type IconName } from "../icon/Icon";
import "./button.css";

/** `blaze` is the one next action of a screen, `pine` reaches something, `quiet` is the rest. */
type Tone = "blaze" | "pine" | "quiet";
interface Look { tone?: Tone; wide?: boolean; icon?: IconName; children: ComponentChildren }

type ButtonProps = Look & { busy?: boolean } & Omit<JSX.ButtonHTMLAttributes, "icon">;

/** A busy button stays focused and says so, but takes no second press. */
export function Button({ tone = "quiet", wide, icon, busy, children, type = "button", onClick, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      class={look(tone, wide)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon name={icon} size={20} />}
      {children}
    </button>
  );
}

export function ButtonLink({ tone = "quiet", wide, icon, children, href, ...rest }: Look & { href: string } & Omit<JSX.AnchorHTMLAttributes, "href" | "icon">) {
  return (
    <a {...rest} href={href} class={look(tone, wide)}>
      {icon && <Icon name={icon} size={20} />}
      {children}
    </a>
  );
}

/** An icon alone: the label is what a reader hears and a pointer sees. */
export function IconButton({ icon, label, ...rest }: { icon: IconName; label: string } & Omit<JSX.ButtonHTMLAttributes, "icon" | "label">) {
  return (
    <button {...rest} type="button" class="icon-button" aria-label={label} title={label}>
      <Icon name={icon} size={20} />
    </button>
  );
}

function look(tone: Tone, wide: boolean | undefined): string {
  return ["button", `tone-${tone}`, wide ? "wide" : ""].filter(Boolean).join(" ");
}
