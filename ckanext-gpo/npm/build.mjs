// Builds the libraries of package-lock.json into the rooms that serve them:
//
//   npm ci && npm run build
//
// What comes out is committed and shipped in the wheel, so that neither the launcher nor a
// user needs Node. Beside each file stand the licences of all that went into it.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const ROOMS = "../ckanext/gpo";

const LIBRARIES = [
  ["src/combobox-nav.js", "portal/public/gpo/vendor/combobox-nav.js"],
  ["src/tus.js", "quality/public/gpo_quality/vendor/tus.js"],
  ["src/echarts.js", "explore/public/gpo_explore/vendor/echarts.js"],
  ["altcha/workers/sha", "common/public/gpo_common/vendor/altcha-sha.js", "iife"],
];

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
  const packages = await Promise.all(names(metafile).map(describe));
  const list = packages.map(({ name, version, licence }) => `${name} ${version} (${licence})`);
  const texts = packages.map(({ name, version, text }) => `${name} ${version}\n\n${text}`);
  const rule = `\n\n${"-".repeat(72)}\n\n`;
  await writeFile(target, `/*! ${list.join(", ")} */\n${outputFiles[0].text}`);
  await writeFile(target.replace(/\.js$/, ".licences.txt"), `${texts.join(rule)}\n`);
  console.log(file, outputFiles[0].contents.length);
}

// The packages of whose files something is left in the output.
function names({ outputs }) {
  const inputs = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const paths = inputs.filter(([, { bytesInOutput }]) => bytesInOutput).map(([path]) => path);
  const packages = paths.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]);
  return [...new Set(packages.filter(Boolean))].sort();
}

async function describe(name) {
  const folder = `node_modules/${name}`;
  const { version, license: licence } = JSON.parse(await readFile(`${folder}/package.json`));
  const files = await readdir(folder, { withFileTypes: true });
  const inner = await readdir(`${folder}/licenses`, { withFileTypes: true }).catch(() => []);
  const licences = [...files.filter((file) => /^(licen[cs]e|notice)/i.test(file.name)), ...inner]
    .filter((file) => file.isFile())
    .map((file) => readFile(`${file.parentPath}/${file.name}`, "utf8"));
  const text = (await Promise.all(licences)).map((one) => one.trim()).join("\n\n");
  if (!text) throw new Error(`${name} has no text of its licence`);
  return { name, version, licence, text };
}
