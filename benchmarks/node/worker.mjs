// Fills, flattens and saves a form with pdf-lib: one document for each line on standard input.
// Arguments: form.pdf values.json font.ttf out.pdf. Answers `ok <wall> <cpu>` (nanoseconds) or `failed <why>`.
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import fontkit from "@pdf-lib/fontkit";
import { PDFDocument } from "pdf-lib";

const [formFile, valuesFile, fontFile, outFile] = process.argv.slice(2);
const form = readFileSync(formFile);
const entries = JSON.parse(readFileSync(valuesFile, "utf8"));
const fontProgram = readFileSync(fontFile);

async function make() {
  const document = await PDFDocument.load(form);
  document.registerFontkit(fontkit);
  const font = await document.embedFont(fontProgram, { subset: true });
  const fields = document.getForm();
  for (const { name, kind, value, shown } of entries) {
    if (kind === "text") fields.getTextField(name).setText(value);
    else if (kind === "checkbox") fields.getCheckBox(name).check();
    else if (kind === "radio") fields.getRadioGroup(name).select(value);
    else fields.getDropdown(name).select(shown);
  }
  fields.updateFieldAppearances(font);
  fields.flatten({ updateFieldAppearances: false });
  return document.save();
}

for await (const _ of createInterface({ input: process.stdin })) {
  const started = process.hrtime.bigint();
  const before = process.cpuUsage();
  try {
    const made = await make();
    const taken = process.hrtime.bigint() - started;
    const { user, system } = process.cpuUsage(before);
    writeFileSync(outFile, made);
    console.log(`ok ${taken} ${(user + system) * 1000}`);
  } catch (error) {
    console.log(`failed ${String(error).split("\n")[0]}`);
  }
}
