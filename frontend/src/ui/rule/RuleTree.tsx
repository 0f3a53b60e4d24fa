import { t } from "../../i18n/t";
import { Blaze } from "../blaze/Blaze";
import { useFormat } from "../format/format";
import { missingFirst, reason, standing, type Leaf, type Part, type Rule } from "./tree";
import "./rule.css";

type HrefOf = (key: string) => string;

/** A rule with its parts: what is missing above, what is met below, groups inside. */
export function RuleTree({ rule, hrefOf }: { rule: Rule; hrefOf: HrefOf }) {
  return (
    <div class="rule">
      <p class={`rule-sentence${rule.met ? " met" : ""}`}>{rule.met ? t("{sentence}. That is met.", { sentence: rule.sentence }) : rule.sentence}</p>
      <ul>
        {missingFirst(rule.parts).map((part, index) => <PartLine key={part.type === "milestone" ? part.key : index} part={part} around={rule} hrefOf={hrefOf} />)}
      </ul>
    </div>
  );
}

function PartLine({ part, around, hrefOf }: { part: Part; around: Rule; hrefOf: HrefOf }) {
  const role = standing(part, around);
  if (part.type === "milestone") return <li><LeafLine leaf={part} role={role} href={hrefOf(part.key)} /></li>;
  return (
    <li class="rule-group">
      <p><b class="strong">{part.title || t("A group")}</b>{role && <span class="small soft">, {role}</span>}</p>
      <RuleTree rule={part} hrefOf={hrefOf} />
    </li>
  );
}

function LeafLine({ leaf, role, href }: { leaf: Leaf; role: string; href: string }) {
  const format = useFormat();
  return (
    <a class="rule-leaf" href={href}>
      <Blaze state={leaf.met ? "complete" : leaf.status} />
      <span class="stack tight">
        <span>{leaf.title}{role && <span class="small soft nowrap">, {role}</span>}</span>
        <span class="small soft">{reason(leaf, format)}</span>
      </span>
    </a>
  );
}
