/*
 * Puts every catalogue in order: new texts of the code come in, empty; what nobody says any more goes.
 * `npm run words` does it for all languages, `npm run words -- fr` also begins a new one.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runnerImport } from "vite";

const { module } = await runnerImport(new URL("../tests/words/collect.ts", import.meta.url).pathname);
const { CATALOGUES, collectAll, languages, readCatalogue, renewed } = module;

const { said, faults } = collectAll();
for (const { file, line, what } of faults) console.error(`${file}:${line} ${what}`);
if (faults.length > 0) process.exit(1);

const known = languages();
for (const language of new Set([...known, ...process.argv.slice(2).flatMap((name) => Intl.getCanonicalLocales(name))])) {
  const catalogue = renewed(language, known.includes(language) ? readCatalogue(language) : {}, said);
  writeFileSync(join(CATALOGUES, `${language}.json`), `${JSON.stringify(catalogue, null, 2)}\n`);
  const empty = Object.values(catalogue).filter((one) => one === "" || (typeof one === "object" && Object.values(one).includes("")));
  console.log(`${language}: ${Object.keys(catalogue).length} texts, ${empty.length} still to translate`);
}
