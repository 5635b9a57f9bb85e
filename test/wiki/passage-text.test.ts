import assert from "node:assert/strict";
import { test } from "node:test";
import { nameCells } from "../../src/wiki/passage-text.ts";

test("A row is its cells with the names of their columns", () => {
  const row = nameCells([
    { name: "Crater", text: "Caloris" },
    { name: "Diameter", text: "1,550 km" },
    { name: "Note", text: "" },
  ]);

  assert.equal(row, "Crater: Caloris; Diameter: 1,550 km");
});

test("A row of a name and its value names itself", () => {
  const row = nameCells([
    { name: "Property", text: "Diameter" },
    { name: "Value", text: "4,879 km" },
  ]);

  assert.equal(row, "Diameter: 4,879 km");
});

test("A row whose second column has a name that tells something keeps it", () => {
  const row = nameCells([
    { name: "Census", text: "2010" },
    { name: "Population", text: "1,474,015" },
  ]);

  assert.equal(row, "Census: 2010; Population: 1,474,015");
});
