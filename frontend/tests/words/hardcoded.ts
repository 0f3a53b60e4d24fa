import ts from "typescript";
import { lineOf, speaking, type Fault } from "./collect";

/** Attributes whose text people see or hear. */
const SHOWN = new Set(["label", "title", "lead", "hint", "placeholder", "alt", "none", "about", "said", "what", "counted", "legend", "over", "action", "text", "empty", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext"]);
/** Attributes that look like prose and aren't. */
const UNSEEN = new Set(["class", "d", "rel", "preserveAspectRatio", "viewBox", "transform"]);
/** Calls whose texts are for machines or for who writes the code. */
const SILENT = /^(Error|TypeError|RegExp|URL|Intl\.|document\.|localStorage\.|addEventListener|removeEventListener|caches\.|console\.|.*matchMedia$|.*userAgent\.includes$|.*\.setRequestHeader$|.*\.headers\.set$)/;
/** Names and codes that are the same in every language. */
const SAME = new Set(["Waymark", "API", "SHA-256", "YAML", "CSV", "MiB", "KiB", "ID", "GitHub", "https"]);

const word = /\p{L}{2,}/u;
/** In a text with values in it, one word beside a space is enough. */
const glued = /(?:^|0)[^0]*\p{L}{2,} [^0]*(?=0|$)|0 \p{L}{2,}/u;
/** A text that reads as words for people: it begins with a capital, or has two words in a row. */
const prose = /^[“‘]?\p{Lu}\p{Ll}+(?:[ ,.:…’”]|$)|\p{Ll}{2,}[,.:;]? \p{L}+/u;

const isShort = (text: string) => text.split(/[\s,.:()/+]+/).filter((one) => word.test(one)).every((one) => SAME.has(one));

/** Texts for people that stand in the code as they are, so that no other language could have them. */
export function hardcodedIn(source: ts.SourceFile): Fault[] {
  const faults: Fault[] = [];
  const speaks = speaking(source);

  function visit(node: ts.Node, shown: boolean): void {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isBinaryExpression(node) && node.left.getText() === "this.name") return; // an error's own
    const call = speaks(node);
    if (call && ts.isCallExpression(node)) {
      for (const argument of node.arguments) if (!call.texts.includes(argument)) visit(argument, false);
      return;
    }
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && SILENT.test(node.expression.getText())) return;
    if (ts.isJsxAttribute(node)) {
      const name = node.name.getText();
      if (!UNSEEN.has(name) && node.initializer) visit(node.initializer, SHOWN.has(name));
      return;
    }
    // What is code is the same in every language: a column's name, a hash.
    if (ts.isJsxElement(node) && node.openingElement.tagName.getText() === "code") return;
    if (ts.isJsxText(node)) return judge(node, node.text, true);
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return isName(node) ? undefined : judge(node, node.text, shown);
    if (ts.isTemplateExpression(node)) {
      const text = [node.head.text, ...node.templateSpans.map((span) => `0${span.literal.text}`)].join("");
      judge(node, text, shown || glued.test(text));
      for (const span of node.templateSpans) visit(span.expression, shown);
      return;
    }
    ts.forEachChild(node, (child) => visit(child, goesOn(node, child, shown)));
  }

  function judge(node: ts.Node, text: string, shown: boolean): void {
    // Of several lines: a document to begin with, which is its author's text.
    if (isShort(text) || (!ts.isJsxText(node) && text.trim().includes("\n"))) return;
    if (shown ? word.test(text) : prose.test(text.trim())) faults.push({ file: source.fileName, line: lineOf(source, node), what: text.trim() });
  }

  visit(source, false);
  return faults;
}

/** Whether a child is shown to people: directly within an element, or where its parent was and hands it on. */
function goesOn(parent: ts.Node, child: ts.Node, shown: boolean): boolean {
  if (ts.isJsxExpression(parent)) return shown || ts.isJsxElement(parent.parent) || ts.isJsxFragment(parent.parent);
  if (ts.isConditionalExpression(parent)) return shown && child !== parent.condition;
  if (ts.isBinaryExpression(parent)) {
    const kind = parent.operatorToken.kind;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return shown && child === parent.right;
    return shown && (kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.PlusToken);
  }
  return shown && (ts.isParenthesizedExpression(parent) || ts.isTemplateSpan(parent));
}

/** A string that names something in the code: a key, a side of a comparison, a case. */
function isName(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isElementAccessExpression(parent) || ts.isCaseClause(parent) || ts.isExternalModuleReference(parent)) return true;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return true;
  return ts.isBinaryExpression(parent) && [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken, ts.SyntaxKind.InKeyword].includes(parent.operatorToken.kind);
}
