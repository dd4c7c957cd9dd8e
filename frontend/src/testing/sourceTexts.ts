import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const SRC = path.resolve(import.meta.dirname, "..");

/** Functions of `i18n`, and which of their arguments is the catalogue's key. */
const KEYS: Record<string, number> = { t: 0, msg: 0, rich: 0, plural: 2 };
/** Attributes that people read or hear. */
const READ =
  /^(?:aria-label|title|placeholder|alt|label|heading|hint|name|text|empty|note|verb|question|confirm|caption|summary|description|problem)$/;
/** Two words, or one that begins like a sentence. */
const PROSE = /^(?:[A-Z][a-z]+|[A-Z]?[a-z]+[,:]? [a-zA-Z])/;
/** Names that are typed in every language. */
const NAMES = new Set(["UTC", "siem"]);
/** What stands in an empty field may be a single word, but also what one types there. */
const HINT = /^(?:\p{L}{2,}[,.…]?)(?: \p{L}+[,.…]?)*$/u;
/** Elements whose text is typed or shown as it is in every language. */
const VERBATIM = new Set(["code", "kbd", "pre", "samp", "Code"]);

export interface Place {
  file: string;
  line: number;
  text: string;
}

export interface SourceTexts {
  /** What is looked up in a catalogue. */
  keys: Place[];
  /** Calls whose text no test can read. */
  unreadable: Place[];
  /** Text that people read and no catalogue translates. */
  untranslated: Place[];
}

/** The modules of the console without tests, by their paths below `src`. */
export function modules(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|^testing\/|^i18n\/|^api\/schema/.test(name))
    .sort();
}

export function sourceTexts(file: string): SourceTexts {
  return textsOf(file, readFileSync(path.join(SRC, file), "utf8"));
}

/** Reads a module's texts by its syntax alone. */
export function textsOf(file: string, content: string): SourceTexts {
  const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true, kind);
  const found: SourceTexts = { keys: [], unreadable: [], untranslated: [] };
  const place = (node: ts.Node, text: string): Place => ({
    file,
    line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
    text,
  });

  function visit(node: ts.Node): void {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const at = KEYS[node.expression.text];
      if (at !== undefined) {
        const key = node.arguments[at];
        if (key && ts.isStringLiteralLike(key)) found.keys.push(place(node, key.text));
        else found.unreadable.push(place(node, node.getText(source).slice(0, 80)));
        // Values may hold more calls; the texts themselves are done.
        node.arguments.forEach((argument) => ts.isStringLiteralLike(argument) || visit(argument));
        return;
      }
    }
    if (ts.isJsxElement(node) && VERBATIM.has(node.openingElement.tagName.getText(source))) return;
    if (ts.isJsxText(node) && /\p{L}{2}/u.test(node.text) && node.text.trim() !== "LogCaster")
      found.untranslated.push(place(node, node.text.trim()));
    else if (isTemplate(node) ? /\p{L}{2}/u.test(words(node)) && isRead(node) : isText(node) && isRead(node))
      found.untranslated.push(place(node, node.getText(source)));
    ts.forEachChild(node, visit);
  }
  visit(source);
  return found;
}

const isTemplate = (node: ts.Node): node is ts.TemplateExpression => ts.isTemplateExpression(node);

const isText = (node: ts.Node): node is ts.StringLiteralLike => ts.isStringLiteralLike(node);

const words = (node: ts.TemplateExpression) =>
  [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(" ");

/** Whether a literal is rendered, by where it stands: in an element, in an attribute that is read, or as prose. */
function isRead(node: ts.StringLiteralLike | ts.TemplateExpression): boolean {
  const text = isTemplate(node) ? words(node) : node.text;
  if (!/\p{L}{2}/u.test(text)) return false;
  let child: ts.Node = node;
  let parent = node.parent;
  while (passesOn(parent, child)) {
    child = parent;
    parent = parent.parent;
  }
  if (ts.isJsxExpression(parent)) {
    if (!ts.isJsxAttribute(parent.parent)) return true;
    return isReadIn(parent.parent.name.getText(), text);
  }
  if (ts.isJsxAttribute(parent)) return isReadIn(parent.name.getText(), text);
  return !isMachine(parent, child) && /^[A-Z][a-z]+[,:.]? [a-z]/.test(text.trim());
}

function isReadIn(attribute: string, text: string): boolean {
  return (
    READ.test(attribute) && (PROSE.test(text) || (attribute === "placeholder" && HINT.test(text) && !NAMES.has(text)))
  );
}

/** Whether a parent's value may be its child's: `a ? b : c`, `a && b`, `a + b`, `(a)`. */
function passesOn(parent: ts.Node, child: ts.Node): boolean {
  if (ts.isConditionalExpression(parent)) return parent.condition !== child;
  if (ts.isBinaryExpression(parent))
    return (
      /^(?:&&|\|\||\?\?|\+)$/.test(parent.operatorToken.getText()) &&
      (parent.right === child || parent.operatorToken.getText() !== "&&")
    );
  return ts.isParenthesizedExpression(parent);
}

/** Places of text for programs: imports, types, keys, errors whose text nobody is shown. */
function isMachine(parent: ts.Node, child: ts.Node): boolean {
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent)) return true;
  if (ts.isPropertyAssignment(parent)) return parent.name === child;
  if (ts.isNewExpression(parent)) return /^(?:TypeError|RangeError|DOMException)$/.test(parent.expression.getText());
  return ts.isElementAccessExpression(parent);
}
