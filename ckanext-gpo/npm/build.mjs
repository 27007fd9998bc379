// Builds the libraries of package-lock.json into the rooms that serve them:
//
//   npm ci && npm run build
//
// What comes out is committed and shipped in the wheel, so that neither the launcher nor a
// user needs Node. Beside each file stand the licences of all that went into it.
import { copyFile, readFile, readdir, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const ROOMS = "../ckanext/gpo";

const LIBRARIES = [
  ["src/combobox-nav.js", "portal/public/gpo/vendor/combobox-nav.js"],
  ["src/tus.js", "quality/public/gpo_quality/vendor/tus.js"],
  ["src/echarts.js", "explore/public/gpo_explore/vendor/echarts.js"],
  ["altcha/workers/sha", "common/public/gpo_common/vendor/altcha-sha.js", "iife"],
  ["src/swagger-ui.js", "dataapi/public/gpo_dataapi/vendor/swagger-ui.js"],
];

// Style sheets are served as their package has them.
const STYLES = [
  ["swagger-ui/dist/swagger-ui.css", "dataapi/public/gpo_dataapi/vendor/swagger-ui.css"],
];

for (const [source, file] of STYLES) {
  await copyFile(`node_modules/${source}`, `${ROOMS}/${file}`);
}

for (const [entry, file, format = "esm"] of LIBRARIES) {
  const target = `${ROOMS}/${file}`;
  const { metafile, outputFiles } = await build({
    entryPoints: [entry],
    outfile: target,
    bundle: true,
    minify: true,
    charset: "utf8",
    target: "es2020",
    format,
    legalComments: "none",
    metafile: true,
    write: false,
  });
  const packages = await Promise.all(folders(metafile).map(describe));
  const list = packages.map(({ name, version, licence }) => `${name} ${version} (${licence})`);
  const texts = packages.map(({ name, version, text }) => `${name} ${version}\n\n${text}`);
  const rule = `\n\n${"-".repeat(72)}\n\n`;
  await writeFile(target, `/*! ${list.join(", ")} */\n${outputFiles[0].text}`);
  await writeFile(target.replace(/\.js$/, ".licences.txt"), `${texts.join(rule)}\n`);
  console.log(file, outputFiles[0].contents.length);
}

// The folders of the packages of whose files something is left in the output.
function folders({ outputs }) {
  const inputs = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const paths = inputs.filter(([, { bytesInOutput }]) => bytesInOutput).map(([path]) => path);
  const packages = paths.map((path) => path.match(/.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
  return [...new Set(packages.filter(Boolean))].sort();
}

async function describe(folder) {
  const about = JSON.parse(await readFile(`${folder}/package.json`));
  const { name, version } = about;
  const licence = about.license ?? about.licenses?.map(({ type }) => type).join(" OR ");
  const files = await readdir(folder, { withFileTypes: true });
  const inner = await readdir(`${folder}/licenses`, { withFileTypes: true }).catch(() => []);
  const licences = [...files.filter((file) => /^(licen[cs]e|notice)/i.test(file.name)), ...inner]
    .filter((file) => file.isFile())
    .map((file) => readFile(`${file.parentPath}/${file.name}`, "utf8"));
  const texts = (await Promise.all(licences)).map((one) => one.trim());
  const text = texts.join("\n\n") || (licence && declaration(name, licence, about.author));
  if (!text) throw new Error(`${name} has no text of its licence`);
  return { name, version, licence, text };
}

// What stands in the place of a licence's text where a package ships none.
function declaration(name, licence, author) {
  const person = author?.name ?? author ?? "its authors";
  return `${name} has no text of its licence; it is declared as ${licence}, by ${person}.`;
}
