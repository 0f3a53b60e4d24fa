import type { ComponentChildren } from "preact";
import "./start.css";

interface Option { key: string; title: string; body: ComponentChildren }

/** Cards of which one is taken: radio buttons with room to compare. */
export function Choices({ legend, name, options, value, onChange }: { legend: string; name: string; options: Option[]; value: string; onChange: (key: string) => void }) {
  return (
    <fieldset class="choices">
      <legend class="unseen">{legend}</legend>
      {options.map((option) => (
        <label key={option.key} class="choice">
          <input type="radio" name={name} value={option.key} checked={value === option.key} onChange={() => onChange(option.key)} />
          <svg class="choice-mark" viewBox="0 0 18 28" aria-hidden="true">
            <rect x="2" y="2" width="14" height="24" rx="3.400" />
            <path d="m5.200 14.200 2.800 2.900 4.800-6" />
          </svg>
          <span class="stack tight">
            <span class="choice-title">{option.title}</span>
            {option.body}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
