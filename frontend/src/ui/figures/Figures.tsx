import "./figures.css";

export interface Figure { name: string; value: string | number; tone?: "good" | "bad" | undefined }

/** A few numbers that say how it stands; each with its name, in the order of what matters. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  return <dl class="figures">{figures.map(({ name, value, tone }) => <div key={name} class={tone}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}
